"""What a batch tells: a row for each post as it ends, and the totals."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from narrator.errors import ConfigError, NarratorError
from narrator.files import write_text
from narrator.models import Listed
from narrator.redact import redact

Status = Literal["made", "unchanged", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Row:
    """How one post ended."""

    name: str
    """The post, as its archive calls it."""
    status: Status
    reason: str = ""
    title: str | None = None
    episode: Listed | None = None
    voiced: int = 0
    """Lines synthesised now."""
    reused: int = 0
    warnings: tuple[str, ...] = ()
    code: int = 0
    """Exit code of a failure."""
    detail: str = ""
    """A bug's traceback."""

    def as_json(self, feed: Path) -> dict[str, Any]:
        """The row as `narrator batch --json` prints it."""
        row: dict[str, Any] = {
            "post": self.name,
            "status": self.status,
            "reason": self.reason,
            "title": self.title,
        }
        if self.episode is not None:
            row |= {
                "episode": f"episodes/{self.episode.slug}",
                "guid": self.episode.guid,
                "duration_seconds": self.episode.duration_seconds,
                "audio": self.episode.audio.path,
                "feed": str(feed),
                "lines": self.voiced + self.reused,
                "lines_voiced": self.voiced,
                "lines_reused": self.reused,
            }
        return row | {"warnings": list(self.warnings)}


@dataclass(slots=True)
class Totals:
    """A batch in figures."""

    counts: Counter[str] = field(default_factory=Counter)
    audio_seconds: float = 0.0
    """Of the episodes made now."""
    audio_bytes: int = 0
    characters: int = 0
    wall_seconds: float = 0.0
    code: int = 0
    """Exit code: the sum of the kinds of failures."""
    feed: Path | None = None
    unselected: int = 0
    """Posts that the options leave out."""
    waiting: int = 0
    """Posts that were not come to: over --limit, or the run was stopped."""
    reasons: Counter[str] = field(default_factory=Counter)

    def take(self, row: Row) -> None:
        """Count *row*."""
        self.counts[row.status] += 1
        self.code |= row.code
        if row.status == "skipped":
            self.reasons[row.reason.partition(" (")[0].partition(" of “")[0]] += 1
        if row.status == "made" and row.episode is not None:
            self.audio_seconds += row.episode.duration_seconds
            self.audio_bytes += row.episode.audio.size_bytes

    def as_json(self) -> dict[str, Any]:
        """The totals as `narrator batch --json` prints them last."""
        return {
            "totals": {status: self.counts[status] for status in ("made", "unchanged", "skipped", "failed")},
            "not_selected": self.unselected,
            "waiting": self.waiting,
            "skipped_because": dict(self.reasons.most_common()),
            "audio_seconds": round(self.audio_seconds, 3),
            "audio_bytes": self.audio_bytes,
            "characters": self.characters,
            "wall_seconds": round(self.wall_seconds, 3),
            "feed": str(self.feed) if self.feed else None,
            "exit_code": self.code,
        }

    def sentence(self) -> str:
        """The totals as a sentence for people."""
        parts = [f"{self.counts[status]} {status}" for status in ("made", "unchanged", "skipped", "failed")]
        parts = [part for part in parts if not part.startswith("0 ")] or ["nothing to do"]
        if self.waiting:
            parts.append(f"{self.waiting} still to do")
        minutes, seconds = divmod(round(self.audio_seconds), 60)
        told = (
            f"{', '.join(parts)}. {minutes}:{seconds:02d} of audio"
            if self.audio_seconds
            else ", ".join(parts)
        )
        return f"{told} in {self.wall_seconds:.0f} s." if self.audio_seconds else f"{told}."


def failure(name: str, error: Exception | None, title: str | None = None) -> Row:
    """The row of a post that failed by *error*: a known failure, or a bug with its traceback."""
    if isinstance(error, NarratorError):
        return Row(name, "failed", str(error), title, code=error.exit_code)
    detail = "".join(getattr(error, "__notes__", ()))
    return Row(
        name, "failed", f"a bug: {' '.join(redact(str(error)).split())[:300]}", title, code=1, detail=detail
    )


def write_report(path: Path, rows: Sequence[Row], totals: Totals, feed: Path) -> None:
    """Write what happened to *path*: JSON, or a page when its name ends in ``.html``.

    Failures come first, then what a person should listen to, then skips with their reasons.

    Raises:
        ConfigError: it cannot be written there. What the batch made is kept.
    """
    order = {"failed": 0, "made": 1, "skipped": 2, "unchanged": 3}
    ordered = sorted(rows, key=lambda row: (order[row.status], not row.warnings, row.name))
    if path.suffix.lower() in {".html", ".htm"}:
        text = _page(ordered, totals)
    else:
        data = {"posts": [row.as_json(feed) for row in ordered], **totals.as_json()}
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    try:
        write_text(path, text)
    except OSError as error:
        raise ConfigError(
            f"the report cannot be written ({error.strerror})",
            where=str(path),
            hint="The batch is done; name another --report FILE.",
        ) from error


def _page(rows: Sequence[Row], totals: Totals) -> str:
    cells = "\n".join(
        f'<tr class="{row.status}"><td>{row.status}<td>{html.escape(row.title or row.name)}'
        f"<td>{html.escape('; '.join(filter(None, (row.reason, *row.warnings))))}"
        for row in rows
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>Batch report</title>\n'
        "<style>body{font:1rem/1.5 system-ui;max-width:70rem;margin:2rem auto;padding:0 1rem}"
        "td,th{text-align:start;vertical-align:top;padding:.2rem .6rem;border-bottom:1px solid #8884}"
        ".failed td:first-child{font-weight:bold}</style>\n"
        f"<h1>Batch report</h1>\n<p>{html.escape(totals.sentence())}</p>\n"
        f"<table>\n<tr><th>Status<th>Post<th>Why, and what to look at\n{cells}\n</table>\n</html>\n"
    )
