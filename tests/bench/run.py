"""`make bench`: how fast, how small, how true; figures as ratios to things measured in the same run.

::

    python tests/bench/run.py             everything (about three minutes)
    python tests/bench/run.py speed sound   some of it

Each figure is printed and appended to ``tests/bench/results.csv``. Ratios travel between machines,
seconds do not.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from measure import (  # noqa: E402
    audio_facts,
    baseline_seconds,
    cpu_seconds,
    join_seconds,
    manifest_of,
    peak_tree_mb,
    seconds_of,
    shell_seconds,
    whole_file_seconds,
)
from texts import article  # noqa: E402

from narrator import __version__  # noqa: E402

RESULTS = HERE / "results.csv"
NARRATOR = (sys.executable, "-m", "narrator")
ROUNDS = 5
WORDS_PER_MINUTE = 150
POSTS = 60


class Figure(NamedTuple):
    """One line of the results."""

    name: str
    value: float
    unit: str
    limit: str = ""
    """What the project promises, when it promises something."""


def make(post: Path, show: Path) -> tuple[str, ...]:
    """The command that makes *post* an episode of *show* with the embedded voice."""
    return (*NARRATOR, "make", str(post), "--show", str(show), "--engine", "espeak", "--quiet")


def speed(work: Path) -> Iterator[Figure]:
    """A cold ``narrator make`` against the bare voice and the bare encoder in a pipe."""
    post = work / "post.txt"
    text = article(600)
    post.write_text(text, encoding="utf-8")
    ours, bare, whole = [], [], []
    for number in range(ROUNDS):
        bare.append(baseline_seconds(text, work / "bare.mp3"))
        if shutil.which("espeak-ng"):
            whole.append(whole_file_seconds(text, work / "whole.mp3"))
        ours.append(seconds_of(make(post, work / f"show{number}")))
    ours_cpu = cpu_seconds(lambda: seconds_of(make(post, work / "cpu")))
    bare_cpu = cpu_seconds(lambda: baseline_seconds(text, work / "bare.mp3"))
    length = manifest_of(work / "show0")["duration_seconds"]
    yield Figure("make, 600 words, cold", min(ours) / min(bare), "x bare", "<= 1.3")
    if whole:
        yield Figure("make, 600 words, cold", min(ours) / min(whole), "x bare, in turn")
    yield Figure("make, 600 words, cold, processor time", ours_cpu / bare_cpu, "x bare")
    yield Figure("make, 600 words, cold", length / min(ours), "x real time")
    yield Figure("bare voice and encoder", length / min(bare), "x real time")
    again = min(seconds_of(make(post, work / "show0")) for _ in range(3))
    yield Figure("make, nothing changed", again / min(ours), "x cold")


def archive(work: Path) -> Iterator[Figure]:
    """Sixty posts with two jobs against the bare voice and encoder under ``xargs -P2``."""
    if not shutil.which("espeak-ng"):
        return
    posts = work / "posts"
    posts.mkdir()
    for number in range(POSTS):
        text = article(200 + number)
        heading = f"Saltwick harbour waits, day {number + 1}"
        (posts / f"{number:02d}.txt").write_text(text.replace(text.splitlines()[0], heading, 1), "utf-8")
    bare = shell_seconds(posts)
    batch = (*NARRATOR, "batch", str(posts), "--show", str(work / "archive"), "--engine", "espeak")
    options = ("--jobs", "2", "--quiet")
    ours = seconds_of((*batch, *options))
    made = len(list((work / "archive").glob("episodes/*/episode.json")))
    yield Figure("batch, 60 posts, two jobs", ours / bare, "x xargs -P2", "<= 1")
    yield Figure("batch, 60 posts: episodes", made, "episodes", "60")
    yield Figure("batch, 60 posts, again", seconds_of((*batch, *options)) / ours, "x first", "<= 0.05")


def joining(work: Path) -> Iterator[Figure]:
    """``join_clips`` (levels, two encoders, cover, transcripts, tag) against the encoder alone."""
    seconds, alone = join_seconds(article(600), work, ROUNDS)
    yield Figure("join, 600 words", seconds / alone, "x encoder alone")


def memory(work: Path) -> Iterator[Figure]:
    """Peak memory of the process tree for half an hour and for three hours of sound."""
    peaks = []
    for minutes in (30, 180):
        post = work / f"{minutes}.txt"
        post.write_text(article(minutes * WORDS_PER_MINUTE), encoding="utf-8")
        peaks.append(peak_tree_mb(make(post, work / f"long{minutes}")))
        hours = manifest_of(work / f"long{minutes}")["duration_seconds"] / 3600
        yield Figure(f"memory of the tree, {minutes} minutes planned", peaks[-1], f"MB for {hours:.2f} h")
    yield Figure("memory, 3 hours against 30 minutes", peaks[1] / peaks[0], "x", "<= 1.2")


def sound(work: Path) -> Iterator[Figure]:
    """What a decoder and a loudness meter find in an episode, against its manifest."""
    post, show = work / "post.txt", work / "heard"
    post.write_text(article(600), encoding="utf-8")
    seconds_of(make(post, show))
    manifest = manifest_of(show)
    facts = audio_facts(show / manifest["audio"]["path"], manifest["lines"])
    off_ms = 1000 * (facts.duration_seconds - manifest["duration_seconds"])
    yield Figure("decoded length off the manifest", abs(off_ms), "ms", "<= 100")
    yield Figure("loudness", facts.loudness_lufs, "LUFS", "-19.0 +- 0.5")
    yield Figure("loudness off the manifest", abs(facts.loudness_lufs - manifest["loudness_lufs"]), "LU")
    yield Figure("true peak", facts.peak_dbtp, "dBTP", "<= -1")
    yield Figure("latest begin of a line's sound", 1000 * facts.latest_onset_s, "ms", "<= 80")
    yield Figure("largest step at a join", facts.largest_step, "of full scale", "<= 0.25")
    seconds_of(make(post, work / "again"))
    same = manifest_of(work / "again")["audio"]["sha256"] == manifest["audio"]["sha256"]
    yield Figure("same bytes in another folder", float(same), "1 is yes", "1")


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "speed": speed,
    "archive": archive,
    "joining": joining,
    "sound": sound,
    "memory": memory,
}


def main(names: list[str]) -> None:
    """Measure the parts called *names*, all when none is named."""
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    rows: list[tuple[object, ...]] = []
    for name in names or PARTS:
        work = Path(tempfile.mkdtemp(prefix="narrator-bench-"))
        try:
            for figure in PARTS[name](work):
                print(f"{figure.name:<48}{figure.value:>10.3f} {figure.unit:<18}{figure.limit}", flush=True)
                rows.append((when, __version__, name, *figure._replace(value=round(figure.value, 4))))
        finally:
            shutil.rmtree(work)
    fresh = not RESULTS.exists()
    with RESULTS.open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        if fresh:
            table.writerow(("date", "version", "part", *Figure._fields))
        table.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
