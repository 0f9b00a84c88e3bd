"""Loudness facts of samples: K-weighted energy of each 100 ms, and the peak.

ITU-R BS.1770-5 filters the signal (a shelf for the head, a high-pass), takes the mean square of
400 ms blocks that overlap by 75 %, and gates them. The mean square of each 100 ms after the filter is
therefore all that has to be kept of a clip; ``join.loudness`` does the gating. Here the filter acts on
the spectrum of each 100 ms (Parseval), which needs one transform and no loop over samples.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.sound.heap import keep_heap_flat

keep_heap_flat()  # here, because whoever handles clips measures them first

STEP_MS = 100
FULL_SCALE = 32768.0
BLOCKS_AT_ONCE = 10
"""Few enough that what is in between stays in the cache and on the heap: all of a clip at once takes twice
as long, most of it for mapping fresh pages. With four the calls take a fifth more."""


class Measured(NamedTuple):
    """What `Clip.energies` and `Clip.peak` hold."""

    energies: tuple[float, ...]
    """Mean square (full scale = 1.0) after K-weighting, of each 100 ms; the last may be shorter."""
    peak: float
    """Largest absolute sample, full scale = 1.0."""


def measure(pcm: bytes, rate_hz: int, channels: int = 1) -> Measured:
    """Energies and peak of *pcm*; the energies of interleaved stereo are the mean of both channels'."""
    samples = np.frombuffer(pcm, dtype="<i2")
    if not samples.size:
        return Measured((), 0.0)
    sides = [_energies(samples[side::channels], rate_hz) for side in range(channels)]
    energies = sides[0] if channels == 1 else np.mean(sides, axis=0).tolist()
    return Measured(tuple(energies), peak_of(samples))


def peak_of(samples: NDArray[np.int16]) -> float:
    """Largest absolute value of *samples*, full scale = 1.0; 0 for none."""
    return max(int(samples.max()), -int(samples.min())) / FULL_SCALE if samples.size else 0.0


def _energies(samples: NDArray[np.int16], rate_hz: int) -> list[float]:
    step = rate_hz * STEP_MS // 1000
    whole = samples.size // step
    energies = _weighted(samples[: whole * step].reshape(whole, step), rate_hz)
    if samples.size % step:
        energies += _weighted(samples[whole * step :].reshape(1, -1), rate_hz)
    return energies


def _weighted(blocks: NDArray[np.int16], rate_hz: int) -> list[float]:
    """Mean square of each row after K-weighting."""
    if not blocks.size:
        return []
    count, length = blocks.shape
    energies = np.empty(count, np.float32)
    weights = _weights(length, rate_hz)
    for start in range(0, count, BLOCKS_AT_ONCE):
        some = slice(start, start + BLOCKS_AT_ONCE)
        spectrum = np.fft.rfft(blocks[some].astype(np.float32), axis=1)
        parts = spectrum.astype(np.complex64, copy=False).view(np.float32)  # real and imaginary by turns
        np.matmul(np.multiply(parts, parts, out=parts), weights, out=energies[some])
    said: list[float] = energies.astype(float).tolist()
    return said


@lru_cache(maxsize=64)
def _weights(length: int, rate_hz: int) -> NDArray[np.float32]:
    """What each part of a transform of *length* samples, squared, adds to the mean square of those samples:
    of each bin the real and the imaginary one."""
    frequencies: NDArray[np.float64] = np.fft.rfftfreq(length, 1 / rate_hz).astype(np.float64)
    twice = np.full(frequencies.size, 2.0)  # every bin but the first and the middle has a mirror image
    twice[0] = 1.0
    if length % 2 == 0:
        twice[-1] = 1.0
    weights = twice * _k_gain(frequencies, rate_hz) / (length * FULL_SCALE) ** 2
    return np.repeat(weights, 2).astype(np.float32)


def _k_gain(frequencies: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Power gain of the K-weighting filter at *frequencies* in Hz.

    The standard gives coefficients for 48 kHz only; these are the analogue prototypes behind them
    (as in ffmpeg's ebur128), made digital for *rate_hz* by the bilinear transform.
    """
    # BS.1770-5 table 1, the shelf: 1681.97 Hz, +4.0 dB, Q 0.7072; table 2, the high-pass: 38.14 Hz, Q 0.5003
    k = np.tan(np.pi * 1681.974450955533 / rate_hz)
    q, high, band = 0.7071752369554196, 10 ** (3.999843853973347 / 20), 0.4996667741545416
    low = high**band
    shelf = (
        (high + low * k / q + k * k, 2 * (k * k - high), high - low * k / q + k * k),
        (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k),
    )
    k = np.tan(np.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    norm = 1 + k / q + k * k
    cut = ((1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm))
    back = np.exp(-2j * np.pi * frequencies / rate_hz)
    gain = np.ones_like(frequencies)
    for over, under in (shelf, cut):
        response = np.polyval(over[::-1], back) / np.polyval(under[::-1], back)
        gain = gain * np.abs(response) ** 2
    return gain
