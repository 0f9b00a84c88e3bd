"""espeak from the wheel: equal bytes, exact word times, voices that are what they are called."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from bench.voice_figures import measure_casting

from narrator.errors import LanguageNotSpoken, SpeechFailed
from narrator.speak import Patience, Utterance, find_engine
from narrator.speak.engines import _espeak_data
from narrator.voices import Casting, read_voice

TEXTS = [
    f"The council met for the {word} time."
    for word in ("first", "second", "third", "fourth", "fifth", "last")
]


def say(text: str, voice: str = "en-gb+f2", **more: object) -> bytes:
    utterance = Utterance(text, Casting(voice), "en-GB", **more)  # type: ignore[arg-type]
    return find_engine("espeak").speak(utterance, Patience()).pcm


def digest(pcm: bytes) -> str:
    return hashlib.sha256(pcm).hexdigest()


def test_another_process_at_another_time_makes_the_same_bytes() -> None:
    code = (
        "import hashlib; from narrator.speak import *; from narrator.voices import Casting\n"
        f"u = Utterance({TEXTS[2]!r}, Casting('en-gb+f2'), 'en-GB')\n"
        "print(hashlib.sha256(find_engine('espeak').speak(u, Patience()).pcm).hexdigest())"
    )
    say(TEXTS[0])
    here = digest(say(TEXTS[2]))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == here


def test_threads_make_the_same_bytes() -> None:
    alone = [say(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(say, TEXTS * 3)) == alone * 3


def test_breathy_voices_are_the_same_every_time_too() -> None:
    assert say(TEXTS[0], "en-gb+f5") == say(TEXTS[0], "en-gb+f5")


def test_word_times_stand_where_the_words_are_heard() -> None:
    sound = find_engine("espeak").speak(
        Utterance("One, two, three. Four.", Casting("en-gb"), "en-GB"), Patience()
    )
    samples = np.abs(np.frombuffer(sound.pcm, "<i2").astype(int))
    assert [word.text for word in sound.words] == ["One,", "two,", "three.", "Four."]
    for word in sound.words[1:]:
        before = samples[word.start - 1500 : word.start - 300].max()
        after = samples[word.start : word.start + 4000].max()
        assert after > 10 * before, word  # a pause stands before each, sound after it


def test_words_keep_their_marks_and_numbers_count_once() -> None:
    sound = find_engine("espeak").speak(
        Utterance('"Yes," she said: 1,250 boats (all small).', Casting("en-gb"), "en-GB"), Patience()
    )
    assert [word.text for word in sound.words] == [
        '"Yes,"',
        "she",
        "said:",
        "1,250",
        "boats",
        "(all",
        "small).",
    ]


def test_phonemes_are_spoken_and_words_keep_their_spelling() -> None:
    utterance = Utterance("In Kyiv today", Casting("en-gb"), "en-GB", phonemes="In [[k'i:v]] today")
    sound = find_engine("espeak").speak(utterance, Patience())
    assert sound.pcm != say("In Kyiv today", "en-gb")
    assert [word.text for word in sound.words] == ["In", "Kyiv", "today"]


def test_text_is_never_taken_for_markup_or_phonemes() -> None:
    assert len(say("a [[h@l'oU]] b", "en-gb")) > 1.5 * len(say("", "en-gb", phonemes="a [[h@l'oU]] b"))
    assert len(say("<speak>x</speak>", "en-gb")) > 2 * len(say("x", "en-gb"))


def test_english_names_are_no_french() -> None:
    assert say("Bonjour", "fr") != say("Bonjour", "en-gb")


def test_a_foreign_line_is_read_in_its_language_by_the_same_variant() -> None:
    utterance = Utterance("Bonjour à tous", Casting("en-gb+f4"), "fr-CA", foreign=True)
    assert find_engine("espeak").speak(utterance, Patience()).pcm == say("Bonjour à tous", "fr+f4")


def test_a_voice_for_any_language_takes_the_languages_own() -> None:
    utterance = Utterance("Bonjour", Casting("mul+max"), "fr")
    assert find_engine("espeak").speak(utterance, Patience()).pcm == say("Bonjour", "fr+max")


def test_a_language_it_lacks_and_a_variant_it_lacks_are_named() -> None:
    with pytest.raises(LanguageNotSpoken, match=r'"tlh".*nearest'):
        say("x", "tlh")
    with pytest.raises(SpeechFailed, match=r'"f22" .*nearest: f2'):
        say("x", "en-gb+f22")


def test_languages_whose_rules_the_wheel_lacks_are_not_offered() -> None:
    languages = find_engine("espeak").languages()
    assert {"en", "en-gb", "fr", "de", "es-419", "pt-br", "zh", "ar", "nb"} <= set(languages)
    data = _espeak_data.installed()[1]
    assert ("fo" in languages) == (data / "fo_dict").is_file()


def test_a_data_folder_with_a_long_path_is_reached_by_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, data = _espeak_data.installed()
    deep = tmp_path / ("d" * 180)
    deep.mkdir()
    (deep / "data").symlink_to(data, target_is_directory=True)
    monkeypatch.setattr(_espeak_data, "installed", lambda: (library, deep / "data"))
    path = _espeak_data.data_path.__wrapped__()
    assert len(path) < 140
    assert (Path(path.decode()) / "phontab").is_file()


@pytest.mark.parametrize("name", ["en-gb-espeak", "fr-espeak"])
def test_roles_are_told_apart_beyond_the_spread_within_each(name: str) -> None:
    voice = read_voice(name)
    castings = [voice.cast("anchor"), voice.cast("caption"), *voice.roles["analyst"]]
    figures = [measure_casting("espeak", casting, voice.language) for casting in castings]
    for n, one in enumerate(figures):
        assert one.peak < 0.95, castings[n]
        for other in figures[:n]:
            apart_hz = abs(one.f0_hz - other.f0_hz)
            assert apart_hz > 2 * max(one.f0_deviation_hz, other.f0_deviation_hz), (one, other)


def test_english_is_read_at_the_pace_of_news() -> None:
    voice = read_voice("en-gb-espeak")
    figures = measure_casting("espeak", voice.cast("anchor"), "en-GB")
    assert 170 < figures.words_per_minute < 195  # within sentences; pauses take it to 165 to 175
