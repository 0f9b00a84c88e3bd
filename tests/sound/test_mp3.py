"""MP3 decoded in this process: as long as ffmpeg says, and never out of nothing."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from narrator.sound.ffmpeg import decode, ffmpeg_binary
from narrator.sound.mp3 import decode_mp3


def encoded(samples: np.ndarray, *, channels: int = 1, rate_hz: int = 24_000) -> bytes:
    """*samples* as an MP3 at 64 kbit/s, without an Info header."""
    raw = f"-v error -f s16le -ar {rate_hz} -ac {channels} -i pipe:0"
    mp3 = "-c:a libmp3lame -b:a 64k -write_xing 0 -f mp3 pipe:1"
    command = [ffmpeg_binary(), *raw.split(), *mp3.split()]
    return subprocess.run(
        command, input=samples.astype("<i2").tobytes(), capture_output=True, check=True
    ).stdout


def hum(seconds: float, hz: float = 220.0, rate_hz: int = 24_000) -> np.ndarray:
    return 8000 * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate_hz)) / rate_hz)


def test_it_is_what_ffmpeg_decodes() -> None:
    mp3 = encoded(hum(1.5))
    pcm, rate_hz = decode_mp3(mp3)
    theirs, their_rate_hz = decode(mp3, kind="mp3")
    assert rate_hz == their_rate_hz == 24_000
    assert len(pcm) == len(theirs)
    ours = np.frombuffer(pcm, "<i2").astype(int)
    assert np.abs(ours - np.frombuffer(theirs, "<i2")).max() <= 2


def test_two_channels_become_their_mean() -> None:
    left = hum(0.5)
    pcm, _ = decode_mp3(encoded(np.column_stack([left, np.zeros_like(left)]).ravel(), channels=2))
    assert np.abs(np.frombuffer(pcm, "<i2").astype(int)).max() == pytest.approx(4000, rel=0.1)


@pytest.mark.parametrize("data", [b"", b"this is no sound " * 20, b"<html>no</html>", b"\x00" * 500])
def test_what_is_no_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"MP3|audio"):
        decode_mp3(data)
