"""Which posts of an archive a batch is about, as the command line says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.options import MEGABYTE, Labels, MaxSize

if TYPE_CHECKING:
    from narrator.run.selection import Selection
    from narrator.run.session import Options

_MIN_WORDS = 15
"""Posts with fewer words are a picture or a video with a line to it."""


@dataclass(frozen=True, slots=True)
class PostOptions:
    """Which posts are meant."""

    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Only the posts that failed when they were last tried.")
    ] = False
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=0, help="Make at most N episodes in this run.")
    ] = None
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only posts from this day, month or year on."),
    ] = None
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Only posts up to this day, month or year.")
    ] = None
    label: Labels = None
    match: Annotated[
        str | None,
        typer.Option("--match", metavar="REGEX", help="Only posts whose title or file name matches."),
    ] = None
    min_words: Annotated[
        int, typer.Option("--min-words", metavar="N", min=0, help="Pass over posts with fewer words.")
    ] = _MIN_WORDS
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", min=1, help="Make N posts that differ in kind, to hear first."),
    ] = None
    index: Annotated[
        Path | None,
        typer.Option(
            "--index", metavar="FILE", help="CSV (file,title,date,byline) for posts that do not say."
        ),
    ] = None
    max_size: MaxSize = 20

    def asked(self, folder: Path) -> Options:
        """The same as a batch over the show in *folder* takes it.

        Raises:
            BadParameter: a date or the pattern is none.
            ConfigError: the index is not one.
        """
        from narrator.read.archives import read_index
        from narrator.run.session import Options

        return Options(
            selection=self._selection(folder),
            limit=self.limit,
            sample=self.sample,
            index=read_index(self.index) if self.index else None,
            max_size_bytes=self.max_size * MEGABYTE,
        )

    def _selection(self, folder: Path) -> Selection:
        from narrator.cli.spans import read_span
        from narrator.run.journal import Journal
        from narrator.run.selection import Selection

        return Selection(
            since=read_span(self.since, "--since")[0] if self.since else None,
            until=read_span(self.until, "--until")[1] if self.until else None,
            labels=frozenset(one.casefold() for one in self.label or ()),
            match=_checked_pattern(self.match),
            min_words=self.min_words,
            names=frozenset(Journal(folder).failed()) if self.retry_failed else None,
        )


def _checked_pattern(match: str | None) -> str | None:
    try:
        re.compile(match or "")
    except re.error as error:
        raise typer.BadParameter(f"not a regular expression: {error}", param_hint="--match") from error
    return match
