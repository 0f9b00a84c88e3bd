"""What is going on, on a terminal: which post, which stage, which line. Silent elsewhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any

from narrator.cli.errors import say
from narrator.run.desk import DESK
from narrator.run.pipeline import Maker, Progress, Stage

if TYPE_CHECKING:
    from narrator.cli.options import PrintOptions, TellingOptions

WORDS: dict[str, str] = {
    "read": "Reading",
    "script": "Writing the script",
    "speak": "Speaking",
    "join": "Mastering",
    "publish": "Feed and site",
}


class QuietProgress(Progress):
    """Prints notes only."""

    def note(self, message: str) -> None:
        """Print *message* on stderr."""
        say(message)


class TerminalProgress(Progress):
    """One live row on stderr: stage, bar, lines, seconds."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self._bar: Any = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: Any = None

    def __enter__(self) -> TerminalProgress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, stage: Stage, source: str) -> None:
        """Show the stage *source* is in."""
        words = f"{WORDS[stage]}: {source[-50:]}" if stage == "read" else WORDS[stage]
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(words, total=None)

    def line(self, done: int, total: int) -> None:
        """Move the bar to *done* of *total* lines."""
        self._bar.update(self._task, completed=done, total=total)

    def note(self, message: str) -> None:
        """Print *message* above the bar."""
        self._bar.console.print(message, highlight=False, markup=False)


@contextmanager
def watched_maker(
    telling: TellingOptions, output: PrintOptions, *, now: datetime, max_size_bytes: int
) -> Iterator[Maker]:
    """A maker of the show that is meant; how it goes is shown as *output* asks.

    Raises:
        ConfigError: the settings of the show are not valid.
    """
    settings = telling.settings()
    live = TerminalProgress() if output.for_people and sys.stderr.isatty() else None
    progress = live or (Progress() if output.quiet else QuietProgress())
    with (
        live or nullcontext(),
        heard_notes(progress),
        Maker(
            telling.folder,
            settings,
            now=now,
            progress=progress,
            max_size_bytes=max_size_bytes,
            desk=DESK,
        ) as maker,
    ):
        yield maker


class _NoteHandler(logging.Handler):
    """Hands what the stages log on to whoever shows progress."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.WARNING)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        """Show one record as a note."""
        self._progress.note(record.getMessage())


@contextmanager
def heard_notes(progress: Progress) -> Iterator[None]:
    """While the block runs, warnings of narrator are shown as notes, those of libraries not at all."""
    handler, silent = _NoteHandler(progress), logging.NullHandler()
    ours, root = logging.getLogger("narrator"), logging.getLogger()
    ours.addHandler(handler)
    ours.propagate = False
    root.addHandler(silent)
    try:
        yield
    finally:
        ours.removeHandler(handler)
        ours.propagate = True
        root.removeHandler(silent)
