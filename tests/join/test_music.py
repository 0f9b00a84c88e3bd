import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest

from narrator.errors import JoinError
from narrator.sound.ffmpeg import ffmpeg_binary


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """A show folder with a stereo MP3 at 48 kHz, a mono WAV at 8 kHz and a picture."""
    folder = tmp_path / "show"
    folder.mkdir()
    tones = "aevalsrc=0.3*sin(2*PI*440*t)|0.1*sin(2*PI*660*t):s=48000:d=2"
    command = [ffmpeg_binary(), "-loglevel", "error", "-f", "lavfi", "-i", tones]
    subprocess.run([*command, "-b:a", "128k", str(folder / "theme.mp3")], check=True)
    bell = struct.pack("<4000h", *(9000 if n // 10 % 2 else -9000 for n in range(4000)))
    raw = ["-f", "s16le", "-ar", "8000", "-ac", "1", "-i", "pipe:0"]
    subprocess.run(
        [ffmpeg_binary(), "-loglevel", "error", *raw, str(folder / "bell.wav")], input=bell, check=True
    )
    (folder / "notes.txt").write_text("No music here.")
    return folder


def heard_file(into: Path) -> Path:
    return next(into.glob("*.mp3"))


def test_music_of_any_format_makes_a_stereo_episode_as_loud_as_it_should_be(
    harbour, music, tmp_path, meter, decode_mp3
):
    names = {"intro_music": "theme.mp3", "outro_music": "theme.mp3", "sidebar_sound": "bell.wav"}
    episode = harbour.join(tmp_path / "with", show=music, **names)
    heard, rate_hz = decode_mp3(heard_file(tmp_path / "with"), channels=2)
    assert heard.shape[1] / rate_hz == pytest.approx(episode.duration_seconds, abs=0.001)
    loudness, peak = meter(heard_file(tmp_path / "with"))
    assert loudness == pytest.approx(-16.0, abs=0.3)
    assert episode.loudness_lufs == pytest.approx(loudness, abs=0.2)
    assert peak <= -1.0
    plain = harbour.join(tmp_path / "without")
    extra = episode.duration_seconds - plain.duration_seconds
    assert extra == pytest.approx(2 * 2.0 + 2 * (0.5 + 0.3), abs=0.1)


def test_voices_are_in_the_middle_and_music_keeps_its_sides(harbour, music, tmp_path, decode_mp3):
    episode = harbour.join(tmp_path / "made", show=music, intro_music="theme.mp3")
    heard, rate_hz = decode_mp3(heard_file(tmp_path / "made"), channels=2)
    first = episode.lines[0]
    assert first.start == pytest.approx(2.3, abs=0.05)
    spoken = heard[:, round(first.start * rate_hz) : round(first.end * rate_hz)]
    assert np.abs(spoken[0] - spoken[1]).max() < 0.02
    left, right = (heard[:, : 2 * rate_hz] ** 2).mean(axis=1)
    assert 10 * np.log10(left / right) == pytest.approx(20 * np.log10(3), abs=0.5)


def test_chapters_begin_with_their_lines_even_after_music(harbour, music, tmp_path):
    episode = harbour.join(tmp_path / "made", show=music, intro_music="theme.mp3", sidebar_sound="bell.wav")
    assert [one.start for one in episode.chapters] == [0.0, episode.lines[3].start, episode.lines[5].start]


@pytest.mark.parametrize(("name", "said"), [("gone.mp3", "No such file"), ("notes.txt", "cannot be decoded")])
def test_music_that_cannot_be_had_is_named(harbour, music, tmp_path, name, said):
    with pytest.raises(JoinError, match=rf"{name}.*{said}"):
        harbour.join(tmp_path / "made", show=music, intro_music=name)


def test_music_longer_than_two_minutes_is_refused(harbour, music, tmp_path):
    source = ["-f", "lavfi", "-i", "anullsrc=r=8000:d=121"]
    subprocess.run([ffmpeg_binary(), "-loglevel", "error", *source, str(music / "long.wav")], check=True)
    with pytest.raises(JoinError, match=r"long\.wav.*lasts 121 s"):
        harbour.join(tmp_path / "made", show=music, outro_music="long.wav")
