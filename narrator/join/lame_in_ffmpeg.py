"""LAME in an ffmpeg process, which takes samples as they are mixed: where there is no lameenc package."""

from __future__ import annotations

import fcntl
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from narrator.errors import EncoderMissing, JoinError
from narrator.sound.ffmpeg import QUIET, ffmpeg_binary, ffmpeg_version

PIPE_BYTES = 1 << 20
"""Twenty seconds of sound wait for the encoder, so that mixing and encoding go on side by side."""


def encode(
    pieces: Iterable[bytes], target: Path, *, rate_hz: int, channels: int, bitrate_kbps: int, quality: int
) -> None:
    """Write *pieces* of signed 16-bit samples as bare frames to *target*.

    Raises:
        JoinError: the encoder failed; the message is its own.
        EncoderMissing: there is none.
    """
    source = ("-f", "s16le", "-ar", str(rate_hz), "-ac", str(channels), "-i", "pipe:0")
    codec = ("-c:a", "libmp3lame", "-b:a", f"{bitrate_kbps}k", "-compression_level", str(quality))
    exact = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
    container = ("-id3v2_version", "0", "-write_xing", "0", "-f", "mp3", "-y", str(target))
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


def version() -> str:
    """Such as "ffmpeg 9.0.2".

    Raises:
        EncoderMissing: there is none.
    """
    return f"ffmpeg {ffmpeg_version()}"
