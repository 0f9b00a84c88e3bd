import math
from pathlib import Path

import numpy as np
import pytest

from narrator.join.encode import encode
from narrator.join.mp3 import CRC_AT, MUSIC_CRC_AT, InfoFrame, _crc, _crc_after_zeros


def own_checksum(info: InfoFrame) -> int:
    """What the frame's checksum has to be."""
    at = info._at + CRC_AT
    return _crc((info.data[:at] + bytes(2) + info.data[at + 2 :])[:190])


def hum(samples: int, rate_hz: int, channels: int = 1) -> bytes:
    times = np.arange(samples) / rate_hz
    wave = 0.3 * np.sin(math.tau * 220 * times) * (0.6 - 0.4 * np.cos(math.tau * 3 * times))
    return np.repeat((wave * 32767).astype("<i2"), channels).tobytes()


def encoded(folder: Path, pcm: bytes, rate_hz: int, kbps: int, channels: int = 1) -> tuple[InfoFrame, bytes]:
    """Info frame and the other frames of *pcm*."""
    target = folder / f"{len(pcm)}.mp3"
    encode([pcm], target, rate_hz=rate_hz, channels=channels, bitrate_kbps=kbps)
    data = target.read_bytes()
    info = InfoFrame.read(data[:2048])
    assert info.stream_bytes == len(data)
    return info, data[len(info.data) :]


RATES = [(22050, 64, 1), (24000, 32, 1), (44100, 128, 2), (48000, 96, 1), (8000, 16, 1)]


@pytest.mark.parametrize(("rate_hz", "kbps", "channels"), RATES)
def test_header_tells_the_length_to_a_few_samples(tmp_path, rate_hz, kbps, channels):
    for samples in (rate_hz, 3 * rate_hz + 17):
        info, _ = encoded(tmp_path, hum(samples, rate_hz, channels), rate_hz, kbps, channels)
        assert abs(info.samples - samples) < 50


@pytest.mark.parametrize(("rate_hz", "kbps", "channels"), RATES)
def test_header_of_two_streams_is_that_of_their_frames(tmp_path, rate_hz, kbps, channels):
    first, frames = encoded(tmp_path, hum(1152 * 30, rate_hz, channels), rate_hz, kbps, channels)
    second, more = encoded(tmp_path, hum(rate_hz, rate_hz, channels), rate_hz, kbps, channels)
    whole = first.followed_by(second)
    assert InfoFrame.read(whole.data) == whole
    assert whole.frames == first.frames + second.frames
    assert whole.stream_bytes == len(whole.data) + len(frames) + len(more)
    assert whole._number(MUSIC_CRC_AT, 2) == _crc(frames + more)
    assert whole._number(CRC_AT, 2) == own_checksum(whole)


def test_headers_own_checksum_is_the_one_the_encoder_makes(tmp_path):
    info, frames = encoded(tmp_path, hum(22050, 22050), 22050, 64)
    assert info._number(CRC_AT, 2) == own_checksum(info)
    assert info._number(MUSIC_CRC_AT, 2) == _crc(frames)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100, 4097])
def test_checksum_goes_over_zeros_in_one_step(count):
    assert _crc_after_zeros(_crc(b"sound"), count) == _crc(b"sound" + bytes(count))


@pytest.mark.parametrize(
    "head", [b"", b"ID3\x04", bytes(500), b"\xff\xf3\x80\xc0" + bytes(500), b"\xff\xff" * 300]
)
def test_what_is_no_mp3_with_a_header_is_refused(head):
    with pytest.raises(ValueError, match="no "):
        InfoFrame.read(head)
