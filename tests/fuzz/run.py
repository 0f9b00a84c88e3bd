"""Fuzzes the targets with atheris, guided by coverage, and says what came of it.

    make fuzz                                    every target, ten minutes each
    make fuzz FUZZ="--seconds 60 text page"      some of them, for a minute

atheris is an extra of its own (``pip install atheris``; there are wheels for Linux). Inputs that lead
somewhere new are kept in ``build/fuzz/TARGET``, so a second run goes on where the first one stopped; inputs
that end in an unknown error go to ``build/fuzz/findings`` and do not stop the run.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORK = ROOT / "build" / "fuzz"
FINDINGS = WORK / "findings"
LONGEST_S = 30
MEMORY_MB = 1024
"""What a run of narrator may take, whatever it is given."""


def main() -> int:
    """Fuzz the targets asked for, one process each; 1 when there was a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        fuzz(asked.one, asked.seconds)
        return 0
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from fuzz.targets import TARGETS

    print(
        "| target | inputs | seconds | edges | kept inputs | findings |\n|---|---|---|---|---|---|",
        flush=True,
    )
    found = 0
    for name in asked.targets or TARGETS:
        before = _findings(name)
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, "--seconds", str(asked.seconds)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        log = done.stdout + done.stderr
        (WORK / f"{name}.log").write_text(log)
        new = _findings(name) - before
        found += len(new)
        runs = re.findall(r"^#(\d+)\s.*?cov: (\d+).*?corp: (\d+)", log, flags=re.M)
        inputs, edges, kept = runs[-1] if runs else ("0", "?", "?")
        seconds = time.monotonic() - started
        print(f"| {name} | {int(inputs):,} | {seconds:.0f} | {edges} | {kept} | {len(new)} |", flush=True)
    return 1 if found else 0


def _findings(name: str) -> set[Path]:
    return {path for path in FINDINGS.glob(f"{name}-*") if path.suffix != ".txt"}


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process; does not come back."""
    import atheris

    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    with atheris.instrument_imports(include=["narrator"]):
        from fuzz.targets import TARGETS
    from fuzz.seeds import seeds_for

    corpus = WORK / name
    corpus.mkdir(parents=True, exist_ok=True)
    FINDINGS.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds_for(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    target, seen = TARGETS[name], set()

    def one(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            frames = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in frames if "/narrator/" in frame.filename] or frames
            key = f"{type(error).__name__}:{ours[-1].filename}:{ours[-1].lineno}"
            if key not in seen:
                seen.add(key)
                path = FINDINGS / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
                path.write_bytes(data)
                path.with_suffix(".txt").write_text(
                    "".join(traceback.format_exception(error)), errors="replace"
                )

    options = [
        f"-max_total_time={seconds}",
        f"-timeout={LONGEST_S}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={FINDINGS / name}-",
        f"-dict={Path(__file__).parent / 'words.dict'}",
        "-max_len=20000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
