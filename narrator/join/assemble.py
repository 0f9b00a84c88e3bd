"""Streams of frames, their Info frame and the tag → one MP3, named by its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from narrator.errors import NotAcceptable
from narrator.join.mp3 import InfoFrame
from narrator.join.spans import Span
from narrator.models import Audio

MEDIA_TYPE = "audio/mpeg"
COPY_BYTES = 1 << 20
HEADER_BYTES = 2048
"""More than the first frame of any MP3."""


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


def name_by_content(tag: bytes, info: InfoFrame, streams: Sequence[Path], into: Path, slug: str) -> Audio:
    """Put tag, Info frame and the frames of *streams* together, under a name made of their bytes.

    Args:
        tag: what stands before the sound.
        info: the Info frame for all of it.
        streams: MP3 files without tags; gone afterwards.
        into: folder of the finished file.
        slug: the episode's, which its name begins with.
    """
    whole = into / ".audio"
    digest, size_bytes = hashlib.sha256(), 0
    with whole.open("wb") as target:
        for block in chain((tag, info.data), *map(_frames, streams)):
            digest.update(block)
            size_bytes += target.write(block)
    for stream in streams:
        stream.unlink()
    name = f"{slug}-{digest.hexdigest()[:8]}.mp3"
    whole.replace(into / name)
    return Audio(f"episodes/{slug}/{name}", size_bytes, MEDIA_TYPE, digest.hexdigest())


def _frames(stream: Path) -> Iterator[bytes]:
    """The frames of *stream* after its Info frame, block by block."""
    with stream.open("rb") as source:
        source.seek(len(read_info(stream).data))
        while block := source.read(COPY_BYTES):
            yield block
