"""Where the sound may be cut, so that several encoders work on it side by side.

An MP3 frame depends on its neighbours, so streams may only be put together where both are silent. Cuts
are made in pauses: an encoder stops inside one, its last frames hold silence, and the next encoder
starts where those frames end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrator.join.timeline import Placed, PlacedMusic, Timeline

FRAME = 1152
"""A multiple of the samples in a frame at every rate."""
MOST = 8
"""More than the cores of most machines; with few cores, so many that all are at work to the end."""
SHORTEST_S = 15


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the timeline that one encoder works on."""

    start: int
    end: int
    """Samples from the start of the episode."""
    pieces: tuple[Placed | PlacedMusic, ...]
    reach: int
    """Where the frames of its encoder end: at the start of the next span."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place in a pause where one span may end."""

    at: int
    number: int
    """Of pieces before it."""


def cut_in_spans(timeline: Timeline) -> tuple[Span, ...]:
    """Up to `MOST` spans of about the same length; fewer when the sound is short or lacks pauses.

    The cuts depend on nothing but the timeline: equal episodes get equal bytes on every machine.
    """
    spans: list[Span] = []
    start, done = 0, 0
    for cut in _choose(_possible_cuts(timeline), timeline):
        # LAME puts 1105 samples (or 576, and a decoder 529) before the sound: that is one frame more of
        # 1152, or two of 576, than a length that fills its frames would take.
        reach = cut.at + FRAME
        spans.append(Span(start, cut.at, timeline.pieces[done : cut.number], reach))
        start, done = reach, cut.number
    spans.append(Span(start, timeline.samples, timeline.pieces[done:], timeline.samples))
    return tuple(spans)


def _possible_cuts(timeline: Timeline) -> list[_Cut]:
    """In every pause with room for a frame of silence before the cut, one more for what the encoder
    adds, and one before the next sound."""
    return [
        _Cut(at, number)
        for number, (before, after) in enumerate(pairwise(timeline.pieces), 1)
        if (at := -(-(before.end + FRAME) // FRAME) * FRAME) + 2 * FRAME <= after.start
    ]


def _choose(cuts: Sequence[_Cut], timeline: Timeline) -> list[_Cut]:
    """Those nearest to where equal parts would end, each once, in order."""
    parts = min(MOST, timeline.samples // (SHORTEST_S * timeline.rate_hz))
    ends = (timeline.samples * part // parts for part in range(1, parts))
    nearest = {min(cuts, key=lambda cut: abs(cut.at - end)) for end in ends if cuts}
    return sorted(nearest, key=lambda cut: cut.at)
