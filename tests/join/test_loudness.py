import math

import numpy as np
import pytest

from narrator.join.loudness import LEVEL_LUFS, gated_loudness, level_voices, whole_loudness
from narrator.join.timeline import lay_out
from narrator.models import Clip, Line, Script
from narrator.voices import Casting, Voice


def energy(lufs: float) -> float:
    return 10 ** ((lufs + 0.691) / 10)


def test_steady_sound_is_as_loud_as_it_is():
    assert gated_loudness([energy(-23.0)] * 50) == pytest.approx(-23.0)


def test_silence_and_quiet_passages_are_gated_out():
    loud, quiet, silent = [energy(-20.0)] * 200, [energy(-36.0)] * 200, [0.0] * 400
    assert gated_loudness(loud + silent) == pytest.approx(-20.0, abs=0.05)
    assert gated_loudness(loud + quiet) == pytest.approx(-20.0, abs=0.05)


def test_passage_within_ten_units_counts():
    mixed = gated_loudness([energy(-20.0)] * 300 + [energy(-26.0)] * 300)
    assert mixed == pytest.approx(10 * math.log10((10**-2.0 + 10**-2.6) / 2), abs=0.05)


@pytest.mark.parametrize("energies", [[], [0.0] * 9, [energy(-90.0)] * 9])
def test_what_nobody_hears_is_minus_seventy(energies):
    assert gated_loudness(energies) == -70.0


def test_sound_shorter_than_a_block_counts_as_it_is():
    assert gated_loudness([energy(-18.0)] * 3) == pytest.approx(-18.0)


def timeline_of(*clips: Clip, roles: str = "aaaa"):
    names = {"a": "anchor", "s": "analyst"}
    lines = tuple(
        Line(clip.line_id, names[role], "paragraph", "x", "x", 350)
        for clip, role in zip(clips, roles, strict=False)
    )
    return lay_out(Script("T", lines, "f.txt"), clips, 8000)


def clip(name: str, lufs: float, tenths: int = 30, samples: int | None = None) -> Clip:
    return Clip(name, name, samples or tenths * 800, 8000, (energy(lufs),) * tenths, 0.5)


def test_voices_are_levelled_each_as_a_whole():
    voice = Voice("test", "en", {"anchor": (Casting("low"),), "analyst": (Casting("high", gain_db=-2.0),)})
    clips = [clip("a1", -20.0), clip("a2", -22.0), clip("s1", -30.0)]
    gains = level_voices(timeline_of(*clips, roles="aas").lines, voice)
    anchor = gated_loudness([*clips[0].energies, *clips[1].energies])
    assert gains["a1"] == gains["a2"] == pytest.approx(LEVEL_LUFS - anchor)
    assert gains["s1"] == pytest.approx(LEVEL_LUFS + 30.0 - 2.0)


def test_castings_that_sound_alike_are_one_voice():
    voice = Voice("test", "en", {"anchor": (Casting("low"),), "analyst": (Casting("low"),)})
    gains = level_voices(timeline_of(clip("a1", -20.0), clip("s1", -26.0), roles="as").lines, voice)
    assert gains["a1"] == gains["s1"]


def test_whole_is_measured_with_its_pauses_and_gains():
    timeline = timeline_of(clip("a1", -20.0, 100), clip("a2", -20.0, 100))
    energies = {"a1": (energy(-20.0),) * 100, "a2": (energy(-20.0),) * 100}
    plain = whole_loudness(timeline, energies)
    assert plain == pytest.approx(-20.0, abs=0.15)
    assert whole_loudness(timeline, energies, {"a1": 3.0, "a2": 3.0}) == pytest.approx(plain + 3.0)


def test_rest_of_a_clip_counts_for_its_length_only():
    timeline = timeline_of(clip("a1", -20.0, 5, samples=4 * 800 + 80))
    rest = np.array([energy(-20.0)] * 4 + [energy(-20.0)])
    assert whole_loudness(timeline, {"a1": rest.tolist()}) < gated_loudness(rest)
