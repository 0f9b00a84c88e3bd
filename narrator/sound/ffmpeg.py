"""The ffmpeg that came with the imageio-ffmpeg wheel: found, named, and used to decode and resample.

Always that one, never one on the PATH: equal versions give equal bytes on every machine.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from narrator.errors import EncoderMissing

DECODE_TIMEOUT_S = 120
QUIET = ("-hide_banner", "-nostdin", "-loglevel", "error")


@cache
def ffmpeg_binary() -> str:
    """Path of the binary inside the wheel, or what ``IMAGEIO_FFMPEG_EXE`` says.

    Looked up here because ``imageio_ffmpeg.get_ffmpeg_exe`` runs it once to see that it works, which
    costs as much as encoding half a minute.

    Raises:
        EncoderMissing: there is none on this machine.
    """
    named = os.environ.get("IMAGEIO_FFMPEG_EXE")
    if named:
        return named
    try:
        folder = files("imageio_ffmpeg.binaries")
    except ModuleNotFoundError as error:
        raise _missing() from error
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith("ffmpeg"):
            return str(entry)
    raise _missing()


def _missing() -> EncoderMissing:
    return EncoderMissing(
        "no ffmpeg for this machine in the imageio-ffmpeg package",
        hint="Reinstall it, or name a binary in IMAGEIO_FFMPEG_EXE.",
    )


@cache
def ffmpeg_version() -> str:
    """Version of the binary for the manifest: "9.0.2", or the wheel's own when its name says none."""
    name = os.path.basename(ffmpeg_binary())  # noqa: PTH119 - a name, not a path to be walked
    found = re.search(r"-v?(\d+(?:\.\d+)+)", name)
    if found:
        return found[1]
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"imageio-ffmpeg {version('imageio-ffmpeg')}"
    except PackageNotFoundError:
        return name


def decode(
    data: bytes, rate_hz: int | None = None, *, kind: str | None = None, channels: int = 1
) -> tuple[bytes, int]:
    """An audio file as samples, at its own rate or resampled to *rate_hz*.

    Args:
        data: the whole file, of any format ffmpeg knows.
        rate_hz: rate to resample to; the file's own when None.
        kind: the format, such as "mp3", when it must not be guessed: an error page is then never
            taken for some odd kind of music.
        channels: 1, or 2 for interleaved stereo.

    Returns:
        Samples and their rate.

    Raises:
        ValueError: not audio, or damaged; the message is ffmpeg's.
        EncoderMissing: there is no ffmpeg.
    """
    wav = _run((*(("-f", kind) if kind else ()), "-i", "pipe:0", *_output(rate_hz, "wav", channels)), data)
    return _samples_of(wav)


def resample(pcm: bytes, from_hz: int, to_hz: int) -> bytes:
    """*pcm* at another rate, through ffmpeg's band-limited resampler.

    pydub's own (``audioop.ratecv``) draws straight lines between samples, which lets a tone at 9 kHz
    ring down to audible ones.
    """
    if from_hz == to_hz:
        return pcm
    raw = ("-f", "s16le", "-ar", str(from_hz), "-ac", "1", "-i", "pipe:0")
    return _run((*raw, *_output(to_hz, "s16le")), pcm)


def _output(rate_hz: int | None, container: str, channels: int = 1) -> tuple[str, ...]:
    rate = ("-ar", str(rate_hz)) if rate_hz else ()
    shape = ("-ac", str(channels), *rate, "-c:a", "pcm_s16le")
    return ("-map", "0:a:0", *shape, "-bitexact", "-f", container, "pipe:1")


def _run(arguments: Sequence[str], data: bytes) -> bytes:
    """What ffmpeg writes to its output when *data* is its input."""
    try:
        done = subprocess.run(
            [ffmpeg_binary(), *QUIET, *arguments],
            input=data,
            capture_output=True,
            timeout=DECODE_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"not decoded within {DECODE_TIMEOUT_S} s") from error
    except OSError as error:
        raise EncoderMissing(f"ffmpeg cannot be run ({error.strerror})", where=ffmpeg_binary()) from error
    if done.returncode or done.stderr:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(said[-1] if said else f"ffmpeg ended with {done.returncode}")
    return done.stdout


def _samples_of(wav: bytes) -> tuple[bytes, int]:
    """The samples and the rate of a WAV as ffmpeg writes it to a pipe (lengths in it are unset)."""
    rate_at, data_at = wav.find(b"fmt "), wav.find(b"data")
    if not wav.startswith(b"RIFF") or rate_at < 0 or data_at < 0:
        raise ValueError("no audio in it")
    rate_hz = int.from_bytes(wav[rate_at + 12 : rate_at + 16], "little")
    samples = wav[data_at + 8 :]
    return samples[: len(samples) // 4 * 4] if wav[rate_at + 10] == 2 else samples[
        : len(samples) // 2 * 2
    ], rate_hz
