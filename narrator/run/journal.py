"""The journal: what a batch did, one line of JSON for each post. A log for people; no run relies on it.

`--retry-failed` asks it which posts failed last, and starts with all of them when it is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from narrator.shows import scratch_folder


class Journal:
    """Appends to ``.narrator/journal.jsonl``, each line in one write, so that no two runs mix theirs."""

    def __init__(self, show: Path) -> None:
        self.path = scratch_folder(show) / "journal.jsonl"

    def write(self, row: dict[str, Any]) -> None:
        """Append *row* with the time of day; a disk that is full loses it."""
        stamp = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"time": stamp, **row}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError:
            return
        try:
            os.write(handle, self._fresh_line() + line)
        except OSError:
            return
        finally:
            os.close(handle)

    def read(self) -> Iterator[dict[str, Any]]:
        """The rows, oldest first, without those that were cut off."""
        try:
            file = self.path.open("rb")
        except OSError:
            return
        with file:
            for line in file:
                try:
                    row = json.loads(line)
                except ValueError:
                    continue
                if isinstance(row, dict):
                    yield row

    def failed(self) -> set[str]:
        """Names of the posts whose last row says that they failed."""
        last: dict[str, str] = {}
        for row in self.read():
            if row.get("post") and row.get("status"):
                last[str(row["post"])] = str(row["status"])
        return {name for name, status in last.items() if status == "failed"}

    def _fresh_line(self) -> bytes:
        """A line feed when a killed run left half a line."""
        with self.path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return b""
            file.seek(-1, os.SEEK_END)
            return b"" if file.read(1) == b"\n" else b"\n"
