"""How loud everything is to be: each voice brought to one level, then the whole to the target.

Works on the 100 ms energies of clips (`sound.energy`), never on samples: gated as ITU-R BS.1770-5
says, once over the whole episode. One gain for each clip comes out, so its samples are rounded once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from narrator.join.timeline import Placed, Timeline
from narrator.voices import Casting, Voice

STEP_MS = 100
MONO_LU = -3.01
"""What a mono file is metered below what a listener with two loudspeakers hears."""
MUSIC_LU = -4.0
"""Music stands this far below the voices."""
LEVEL_LUFS = -19.0
"""The level every voice is brought to before the whole is gated; any would do."""
SILENT_LUFS = -70.0

Energies = NDArray[np.floating[Any]]


def gated_loudness(energies: Sequence[float] | Energies) -> float:
    """Integrated loudness in LUFS of a channel's 100 ms energies; -70 when nothing is heard.

    Blocks of 400 ms overlap by 75 %; those under -70 LUFS do not count, then not those 10 LU under
    the mean of the rest. What is shorter than one block counts as it is.
    """
    steps = np.asarray(energies, dtype=float)
    if steps.size < 4:
        blocks = steps.mean(keepdims=True) if steps.size else np.zeros(1)
    else:
        sums = np.cumsum(np.concatenate([[0.0], steps]))
        blocks = (sums[4:] - sums[:-4]) / 4
    heard = blocks[blocks > _energy(SILENT_LUFS)]
    if not heard.size:
        return SILENT_LUFS
    return _lufs(float(heard[heard > heard.mean() / 10].mean()))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _lufs(energy: float) -> float:
    return float(-0.691 + 10 * np.log10(energy))


def level_voices(lines: Iterable[Placed], voice: Voice) -> dict[str, float]:
    """Gain in dB by line id that brings every voice to one level, plus the casting's own gain."""
    told = list(lines)
    castings = voice.cast_all((placed.line.role, placed.line.speaker) for placed in told)
    groups: dict[str, list[tuple[Placed, Casting]]] = {}
    for placed, casting in zip(told, castings, strict=True):
        sound = json.dumps([casting.voice, casting.pace, sorted(casting.options.items())])
        groups.setdefault(sound, []).append((placed, casting))
    gains: dict[str, float] = {}
    for group in groups.values():
        loudness = gated_loudness(np.concatenate([np.asarray(placed.clip.energies) for placed, _ in group]))
        level_db = LEVEL_LUFS - loudness if loudness > SILENT_LUFS else 0.0
        gains.update({placed.line.id: level_db + casting.gain_db for placed, casting in group})
    return gains


def whole_loudness(
    timeline: Timeline,
    energies: Mapping[str, Sequence[float] | Energies],
    gains: Mapping[str, float] | None = None,
) -> float:
    """Integrated loudness of one channel of the episode, silences and music included.

    Args:
        timeline: where the pieces stand.
        energies: 100 ms energies by piece.
        gains: what each piece is still to be made louder by, in dB.
    """
    step = timeline.rate_hz * STEP_MS / 1000
    grid = np.zeros(int(timeline.samples / step) + 3)
    for piece in timeline.pieces:
        values = np.asarray(energies[piece.id], dtype=float)
        if not values.size:
            continue
        if gains:
            values = values * 10 ** (gains.get(piece.id, 0.0) / 10)
        # The last energy is the mean of what is left of the piece, not of a whole step.
        rest = min(1.0, max(0.0, piece.samples / step - (values.size - 1)))
        values = np.append(values[:-1], values[-1] * rest)
        at, late = divmod(piece.start / step, 1.0)
        first = int(at)
        grid[first : first + values.size] += values * (1 - late)
        grid[first + 1 : first + 1 + values.size] += values * late
    return gated_loudness(grid[: int(timeline.samples / step)])
