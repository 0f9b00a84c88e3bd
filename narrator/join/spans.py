"""Where the sound may be cut in two, so that two encoders work on it side by side.

An MP3 frame depends on its neighbours, so streams may only be put together where both are silent. The
cut is made in the pause nearest to the middle: the first encoder stops inside it, its last frames
hold silence, and the second encoder starts where those frames end.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from narrator.join.timeline import Placed, PlacedMusic, Timeline

FRAME = 1152
"""A multiple of the samples in a frame at every rate."""
SHORTEST_S = 20
"""What is shorter is encoded before a second encoder has started."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the timeline that one encoder works on."""

    start: int
    end: int
    """Samples from the start of the episode."""
    pieces: tuple[Placed | PlacedMusic, ...]
    reach: int
    """Where the frames of its encoder end: at the start of the next span."""


def cut_in_spans(timeline: Timeline) -> tuple[Span, ...]:
    """Two spans, or one when the sound is short or has no pause to cut it in.

    The cut depends on nothing but the timeline: equal episodes get equal bytes on every machine.
    """
    whole = (Span(0, timeline.samples, timeline.pieces, timeline.samples),)
    if timeline.samples < SHORTEST_S * timeline.rate_hz:
        return whole
    cuts = (
        (end, number)
        for number, (before, after) in enumerate(pairwise(timeline.pieces), 1)
        # A frame of silence before the cut, one for what the encoder adds, one before the next sound.
        if (end := -(-(before.end + FRAME) // FRAME) * FRAME) + 2 * FRAME <= after.start
    )
    best = min(cuts, key=lambda cut: abs(2 * cut[0] - timeline.samples), default=None)
    if best is None:
        return whole
    end, number = best
    # LAME puts 1105 samples (or 576, and a decoder 529) before the sound: that is one frame more of
    # 1152, or two of 576, than a length that fills its frames would take.
    reach = end + FRAME
    return (
        Span(0, end, timeline.pieces[:number], reach),
        Span(reach, timeline.samples, timeline.pieces[number:], timeline.samples),
    )
