"""Stop-watches and meters for `run.py`."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from narrator.sound.ffmpeg import ffmpeg_binary

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1772355600"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has been compiled once
SAMPLE_EVERY_S = 0.02
AUDIBLE = 0.01


def seconds_of(command: Sequence[str]) -> float:
    """Wall time of *command*, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of all the processes that *work* starts and waits for."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    work()
    return spent() - before


def baseline_seconds(text: str, target: Path) -> float:
    """Wall time of espeak-ng piped into the same ffmpeg at LAME's quality 7.

    The espeak-ng on PATH, else the library in the wheel driven by as little Python as can be.
    """
    wav = ("-f", "wav") if shutil.which("espeak-ng") else ("-f", "s16le", "-ar", "22050", "-ac", "1")
    voice = ("espeak-ng", "--stdout", "--stdin") if shutil.which("espeak-ng") else _bare_espeak()
    encoder = (ffmpeg_binary(), "-v", "error", *wav, "-i", "pipe:0", "-c:a", "libmp3lame", "-b:a", "64k")
    start = time.perf_counter()
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        speaking = subprocess.Popen(voice, stdin=file, stdout=subprocess.PIPE)
        encode = (*encoder, "-compression_level", "7", "-y", str(target))
        subprocess.run(encode, stdin=speaking.stdout, check=True)
    if speaking.wait():
        raise RuntimeError("espeak-ng failed")
    return time.perf_counter() - start


def whole_file_seconds(text: str, target: Path) -> float:
    """Wall time of the same two one after the other, with the sound in a file in between."""
    wav, post = target.with_suffix(".wav"), target.with_suffix(".txt")
    post.write_text(text, encoding="utf-8")
    speak = ("espeak-ng", "-f", str(post), "-w", str(wav))
    encode = ("-c:a", "libmp3lame", "-b:a", "64k", "-compression_level", "7", "-y", str(target))
    return seconds_of(speak) + seconds_of((ffmpeg_binary(), "-v", "error", "-i", str(wav), *encode))


def shell_seconds(folder: Path) -> float:
    """Wall time of espeak-ng piped into ffmpeg for each text of *folder*, two at a time."""
    encode = f"{ffmpeg_binary()} -v error -f wav -i pipe:0 -c:a libmp3lame -b:a 64k -compression_level 7"
    one = f"espeak-ng --stdout -f {{}} | {encode} -y {{}}.mp3"
    return seconds_of(("sh", "-c", f"ls {folder}/*.txt | xargs -P2 -I{{}} sh -c '{one}'"))


def join_seconds(text: str, work: Path, rounds: int) -> tuple[float, float]:
    """Best wall times of joining *text*, voiced before, and of ffmpeg encoding as many samples."""
    from narrator.config import Settings
    from narrator.join import join_clips
    from narrator.models import Identity
    from narrator.read import read_article
    from narrator.script import write_script
    from narrator.speak import ClipStore, speak_script
    from narrator.voices import read_voice

    now = datetime(2026, 3, 1, tzinfo=UTC)
    (work / "post.txt").write_text(text, encoding="utf-8")
    voice, store = read_voice("espeak"), ClipStore(work / "clips")
    script = write_script(read_article(work / "post.txt", now=now), settings=Settings(), voice=voice, now=now)
    clips = speak_script(script, voice, store)
    pcm = work / "all.pcm"
    pcm.write_bytes(b"".join(store.read_pcm(clip.key) for clip in clips if clip.samples))
    rate = ("-f", "s16le", "-ar", str(clips[0].rate_hz), "-ac", "1")
    encode = ("-c:a", "libmp3lame", "-b:a", "64k", "-compression_level", "7", "-y", str(work / "all.mp3"))
    joined, alone = [], []
    for number in range(rounds):
        into = work / str(number)
        into.mkdir()
        alone.append(seconds_of((ffmpeg_binary(), "-v", "error", *rate, "-i", str(pcm), *encode)))
        start = time.perf_counter()
        join_clips(
            script,
            clips,
            read_pcm=store.read_pcm,
            into=into,
            identity=Identity("guid", "slug", now, "show", "Bench"),
            settings=Settings(),
            voice=voice,
        )
        joined.append(time.perf_counter() - start)
    return min(joined), min(alone)


def _bare_espeak() -> tuple[str, ...]:
    import espeakng_loader

    facts = (espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    return (sys.executable, "-S", str(Path(__file__).with_name("bare_espeak.py")), *facts)


def peak_tree_mb(command: Sequence[str]) -> float:
    """Largest sum of memory held by *command* and all it starts, shared pages counted once."""
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    peak_kb = 0
    while process.poll() is None:
        peak_kb = max(peak_kb, sum(map(_held_kb, _tree(process.pid))))
        time.sleep(SAMPLE_EVERY_S)
    if process.returncode:
        raise RuntimeError(f"{command[3:5]} failed")
    return peak_kb / 1024


def _tree(pid: int) -> Iterable[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _held_kb(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def manifest_of(show: Path) -> dict[str, Any]:
    """The manifest of the only episode of *show*."""
    (path,) = show.glob("episodes/*/episode.json")
    manifest: dict[str, Any] = json.loads(path.read_bytes())
    return manifest


class AudioFacts(NamedTuple):
    """What the finished file turned out to be."""

    duration_seconds: float
    loudness_lufs: float
    peak_dbtp: float
    latest_onset_s: float
    """How long after its stated start the sound of a line begins, at most."""
    largest_step: float
    """Largest difference of neighbouring samples near the start or end of a line."""


def audio_facts(mp3: Path, lines: Sequence[Mapping[str, Any]]) -> AudioFacts:
    """Decode and meter *mp3* with ffmpeg."""
    read = (ffmpeg_binary(), "-hide_banner", "-nostdin", "-i", str(mp3), "-map", "0:a:0")
    meter = (*read, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-")
    said = subprocess.run(meter, capture_output=True, text=True, check=True).stderr
    rate_hz = int(re.findall(r"Audio: mp3.*?(\d+) Hz", said)[0])
    summary = said[said.rindex("Summary:") :].split()
    pcm = subprocess.run((*read, "-f", "s16le", "-ac", "1", "-"), capture_output=True, check=True).stdout
    heard = np.abs(wave := np.frombuffer(pcm, "<i2").astype(np.float32) / 32768)
    onsets, steps = [], []
    for line in lines:
        start, end = round(line["start"] * rate_hz), round(line["end"] * rate_hz)
        onsets.append(int(np.argmax(heard[start:end] > AUDIBLE)) / rate_hz)
        steps += [np.abs(np.diff(wave[at - 100 : at + 100])).max() for at in (start, end)]
    return AudioFacts(
        duration_seconds=wave.size / rate_hz,
        loudness_lufs=float(summary[summary.index("I:") + 1]),
        peak_dbtp=float(summary[summary.index("Peak:") + 1]),
        latest_onset_s=max(onsets),
        largest_step=float(max(steps)),
    )
