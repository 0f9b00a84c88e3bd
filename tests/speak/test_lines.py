"""Scripts to clips, with tones: offsets to the sample, reuse, and what a failure leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from speak.conftest import lines, script_of

from narrator.errors import EngineUnavailable, SpeechFailed
from narrator.models import Script, Word
from narrator.speak import ClipStore, Patience, Sound, Utterance, find_engine, speak_script
from narrator.speak.engines.tone import RATE_HZ, SAMPLES_PER_CHARACTER, ToneEngine
from narrator.speak.voicing import MARGIN_MS
from narrator.voices import Voice, read_voice

MARGIN = MARGIN_MS * RATE_HZ // 1000
MakeScript = Callable[..., Script]


@pytest.fixture
def voice() -> Voice:
    return read_voice("tone")


class FailingEngine(ToneEngine):
    """Tones, but for lines with "bad" in them."""

    at_once = 1

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        self.said.append(utterance.say)
        if "bad" in utterance.say:
            raise SpeechFailed("it would not")
        return super().speak(utterance, patience)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FailingEngine:
    failing = FailingEngine()
    monkeypatch.setattr("narrator.speak.lines.find_engine", lambda name: failing)
    return failing


def test_length_and_words_are_those_of_the_characters(store: ClipStore, voice: Voice) -> None:
    (clip,) = speak_script(script_of("It rained."), voice, store)
    assert clip.samples == 10 * SAMPLES_PER_CHARACTER + 2 * MARGIN
    assert clip.rate_hz == RATE_HZ
    assert clip.words == (Word("It", MARGIN), Word("rained.", MARGIN + 3 * SAMPLES_PER_CHARACTER))
    pcm = store.read_pcm(clip.key)
    assert len(pcm) == 2 * clip.samples
    assert not any(pcm[: 2 * MARGIN])
    assert any(pcm[2 * MARGIN : 2 * MARGIN + 4])


def test_clips_come_in_line_order(store: ClipStore, voice: Voice) -> None:
    texts = ["a much longer line than the others", "b", "cc", "ddd"]
    clips = speak_script(script_of(*texts), voice, store, workers=3)
    assert [clip.line_id for clip in clips] == ["l0", "l1", "l2", "l3"]
    assert [clip.samples for clip in clips] == [len(t) * SAMPLES_PER_CHARACTER + 2 * MARGIN for t in texts]


def test_a_second_run_voices_nothing(store: ClipStore, voice: Voice, engine: FailingEngine) -> None:
    script = script_of("One.", "Two.")
    first = speak_script(script, voice, store)
    second = speak_script(script, voice, store)
    assert [clip.reused for clip in first + second] == [False, False, True, True]
    assert [replace(clip, reused=False) for clip in second] == first
    assert len(engine.said) == 2


def test_one_edited_sentence_is_one_synthesis(store: ClipStore, voice: Voice, engine: FailingEngine) -> None:
    speak_script(script_of("One.", "Two.", "Three."), voice, store)
    engine.said.clear()
    speak_script(script_of("One.", "Two, corrected.", "Three."), voice, store)
    assert engine.said == ["Two, corrected."]


def test_lines_that_sound_alike_are_voiced_once(
    store: ClipStore, voice: Voice, engine: FailingEngine
) -> None:
    clips = speak_script(script_of("Caption.", "A boat.", "Caption."), voice, store)
    assert sorted(engine.said) == ["A boat.", "Caption."]
    assert [clip.reused for clip in clips] == [False, False, True]
    assert clips[0].key == clips[2].key


def test_the_level_of_a_casting_does_not_voice_anew(
    store: ClipStore, voice: Voice, engine: FailingEngine
) -> None:
    speak_script(script_of("One."), voice, store)
    louder = replace(voice, roles={"anchor": (replace(voice.roles["anchor"][0], gain_db=3.0),)})
    assert speak_script(script_of("One."), louder, store)[0].reused
    faster = replace(voice, roles={"anchor": (replace(voice.roles["anchor"][0], pace=1.2),)})
    assert not speak_script(script_of("One."), faster, store)[0].reused


def test_a_failure_keeps_what_was_voiced(store: ClipStore, voice: Voice, engine: FailingEngine) -> None:
    script = script_of("the first line of all", "a second line", "bad")
    with pytest.raises(SpeechFailed, match='line l2 "bad": it would not'):
        speak_script(script, voice, store)
    engine.said.clear()
    speak_script(script_of("the first line of all", "a second line", "good"), voice, store)
    assert engine.said == ["good"]


def test_lines_without_words_are_not_sent(store: ClipStore, voice: Voice, engine: FailingEngine) -> None:
    clips = speak_script(script_of("One.", "…", "* * *", "\x02"), voice, store)
    assert engine.said == ["One."]
    assert [clip.samples for clip in clips[1:]] == [0, 0, 0]
    assert {clip.rate_hz for clip in clips} == {RATE_HZ}
    assert store.read_pcm(clips[1].key) == b""


def test_a_script_without_words_is_a_clear_error(store: ClipStore, voice: Voice) -> None:
    with pytest.raises(SpeechFailed, match="nothing to say"):
        speak_script(script_of("…"), voice, store)


def test_a_very_long_word_is_cut_and_noted(store: ClipStore, voice: Voice, engine: FailingEngine) -> None:
    (clip,) = speak_script(script_of("b" * 10_000), voice, store)
    assert engine.said == ["b" * 100]
    assert "10,000" in clip.note
    assert "10,000" in speak_script(script_of("b" * 10_000), voice, store)[0].note


def test_progress_counts_every_line_once(store: ClipStore, voice: Voice) -> None:
    speak_script(script_of("One."), voice, store)
    told: list[tuple[int, int]] = []
    speak_script(script_of("One.", "…", "Two.", "Three."), voice, store, on_line=lambda *at: told.append(at))
    assert told == [(2, 4), (3, 4), (4, 4)]


def test_roles_and_speakers_have_voices_of_their_own(store: ClipStore, voice: Voice) -> None:
    script = script_of("Same words.")
    parts = [
        ("anchor", None),
        ("analyst", "Ann Roe"),
        ("analyst", "Bo Lind"),
        ("caption", None),
        ("cue", None),
    ]
    told = tuple(
        replace(script.lines[0], id=f"l{n}", role=role, speaker=speaker)  # type: ignore[arg-type]
        for n, (role, speaker) in enumerate(parts)
    )
    clips = speak_script(replace(script, lines=told), voice, store)
    keys = [clip.key for clip in clips]
    assert len(set(keys[:4])) == 4
    assert keys[4] == keys[0], "cues are the anchor's"


def test_speakers_are_told_apart_while_there_are_castings(voice: Voice) -> None:
    names = ["Ann Roe", "Bo Lind", "Cy Dahl", "Di Moss", "Ed Falk", "Flo Carr"]
    castings = voice.roles["analyst"]
    for first in names:
        for second in names:
            one, other = voice.cast_all([("analyst", first), ("analyst", second)])
            assert (one == other) == (first == second)
            assert voice.cast_all([("analyst", second), ("analyst", first)]) == [other, one]
        assert voice.cast_all([("analyst", first)]) == [voice.cast("analyst", first)]
    assert len(set(map(id, voice.cast_all([("analyst", name) for name in names])))) == len(castings)
    assert voice.cast_all([("analyst", "ann  roe"), ("analyst", "Ann Roe")])[0] == voice.cast(
        "analyst", "Ann Roe"
    )


def test_a_line_in_another_language_says_so_to_the_engine(
    store: ClipStore, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Utterance] = []
    original = ToneEngine.speak
    monkeypatch.setattr(ToneEngine, "speak", lambda self, u, p: heard.append(u) or original(self, u, p))
    script = script_of("One.", "Un.", "Won.", language="en-GB")
    told = (
        script.lines[0],
        replace(script.lines[1], language="fr"),
        replace(script.lines[2], language="en-US"),
    )
    speak_script(replace(script, lines=told), voice, store)
    by_text = {one.say: (one.language, one.foreign) for one in heard}
    assert by_text == {"One.": ("en-GB", False), "Un.": ("fr", True), "Won.": ("en-GB", False)}


def test_an_engine_that_lacks_something_is_refused_before_the_first_line(
    store: ClipStore, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToneEngine, "lacks", lambda self, casting=None: "the fork is missing")
    with pytest.raises(EngineUnavailable, match="the fork is missing"):
        speak_script(script_of("One."), voice, store)
    assert find_engine("tone").name == "tone"
    assert store.facts().clips == 0


def test_phonemes_win_over_the_text_and_change_the_key(
    store: ClipStore, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = lines("Kyiv")[0]
    clips = speak_script(
        replace(script_of("x"), lines=(plain, replace(plain, id="l1", phonemes="[[k'i:v]]"))), voice, store
    )
    assert clips[0].key != clips[1].key
