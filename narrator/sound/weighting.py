"""The K-weighting filter of ITU-R BS.1770-5, in a form that needs no loop over samples.

A recursive filter goes from sample to sample; numpy would take a second for a second of sound. Cut into
rows of some 40 samples, it is a few matrix products for all rows at once (the block form of its state
space): what a row makes of its own samples, and what it makes of the four numbers in which the filter
remembers the rows before. Nothing is left out: it is the same filter to the rounding of 32 bits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROW_LENGTHS = range(32, 65)
"""One of them divides a step. In shorter rows the states take most of the time, in longer ones the sound."""
ORDER = 4
"""Numbers the filter remembers."""

Float = NDArray[np.float32]
Double = NDArray[np.float64]


class BlockForm(NamedTuple):
    """The filter, for steps of several rows. Vectors are rows of numbers and stand on the left."""

    row: int
    """Samples in a row."""
    rows: int
    """Of a step."""
    own: Float
    """A row of samples → what the filter makes of it, starting from nothing."""
    pushed: Float
    """A row of samples → what it adds to the state."""
    meeting: Float
    """A row of samples → twice its `own` times what each number of the state leaves in a row."""
    states: Float
    """What all rows of a step add to the state → the state each of them begins with, and the next step's."""
    fading: Float
    """The state before a step → what is left of it before each row."""
    overlap: Float
    """What the numbers of a state leave in a row, times each other."""


@lru_cache(maxsize=8)
def block_form(rate_hz: int, step: int) -> BlockForm:
    """The filter at *rate_hz* for steps of that many samples.

    When no common length of rows divides them, which no usual rate has, a few samples at the end of each
    step are passed over.
    """
    row, rows = _divided(step)
    move, enter, leave, through = _state_space(rate_hz)
    powers = _powers(move, row + 1)
    left = (leave @ powers[:row]).T
    answer = np.concatenate(([through], enter @ left))
    own = _delayed(answer, row, row)
    fading = _powers(powers[row], rows).transpose(0, 2, 1)
    states = _delayed(fading, rows, rows + 1, first=1).transpose(0, 2, 1, 3)
    matrices = (
        own,
        (powers[:row] @ enter)[::-1],
        2 * own @ left.T,
        states.reshape(rows * ORDER, -1),
        fading.transpose(1, 0, 2).reshape(ORDER, -1),
        left @ left.T,
    )
    return BlockForm(row, rows, *(np.ascontiguousarray(matrix, np.float32) for matrix in matrices))


def _divided(step: int) -> tuple[int, int]:
    """Length and number of the rows in *step*, or in a little less."""
    for used in range(step, 0, -1):
        lengths = [row for row in ROW_LENGTHS if used % row == 0]
        if lengths:
            row = min(lengths, key=lambda row: row + ORDER**2 * used / row**2)  # products for a sample
            return row, used // row
    return step, 1


def _powers(matrix: Double, count: int) -> Double:
    """The first *count* powers of *matrix*, from that which changes nothing."""
    powers = np.empty((count, *matrix.shape))
    powers[0] = np.eye(len(matrix))
    for exponent in range(1, count):
        np.matmul(powers[exponent - 1], matrix, out=powers[exponent])
    return powers


def _delayed(answer: Double, inputs: int, outputs: int, first: int = 0) -> Double:
    """What each input gives at each output: *answer*, beginning *first* places after the input's own."""
    later = np.arange(outputs) - np.arange(inputs)[:, None] - first
    given: Double = answer[np.maximum(later, 0)]
    given[later < 0] = 0.0
    return given


def _state_space(rate_hz: int) -> tuple[Double, Double, Double, float]:
    """The filter from sample to sample.

    The standard gives coefficients for 48 kHz only; these are the analogue prototypes behind them
    (as in ffmpeg's ebur128), made digital for *rate_hz* by the bilinear transform.

    Returns:
        What moves the state on, what a sample adds to it, what the state adds to the sound, and what
        part of a sample goes through at once.
    """
    # BS.1770-5 table 1, the shelf: 1681.97 Hz, +4.0 dB, Q 0.7072; table 2, the high-pass: 38.14 Hz, Q 0.5003
    k = np.tan(np.pi * 1681.974450955533 / rate_hz)
    q, high, band = 0.7071752369554196, 10 ** (3.999843853973347 / 20), 0.4996667741545416
    low = high**band
    norm = 1 + k / q + k * k
    shelf = np.array((high + low * k / q + k * k, 2 * (k * k - high), high - low * k / q + k * k)) / norm
    shelf_back = np.array((2 * (k * k - 1), 1 - k / q + k * k)) / norm
    k = np.tan(np.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    norm = 1 + k / q + k * k
    cut = np.array((1.0, -2.0, 1.0))
    cut_back = np.array((2 * (k * k - 1), 1 - k / q + k * k)) / norm
    # Each of the two in transposed direct form II, the second fed by the first.
    shelf_enter, cut_enter = shelf[1:] - shelf_back * shelf[0], cut[1:] - cut_back * cut[0]
    move = np.zeros((ORDER, ORDER))
    for at, back in ((0, shelf_back), (2, cut_back)):
        move[at : at + 2, at] = -back
        move[at, at + 1] = 1.0
    move[2:, 0] = cut_enter
    enter = np.concatenate((shelf_enter, cut_enter * shelf[0]))
    return move, enter, np.array((cut[0], 0.0, 1.0, 0.0)), float(shelf[0] * cut[0])
