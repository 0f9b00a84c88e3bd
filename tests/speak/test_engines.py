"""What every engine promises, asked of each of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
from speak import services
from speak.piper_voice import build_voice

from narrator.errors import EngineNotFound, EngineUnavailable, SpeakError
from narrator.speak import Engine, Patience, Utterance, engine_names, find_engine
from narrator.speak.engine import GROUP, OWN
from narrator.speak.pieces import speak_whole
from narrator.voices import Casting

SENTENCE = "The ferries stayed in port, because the storm had not passed."
VOICES = {
    "espeak": "en-gb+max",
    "gtts": "en",
    "openai": "alloy",
    "piper": "en_GB-tiny-medium",
    "tone": "tone",
}


@pytest.fixture(params=sorted(VOICES))
def engine(request: pytest.FixtureRequest) -> Engine:
    name = request.param
    if name in ("gtts", "google"):
        request.getfixturevalue("google")
    elif name == "openai":
        request.getfixturevalue("openai")
    elif name == "piper":
        pytest.importorskip("onnx", reason="the tiny voice is built with onnx")
        build_voice(request.getfixturevalue("piper_home"))
    return find_engine(name)


def say(engine: Engine, text: str, **options: str | float) -> bytes:
    casting = Casting(VOICES[engine.name], options=dict(options))
    return speak_whole(Utterance(text, casting, "en-GB"), engine, Patience()).pcm


def test_all_of_narrators_engines_are_registered() -> None:
    assert set(VOICES) <= set(engine_names())


def test_narrators_own_engines_are_those_that_are_registered() -> None:
    registered = {point.name: point.value for point in entry_points(group=GROUP)}
    assert {name: registered.get(name) for name in OWN} == OWN


def test_unknown_engine_is_answered_with_the_nearest() -> None:
    with pytest.raises(EngineNotFound, match="nearest: espeak"):
        find_engine("espeek")


@pytest.mark.parametrize(
    ("value", "said"),
    [("narrator.voices:Casting", "not an engine"), ("nowhere_to_be_found:Engine", "cannot be loaded")],
)
def test_what_is_registered_but_is_no_engine_is_refused(
    monkeypatch: pytest.MonkeyPatch, fresh_engines: None, value: str, said: str
) -> None:
    class Point(EntryPoint):
        def load(self) -> object:
            found = super().load()
            return lambda: found

    points = [Point("odd", value, "narrator.engines")]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    with pytest.raises(EngineUnavailable, match=said):
        find_engine("odd")


def test_it_lacks_nothing_here(engine: Engine) -> None:
    assert engine.lacks() is None
    assert engine.lacks(Casting(VOICES[engine.name])) is None
    assert engine.needs == "" or engine.needs.endswith(".")
    assert engine.languages()
    assert engine.at_once >= 1


def test_a_sentence_becomes_seconds_of_sound(engine: Engine) -> None:
    sound = engine.speak(Utterance(SENTENCE, Casting(VOICES[engine.name]), "en-GB"), Patience())
    assert len(sound.pcm) % 2 == 0
    assert any(sound.pcm)
    assert 2 < len(sound.pcm) / 2 / sound.rate_hz < 15


def test_the_same_line_is_the_same_bytes_whatever_was_said_before(engine: Engine) -> None:
    first = say(engine, SENTENCE)
    say(engine, "Something else was said in between.")
    assert say(engine, SENTENCE) == first


def test_twice_the_text_is_about_twice_the_sound(engine: Engine) -> None:
    one, two = len(say(engine, SENTENCE)), len(say(engine, f"{SENTENCE} {SENTENCE}"))
    assert 1.7 < two / one < 2.4


def test_words_are_in_order_and_inside_the_sound(engine: Engine) -> None:
    sound = engine.speak(Utterance(SENTENCE, Casting(VOICES[engine.name]), "en-GB"), Patience())
    if engine.offline:
        assert [word.text for word in sound.words] == SENTENCE.split()
    starts = [word.start for word in sound.words]
    assert starts == sorted(starts)
    assert all(0 <= start < len(sound.pcm) // 2 for start in starts)


def test_the_fingerprint_is_the_same_every_time(engine: Engine) -> None:
    casting = Casting(VOICES[engine.name])
    assert engine.fingerprint(casting) == engine.fingerprint(casting) != ""


@pytest.mark.parametrize(
    "text", ["7", "A" * 100, "“Why?” – she asked … «no»", "100% of £5", "[[x]] <b>&amp;</b>"]
)
def test_odd_lines_are_spoken(engine: Engine, text: str) -> None:
    assert any(say(engine, text))


@pytest.mark.parametrize("engine", ["espeak", "gtts", "piper"], indirect=True)
def test_a_voice_it_does_not_have_is_named(engine: Engine) -> None:
    with pytest.raises(SpeakError, match="xx-nowhere"):
        engine.fingerprint(Casting("xx-nowhere"))
    lacks: Callable[[Casting], str | None] = engine.lacks
    assert engine.name != "piper" or "xx-nowhere" in str(lacks(Casting("xx-nowhere")))


def test_services_hum_is_decodable() -> None:
    from narrator.sound.ffmpeg import decode

    pcm, rate_hz = decode(services.speech("twenty characters!!!"), kind="mp3")
    assert rate_hz == services.RATE_HZ
    assert len(pcm) / 2 / rate_hz == pytest.approx(1.2, abs=0.05)


def test_find_engine_gives_the_same_engine(tmp_path: Path) -> None:
    assert find_engine("tone") is find_engine("tone")
