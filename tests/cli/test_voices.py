"""narrator voices, say and cache, through the command line."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from narrator.models import Clip
from narrator.speak import ClipStore

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _no_voices_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def test_every_voice_says_whether_it_works_and_what_it_lacks(run_narrator: Run, show: Path) -> None:
    done = run_narrator("voices", "--json", "--show", show)
    assert done.code == 0
    voices = {row["voice"]: row for row in map(json.loads, done.out.splitlines())}
    assert voices["en-gb-espeak"]["works"]
    assert voices["en-gb-espeak"]["offline"]
    assert voices["en-gb-espeak"]["language"] == "en-GB"
    assert not voices["openai"]["works"]
    assert "OPENAI_API_KEY" in voices["openai"]["needs"]
    assert not voices["en-gb-gtts"]["offline"]


def test_the_list_names_each_engine_and_how_to_get_what_it_lacks(run_narrator: Run, show: Path) -> None:
    done = run_narrator("voices", "--show", show)
    assert "espeak: on this machine, free, " in done.out
    assert "openai: sends the text away, $15 per million characters, lacks: there is no key" in done.out
    assert "narrator voices install" in done.out
    assert max(map(len, done.out.splitlines())) < 180


def test_a_damaged_voice_file_does_not_hide_the_others(run_narrator: Run, show: Path) -> None:
    (show / "voices").mkdir(parents=True)
    (show / "voices" / "mine.toml").write_text("engine = ")
    done = run_narrator("voices", "--show", show)
    assert done.code == 0
    assert "mine.toml" in done.err
    assert "en-gb-espeak" in done.out


def test_only_one_language(run_narrator: Run, show: Path) -> None:
    done = run_narrator("voices", "--language", "fr", "--show", show)
    assert "fr-espeak" in done.out
    assert "de-espeak" not in done.out


def test_a_sample_is_written(run_narrator: Run, show: Path, tmp_path: Path) -> None:
    out = tmp_path / "sample.wav"
    assert run_narrator("voices", "sample", "fr-espeak", "--out", out, "--show", show).code == 0
    with wave.open(str(out)) as sound:
        assert sound.getnframes() > 2 * sound.getframerate()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("voices", "smaple"), 2, 'Did you mean "sample"'),
        (("voices", "sample"), 2, "which voice"),
        (("voices", "install"), 2, "which voice"),
        (("say", "Hello", "--role", "editor"), 2, "anchor"),
        (("say", "...", "--engine", "tone", "--out", "x.wav"), 16, "nothing to say"),
        (("say", "Hello", "--engine", "openai", "--out", "x.wav"), 16, "OPENAI_API_KEY"),
        (("say", "Hello", "--language", "tlh", "--text"), 16, "tlh"),
        (("say", "Hello", "--engine", "espeek", "--text"), 16, "espeak"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run_narrator: Run, show: Path, args: tuple[str, ...], code: int, said: str
) -> None:
    done = run_narrator(*args, "--show", show)
    assert done.code == code, done
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_say_shows_the_spoken_form_of_each_sentence(run_narrator: Run, show: Path) -> None:
    done = run_narrator("say", "Dr Roe came. She paid 3 pounds.", "--text", "--show", show)
    assert done.out.splitlines() == ["Doctor Roe came.", "She paid three pounds."]


def test_say_follows_the_lexicon_of_the_show(run_narrator: Run, show: Path) -> None:
    show.mkdir()
    (show / "lexicon.toml").write_text('"Skarn" = "Skaarn"\n')
    assert run_narrator("say", "Skarn", "--text", "--show", show).out == "Skaarn\n"


def test_say_writes_what_it_says(run_narrator: Run, show: Path, tmp_path: Path) -> None:
    out = tmp_path / "say.wav"
    done = run_narrator("say", "Ten chars.", "--engine", "tone", "--out", out, "--show", show)
    assert done.code == 0
    with wave.open(str(out)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (22_050, 10 * 882)


def test_without_a_player_say_points_to_a_file(
    run_narrator: Run, show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    done = run_narrator("say", "Hello", "--engine", "tone", "--show", show)
    assert done.code == 2
    assert "--out" in done.err


def test_the_cache_is_shown_and_cleared(run_narrator: Run, show: Path) -> None:
    store = ClipStore(show / ".narrator" / "clips")
    for key in ("aa11", "bb22"):
        store.keep(Clip("p1", key, 500, 22_050), bytes(1000))
    shown = json.loads(run_narrator("cache", "--show", show, "--json").out)
    assert shown["clips"] == 2
    assert shown["size_bytes"] > 2000
    assert run_narrator("cache", "--show", show, "--shrink", 0).code == 0
    assert store.facts().clips == 0
    store.keep(Clip("p1", "aa11", 500, 22_050), bytes(1000))
    assert "0 clips" in run_narrator("cache", "--show", show, "--clear").out
