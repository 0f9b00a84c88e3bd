"""What must hold before an episode is published. A failed check is an error that names the line.

Everything is judged from the samples as they went into the encoder and from the header it wrote, so it
costs next to nothing; that a decoder gives back just those samples is what the tests show.
"""

from __future__ import annotations

from narrator.errors import NotAcceptable
from narrator.join.mix import CEILING_DBTP, Heard
from narrator.join.timeline import Placed, Timeline

LENGTH_TOLERANCE_S = 0.05
LOUDNESS_TOLERANCE_LU = 0.5
LARGEST_STEP = 0.1
"""Largest step at a join, full scale = 1.0; one of 0.25 is a plain click."""
FASTEST_CHARS_PER_S = 80
"""No voice says more; a shorter clip lacks a part of its line."""
SILENT_PEAK = 0.003
"""-50 dBFS."""


def check_episode(
    timeline: Timeline, heard: Heard, samples: int, loudness_lufs: float, target_lufs: float
) -> None:
    """Nothing, when the episode may be published.

    Args:
        timeline: what was to be heard.
        heard: what was mixed.
        samples: how many of one channel the encoder says it wrote.
        loudness_lufs: of the mix, as metered on the file.
        target_lufs: what it should be.

    Raises:
        NotAcceptable: a check failed.
    """
    for placed in timeline.lines:
        _check_line(placed, timeline, heard)
    off_s = (samples - timeline.samples) / timeline.rate_hz
    if abs(off_s) > LENGTH_TOLERANCE_S:
        raise NotAcceptable(f"the sound is {off_s:+.2f} s off the length its lines add up to")
    if abs(loudness_lufs - target_lufs) > LOUDNESS_TOLERANCE_LU:
        raise NotAcceptable(f"it is {loudness_lufs:.1f} LUFS loud, not {target_lufs:.1f}")
    if heard.peak > 10 ** ((CEILING_DBTP + 0.1) / 20):
        raise NotAcceptable(f"its true peak is over {CEILING_DBTP} dBTP")


def _check_line(placed: Placed, timeline: Timeline, heard: Heard) -> None:
    where = f"line {placed.id}"
    if placed.id not in heard.energies:
        raise NotAcceptable("it is not in the sound", where=where)
    if heard.edges[placed.id] > LARGEST_STEP:
        raise NotAcceptable(f"it begins or ends with a step of {heard.edges[placed.id]:.0%}", where=where)
    if placed.clip.peak < SILENT_PEAK:
        raise NotAcceptable("its sound is silent", where=where)
    seconds = placed.samples / timeline.rate_hz
    if len(placed.line.say) > FASTEST_CHARS_PER_S * seconds:
        raise NotAcceptable(f"{len(placed.line.say)} characters in {seconds:.2f} s of sound", where=where)


def check_gaps(timeline: Timeline) -> None:
    """Nothing, when pieces follow each other without overlaps and inside the whole.

    Raises:
        NotAcceptable: two overlap; the message names the line.
    """
    at = 0
    for piece in timeline.pieces:
        if piece.start < at or piece.samples <= 0:
            raise NotAcceptable("it overlaps what is before it", where=f"line {piece.id}")
        at = piece.end
    if at > timeline.samples:
        raise NotAcceptable("the sound ends before its last line")
