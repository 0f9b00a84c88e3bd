"""A published show, an application over it, and a real server process for it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_show import build_show

from narrator.publish import publish_show
from narrator.shows import Show


@pytest.fixture(scope="session")
def served_show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """A published show of three episodes, with things in its folder that are nobody's business."""
    folder = tmp_path_factory.mktemp("podcast")
    outside = folder.parent / "outside.txt"
    outside.write_text("secret")
    # At the root of a host, where the posts are too.
    show = build_show(folder, 3, base_url="https://blog.example.org")
    publish_show(show)
    (folder / ".narrator").mkdir(exist_ok=True)
    (folder / ".narrator" / "journal.jsonl").write_text("secret")
    (folder / "notes.txt").write_text("secret")
    (folder / ".env").write_text("secret")
    (folder / "episodes" / "sea-wall-1" / "outside.mp3").symlink_to(outside)
    return show


@pytest.fixture
def start_server() -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts `narrator serve` on a free port; gives the process and its address."""
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-m", "narrator", "serve", "--show", str(folder), "--port", "0", *options]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "80"}
        )
        started.append(process)
        assert process.stderr is not None
        for line in process.stderr:
            found = re.search(r"Site: (http\S+)", line)
            if found:
                return process, found[1]
        raise AssertionError(f"the server did not start (exit code {process.wait()})")

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        if process.stderr:
            process.stderr.close()
