import math

import numpy as np
import pytest

from narrator.sound.energy import measure
from narrator.sound.limiter import level

RATE = 22050


def samples(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").astype(float) / 32768


def speech(level: float = 0.5, seed: int = 3) -> bytes:
    """Noise with the spectrum and the bursts of a voice."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.normal(0, 1, RATE * 2))
    spectrum /= np.maximum(np.fft.rfftfreq(RATE * 2, 1 / RATE), 200) ** 0.8
    wave = np.fft.irfft(spectrum) * (1.2 - np.cos(math.tau * 4 * np.arange(RATE * 2) / RATE))
    return (wave / np.abs(wave).max() * level * 32767).astype("<i2").tobytes()


def oversampled_peak_db(pcm: bytes) -> float:
    wave = np.pad(samples(pcm), 500)
    spectrum = np.fft.rfft(wave)
    curve = np.fft.irfft(np.pad(spectrum, (0, 7 * (len(spectrum) - 1))), 8 * len(wave)) * 8
    return 20 * math.log10(np.abs(curve).max())


def test_what_stays_under_the_ceiling_is_only_made_louder():
    pcm, peak, kept = level(speech(0.25), RATE, 3.0, -1.5)
    assert kept is None
    assert samples(pcm) == pytest.approx(samples(speech(0.25)) * 10 ** (3 / 20), abs=1 / 32768)
    assert peak == pytest.approx(0.25 * 10 ** (3 / 20), abs=0.02)


@pytest.mark.parametrize("gain_db", [0.5, 3.0, 6.0, 12.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_true_peak_goes_over_the_ceiling(gain_db, seed):
    pcm, peak, kept = level(speech(0.9, seed), RATE, gain_db, -1.5)
    assert kept is not None
    assert len(pcm) == len(speech())
    # Twice as fine a meter finds a little more in noise this bright.
    assert oversampled_peak_db(pcm) <= -1.1
    assert 20 * math.log10(peak) == pytest.approx(-1.5)


@pytest.mark.parametrize("seconds", [2.0, 1.23])
def test_energy_left_is_what_a_meter_finds(seconds):
    pcm = speech(0.9)[: 2 * round(seconds * RATE)]
    out, _, kept = level(pcm, RATE, 6.0, -1.5)
    expected = np.array(measure(pcm, RATE).energies) * 10 ** (6 / 10) * kept
    assert measure(out, RATE).energies == pytest.approx(expected, rel=0.05)
    assert 0.2 < kept.min() < 0.95


def test_limiter_moves_nothing_and_turns_nothing_down_far_from_a_peak():
    quiet = np.full(RATE, 3000, "<i2")
    quiet[RATE // 2] = 32767
    out = samples(level(quiet.tobytes(), RATE, 6.0, -1.5).pcm)
    louder = 3000 / 32768 * 10 ** (6 / 20)
    assert int(out.argmax()) == RATE // 2
    assert out[: RATE // 2 - 500] == pytest.approx(louder, abs=1e-4)
    assert out[RATE // 2 + 500 :] == pytest.approx(louder, abs=1e-4)
    assert np.abs(np.diff(out[RATE // 2 + 2 :])).max() < 0.005, "the gain comes back smoothly"


def test_peak_between_two_samples_is_found():
    # A quarter of the sampling rate, sampled 30 degrees off its crests: 1.2 dB over every sample.
    wave = 0.5 * np.sin(math.pi / 2 * np.arange(4000) + math.pi / 6)
    pcm = (wave * 32767).astype("<i2").tobytes()
    assert np.abs(samples(pcm)).max() == pytest.approx(0.433, abs=0.001)
    assert level(pcm, RATE, 0.0, -5.5).peak == pytest.approx(0.5, abs=0.01)


def test_both_channels_get_the_same_gain():
    left = samples(speech(0.9))
    stereo = np.stack([left, left * 0.1], axis=1)
    pcm = level((stereo * 32767).astype("<i2").tobytes(), RATE, 6.0, -1.5, channels=2).pcm
    out = samples(pcm).reshape(-1, 2)
    heard = np.abs(out[:, 0]) > 0.2
    assert out[heard, 1] / out[heard, 0] == pytest.approx(0.1, abs=0.002)


def test_nothing_and_silence_stay_what_they_are():
    assert level(b"", RATE, 20.0, -1.5) == (b"", 0.0, None)
    assert level(bytes(2000), RATE, 20.0, -1.5) == (bytes(2000), 0.0, None)
