"""A tone of its own for a voice: what it does to the spectrum, and what it leaves alone."""

import os
from dataclasses import replace

import numpy as np
import pytest

from narrator.errors import SpeechFailed
from narrator.speak import Patience, Utterance, find_engine
from narrator.speak.engines._espeak_data import voice_path
from narrator.speak.engines._espeak_library import fresh_library
from narrator.speak.engines._espeak_tone import _kept, read_tone, tone_line, toned_voice
from narrator.voices import Casting, read_voice

TEXT = "The ferry has been out of service since July, and the whole harbour waits for it."
RATE_HZ = 22_050
THIRDS_HZ = [250 * 2 ** (n / 3) for n in range(14)]
LTASS_DB = (60.3, 59.0, 62.1, 62.1, 60.5, 56.8, 53.7, 53.0, 52.0, 48.7, 48.1, 46.8, 45.6, 44.5)
"""Third octaves from 250 to 5,000 Hz of the long-term average speech of Byrne and others, 1994, table II."""


def spoken(casting: Casting) -> np.ndarray:
    pcm = find_engine("espeak").speak(Utterance(TEXT, casting, "en-GB"), Patience()).pcm
    return np.frombuffer(pcm, "<i2").astype(float)


def bands(sound: np.ndarray, centres=THIRDS_HZ) -> np.ndarray:
    power, hz = np.abs(np.fft.rfft(sound)) ** 2, np.fft.rfftfreq(sound.size, 1 / RATE_HZ)
    return np.array(
        [10 * np.log10(power[(hz >= c / 2 ** (1 / 6)) & (hz < c * 2 ** (1 / 6))].sum()) for c in centres]
    )


def off_speech_db(sound: np.ndarray) -> float:
    """How far the spectrum is from that of people, on the average of all bands."""
    off = bands(sound) - LTASS_DB
    return float(np.sqrt(np.mean((off - off.mean()) ** 2)))


@pytest.mark.parametrize("voice", ["en-gb+max", "fr+f4", "de+m3", "pt-br+f5", "es+m4", "en-us"])
def test_voice_and_variant_in_one_file_sound_as_by_name(voice: str) -> None:
    said = []
    as_it_is = _kept(toned_voice_text(voice))
    for by_file in (False, True):
        with fresh_library() as library:
            library.set_seed(1)
            if by_file:
                library.set_voice_file(as_it_is)
            else:
                library.set_voice(voice_path(voice))
            said.append(library.speak("Seven fresh fish.")[0])
    assert said[0] == said[1]


def toned_voice_text(voice: str) -> bytes:
    """The file of *voice* with the library's own tone."""
    path = toned_voice(voice, read_tone("600:0 1200:0 2000:0 3000:0"))
    with open(path, "rb") as file:
        text = file.read()
    assert b"tone 600 170 1200 135 2000 110 3000 110\n" in text
    return text


def test_a_tone_adds_what_it_says_where_it_says_it() -> None:
    plain, toned = Casting("en-gb"), Casting("en-gb", options={"tone": "400:0 1000:-9 2500:-9"})
    change = bands(spoken(toned), [250, 1000, 1600]) - bands(spoken(plain), [250, 1000, 1600])
    assert change == pytest.approx([0, -9, -9], abs=1.5)


def test_the_same_tone_gives_the_same_samples_and_no_other_length() -> None:
    casting = read_voice("en-gb-espeak").cast("anchor")
    assert (spoken(casting) == spoken(casting)).all()
    options = {name: value for name, value in casting.options.items() if name != "tone"}
    assert spoken(casting).size == spoken(replace(casting, options=options)).size


@pytest.mark.parametrize("role", ["anchor", "caption", "analyst"])
def test_the_voices_are_nearer_to_the_spectrum_of_people_with_it_than_without(role: str) -> None:
    for casting in read_voice("en-gb-espeak").roles[role]:
        options = {name: value for name, value in casting.options.items() if name != "tone"}
        with_it, without = spoken(casting), spoken(replace(casting, options=options))
        assert off_speech_db(with_it) < off_speech_db(without) - 1.0
        hiss = bands(with_it, [6300, 8000]) - bands(without, [6300, 8000])
        assert hiss.max() < 1.0, "no sharper on s"
        assert np.abs(with_it).max() < 0.95 * 32768


@pytest.mark.parametrize(
    "tone", ["", "loud", "300", "300:99999", "900:1 300:1", "1:1 2:1 3:1 4:1 5:1 6:1", 7]
)
def test_what_is_no_tone_is_refused_with_an_example(tone) -> None:
    with pytest.raises(SpeechFailed, match=r'tone must be up to 5 points .* "250:\+3 1600:-3", not'):
        spoken(Casting("en-gb", options={"tone": tone}))


def test_heights_stay_in_the_librarys_range() -> None:
    assert tone_line(read_tone("100:+20 4000:-60")) == "tone 100 255 4000 0"


def test_files_are_short_named_and_readable_for_as_long_as_the_process_lives() -> None:
    path = toned_voice("en-gb+max", read_tone("300:+1"))
    assert len(path) < 140
    assert os.path.getsize(path) > 100  # noqa: PTH202 - a path in bytes
    assert path == toned_voice("en-gb+max", read_tone("300:+1"))
