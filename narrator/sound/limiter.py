"""Gain, and a limiter that acts only where the true peak would go over a ceiling.

The gain is lowered smoothly around each peak, looking ahead, and nothing is shifted in time: what a
filter with attack and release does, but symmetric and the same whatever stands before the clip.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from narrator.sound.energy import FULL_SCALE

REACH_MS = 15
"""The gain begins to sink this long before a peak and is back as long after it: longer than a pitch
period of a low voice, so that it does not follow the glottal pulses and make a buzz of them."""
NEAR = 0.7
"""Only samples over this part of the ceiling are oversampled: between two samples lower than that no
peak over the ceiling was found in speech."""
TAPS = 12

Float = NDArray[np.float32]


def level(pcm: bytes, rate_hz: int, gain_db: float, ceiling_db: float, channels: int = 1) -> bytes:
    """*pcm* louder by *gain_db*, with no true peak over *ceiling_db*.

    Args:
        pcm: signed 16-bit samples, interleaved when there are two channels.
        rate_hz: their rate.
        gain_db: what to add.
        ceiling_db: highest true peak in dBTP, below 0.
        channels: 1 or 2; both get the same gain.
    """
    sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32).reshape(-1, channels)
    sound *= np.float32(10 ** (gain_db / 20) / FULL_SCALE)
    ceiling = 10 ** (ceiling_db / 20)
    where, peaks = _peaks(sound, ceiling * NEAR)
    over = peaks > ceiling
    if over.any():
        sound *= _envelope(where[over], ceiling / peaks[over], len(sound), rate_hz)[:, None]
    return bytes(np.clip(np.rint(sound * FULL_SCALE), -32768, 32767).astype("<i2"))


def true_peak(pcm: bytes, channels: int = 1) -> float:
    """Largest value of the curve through the samples, full scale = 1.0."""
    sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32).reshape(-1, channels) / np.float32(FULL_SCALE)
    if not sound.size:
        return 0.0
    _, peaks = _peaks(sound, float(np.abs(sound).max()) * NEAR)
    return float(peaks.max(initial=0.0))


def _peaks(sound: Float, threshold: float) -> tuple[NDArray[np.intp], Float]:
    """Indices of samples over *threshold*, and the highest of the curve from just before to just after."""
    near = np.flatnonzero(np.abs(sound).max(axis=1) >= max(threshold, 1e-9))
    if not near.size:
        return near, np.zeros(0, np.float32)
    padded = np.pad(sound, ((TAPS, TAPS), (0, 0)))
    around = padded[near[:, None] + np.arange(1, 2 * TAPS + 1)]  # from TAPS-1 before to TAPS after
    between = np.abs(np.einsum("ntc,tp->npc", around, _interpolators())).max(axis=(1, 2))
    return near, np.maximum(between, np.abs(sound[near]).max(axis=1))


@cache
def _interpolators() -> Float:
    """Columns that give the curve at quarters between samples, on either side of the one in the middle."""
    offsets = np.array([-0.75, -0.5, -0.25, 0.25, 0.5, 0.75])
    distance = np.arange(1 - TAPS, TAPS + 1)[:, None] - offsets[None, :]
    window = np.cos(np.pi * distance / (2 * (TAPS + 1))) ** 2
    curve: Float = (np.sinc(distance) * window).astype(np.float32)
    return curve


def _envelope(where: NDArray[np.intp], gains: Float, samples: int, rate_hz: int) -> Float:
    """A smooth gain for every sample, at most *gains* where they are asked for."""
    block = max(rate_hz // 1000, 1)
    blocks = np.ones(samples // block + 2, np.float32)
    np.minimum.at(blocks, where // block, gains)
    # The mean of minima over a wider stretch is nowhere above the gain asked for, the line between
    # two such means neither.
    width = 2 * (REACH_MS // 2) + 1
    reach = width // 2 + 1
    held = np.lib.stride_tricks.sliding_window_view(np.pad(blocks, reach, constant_values=1.0), 2 * reach + 1)
    lowest = np.pad(held.min(axis=1), width // 2, mode="edge")
    smooth = np.convolve(lowest, np.hanning(width + 2)[1:-1] / np.hanning(width + 2).sum(), mode="valid")
    centres = np.arange(blocks.size) * block + block / 2
    return np.interp(np.arange(samples), centres, smooth).astype(np.float32)
