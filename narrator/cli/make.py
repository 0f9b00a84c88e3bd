"""narrator make: one or more posts become episodes, then the feed and the site are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.options import MEGABYTE, MaxSize, PrintOptions, Sources, TellingOptions

if TYPE_CHECKING:
    from narrator.run.pipeline import Made
    from narrator.run.telling import Facts


@dataclass(frozen=True, slots=True)
class FactOptions:
    """What posts may not say themselves."""

    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The title, for a post without one.")
    ] = None
    byline: Annotated[
        str | None,
        typer.Option("--byline", metavar="NAMES", help="Who wrote it, for a post that does not say."),
    ] = None
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            metavar="DATE",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"],
            help="When it was published (2015-09-18), for a post that does not say.",
        ),
    ] = None

    def facts(self) -> Facts:
        """The same as the reader takes it; a date without a zone is UTC's."""
        from narrator.run.telling import Facts

        aware = self.date.replace(tzinfo=UTC) if self.date and self.date.tzinfo is None else self.date
        return Facts(self.title, self.byline, aware)


def command(
    sources: Sources,
    telling: TellingOptions,
    facts: FactOptions,
    *,
    max_size: MaxSize = 20,
    output: PrintOptions,
) -> int:
    """Turn posts into episodes, and update the feed and the site.

    The show folder is made on first use. A post that is already an episode is left alone when nothing in it
    changed, and corrected when something did.
    """
    from narrator.cli.errors import report
    from narrator.cli.made import print_made, tell_where
    from narrator.cli.progress import watched_maker
    from narrator.errors import NarratorError
    from narrator.run.telling import expand_sources
    from narrator.shows import now

    made: list[Made] = []
    code = 0
    with watched_maker(telling, output, now=now(), max_size_bytes=max_size * MEGABYTE) as maker:
        for source in expand_sources(sources):
            try:
                made.append(maker.make(source, facts.facts()))
            except NarratorError as error:
                report(error, debug=output.debug)
                code |= error.exit_code
        feed = maker.publish() if made else None
    for one in made:
        print_made(one, maker, output)
    if feed and output.for_people:
        tell_where(maker, feed)
    return code
