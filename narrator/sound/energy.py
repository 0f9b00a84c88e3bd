"""Loudness facts of samples: K-weighted energy of each 100 ms, and the peak.

ITU-R BS.1770-5 filters the signal (a shelf for the head, a high-pass), takes the mean square of
400 ms blocks that overlap by 75 %, and gates them. The mean square of each 100 ms after the filter is
therefore all that has to be kept of a clip; ``join.loudness`` does the gating, ``weighting`` has the filter.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.sound.heap import keep_heap_flat
from narrator.sound.weighting import ORDER, BlockForm, Double, Float, block_form

keep_heap_flat()  # here, because whoever handles clips measures them first

STEP_MS = 100
FULL_SCALE = 32768.0
STEPS_AT_ONCE = 16
"""Few enough that what is in between stays in the processor's cache and on the heap."""


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
    energies = sides[0] if channels == 1 else np.mean(sides, axis=0)
    return Measured(tuple(energies.tolist()), peak_of(samples))


def peak_of(samples: NDArray[np.int16]) -> float:
    """Largest absolute value of *samples*, full scale = 1.0; 0 for none."""
    return max(int(samples.max()), -int(samples.min())) / FULL_SCALE if samples.size else 0.0


def _energies(samples: NDArray[np.int16], rate_hz: int) -> Double:
    """Mean square of each 100 ms of *samples* after K-weighting."""
    step = rate_hz * STEP_MS // 1000
    form = block_form(rate_hz, step)
    count = -(-samples.size // step)
    energies = np.empty(count)
    state = np.zeros((1, ORDER), np.float32)
    for first in range(0, count, STEPS_AT_ONCE):
        some = samples[first * step : (first + STEPS_AT_ONCE) * step]
        sound = np.zeros((-(-some.size // step), step), np.float32)  # what is beyond the end is silence
        sound.ravel()[: some.size] = some
        heard = some.size // step * form.rows + -(-(some.size % step) // form.row)
        energies[first : first + len(sound)], state = _filter(sound, state, form, heard)
    energies /= form.rows * form.row * FULL_SCALE**2
    energies[-1] *= step / (samples.size - (count - 1) * step)
    return np.maximum(energies, 0.0)


def _filter(sound: Float, state: Float, form: BlockForm, heard: int) -> tuple[Float, Float]:
    """The sum of the squares of each step of *sound* after K-weighting, and the state after the last.

    A state is only ever carried into the step that follows: of what is older than 100 ms the filter
    remembers one part in 10¹⁰.

    Args:
        sound: a step in each row.
        state: of the filter before.
        form: of the filter, for steps of that length.
        heard: how many of its rows count; after them the sound has ended, and the filter only rings out.
    """
    steps = len(sound)
    rows = sound[:, : form.rows * form.row].reshape(-1, form.row)
    own = rows @ form.own
    ends: Float = np.matmul((rows @ form.pushed).reshape(steps, -1), form.states)
    entered = np.concatenate((state, ends[:-1, -ORDER:]))
    states = np.add(ends[:, :-ORDER], entered @ form.fading).reshape(-1, ORDER)
    states[heard:] = 0.0
    # |own + left|² = |own|² + states · (meeting + states · overlap), where left is what the states leave
    crossed = rows @ form.meeting
    crossed += states @ form.overlap
    return _dots(own, own, steps) + _dots(states, crossed, steps), ends[-1:, -ORDER:]


def _dots(some: Float, others: Float, count: int) -> Float:
    """The products of both, summed up in *count* equal parts."""
    dots: Float = np.matmul(some.reshape(count, 1, -1), others.reshape(count, -1, 1))
    return dots.ravel()
