"""Samples to MP3, through one ffmpeg process that takes them as they are mixed.

Constant bit rate with an Info header: players find chapters by arithmetic, and the header says how
many samples the encoder put before and after the sound, so that a decoder gives back just those that
went in. Nothing in the stream tells when or where it was made.
"""

from __future__ import annotations

import fcntl
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from math import log10
from pathlib import Path

from narrator.errors import EncoderMissing, JoinError
from narrator.sound.ffmpeg import QUIET, ffmpeg_binary

RATES_HZ = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
"""What MP3 knows."""
SPEED = "7"
"""LAME's algorithm quality, 0 best to 9 fastest. See docs/design/sound.md for what it costs."""
PIPE_BYTES = 1 << 20
"""Twenty seconds of sound wait for the encoder, so that mixing and encoding go on side by side."""


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
    """Write *pieces* of signed 16-bit samples as an MP3 without tags to *target*.

    Raises:
        JoinError: the encoder failed; the message is its own.
        EncoderMissing: there is none.
    """
    source = ("-f", "s16le", "-ar", str(rate_hz), "-ac", str(channels), "-i", "pipe:0")
    codec = ("-c:a", "libmp3lame", "-b:a", f"{bitrate_kbps}k", "-compression_level", SPEED)
    exact = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
    container = ("-id3v2_version", "0", "-write_xing", "1", "-f", "mp3", "-y", str(target))
    with tempfile.TemporaryFile() as log:
        try:
            process = subprocess.Popen(
                [ffmpeg_binary(), *QUIET, *source, *codec, *exact, *container],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        except OSError as error:
            raise EncoderMissing(f"ffmpeg cannot be run ({error.strerror})", where=ffmpeg_binary()) from error
        try:
            _feed(process, pieces)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait():
            log.seek(0)
            said = log.read().decode("utf-8", "replace").strip().splitlines()
            raise JoinError(f"the encoder failed ({said[-1] if said else process.returncode})")


def _feed(process: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    """Hand over everything; an encoder that hangs up says why when it ends."""
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as pipe:
        with suppress(OSError):  # not on every system, and never more than it allows
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        for piece in pieces:
            pipe.write(piece)
