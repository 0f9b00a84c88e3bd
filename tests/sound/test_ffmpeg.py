import math
import subprocess

import numpy as np
import pytest

from narrator.errors import EncoderMissing
from narrator.sound import ffmpeg


def sine(rate_hz: int, hz: float, seconds: float = 1.0) -> bytes:
    times = np.arange(int(rate_hz * seconds)) / rate_hz
    return (16000 * np.sin(math.tau * hz * times)).astype("<i2").tobytes()


def mp3_of(pcm: bytes, rate_hz: int) -> bytes:
    raw = ["-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "pipe:0", "-f", "mp3", "pipe:1"]
    command = [ffmpeg.ffmpeg_binary(), "-loglevel", "error", *raw]
    return subprocess.run(command, input=pcm, capture_output=True, check=True).stdout


def test_decoding_gives_the_files_own_rate_and_length() -> None:
    pcm, rate_hz = ffmpeg.decode(mp3_of(sine(24000, 440), 24000), kind="mp3")
    assert rate_hz == 24000
    assert len(pcm) / 2 == pytest.approx(24000, abs=2400)


def test_decoding_resamples_when_told_to() -> None:
    pcm, rate_hz = ffmpeg.decode(mp3_of(sine(24000, 440), 24000), 16000)
    assert rate_hz == 16000
    assert len(pcm) / 2 == pytest.approx(16000, abs=1600)


@pytest.mark.parametrize("data", [b"", b"<html>Too many requests</html>", bytes(4000)])
def test_what_is_no_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        ffmpeg.decode(data, kind="mp3")


def test_resampling_keeps_the_length_and_adds_no_tones() -> None:
    out = np.frombuffer(ffmpeg.resample(sine(24000, 9000), 24000, 22050), "<i2").astype(float)
    assert out.size == pytest.approx(22050, abs=2)
    power = np.abs(np.fft.rfft(out * np.hanning(out.size))) ** 2
    tone = power[8900:9100].sum()
    assert 10 * math.log10((power.sum() - tone) / tone) < -60


def test_version_is_that_of_the_binary() -> None:
    said = subprocess.run([ffmpeg.ffmpeg_binary(), "-version"], capture_output=True, text=True, check=True)
    assert ffmpeg.ffmpeg_version() in said.stdout.splitlines()[0]


def test_missing_binary_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    ffmpeg.ffmpeg_binary.cache_clear()
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/nowhere/ffmpeg")
    with pytest.raises(EncoderMissing, match="/nowhere/ffmpeg"):
        ffmpeg.resample(sine(8000, 440), 8000, 16000)
    ffmpeg.ffmpeg_binary.cache_clear()
