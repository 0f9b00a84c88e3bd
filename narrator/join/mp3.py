"""The Info header of an MP3: how long the sound is, read without decoding; streams put together.

The first frame of a file LAME made holds no sound but the Info (or Xing) header with the number of
frames, and LAME's extension with the samples that a decoder has to drop at either end.
http://gabriel.mp3-tech.org/mp3infotag.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

FRAMES_AT, BYTES_AT, TOC_AT, DELAYS_AT, LENGTH_AT, MUSIC_CRC_AT, CRC_AT = 8, 12, 16, 141, 148, 152, 154
"""Offsets of the fields from the word "Info"."""
CRC_POLYNOMIAL = 0xA001
"""CRC-16 of LAME's extension: x^16 + x^15 + x^2 + 1, bits reversed."""


@dataclass(frozen=True, slots=True)
class InfoFrame:
    """The frame at the start of an MP3 stream that tells of the others."""

    data: bytes
    """The whole frame."""

    @classmethod
    def read(cls, head: bytes) -> Self:
        """The Info frame at the start of *head*, the first 2 kB of an MP3 without a tag before it.

        Raises:
            ValueError: there is none.
        """
        frame = cls(head[: _frame_bytes(head)])
        if len(frame.data) < frame._at + CRC_AT + 2:
            raise ValueError("no Info header")
        return frame

    @property
    def frame_samples(self) -> int:
        """Samples of one channel in a frame: MPEG 1 holds twice as many as MPEG 2 and 2.5."""
        return 1152 if _is_mpeg1(self.data) else 576

    @property
    def frames(self) -> int:
        """Frames of sound; this one does not count."""
        return self._number(FRAMES_AT, 4)

    @property
    def stream_bytes(self) -> int:
        """Size of the stream, this frame included."""
        return self._number(BYTES_AT, 4)

    @property
    def samples(self) -> int:
        """Samples of one channel that a decoder gives back."""
        delays = self._number(DELAYS_AT, 3)
        return self.frames * self.frame_samples - (delays >> 12) - (delays & 0xFFF)

    def followed_by(self, other: InfoFrame) -> InfoFrame:
        """The Info frame of this stream's frames with those of *other* after them."""
        more = other.stream_bytes - len(other.data)
        size = self.stream_bytes + more
        delays = self._number(DELAYS_AT, 3) & ~0xFFF | other._number(DELAYS_AT, 3) & 0xFFF
        music_crc = _crc_after_zeros(self._number(MUSIC_CRC_AT, 2), more) ^ other._number(MUSIC_CRC_AT, 2)
        data = bytearray(self.data)
        for at, width, value in (
            (FRAMES_AT, 4, self.frames + other.frames),
            (BYTES_AT, 4, size),
            (DELAYS_AT, 3, delays),
            (LENGTH_AT, 4, size),
            (MUSIC_CRC_AT, 2, music_crc),
        ):
            data[self._at + at : self._at + at + width] = value.to_bytes(width, "big")
        # At a constant bit rate the places of every hundredth are evenly spaced.
        data[self._at + TOC_AT : self._at + TOC_AT + 100] = bytes(step * 256 // 100 for step in range(100))
        data[self._at + CRC_AT : self._at + CRC_AT + 2] = bytes(2)
        data[self._at + CRC_AT : self._at + CRC_AT + 2] = _crc(data[:CRC_COVERS]).to_bytes(2, "big")
        return InfoFrame(bytes(data))

    @property
    def _at(self) -> int:
        at = max(self.data.find(b"Info"), self.data.find(b"Xing"))
        if at < 0:
            raise ValueError("no Info header")
        return at

    def _number(self, at: int, width: int) -> int:
        return int.from_bytes(self.data[self._at + at : self._at + at + width], "big")


CRC_COVERS = 190
"""Bytes at the start of the frame that its own checksum is made of, the checksum counting as zero."""
KBPS = (
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
)
"""Bit rates of layer III by index: MPEG 2 and 2.5, MPEG 1."""
RATES_HZ = ((11025, 12000, 8000), (), (22050, 24000, 16000), (44100, 48000, 32000))
"""Sample rates by index: MPEG 2.5, reserved, MPEG 2, MPEG 1."""


def _is_mpeg1(header: bytes) -> bool:
    return header[1] >> 3 & 3 == 3


def _frame_bytes(header: bytes) -> int:
    """Length of the frame that begins with *header*.

    Raises:
        ValueError: it is no frame of layer III.
    """
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        raise ValueError("no MPEG layer III")
    try:
        kbps = KBPS[_is_mpeg1(header)][header[2] >> 4]
        rate_hz = RATES_HZ[header[1] >> 3 & 3][header[2] >> 2 & 3]
    except IndexError as error:
        raise ValueError("a frame with a reserved rate") from error
    return (144 if _is_mpeg1(header) else 72) * kbps * 1000 // rate_hz + (header[2] >> 1 & 1)


def _crc(data: bytes | bytearray) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (CRC_POLYNOMIAL if crc & 1 else 0)
    return crc


def _crc_after_zeros(crc: int, count: int) -> int:
    """What *crc* becomes when *count* zero bytes follow: with that, two parts' values make the whole's.

    The step for a byte is linear in the bits, so steps for 2, 4, 8 … bytes come from squaring it, as in
    zlib's ``crc32_combine``.
    """
    step = [_crc_of_zero_byte(1 << bit) for bit in range(16)]
    while count:
        if count & 1:
            crc = _applied(step, crc)
        step = [_applied(step, row) for row in step]
        count >>= 1
    return crc


def _crc_of_zero_byte(crc: int) -> int:
    for _ in range(8):
        crc = crc >> 1 ^ (CRC_POLYNOMIAL if crc & 1 else 0)
    return crc


def _applied(step: list[int], bits: int) -> int:
    result = 0
    for bit, row in enumerate(step):
        if bits >> bit & 1:
            result ^= row
    return result
