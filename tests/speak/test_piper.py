"""The real piper package with a tiny voice: words to the sample, speakers, pace."""

from __future__ import annotations

from pathlib import Path

import pytest
from speak.conftest import script_of
from speak.piper_voice import SAMPLES_PER_PHONEME, build_voice

from narrator.errors import EngineUnavailable, SpeechFailed
from narrator.speak import ClipStore, Patience, Sound, Utterance, choose_voice, find_engine, speak_script
from narrator.voices import Casting, Voice

pytest.importorskip("piper", reason="the extra narrator-podcast[piper] is not installed")
pytest.importorskip("onnx", reason="the tiny voice is built with onnx")


def say(text: str, **casting: object) -> Sound:
    voice = Casting("en_GB-tiny-medium", **casting)  # type: ignore[arg-type]
    return find_engine("piper").speak(Utterance(text, voice, "en-GB"), Patience())


def test_words_begin_at_their_first_phoneme(piper_home: Path) -> None:
    build_voice(piper_home)
    sound = say("a tea")
    assert [word.text for word in sound.words] == ["a", "tea"]
    assert sound.words[0].start % SAMPLES_PER_PHONEME == 0
    assert sound.words[1].start % SAMPLES_PER_PHONEME == 0
    assert sound.words[1].start > sound.words[0].start


def test_pace_is_length(piper_home: Path) -> None:
    build_voice(piper_home)
    assert len(say("a tea", pace=2.0).pcm) * 2 == len(say("a tea").pcm)


def test_speakers_go_by_number_and_by_name(piper_home: Path) -> None:
    build_voice(piper_home, speakers=3)
    assert say("a tea", options={"speaker": 2}).pcm == say("a tea", options={"speaker": "speaker2"}).pcm
    assert say("a tea", options={"speaker": 2}).pcm != say("a tea", options={"speaker": 0}).pcm
    with pytest.raises(SpeechFailed, match="no speaker"):
        say("a tea", options={"speaker": 3})
    with pytest.raises(SpeechFailed, match="no speaker"):
        say("a tea", options={"speaker": "Ann"})


def test_sentences_of_a_line_have_a_pause_between_them(piper_home: Path) -> None:
    build_voice(piper_home)
    one, two = say("A tea."), say("A tea. A tea.")
    assert len(two.pcm) - 2 * len(one.pcm) == 2 * 22_050 * 300 // 1000


def test_another_model_under_the_same_name_is_voiced_anew(piper_home: Path, store: ClipStore) -> None:
    build_voice(piper_home)
    voice = Voice("piper", "en-GB", {"anchor": (Casting("en_GB-tiny-medium"),)})
    speak_script(script_of("A tea."), voice, store)
    assert speak_script(script_of("A tea."), voice, store)[0].reused
    build_voice(piper_home, speakers=2)
    find_engine.cache_clear()
    assert not speak_script(script_of("A tea."), voice, store)[0].reused


def test_a_model_may_be_named_by_its_path(tmp_path: Path, piper_home: Path) -> None:
    model = build_voice(tmp_path / "elsewhere")
    sound = find_engine("piper").speak(Utterance("a tea", Casting(str(model)), "en"), Patience())
    assert any(sound.pcm)


def test_a_voice_that_is_not_installed_says_how_to_get_it(piper_home: Path, store: ClipStore) -> None:
    voice = Voice("piper", "en-GB", {"anchor": (Casting("en_GB-nobody-high"),)})
    with pytest.raises(EngineUnavailable, match="is not installed"):
        speak_script(script_of("A tea."), voice, store)


def test_a_damaged_model_is_a_clear_error(piper_home: Path, store: ClipStore) -> None:
    build_voice(piper_home).write_bytes(b"not a model")
    voice = Voice("piper", "en-GB", {"anchor": (Casting("en_GB-tiny-medium"),)})
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        speak_script(script_of("A tea."), voice, store)


def test_auto_takes_an_installed_voice_of_the_language(piper_home: Path, tmp_path: Path) -> None:
    assert choose_voice("en").engine == "espeak"
    build_voice(piper_home)
    folder = tmp_path / "config" / "narrator" / "voices"
    folder.mkdir(parents=True)
    (folder / "tiny.toml").write_text(
        'engine = "piper"\nlanguage = "en-GB"\n[roles.anchor]\nvoice = "en_GB-tiny-medium"\n'
    )
    assert choose_voice("en").name == "tiny"
    assert choose_voice("de").engine == "espeak"
