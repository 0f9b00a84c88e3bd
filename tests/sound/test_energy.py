import math

import numpy as np
import pytest

from narrator.sound.energy import measure


def sine(rate_hz: int, hz: float, level: float, seconds: float = 2.0) -> bytes:
    times = np.arange(int(rate_hz * seconds)) / rate_hz
    return (level * 32767 * np.sin(math.tau * hz * times)).astype("<i2").tobytes()


def loudness(pcm: bytes, rate_hz: int) -> float:
    return -0.691 + 10 * math.log10(float(np.mean(measure(pcm, rate_hz).energies)))


@pytest.mark.parametrize("rate_hz", [16000, 22050, 24000, 44100, 48000])
def test_reference_tone_of_the_standard_is_metered_right(rate_hz: int) -> None:
    # BS.1770-5: a 997 Hz sine at full scale in one channel reads -3.01 LUFS; at low rates the bilinear
    # transform bends the shelf a little, in ffmpeg's meter as in ours.
    assert loudness(sine(rate_hz, 997, 1.0), rate_hz) == pytest.approx(-3.01, abs=0.06)


def test_high_tones_count_more_and_rumble_counts_less() -> None:
    middle = loudness(sine(48000, 997, 0.5), 48000)
    assert loudness(sine(48000, 8000, 0.5), 48000) - middle == pytest.approx(3.3, abs=0.1)
    assert loudness(sine(48000, 30, 0.5), 48000) < middle - 6


def test_one_energy_for_each_tenth_of_a_second_and_one_for_the_rest() -> None:
    measured = measure(sine(22050, 440, 0.5, seconds=1.25), 22050)
    assert len(measured.energies) == 13
    assert measured.energies[-1] == pytest.approx(measured.energies[0], rel=0.1)


def test_peak_is_the_largest_sample_of_either_sign() -> None:
    assert measure(np.array([5, -32768, 9], "<i2").tobytes(), 8000).peak == 1.0
    assert measure(np.array([5, 16384, -9], "<i2").tobytes(), 8000).peak == 0.5


def test_no_samples_measure_as_nothing() -> None:
    assert measure(b"", 22050) == ((), 0.0)
    assert measure(bytes(4410), 22050).energies == (0.0,)
