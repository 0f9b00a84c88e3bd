"""How much CPU the engine, and the whole speak stage, add to the bare library; and what cores bring.

    python tests/bench/espeak_overhead.py [TEXT]

The bare library is loaded once and reads the same sentences one after the other. Ratios of one run on
one machine, the best of nine. What was stored is deleted at the end: right after a deletion
ext4 looks longer for a place to make a file.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import narrator.sound.energy
import narrator.sound.pcm  # noqa: F401 - imported before anything is timed
from narrator.models import Line, Script
from narrator.speak import ClipStore, Patience, Utterance, find_engine, speak_script
from narrator.speak.engines import _espeak_data
from narrator.speak.engines._espeak_library import fresh_library
from narrator.speak.engines.espeak import WORDS_PER_MINUTE
from narrator.voices import read_voice

VOICE = read_voice("en-gb-espeak")
CASTING = VOICE.cast("anchor")
ROUNDS = 9


def sentences(path: Path) -> list[str]:
    """Those of the lines of a text file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [one for line in lines for one in re.split(r"(?<=[.!?]) ", line.strip()) if re.search(r"\w", one)]


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Of CPU and of wall clock."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def bare(texts: list[str]) -> None:
    """The library as it comes, once for all texts."""
    with fresh_library() as library:
        library.set_voice(_espeak_data.voice_path(CASTING.voice))
        library.set_rate(WORDS_PER_MINUTE)
        library.set_pitch(58, 90)
        for text in texts:
            library.speak(text)


def engine(texts: list[str]) -> None:
    """The engine: a fresh library for every text."""
    for text in texts:
        find_engine("espeak").speak(Utterance(text, CASTING, "en-GB"), Patience())


def stage(texts: list[str], workers: int, stores: Path) -> None:
    """The whole stage: trimmed, measured, kept in a store of its own in the folder *stores*."""
    script = Script(
        "t", tuple(Line(f"l{n}", "anchor", "paragraph", t, t, 350) for n, t in enumerate(texts)), "t"
    )
    speak_script(script, VOICE, ClipStore(Path(tempfile.mkdtemp(dir=stores))), workers=workers)


def main() -> None:
    """Print the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("examples/harbour-lights.txt")
    with tempfile.TemporaryDirectory() as stores:
        compare(sentences(path), Path(stores))


def compare(texts: list[str], stores: Path) -> None:
    """Time everything in turn, so that what else goes on at the machine meets all alike."""
    works: dict[str, Callable[[], object]] = {
        "bare library": lambda: bare(texts),
        "engine": lambda: engine(texts),
        "stage, one worker": lambda: stage(texts, 1, stores),
        "stage, all cores": lambda: stage(texts, find_engine("espeak").at_once, stores),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for number in range(ROUNDS + 1):
        for name, work in works.items():
            taken = seconds(work)
            if number:  # the first time much is loaded and worked out
                found[name].append(taken)
    best = {
        name: (min(cpu for cpu, _ in told), min(wall for _, wall in told)) for name, told in found.items()
    }
    bare_cpu, bare_wall = best["bare library"]
    print(f"{len(texts)} sentences, {sum(len(t.split()) for t in texts)} words, {os.cpu_count()} cores")
    for name, (cpu, wall) in best.items():
        ratios = f"×{cpu / bare_cpu:.2f} CPU ×{wall / bare_wall:.2f}"
        print(f"{name:18} {cpu * 1000:6.0f} ms CPU {wall * 1000:6.0f} ms  {ratios}")


if __name__ == "__main__":
    main()
