"""LAME in this process, through the lameenc package: two thirds of the work of LAME inside ffmpeg."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import lameenc

from narrator.errors import JoinError


def encode(
    pieces: Iterable[bytes], target: Path, *, rate_hz: int, channels: int, bitrate_kbps: int, quality: int
) -> None:
    """Write *pieces* of signed 16-bit samples as bare frames to *target*.

    Raises:
        JoinError: the encoder failed; the message is its own.
        OSError: *target* cannot be written.
    """
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_out_sample_rate(rate_hz)
    encoder.set_channels(channels)
    encoder.set_bit_rate(bitrate_kbps)
    encoder.set_quality(quality)
    with target.open("wb") as file:
        for piece in pieces:
            file.write(_said(encoder.encode, piece))
        file.write(_said(encoder.flush))


def _said(call: Callable[..., bytearray], *arguments: bytes) -> bytearray:
    try:
        return call(*arguments)
    except RuntimeError as error:
        raise JoinError(f"the encoder failed ({error})") from error


def version() -> str:
    """Such as "lameenc 1.9.0", read off the folder pip made: the module itself does not tell."""
    folder = next(Path(lameenc.__file__).parent.glob("lameenc-*.dist-info"), None)
    return " ".join(folder.stem.split("-", 1)) if folder else "lameenc"
