import math
import subprocess
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from narrator.join import lame
from narrator.join.crc import crc16, crc_after_zeros
from narrator.join.encode import bitrates_for, encoder_gain_db
from narrator.join.mp3 import CRC_AT, MUSIC_CRC_AT, InfoFrame, _frame_bytes, count_frames
from narrator.sound.ffmpeg import ffmpeg_binary

ENCODERS = ["lame", "lame_in_ffmpeg"]
RATES = [(22050, 64, 1), (24000, 32, 1), (44100, 128, 2), (44100, 320, 1), (48000, 96, 1), (8000, 16, 1)]


def hum(samples: int, rate_hz: int, channels: int = 1) -> bytes:
    times = np.arange(samples) / rate_hz
    wave = 0.3 * np.sin(math.tau * 220 * times) * (0.6 - 0.4 * np.cos(math.tau * 3 * times))
    return np.repeat((wave * 32767).astype("<i2"), channels).tobytes()


def encoded(encoder: str, folder: Path, pcm: bytes, rate_hz: int, kbps: int, channels: int = 1) -> bytes:
    """The frames *encoder* makes of *pcm*, given in pieces of odd lengths."""
    pieces = [pcm[at : at + 70_004] for at in range(0, len(pcm), 70_004)]
    target = folder / f"{encoder}{len(pcm)}.mp3"
    module = import_module(f"narrator.join.{encoder}")
    module.encode(pieces, target, rate_hz=rate_hz, channels=channels, bitrate_kbps=kbps, quality=7)
    return target.read_bytes()


def info_of(frames: bytes, samples: int) -> InfoFrame:
    return InfoFrame.make(
        frames[:4],
        frames=count_frames(frames, len(frames)),
        size_bytes=len(frames),
        music_crc=crc16(frames),
        samples=samples,
        encoder=b"LAME",
    )


def decoded(mp3: bytes, channels: int = 1) -> np.ndarray:
    command = (ffmpeg_binary(), "-v", "error", "-f", "mp3", "-i", "-", "-f", "s16le", "-")
    done = subprocess.run(command, input=mp3, capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<i2").reshape(-1, channels)[:, 0].astype(float)


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize(("rate_hz", "kbps", "channels"), RATES)
def test_a_decoder_gives_back_just_the_samples_that_went_in(tmp_path, encoder, rate_hz, kbps, channels):
    for samples in (rate_hz, 3 * rate_hz + 17):
        pcm = hum(samples, rate_hz, channels)
        frames = encoded(encoder, tmp_path, pcm, rate_hz, kbps, channels)
        info = info_of(frames, samples)
        heard = decoded(info.data + frames, channels)
        assert len(heard) == info.samples == samples
        told = np.frombuffer(pcm, "<i2")[::channels] * 10 ** (encoder_gain_db(kbps) / 20)
        assert np.corrcoef(heard, told)[0, 1] > 0.97  # a shift of one sample in thirty is heard as 0.98


@pytest.mark.parametrize("rate_hz", [8000, 22050, 44100])
def test_frames_are_counted_at_every_bit_rate(tmp_path, rate_hz):
    for kbps in bitrates_for(rate_hz):
        frames = encoded("lame", tmp_path, hum(rate_hz, rate_hz), rate_hz, kbps)
        at, count = 0, 0
        while at < len(frames):
            at, count = at + _frame_bytes(frames[at : at + 4]), count + 1
        assert (at, count_frames(frames[:4], at)) == (len(frames), count)


def test_both_encoders_make_as_many_frames_of_the_same_sound(tmp_path):
    pcm = hum(5 * 22050, 22050)
    one, other = (encoded(encoder, tmp_path, pcm, 22050, 64) for encoder in ENCODERS)
    assert len(one) == len(other)
    assert np.abs(decoded(one) - decoded(other)).max() < 700  # two versions of LAME


def test_an_encoder_gives_equal_bytes_however_the_sound_is_cut(tmp_path):
    pcm = hum(30_000, 22050)
    whole = encoded("lame", tmp_path, pcm[:60_000], 22050, 64)
    target = tmp_path / "cut.mp3"
    pieces = (pcm[:2], pcm[2:2], pcm[2:59_000], pcm[59_000:])
    lame.encode(pieces, target, rate_hz=22050, channels=1, bitrate_kbps=64, quality=7)
    assert target.read_bytes() == whole


def test_a_header_is_read_again(tmp_path):
    frames = encoded("lame", tmp_path, hum(40_000, 22050), 22050, 64)
    info = info_of(frames, 40_000)
    assert InfoFrame.read(info.data + frames) == info
    assert (info.samples, info.stream_bytes) == (40_000, len(info.data) + len(frames))
    assert info._number(MUSIC_CRC_AT, 2) == byte_by_byte(frames)
    at = info._at + CRC_AT
    without = info.data[:at] + bytes(2) + info.data[at + 2 :]
    assert info._number(CRC_AT, 2) == byte_by_byte(without[:190])


def test_frames_of_too_few_or_too_many_samples_are_refused(tmp_path):
    frames = encoded("lame", tmp_path, hum(40_000, 22050), 22050, 64)
    for samples in (45_000, 35_000):
        with pytest.raises(ValueError, match="frames for"):
            info_of(frames, samples)
    with pytest.raises(ValueError, match="cut off"):
        info_of(frames[:-100], 40_000)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100, 4097])
def test_checksum_goes_over_zeros_in_one_step(count):
    assert crc_after_zeros(crc16(b"sound"), count) == crc16(b"sound" + bytes(count))


@pytest.mark.parametrize("size", [1024, 1025, 262_143, 262_144, 262_145, 600_000])
def test_checksum_of_much_is_the_same_as_byte_by_byte(size):
    data = np.random.default_rng(size).bytes(size)
    assert crc16(data) == byte_by_byte(data)
    assert crc16(data[700:], crc16(data[:700])) == byte_by_byte(data)


@pytest.mark.parametrize(
    "head", [b"", b"ID3\x04", bytes(500), b"\xff\xf3\x80\xc0" + bytes(500), b"\xff\xff" * 300]
)
def test_what_is_no_mp3_with_a_header_is_refused(head):
    with pytest.raises(ValueError, match="no "):
        InfoFrame.read(head)


def byte_by_byte(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
