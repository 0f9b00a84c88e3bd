"""Whole episodes, through the real encoder and back through the real decoder."""

import hashlib
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from narrator.errors import ConfigError, NotAcceptable
from narrator.models import Episode
from narrator.models.json import from_json, to_json
from narrator.sound.ffmpeg import ffmpeg_binary


def audio_of(episode: Episode, folder: Path) -> Path:
    return folder / Path(episode.audio.path).name


def test_decoded_sound_is_as_long_as_the_manifest_says(harbour, tmp_path, decode_mp3):
    episode = harbour.join(tmp_path)
    heard, rate_hz = decode_mp3(audio_of(episode, tmp_path))
    assert heard.shape[1] / rate_hz == pytest.approx(episode.duration_seconds, abs=0.001)


def test_every_line_begins_and_ends_when_the_manifest_says(harbour, tmp_path, decode_mp3):
    episode = harbour.join(tmp_path)
    heard, rate_hz = decode_mp3(audio_of(episode, tmp_path))
    loud = np.flatnonzero(np.abs(heard[0]) > 0.004) / rate_hz
    for line in episode.lines:
        inside = loud[(loud > line.start - 0.1) & (loud < line.end + 0.1)]
        assert inside[0] - line.start == pytest.approx(0.02, abs=0.03)
        assert line.end - inside[-1] == pytest.approx(0.02, abs=0.03)


def test_lines_keep_the_distance_of_their_pauses_to_the_sample(harbour, tmp_path):
    episode = harbour.join(tmp_path)
    assert episode.lines[0].start == 0.3
    for line, after, spoken in zip(harbour.lines, episode.lines[1:], episode.lines, strict=False):
        assert after.start - spoken.end == pytest.approx(line.pause_ms / 1000, abs=0.0011)
    assert episode.duration_seconds - episode.lines[-1].end == pytest.approx(1.2, abs=0.0011)


def test_no_join_clicks(harbour, tmp_path, decode_mp3, make_sound):
    harbour.add("A clip that begins in full swing.", make_sound(2.0)[2000:-2000])
    episode = harbour.join(tmp_path)
    heard, rate_hz = decode_mp3(audio_of(episode, tmp_path))
    for line in episode.lines:
        for moment in (line.start, line.end):
            at = round(moment * rate_hz)
            assert np.abs(np.diff(heard[0, at - 100 : at + 100])).max() < 0.05


@pytest.mark.parametrize("level", [0.02, 0.2, 0.9])
def test_loudness_and_peak_are_as_stated_whatever_the_voice_does(harbour, tmp_path, meter, make_sound, level):
    harbour.add("Loud or soft, it comes out the same.", make_sound(4.0, level=level))
    episode = harbour.join(tmp_path)
    loudness, peak = meter(audio_of(episode, tmp_path))
    assert loudness == pytest.approx(-19.0, abs=0.2)
    assert loudness == pytest.approx(episode.loudness_lufs, abs=0.15)
    assert peak == pytest.approx(episode.peak_dbtp, abs=0.5)
    assert peak <= -1.0


@pytest.mark.parametrize(("bitrate_kbps", "rate_hz"), [(48, None), (128, 44100), (192, 48000), (320, 48000)])
def test_loudness_holds_at_every_bit_rate(harbour, tmp_path, meter, bitrate_kbps, rate_hz):
    episode = harbour.join(tmp_path, bitrate_kbps=bitrate_kbps, rate_hz=rate_hz)
    assert meter(audio_of(episode, tmp_path))[0] == pytest.approx(-19.0, abs=0.2)


def test_spiky_voice_reaches_the_loudness_under_the_ceiling(studio, tmp_path, meter):
    rng = np.random.default_rng(7)
    spikes = rng.normal(0, 0.02, 22050 * 6)
    spikes[::1500] = 0.9
    studio.add("Crackling like a fire.", (spikes * 32767).astype("<i2").tobytes())
    loudness, peak = meter(audio_of(studio.join(tmp_path), tmp_path))
    assert loudness == pytest.approx(-19.0, abs=0.5)
    assert peak <= -1.0


def test_voices_are_brought_to_one_level_and_castings_keep_their_gain(harbour, tmp_path, decode_mp3):
    roles = harbour.voice.roles
    harbour.voice = replace(
        harbour.voice, roles=roles | {"analyst": (replace(roles["analyst"][0], gain_db=-6.0),)}
    )
    episode = harbour.join(tmp_path)
    heard, rate_hz = decode_mp3(audio_of(episode, tmp_path))

    def level_db(number: int) -> float:
        line = episode.lines[number]
        part = heard[0, round(line.start * rate_hz) : round(line.end * rate_hz)]
        return float(10 * np.log10(np.mean(part**2)))

    assert level_db(4) - level_db(1) == pytest.approx(-6.0, abs=1.0)


def test_same_bytes_from_another_folder_and_another_process(harbour, tmp_path):
    first = harbour.join(tmp_path / "one")
    again = harbour.join(tmp_path / "elsewhere" / "two")
    assert again == first
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "elsewhere/two" / name).read_bytes()
    assert names == sorted(
        ["chapters.json", "cover.jpg", Path(first.audio.path).name]
        + [f"transcript.{kind}" for kind in ("json", "srt", "txt", "vtt")]
    )


def test_audio_is_named_by_its_content(harbour, tmp_path):
    episode = harbour.join(tmp_path / "one")
    data = audio_of(episode, tmp_path / "one").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert episode.audio.sha256 == digest
    assert episode.audio.size_bytes == len(data)
    assert episode.audio.path == f"episodes/harbour-reopens/harbour-reopens-{digest[:8]}.mp3"
    harbour.add("One line more.")
    assert harbour.join(tmp_path / "two").audio.path != episode.audio.path


def test_manifest_survives_json(harbour, tmp_path):
    episode = harbour.join(tmp_path)
    assert from_json(to_json(episode), Episode) == episode
    assert set(episode.made_with) == {"narrator", "encoder"}


def test_chapters_are_equal_in_manifest_json_and_tag(harbour, tmp_path):
    episode = harbour.join(tmp_path)
    stated = [(chapter.start, chapter.title) for chapter in episode.chapters]
    assert [title for _, title in stated] == [
        "Harbour reopens after storm",
        "Analysis: Cora Placeholder",
        "Main story, continued",
    ]
    assert [start for start, _ in stated] == [0.0, episode.lines[3].start, episode.lines[5].start]
    data = json.loads((tmp_path / "chapters.json").read_bytes())
    assert data["version"] == "1.2.0"
    assert [(one["startTime"], one["title"]) for one in data["chapters"]] == stated
    listing = subprocess.run(
        [ffmpeg_binary(), "-i", str(audio_of(episode, tmp_path))], capture_output=True, text=True, check=False
    ).stderr
    starts = [float(start) for start in re.findall(r"Chapter #0:\d+: start ([\d.]+)", listing)]
    titles = re.findall(r"Chapter #0:.*?title +: (.*?)$", listing, flags=re.S | re.M)
    assert list(zip(starts, titles, strict=True)) == stated


def test_clips_of_several_rates_share_one_timeline(studio, tmp_path, decode_mp3):
    for rate_hz in (16000, 22050, 24000):
        studio.add(f"Spoken at {rate_hz} hertz.", rate_hz=rate_hz)
    episode = studio.join(tmp_path)
    heard, rate_hz = decode_mp3(audio_of(episode, tmp_path))
    assert rate_hz == 24000
    assert heard.shape[1] / rate_hz == pytest.approx(episode.duration_seconds, abs=0.001)
    for line, clip in zip(episode.lines, studio.clips, strict=True):
        assert line.end - line.start == pytest.approx(clip.samples / clip.rate_hz, abs=0.001)


def test_line_with_nothing_to_say_takes_no_time_and_loses_no_chapter(studio, tmp_path):
    studio.add("Before.", pause_ms=400)
    studio.add("* * *", b"", chapter="Part two")
    studio.add("After.")
    episode = studio.join(tmp_path)
    assert [line.text for line in episode.lines] == ["Before.", "After."]
    assert episode.lines[1].start - episode.lines[0].end == pytest.approx(0.4, abs=0.0011)
    assert [(c.start, c.title) for c in episode.chapters][1:] == [(episode.lines[1].start, "Part two")]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda s: s.clips.pop(), "line a7: no sound for this line"),
        (lambda s: s.clips.reverse(), "line a1: the clip for this line is that of a7"),
        (lambda s: s.sounds.update(key3=bytes(100)), "line a3: its clip has 50 samples"),
        (lambda s: s.add("Nothing.", bytes(44100)), "line a8: its sound is silent"),
        (lambda s: s.add("word " * 60, s.sounds["key1"][:44100]), "line a8: 300 characters in 1.00 s"),
    ],
)
def test_faulty_line_is_named_and_leaves_no_audio(harbour, tmp_path, spoil, said):
    spoil(harbour)
    with pytest.raises(NotAcceptable, match=re.escape(said)):
        harbour.join(tmp_path)
    assert not list(tmp_path.glob("*.mp3"))


def test_script_without_sound_is_refused(studio, tmp_path):
    studio.add("***", b"")
    with pytest.raises(NotAcceptable, match="no line has any sound"):
        studio.join(tmp_path)


def test_bit_rate_that_mp3_lacks_is_answered_with_those_it_has(harbour, tmp_path):
    with pytest.raises(ConfigError, match=r"no 65 kbit/s at 22050 Hz.*8, 16.*160"):
        harbour.join(tmp_path, bitrate_kbps=65)


def test_encoder_that_cannot_write_says_where(harbour, tmp_path, monkeypatch):
    monkeypatch.setattr("narrator.join.encoding.STREAM", "nowhere/stream")
    with pytest.raises(OSError, match=r"No such file.*nowhere"):
        harbour.join(tmp_path)


def test_picture_of_the_show_is_the_cover_of_its_episodes(harbour, tmp_path):
    Image.new("RGB", (90, 90), "red").save(tmp_path / "logo.png")
    harbour.join(tmp_path / "made", show=tmp_path, image="logo.png")
    cover = Image.open(tmp_path / "made" / "cover.jpg")
    assert cover.size == (1400, 1400)
    assert cover.getpixel((700, 700))[0] > 240


@pytest.mark.parametrize(("name", "said"), [("gone.png", "cannot be read"), ("notes.txt", "not a picture")])
def test_picture_of_the_show_that_is_none_is_named(harbour, tmp_path, name, said):
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(ConfigError, match=rf"{name}.*{said}"):
        harbour.join(tmp_path / "made", show=tmp_path, image=name)


def test_interrupted_join_ends_its_encoders_at_once(studio, tmp_path, monkeypatch, make_sound):
    for _ in range(40):
        studio.add("A long story.", make_sound(3.0))
    read, begun = [], threading.Event()

    def slow_pcm(key):
        read.append(key)
        begun.set()
        time.sleep(0.05)
        return studio.sounds[key]

    def interrupted(*_):
        begun.wait(10)
        raise KeyboardInterrupt

    monkeypatch.setattr("narrator.join.artwork.draw_cover", interrupted)
    with pytest.raises(KeyboardInterrupt):
        studio.join(tmp_path, read_pcm=slow_pcm)
    assert 0 < len(read) < 20
    assert not list(tmp_path.glob("*.mp3"))


def test_half_that_fails_is_named_and_ends_the_other(studio, tmp_path, make_sound):
    for _ in range(40):
        studio.add("A long story.", make_sound(3.0))
    read = []

    def pcm_of(key):
        read.append(key)
        time.sleep(0.01)
        return studio.sounds[key] if key != "key21" else b""

    with pytest.raises(NotAcceptable, match="line a21"):
        studio.join(tmp_path, read_pcm=pcm_of)
    assert len(read) < 30


def test_join_module_is_not_loaded_with_the_package():
    code = (
        "import sys, narrator; sys.exit(any(m in sys.modules for m in ('numpy', 'pydub', 'PIL', 'mutagen')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
