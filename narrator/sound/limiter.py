"""Gain, and a limiter that acts only where the true peak would go over a ceiling.

The gain is lowered smoothly around each peak, looking ahead, and nothing is shifted in time: what a
filter with attack and release does, but symmetric and the same whatever stands before the clip.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.sound.energy import FULL_SCALE, STEP_MS

REACH = 8
"""The gain is held low for so many ms around a peak and takes as long again to come and go: together
longer than a pitch period of a low voice, so that it makes no buzz of the glottal pulses."""
NEAR = 0.7
"""Only samples over this part of the ceiling are oversampled: between two samples lower than that no
peak over the ceiling was found in speech."""
TAPS = 12
"""Samples on either side that the curve between two is drawn from."""

UNTOUCHED = 1 - 1e-6
"""A gain is 1.0 but for the rounding of a mean."""

Float = NDArray[np.float32]


class Levelled(NamedTuple):
    """Samples as loud as they were to be."""

    pcm: bytes
    peak: float
    """Largest value, full scale = 1.0: of the curve through the samples where it comes near the
    ceiling, else of the samples."""
    kept: Float | None = None
    """Where the limiter acted: the part of the energy it left of each 100 ms. None where it did not."""


def level(pcm: bytes, rate_hz: int, gain_db: float, ceiling_db: float, channels: int = 1) -> Levelled:
    """*pcm* louder by *gain_db*, with no true peak over *ceiling_db*.

    Args:
        pcm: signed 16-bit samples, interleaved when there are two channels.
        rate_hz: their rate.
        gain_db: what to add.
        ceiling_db: highest true peak in dBTP, below 0.
        channels: 1 or 2; both get the same gain.
    """
    sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32)
    sound *= np.float32(10 ** (gain_db / 20) / FULL_SCALE)
    frames = sound.reshape(-1, channels)
    ceiling = 10 ** (ceiling_db / 20)
    near, peaks = _peaks(frames, ceiling * NEAR)
    over = peaks > ceiling
    if not over.any():
        peak = float(peaks.max()) if peaks.size else float(np.abs(sound).max(initial=0.0))
        return Levelled(_to_pcm(sound), peak)
    step = rate_hz * STEP_MS // 1000 * channels
    before = _step_energies(sound, step)
    _lower(frames, near[over], ceiling / peaks[over], max(rate_hz // 1000, 1))
    kept = _step_energies(sound, step) / np.maximum(before, 1e-12)
    return Levelled(_to_pcm(sound), ceiling, kept.astype(np.float32))


def _step_energies(sound: Float, step: int) -> Float:
    energies: Float = np.add.reduceat(sound * sound, np.arange(0, sound.size, step))
    return energies


def _to_pcm(sound: Float) -> bytes:
    """*sound* in 16 bits, in whose place the rounding is done; all is under the ceiling: nothing can wrap."""
    sound *= np.float32(FULL_SCALE)
    return np.rint(sound, out=sound).astype("<i2").tobytes()


def _peaks(frames: Float, threshold: float) -> tuple[NDArray[np.intp], Float]:
    """Indices of frames over *threshold*, and the highest of the curve from just before to just after."""
    threshold = max(threshold, 1e-9)
    near = np.flatnonzero(((frames >= threshold) | (frames <= -threshold)).any(axis=1))
    if not near.size:
        return near, np.zeros(0, np.float32)
    sides = _around(frames, near).transpose(0, 2, 1).reshape(-1, 2 * TAPS)
    between = np.abs(sides @ _interpolators()).reshape(near.size, -1).max(axis=1)
    return near, np.maximum(between, np.abs(frames[near]).max(axis=1))


def _around(frames: Float, near: NDArray[np.intp]) -> Float:
    """The frames from `TAPS` - 1 before to `TAPS` after each of *near*; silence beyond the ends."""
    if near[0] < TAPS or near[-1] >= len(frames) - TAPS:
        frames, near = np.pad(frames, ((TAPS, TAPS), (0, 0))), near + TAPS
    around: Float = frames[near[:, None] + np.arange(1 - TAPS, TAPS + 1)]
    return around


@cache
def _interpolators() -> Float:
    """Columns that give the curve at quarters between samples, on either side of the one in the middle."""
    offsets = np.array([-0.75, -0.5, -0.25, 0.25, 0.5, 0.75])
    distance = np.arange(1 - TAPS, TAPS + 1)[:, None] - offsets[None, :]
    window = np.cos(np.pi * distance / (2 * (TAPS + 1))) ** 2
    curve: Float = (np.sinc(distance) * window).astype(np.float32)
    return curve


def _lower(frames: Float, where: NDArray[np.intp], gains: Float, block: int) -> None:
    """Lower *frames* smoothly, to at most *gains* at the frames *where*.

    The gain is settled for every *block* of frames, a millisecond, and drawn as a line from one to the
    next; where it stays 1.0, which is most of a clip, nothing is touched.
    """
    gain = _block_gains(where // block, gains, len(frames) // block + 2)
    touched = np.flatnonzero((gain[:-1] < UNTOUCHED) | (gain[1:] < UNTOUCHED))
    ramp = np.arange(block, dtype=np.float32) / np.float32(block)
    lines = gain[touched, None] + (gain[touched + 1] - gain[touched])[:, None] * ramp
    whole = len(frames) // block
    inside = touched < whole
    frames[: whole * block].reshape(whole, block, -1)[touched[inside]] *= lines[inside, :, None]
    if touched.size and not inside[-1]:
        rest = frames[whole * block :]
        rest *= lines[-1, : len(rest), None]


def _block_gains(where: NDArray[np.intp], gains: Float, count: int) -> Float:
    """A smooth gain for the starts of *count* blocks, in the blocks *where* at most *gains*."""
    blocks = np.ones(count, np.float32)
    np.minimum.at(blocks, where, gains)
    # Lowest of the blocks around, then their weighted mean over a narrower stretch: nowhere above
    # what is asked for, nor is the line from one block to the next.
    padded = np.pad(blocks, REACH, constant_values=1.0)
    for shift in range(2 * REACH + 1):
        np.minimum(blocks, padded[shift : shift + blocks.size], out=blocks)
    window = np.hanning(2 * REACH + 1)[1:-1]
    smooth = np.convolve(np.pad(blocks, REACH - 1, mode="edge"), window / window.sum(), mode="valid")
    return smooth.astype(np.float32)
