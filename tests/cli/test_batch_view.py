"""What a batch shows a person while it runs."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from rich.console import Console

from narrator.cli.batch_view import LiveView, View, view_for
from narrator.cli.options import PrintOptions
from narrator.models import Audio, Listed
from narrator.run.report import Row

KNOWN = Listed(
    "g", "s", "Rain", datetime(2026, 1, 1, tzinfo=UTC), "en", "tone", "tone", 90.0, Audio("a", 1, "b", "c")
)


def shown(view: LiveView) -> str:
    out = StringIO()
    Console(file=out, width=80).print(view._table())
    return out.getvalue()


def test_table_tells_what_is_done_in_hand_and_left() -> None:
    view = LiveView(Path("feed.xml"), PrintOptions())
    view.step()
    assert "1 post seen" in shown(view)
    view.phase("making", 3)
    view.started("Rain")
    view.started("A title that is far too long to stand on one line of a terminal of eighty characters")
    view.ended(Row("x", "made", "", "Rain", KNOWN))
    told = shown(view)
    assert "1 of 3" in told
    assert "1 made" in told
    assert "2 min of audio" in told
    assert "· Rain" not in told
    assert "· A title that" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_plain_lines_when_asked_or_when_nobody_watches() -> None:
    assert type(view_for(Path("feed.xml"), PrintOptions(), plain=True)) is View
    assert type(view_for(Path("feed.xml"), PrintOptions(), plain=False)) is View
