"""narrator bulletin: several posts, one episode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.options import MEGABYTE, Labels, MaxSize, PrintOptions, TellingOptions

if TYPE_CHECKING:
    from narrator.errors import NarratorError
    from narrator.run.selection import Selection


@dataclass(frozen=True, slots=True)
class StoryOptions:
    """Which posts are told."""

    today: Annotated[bool, typer.Option("--today", help="Only posts of the last 24 hours.")] = False
    week: Annotated[bool, typer.Option("--week", help="Only posts of the last seven days.")] = False
    label: Labels = None
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="At most N posts, the newest.")
    ] = 12
    max_size: MaxSize = 20

    def selection(self, now: datetime) -> Selection:
        """The same as the readers of archives take it."""
        from narrator.run.selection import Selection

        days = 1 if self.today else 7 if self.week else None
        return Selection(
            since=now - timedelta(days=days) if days else None,
            labels=frozenset(one.casefold() for one in self.label or ()),
        )


def command(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE",
            help="Posts, a folder of them, an export, or a feed (file or address).",
            show_default=False,
        ),
    ],
    telling: TellingOptions,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Its title. [default: the show's, and the date]"),
    ] = None,
    *,
    stories: StoryOptions,
    output: PrintOptions,
) -> int:
    """Tell several posts as one episode: their headlines first, then each as a chapter of its own.

    A bulletin made again under its title replaces the one before.
    """
    from narrator.cli.errors import report
    from narrator.cli.made import print_made
    from narrator.cli.progress import watched_maker
    from narrator.run.bulletin import bulletin_title, compose_bulletin, read_stories
    from narrator.shows import now

    moment, size = now(), stories.max_size * MEGABYTE
    failed: list[NarratorError] = []
    with watched_maker(telling, output, now=moment, max_size_bytes=size) as maker:
        told = read_stories(
            archives,
            stories.selection(moment),
            now=moment,
            limit=stories.limit,
            max_size_bytes=size,
            failed=failed,
        )
        name = title or bulletin_title(told, maker.settings, now=moment)
        made = maker.make_article(compose_bulletin(told, title=name), name)
        maker.publish()
    print_made(made, maker, output, explainable=False)
    code = 0
    for error in failed:
        report(error, debug=output.debug)
        code |= error.exit_code
    return code
