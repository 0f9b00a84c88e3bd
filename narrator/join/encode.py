"""Samples to MP3 at a constant bit rate, because players find chapters by arithmetic.

Both encoders are LAME and give bare frames, in which nothing tells when or where they were made; what
players have to know of them is in the Info frame (`mp3`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from math import log10
from pathlib import Path
from types import ModuleType

RATES_HZ = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
"""What MP3 knows."""
QUALITY = 7
"""LAME's algorithm quality, 0 best to 9 fastest. See docs/design/sound.md for what it costs."""


def encoder_gain_db(bitrate_kbps: int) -> float:
    """What LAME adds to everything, in dB: its presets make low bit rates a little softer.

    Found by measuring at every bit rate and at six sample rates; the factors are those of LAME 3.100's
    ``presets.c``.
    """
    factor = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}.get(bitrate_kbps, 0.95)
    return 20 * log10(factor)


def mp3_rate(rate_hz: int) -> int:
    """The lowest rate MP3 knows that is not below *rate_hz*, else the highest."""
    return next((rate for rate in RATES_HZ if rate >= rate_hz), RATES_HZ[-1])


def bitrates_for(rate_hz: int) -> tuple[int, ...]:
    """Bit rates in kbit/s that MP3 has at *rate_hz*."""
    if rate_hz < 16000:
        return (8, 16, 24, 32, 40, 48, 56, 64)
    if rate_hz < 32000:
        return (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    return (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


def encode(pieces: Iterable[bytes], target: Path, *, rate_hz: int, channels: int, bitrate_kbps: int) -> None:
    """Write *pieces* of signed 16-bit samples as bare frames of MP3 to *target*.

    Raises:
        JoinError: the encoder failed; the message is its own.
        EncoderMissing: there is none.
    """
    _encoder().encode(
        pieces, target, rate_hz=rate_hz, channels=channels, bitrate_kbps=bitrate_kbps, quality=QUALITY
    )


def encoder_version() -> str:
    """What `encode` uses, for the manifest: "lameenc 1.9.0", say.

    Raises:
        EncoderMissing: there is no encoder.
    """
    named: str = _encoder().version()
    return named


@cache
def _encoder() -> ModuleType:
    try:
        return import_module("narrator.join.lame")
    except ImportError:  # no wheel for this machine
        return import_module("narrator.join.lame_in_ffmpeg")
