"""Fixtures that tests of several stages share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

# A busy machine is no finding: how long one example takes is not what the properties claim.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

EPOCH = "1772355600"  # 2026-03-01T09:00:00Z

STORY = """\
Home » News » Strait reopens after seven weeks

Strait reopens after seven weeks

Fisheries ministers from Norland and Estavia have agreed to reopen the Skarn Strait to small boats.

The deal ends a blockade that had kept more than 400 vessels tied up on both shores.

Strait reopens after seven weeks
Boats from both countries have been idle since July

Prices for fresh cod doubled while the strait was closed, wholesalers said.

Analysis: Peter Harrow, Europe correspondent

On paper this is a quarrel about cod. In practice it is about who draws the line.

Will the boats be back by spring? I would not bet against it.

Inspectors told reporters on Tuesday that they would count landings "fish by fish".

A joint commission is to meet again on 4 November.

Post a Comment

Powered by Blogger.
"""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def run_narrator(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command line in this process and gives exit code, stdout and stderr."""
    from narrator.cli import main

    def run(*args: object) -> Ran:
        code: object = 0
        try:
            main([str(arg) for arg in args])
        except SystemExit as leaving:
            code = leaving.code
        out, err = capfd.readouterr()
        return Ran(int(code or 0), out, err)  # type: ignore[call-overload]

    return run


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A pasted post with breadcrumb, doubled title, caption, analysis box and footer."""
    path = tmp_path / "posts" / "strait.txt"
    path.parent.mkdir()
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a show will be; the clock stands at `EPOCH`."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path / "show"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file a subscriber could fetch, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".narrator" not in path.parts
    }
