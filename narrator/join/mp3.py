"""What an MP3's own header says of its length: read without decoding.

The first frame of a file LAME made holds no sound but the Info (or Xing) header with the number of
frames, and LAME's extension with the samples that a decoder has to drop at either end.
http://gabriel.mp3-tech.org/mp3infotag.html
"""

from __future__ import annotations

from dataclasses import dataclass

LAME_DELAY_AT = 141
"""Offset of the 24 bits with encoder delay and padding, from the start of the Info header."""


@dataclass(frozen=True, slots=True)
class InfoHeader:
    """The facts in an Info header."""

    samples: int
    """Samples of one channel that a decoder gives back."""
    stream_bytes: int
    """Size of the MP3 stream, header frame included."""


def read_info(head: bytes) -> InfoHeader:
    """The Info header in *head*, the first few hundred bytes of an MP3 without a tag before it.

    Raises:
        ValueError: there is none.
    """
    at = max(head.find(b"Info"), head.find(b"Xing"))
    if at < 0 or len(head) < at + LAME_DELAY_AT + 3 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        raise ValueError("no Info header")
    # Bits 3 and 4 of the second byte: 11 is MPEG 1, whose frames hold twice as much.
    frame_samples = 1152 if head[1] >> 3 & 3 == 3 else 576
    frames = int.from_bytes(head[at + 8 : at + 12], "big")
    size = int.from_bytes(head[at + 12 : at + 16], "big")
    trims = int.from_bytes(head[at + LAME_DELAY_AT : at + LAME_DELAY_AT + 3], "big")
    return InfoHeader(frames * frame_samples - (trims >> 12) - (trims & 0xFFF), size)
