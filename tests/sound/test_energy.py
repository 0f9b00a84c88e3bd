import math

import numpy as np
import pytest

from narrator.sound.energy import measure


def sine(rate_hz: int, hz: float, level: float, seconds: float = 2.0) -> bytes:
    times = np.arange(int(rate_hz * seconds)) / rate_hz
    return (level * 32767 * np.sin(math.tau * hz * times)).astype("<i2").tobytes()


def filtered_energies(samples: list[float], rate_hz: int) -> list[float]:
    """K-weighted energies as the standard has them: sample by sample, two filters one after the other."""
    shelf, cut = analogue_shelf(rate_hz), analogue_cut(rate_hz)
    sound = biquad(biquad(samples, *shelf), *cut)
    step = rate_hz // 10
    parts = [sound[at : at + step] for at in range(0, len(sound), step)]
    return [sum(one * one for one in part) / len(part) for part in parts]


def analogue_shelf(rate_hz: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    k, q, high = math.tan(math.pi * 1681.974450955533 / rate_hz), 0.7071752369554196, 1.5848647011308556
    band = high**0.4996667741545416
    norm = 1 + k / q + k * k
    over = (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k)
    return tuple(one / norm for one in over), (2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm)


def analogue_cut(rate_hz: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    k, q = math.tan(math.pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    norm = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm)


def biquad(samples: list[float], over: tuple[float, ...], under: tuple[float, ...]) -> list[float]:
    made, first, second = [], 0.0, 0.0
    for sample in samples:
        one = over[0] * sample + first
        first = over[1] * sample - under[0] * one + second
        second = over[2] * sample - under[1] * one
        made.append(one)
    return made


def test_the_coefficients_compared_with_are_those_of_the_standard() -> None:
    # BS.1770-5, tables 1 and 2, at 48 kHz
    over, under = analogue_shelf(48_000)
    assert over == pytest.approx((1.53512485958697, -2.69169618940638, 1.19839281085285), abs=1e-8)
    assert under == pytest.approx((-1.69065929318241, 0.73248077421585), abs=1e-8)
    assert analogue_cut(48_000)[1] == pytest.approx((-1.99004745483398, 0.99007225036621), abs=1e-8)


@pytest.mark.parametrize("rate_hz", [8000, 11_025, 22_050, 48_000])
def test_energies_are_those_of_the_filter_of_the_standard(rate_hz: int) -> None:
    hiss = np.random.default_rng(5).normal(0, 3000, rate_hz * 2 + rate_hz // 17)
    swelling = hiss.cumsum() * 0.02 + hiss * np.linspace(0.01, 1, hiss.size)
    swelling *= np.minimum(1, np.arange(hiss.size)[::-1] / rate_hz / 0.02)  # clips end in silence
    samples = np.clip(swelling, -32000, 32000).astype("<i2")
    expected = filtered_energies((samples / 32768).tolist(), rate_hz)
    assert measure(samples.tobytes(), rate_hz).energies == pytest.approx(expected, rel=5e-3)


def test_where_sound_ends_the_filter_rings_into_the_next_energy() -> None:
    samples = np.zeros(22_050, "<i2")
    samples[:4300] = 3000 * np.sin(np.arange(4300) / 40)
    expected = filtered_energies((samples / 32768).tolist(), 22_050)
    assert measure(samples.tobytes(), 22_050).energies == pytest.approx(expected, rel=2e-3, abs=1e-9)


def test_a_rate_whose_tenth_cannot_be_divided_is_measured_as_well() -> None:
    energies = {
        rate_hz: measure(sine(rate_hz, 997, 0.5), rate_hz).energies[1:20] for rate_hz in (22_031, 22_050)
    }
    assert energies[22_031] == pytest.approx(energies[22_050], rel=0.01)


def test_the_length_of_a_clip_changes_no_energy_but_the_last() -> None:
    pcm = sine(22_050, 150, 0.5, seconds=4.5)
    whole = measure(pcm, 22_050).energies
    assert measure(pcm[: 2 * 22_050], 22_050).energies[:-1] == pytest.approx(whole[:9], rel=1e-4)


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
