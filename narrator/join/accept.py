"""What must hold before an episode is published. A failed check is an error that names the line.

Everything is judged from the samples as they went into the encoder and from the header it wrote, so it
costs next to nothing; that a decoder gives back just those samples is what the tests show.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from narrator.errors import NotAcceptable
from narrator.join.mix import CEILING_DBTP, Heard
from narrator.join.mp3 import InfoFrame
from narrator.join.spans import Span
from narrator.join.timeline import Placed, Timeline

LENGTH_TOLERANCE_S = 0.05
LOUDNESS_TOLERANCE_LU = 0.5
LARGEST_STEP = 0.1
"""Largest step at a join, full scale = 1.0; one of 0.25 is a plain click."""
FASTEST_CHARS_PER_S = 80
"""No voice says more; a shorter clip lacks a part of its line."""
SILENT_PEAK = 0.003
"""-50 dBFS."""
HEADER_BYTES = 2048
"""More than the first frame of any MP3."""


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


def join_streams(streams: Sequence[Path], spans: Sequence[Span]) -> InfoFrame:
    """The Info frame for all *streams* one after the other.

    Args:
        streams: MP3 files without tags.
        spans: what each of them holds.

    Raises:
        NotAcceptable: one of them is no MP3, not whole, or its frames do not end where the next begin.
    """
    whole: InfoFrame | None = None
    for stream, span in zip(streams, spans, strict=True):
        info = read_info(stream)
        ends = span.start + info.frames * info.frame_samples
        if span is not spans[-1] and ends != span.reach:
            raise NotAcceptable(f"the encoder's frames end at sample {ends}, not at {span.reach}")
        whole = whole.followed_by(info) if whole else info
    if whole is None:
        raise NotAcceptable("nothing was encoded")
    return whole


def read_info(stream: Path) -> InfoFrame:
    """The Info frame of *stream*.

    Raises:
        NotAcceptable: it has none, or is shorter than that says.
    """
    with stream.open("rb") as file:
        head = file.read(HEADER_BYTES)
    try:
        info = InfoFrame.read(head)
    except ValueError as error:
        raise NotAcceptable(f"the encoder wrote no MP3 ({error})") from error
    size_bytes = stream.stat().st_size
    if info.stream_bytes != size_bytes:
        raise NotAcceptable(f"the encoder wrote {size_bytes} bytes, not {info.stream_bytes}")
    return info


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
