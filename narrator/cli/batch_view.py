"""What a batch shows while it runs: a live table for people, lines for screen readers and files, or JSON."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.cli.errors import say
from narrator.cli.words import clock, counted
from narrator.run.report import Row
from narrator.run.session import Phase, Watcher

if TYPE_CHECKING:
    from narrator.cli.options import PrintOptions
    from narrator.run.batch import Estimate
    from narrator.run.session import Session

_PHASES = {"reading": "Reading", "making": "Making episodes", "publishing": "Writing feed and site"}


class View(Watcher):
    """Lines on stderr; the base of the others."""

    def __init__(self, feed: Path, output: PrintOptions) -> None:
        self.feed = feed
        self.quiet = output.quiet
        self.debug = output.debug
        self.done = 0
        self.total: int | None = None

    def __enter__(self) -> View:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def note(self, message: str) -> None:
        """Print *message*."""
        say(message)

    def phase(self, phase: Phase, total: int | None) -> None:
        """Count anew; making is announced with its number."""
        if phase == "making":
            self.done, self.total = 0, total
            if total and not self.quiet:
                say(f"{counted(total, 'episode')} to make.")

    def ended(self, row: Row) -> None:
        """Print how the post ended; unchanged ones are only counted."""
        if row.status in {"made", "failed"}:
            self.done += 1
        if row.status == "failed":
            self.note(row.reason if row.code != 1 else f"{row.name}: {row.reason}")
            if self.debug and row.detail:
                self.note(row.detail)
        elif row.status == "skipped":
            self.note(f"skipped: {row.name}: {row.reason}")
        elif row.status == "made" and not self.quiet:
            self.made(row)

    def made(self, row: Row) -> None:
        """Print a line for an episode, and what to look at in it."""
        assert row.episode is not None
        place = f"[{self.done}/{self.total}] " if self.total else ""
        anew = "Made anew" if row.reason else "Made"
        self.note(f"{place}{anew} “{row.title}”, {clock(row.episode.duration_seconds)}")
        for warning in row.warnings:
            self.note(f"  {warning}")

    def finished(self, session: Session) -> None:
        """Print the totals and where to listen."""
        if self.quiet:
            return
        totals = session.totals
        print(totals.sentence())
        if totals.reasons:
            print(
                "Skipped: "
                + "; ".join(f"{count} × {reason}" for reason, count in totals.reasons.most_common())
                + "."
            )
        if totals.counts["failed"]:
            print("Try the failed ones again: the same command with --retry-failed.")
        if totals.waiting:
            print("Run the same command again for the rest.")
        if self.feed.is_file():
            print(f"Feed: {self.feed}")

    def audited(self, names: dict[str, Counter[str]]) -> None:
        """Print the names worth a look, the most frequent first."""
        for language, counts in names.items():
            for name, count in counts.most_common():
                print(f"{language}\t{count}\t{name}")

    def estimated(self, session: Session, estimate: Estimate) -> None:
        """Print what a run would take."""
        from narrator.run.costs import cost_of

        cost = cost_of(session, estimate)
        print(f"{counted(estimate.posts, 'post')} to make, {session.totals.counts['unchanged']} unchanged.")
        print(
            f"{estimate.characters:,} characters: about {cost.minutes:,.0f} minutes"
            f" and {cost.megabytes:,.0f} MB of audio."
        )
        print(f"{cost.words}")


class JsonView(View):
    """One JSON object for each post on stdout, the totals last."""

    def ended(self, row: Row) -> None:
        """Print the row; skips and failures on stderr too, for people."""
        print(json.dumps(row.as_json(self.feed), ensure_ascii=False), flush=True)
        if not self.quiet or row.status == "failed":
            super().ended(row)

    def made(self, row: Row) -> None:
        """The object says it."""

    def audited(self, names: dict[str, Counter[str]]) -> None:
        """Print the names worth a look by language."""
        told = {language: dict(found.most_common()) for language, found in names.items()}
        print(json.dumps({"unusual": told}, ensure_ascii=False))

    def finished(self, session: Session) -> None:
        """Print the totals."""
        print(json.dumps(session.totals.as_json(), ensure_ascii=False), flush=True)

    def estimated(self, session: Session, estimate: Estimate) -> None:
        """Print what a run would take."""
        from narrator.run.costs import cost_of

        print(
            json.dumps(cost_of(session, estimate).as_json(session, estimate), ensure_ascii=False), flush=True
        )


class LiveView(View):
    """A table that stays at the bottom of the terminal; what has to be read stands above it."""

    def __init__(self, feed: Path, output: PrintOptions) -> None:
        super().__init__(feed, output)
        from rich.console import Console
        from rich.live import Live

        self._phase: Phase = "reading"
        self._counts = {"made": 0, "unchanged": 0, "skipped": 0, "failed": 0}
        self._audio_s = 0.0
        self._read = 0
        self._in_hand: list[str] = []
        self._began = time.monotonic()
        self._console = Console(stderr=True)
        self._live: Any = Live(
            console=self._console, get_renderable=self._table, refresh_per_second=4, transient=True
        )

    def __enter__(self) -> LiveView:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def note(self, message: str) -> None:
        """Print *message* above the table."""
        self._console.print(message, highlight=False, markup=False)

    def phase(self, phase: Phase, total: int | None) -> None:
        """Show what is going on."""
        self._phase = phase
        if phase == "making":
            self.done, self.total, self._began = 0, total, time.monotonic()

    def step(self) -> None:
        """Count a post that was seen."""
        self._read += 1

    def started(self, title: str) -> None:
        """Show *title* as in hand."""
        self._in_hand.append(title)

    def ended(self, row: Row) -> None:
        """Count the post, and take it off what is in hand."""
        self._counts[row.status] += 1
        if row.title in self._in_hand:
            self._in_hand.remove(row.title)
            self._phase = "making"
        if row.status == "made" and row.episode is not None:
            self._audio_s += row.episode.duration_seconds
        super().ended(row)

    def made(self, row: Row) -> None:
        """Only what has to be looked at is printed."""
        for warning in row.warnings:
            self.note(f"“{row.title}”: {warning}")

    def _table(self) -> Any:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        head = Table.grid(padding=(0, 2))
        if self.total and self._phase != "reading":
            bar = ProgressBar(self.total, self.done, width=20)
            head.add_row(_PHASES[self._phase], f"{self.done} of {self.total}", bar, self._left())
        else:
            head.add_row(_PHASES[self._phase], f"{counted(self._read, 'post')} seen")
        told = [f"{count:,} {status}" for status, count in self._counts.items() if count]
        if self._audio_s:
            told.append(f"{self._audio_s / 60:,.0f} min of audio")
        lines = [", ".join(told), *(f"· {title}" for title in self._in_hand[:8])]
        return Group(head, *(Text(f"  {line}", no_wrap=True, overflow="ellipsis") for line in lines if line))

    def _left(self) -> str:
        passed = time.monotonic() - self._began
        if not self.done or self.total is None:
            return ""
        rate = self._audio_s / passed if passed else 0
        left = passed / self.done * (self.total - self.done)
        return f"{rate:,.0f} × real time, {clock(left)} left"


def view_for(feed: Path, output: PrintOptions, *, plain: bool) -> View:
    """The view that suits what was asked and where stderr goes."""
    if output.as_json:
        return JsonView(feed, output)
    if output.quiet or plain or not sys.stderr.isatty():
        return View(feed, output)
    return LiveView(feed, output)
