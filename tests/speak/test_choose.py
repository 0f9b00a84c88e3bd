"""Which voice reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from speak.services import Service

from narrator.errors import EngineNotFound, EngineUnavailable, LanguageNotSpoken, VoiceNotFound
from narrator.speak import choose_voice, find_engine
from narrator.voices import find_voices, load_voice


@pytest.fixture(autouse=True)
def _no_voices_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.mark.parametrize("path", [*find_voices()], ids=lambda path: path.stem)
def test_shipped_voices_cast_what_their_engine_has(path: Path) -> None:
    voice = load_voice(path)
    engine = find_engine(voice.engine)
    assert len(voice.description) < 100
    assert voice.description.endswith(".")
    assert len(voice.roles["analyst"]) >= 3
    castings = [voice.cast("anchor"), voice.cast("caption"), *voice.roles["analyst"]]
    assert len({(one.voice, *sorted(one.options.items())) for one in castings}) == len(castings)
    for casting in castings:
        assert engine.fingerprint(casting)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "en-gb-espeak"),
        ("en-US", "en-us-espeak"),
        ("en-AU", "en-gb-espeak"),
        ("fr-CA", "fr-espeak"),
        ("pt", "pt-espeak"),
        ("pt-BR", "pt-br-espeak"),
        ("sw", "espeak"),
    ],
)
def test_the_nearest_language_wins(language: str, name: str) -> None:
    assert choose_voice(language).name == name


def test_an_engine_gets_its_own_voice_for_the_language() -> None:
    assert choose_voice("fr", engine="gtts").name == "fr-gtts"
    assert choose_voice("sv", engine="gtts").name == "gtts"
    assert choose_voice("fr", engine="tone").name == "tone"


def test_an_engine_overrides_the_engine_of_a_named_voice_and_keeps_its_language() -> None:
    assert choose_voice("en", name="fr-espeak", engine="gtts").name == "fr-gtts"
    assert choose_voice("en", name="fr-espeak").name == "fr-espeak"


def test_an_engine_without_voice_files_has_its_plain_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrator.voices.shipped_voices", lambda: tmp_path)
    voice = choose_voice("fr", engine="espeak")
    assert (voice.name, voice.language, voice.cast("analyst").voice) == ("espeak", "fr", "fr")
    assert choose_voice("fr", name="espeak", engine="espeak") == voice


def test_the_shows_own_voice_hides_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en-gb-espeak.toml").write_text(
        'engine = "espeak"\nlanguage = "en-GB"\n[roles.anchor]\nvoice = "en-gb+m2"\n'
    )
    assert choose_voice("en", show=tmp_path).cast("anchor").voice == "en-gb+m2"


def test_names_that_do_not_exist_are_answered_with_the_nearest() -> None:
    with pytest.raises(VoiceNotFound, match="en-gb-espeak"):
        choose_voice("en", name="en-gb-espeek")
    with pytest.raises(EngineNotFound, match="gtts"):
        choose_voice("en", engine="gtt")


def test_a_language_no_engine_has() -> None:
    with pytest.raises(LanguageNotSpoken, match='"tlh"') as caught:
        choose_voice("tlh")
    assert caught.value.exit_code == 16
    with pytest.raises(LanguageNotSpoken):
        choose_voice("tlh", engine="gtts")


def test_an_engine_that_lacks_something_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(EngineUnavailable, match="OPENAI_API_KEY"):
        choose_voice("en", engine="openai")


def test_google_is_taken_for_make_only_and_only_when_it_answers(
    google: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert choose_voice("en").engine == "espeak"
    assert google.texts == []
    assert choose_voice("en", for_make=True).engine == "gtts"
    assert "sent to Google" in caplog.text
    monkeypatch.setattr("narrator.speak.engines.gtts.PROBE_S", 0.3)
    google.plan = lambda text, attempt: "500"
    assert choose_voice("en", for_make=True).engine == "espeak"
    google.latency_s = 1.0
    assert choose_voice("en", for_make=True).engine == "espeak"
