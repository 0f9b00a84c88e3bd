"""The Info header of an MP3: how long the sound is, told and read without decoding.

The first frame holds no sound but the Info (or Xing) header with the number of frames, and LAME's
extension with the samples that a decoder has to drop at either end.
http://gabriel.mp3-tech.org/mp3infotag.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from narrator.join.crc import crc16

FLAGS_AT, FRAMES_AT, BYTES_AT, TOC_AT, ENCODER_AT, METHOD_AT = 4, 8, 12, 16, 120, 129
KBPS_AT, DELAYS_AT, LENGTH_AT, MUSIC_CRC_AT, CRC_AT = 140, 141, 148, 152, 154
"""Offsets of the fields from the word "Info"."""
INFO_BYTES = 156
"""From that word to the end of LAME's extension."""
ALL_FIELDS = 15
CONSTANT_RATE = 1
ENCODER_DELAY = 576
"""Samples LAME puts before the sound."""
CRC_COVERS = 190
"""Bytes at the start of the frame that its own checksum is made of, the checksum counting as zero."""


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

    @classmethod
    def make(
        cls, first: bytes, *, frames: int, size_bytes: int, music_crc: int, samples: int, encoder: bytes
    ) -> Self:
        """The Info frame for frames LAME made at a constant bit rate.

        Args:
            first: the beginning of the first frame.
            frames: how many there are.
            size_bytes: of all of them.
            music_crc: their checksum.
            samples: of one channel that went in.
            encoder: who made them, at most nine characters; players look for "LAME" there.

        Raises:
            ValueError: those are not the frames of so many samples.
        """
        padding = frames * frame_samples(first) - ENCODER_DELAY - samples
        if not 0 <= padding < 1 << 12:
            raise ValueError(f"{frames} frames for {samples} samples")
        header = _with_room(first)
        data = bytearray(header).ljust(_frame_bytes(header), b"\0")
        at = 4 + _side_bytes(header)
        whole_bytes = len(data) + size_bytes
        for field_at, value in (
            (0, b"Info"),
            (FLAGS_AT, ALL_FIELDS.to_bytes(4, "big")),
            (FRAMES_AT, frames.to_bytes(4, "big")),
            (BYTES_AT, whole_bytes.to_bytes(4, "big")),
            # At a constant bit rate the places of every hundredth are evenly spaced.
            (TOC_AT, bytes(step * 256 // 100 for step in range(100))),
            (ENCODER_AT, encoder[:9].ljust(9, b"\0")),
            (METHOD_AT, bytes([CONSTANT_RATE])),
            (KBPS_AT, bytes([min(_kbps(first), 255)])),
            (DELAYS_AT, (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")),
            (LENGTH_AT, whole_bytes.to_bytes(4, "big")),
            (MUSIC_CRC_AT, music_crc.to_bytes(2, "big")),
        ):
            data[at + field_at : at + field_at + len(value)] = value
        data[at + CRC_AT : at + CRC_AT + 2] = crc16(data[:CRC_COVERS]).to_bytes(2, "big")
        return cls(bytes(data))

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
        return self.frames * frame_samples(self.data) - (delays >> 12) - (delays & 0xFFF)

    @property
    def _at(self) -> int:
        at = max(self.data.find(b"Info"), self.data.find(b"Xing"))
        if at < 0:
            raise ValueError("no Info header")
        return at

    def _number(self, at: int, width: int) -> int:
        return int.from_bytes(self.data[self._at + at : self._at + at + width], "big")


KBPS = (
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
)
"""Bit rates of layer III by index: MPEG 2 and 2.5, MPEG 1."""
RATES_HZ = ((11025, 12000, 8000), (), (22050, 24000, 16000), (44100, 48000, 32000))
"""Sample rates by index: MPEG 2.5, reserved, MPEG 2, MPEG 1."""
MONO = 3
PADDING_BYTES = 2
"""How far off the rate a stream may be at any moment."""


def _is_mpeg1(header: bytes | bytearray) -> bool:
    return header[1] >> 3 & 3 == 3


def frame_samples(header: bytes | bytearray) -> int:
    """Samples of one channel in a frame: MPEG 1 holds twice as many as MPEG 2 and 2.5."""
    return 1152 if _is_mpeg1(header) else 576


def count_frames(first: bytes, size_bytes: int) -> int:
    """How many frames at one bit rate take *size_bytes*.

    Args:
        first: the beginning of one of them.
        size_bytes: of all of them; a byte of padding in some of them keeps it to the rate exactly.

    Raises:
        ValueError: that is no frame of layer III, or no number of whole frames is so large.
    """
    mean = _mean_bytes(first)
    frames = round(size_bytes / mean)
    if abs(frames * mean - size_bytes) > PADDING_BYTES:
        raise ValueError("a frame is cut off")
    return frames


def _side_bytes(header: bytes | bytearray) -> int:
    """What stands between a frame's header and its sound."""
    mono = header[3] >> 6 == MONO
    return (17 if mono else 32) if _is_mpeg1(header) else (9 if mono else 17)


def _kbps(header: bytes | bytearray) -> int:
    return KBPS[_is_mpeg1(header)][header[2] >> 4]


def _mean_bytes(header: bytes | bytearray) -> float:
    """Length of a frame like this, on the average of those with a byte of padding and those without.

    Raises:
        ValueError: it is no frame of layer III.
    """
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        raise ValueError("no MPEG layer III")
    try:
        rate_hz = RATES_HZ[header[1] >> 3 & 3][header[2] >> 2 & 3]
        return frame_samples(header) / 8 * 1000 * _kbps(header) / rate_hz
    except IndexError as error:
        raise ValueError("a frame with a reserved rate") from error


def _frame_bytes(header: bytes | bytearray) -> int:
    """Length of the frame that begins with *header*.

    Raises:
        ValueError: it is no frame of layer III.
    """
    return int(_mean_bytes(header)) + (header[2] >> 1 & 1)


def _with_room(first: bytes) -> bytes:
    """A frame header like *first*, at the lowest bit rate from its own upwards that leaves room for the Info.

    Raises:
        ValueError: it is no frame of layer III.
    """
    _mean_bytes(first)
    for index in range(first[2] >> 4, 15):
        header = bytes((first[0], first[1] | 1, index << 4 | first[2] & 0b1100, first[3]))
        if _frame_bytes(header) >= max(4 + _side_bytes(header) + INFO_BYTES, CRC_COVERS):
            break
    return header
