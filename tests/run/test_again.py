"""Running a batch again: what is as it should be costs next to nothing, and nothing else is believed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from read.archives.exports import sample
from run.batches import run, write_posts

from narrator.errors import PublishError

FRAME = """
from datetime import UTC, datetime
from pathlib import Path
from narrator.config import Settings
from narrator.run.tellers import Tellers
print(Tellers(Path("show"), Settings(engine="espeak"), [], datetime(2026, 3, 1, tzinfo=UTC)).of("en").frame)
"""


def test_what_shapes_an_episode_has_one_digest_in_every_process(tmp_path: Path) -> None:
    frames = {
        subprocess.run(
            [sys.executable, "-c", FRAME],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(frames) == 1


def test_a_manifest_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", [sample(1)]), tmp_path / "show"
    run(archive, show)
    (path,) = show.glob("episodes/*/episode.json")
    path.write_text(path.read_text().replace('"path": "episodes/', '"path": "../'))
    with pytest.raises(PublishError, match="is no file of this episode"):
        run(archive, show)
