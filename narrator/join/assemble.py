"""Streams of frames, their Info frame and the tag → one MP3, named by its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from narrator.errors import NotAcceptable
from narrator.join.crc import crc16, crc_after_zeros
from narrator.join.mp3 import InfoFrame, count_frames, frame_samples
from narrator.join.spans import Span
from narrator.models import Audio

MEDIA_TYPE = "audio/mpeg"
COPY_BYTES = 1 << 20
HEADER_BYTES = 4
_ENCODER = re.compile(rb"LAME\d+\.\d+")
"""What LAME fills unused bytes of its frames with."""


def checksum(stream: Path) -> int:
    """CRC-16 of the file *stream*."""
    crc = 0
    for block in _blocks(stream):
        crc = crc16(block, crc)
    return crc


def join_streams(streams: Sequence[Path], checksums: Sequence[int], spans: Sequence[Span]) -> InfoFrame:
    """The Info frame for all *streams* one after the other.

    Args:
        streams: frames of an MP3.
        checksums: of each of them.
        spans: what each of them holds.

    Raises:
        NotAcceptable: one of them is no MP3, not whole, or its frames do not end where the next begin.
    """
    pairs = zip(streams, spans, strict=True)
    counts = [_count_frames(stream, span, is_last=span is spans[-1]) for stream, span in pairs]
    sizes = [stream.stat().st_size for stream in streams]
    whole_crc = 0
    for crc, size_bytes in zip(checksums, sizes, strict=True):
        whole_crc = crc_after_zeros(whole_crc, size_bytes) ^ crc
    with streams[0].open("rb") as file:
        first = file.read(COPY_BYTES)
    named = _ENCODER.search(first)
    try:
        return InfoFrame.make(
            first,
            frames=sum(counts),
            size_bytes=sum(sizes),
            music_crc=whole_crc,
            samples=spans[-1].end - spans[0].start,
            encoder=named[0] if named else b"LAME",
        )
    except ValueError as error:
        raise NotAcceptable(f"the encoder did not write all of the sound ({error})") from error


def _count_frames(stream: Path, span: Span, *, is_last: bool) -> int:
    """How many frames *stream* holds: so many that the next begin where they end."""
    with stream.open("rb") as file:
        head = file.read(HEADER_BYTES)
    try:
        frames = count_frames(head, stream.stat().st_size)
    except ValueError as error:
        raise NotAcceptable(f"the encoder wrote no MP3 ({error})") from error
    ends = span.start + frames * frame_samples(head)
    if not is_last and ends != span.reach:
        raise NotAcceptable(f"the encoder's frames end at sample {ends}, not at {span.reach}")
    return frames


def name_by_content(tag: bytes, info: InfoFrame, streams: Sequence[Path], into: Path, slug: str) -> Audio:
    """Put tag, Info frame and the frames of *streams* together, under a name made of their bytes.

    Args:
        tag: what stands before the sound.
        info: the Info frame for all of it.
        streams: frames of an MP3; gone afterwards.
        into: folder of the finished file.
        slug: the episode's, which its name begins with.
    """
    whole = into / ".audio"
    digest, size_bytes = hashlib.sha256(), 0
    with whole.open("wb") as target:
        for block in chain((tag, info.data), *map(_blocks, streams)):
            digest.update(block)
            size_bytes += target.write(block)
    for stream in streams:
        stream.unlink()
    name = f"{slug}-{digest.hexdigest()[:8]}.mp3"
    whole.replace(into / name)
    return Audio(f"episodes/{slug}/{name}", size_bytes, MEDIA_TYPE, digest.hexdigest())


def _blocks(stream: Path) -> Iterator[bytes]:
    with stream.open("rb") as source:
        while block := source.read(COPY_BYTES):
            yield block
