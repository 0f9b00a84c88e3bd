import math
import struct

import pytest

from narrator.sound.pcm import fade_edges, silence, to_stereo, trim_silence

RATE = 22050


def tone(samples: int, level: float = 0.5) -> bytes:
    values = (round(level * 32767 * math.cos(math.tau * 200 * n / RATE)) for n in range(samples))
    return struct.pack(f"<{samples}h", *values)


def values(pcm: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(pcm) // 2}h", pcm)


@pytest.mark.parametrize(("before", "after"), [(0, 0), (100, 50), (4410, 2205), (22050, 44100)])
def test_trimmed_clip_starts_and_ends_with_the_margin(before: int, after: int) -> None:
    trimmed, cut = trim_silence(silence(before) + tone(RATE) + silence(after), RATE)
    heard = [n for n, value in enumerate(values(trimmed)) if value]
    margin, grain = RATE * 20 // 1000, RATE // 100
    assert abs(heard[0] - margin) <= grain
    assert abs(len(trimmed) // 2 - 1 - heard[-1] - margin) <= grain
    assert cut == before - heard[0], "word times move with the sound"


def test_soft_consonant_is_not_taken_for_silence() -> None:
    soft = tone(2205, 0.5 * 10 ** (-40 / 20))
    trimmed, _ = trim_silence(silence(2205) + soft + tone(RATE), RATE, margin_ms=0)
    assert len(trimmed) // 2 >= 2205 + RATE


def test_silent_clip_becomes_two_margins() -> None:
    assert trim_silence(silence(RATE), RATE) == (silence(2 * 441), 0)
    assert trim_silence(b"", RATE) == (silence(2 * 441), 0)


def test_faded_clip_has_no_step_at_its_ends() -> None:
    faded = values(fade_edges(tone(RATE), RATE))
    assert abs(faded[0]) < 328
    assert abs(faded[-1]) < 656
    assert faded[500:-500] == values(tone(RATE))[500:-500]


@pytest.mark.parametrize("rate_hz", [8000, 11025, 16000, 22050, 24000, 44100, 48000])
@pytest.mark.parametrize("samples", [0, 1, 7, 219, 220, 221, 441, 5001])
def test_fading_never_changes_the_length(samples: int, rate_hz: int) -> None:
    assert len(fade_edges(tone(samples), rate_hz)) == 2 * samples


def test_stereo_has_the_same_on_both_sides() -> None:
    left_and_right = values(to_stereo(tone(100), RATE))
    assert left_and_right[::2] == left_and_right[1::2] == values(tone(100))
