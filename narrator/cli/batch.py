"""narrator batch: a whole archive becomes episodes; run again, it makes what is missing or changed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.batch_posts import PostOptions
from narrator.cli.options import PrintOptions, TellingOptions

if TYPE_CHECKING:
    from narrator.cli.batch_view import View
    from narrator.run.local import Crew
    from narrator.run.session import Options


@dataclass(frozen=True, slots=True)
class WorkOptions:
    """Who does the work, and how often."""

    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Posts made at once. [default: the cores]"),
    ] = None
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Work on the machines of a Dask scheduler instead."
        ),
    ] = None
    watch: Annotated[
        str | None,
        typer.Option("--watch", metavar="TIME", help="Look again every 30m, 2h … until stopped."),
    ] = None

    def crew(self) -> Crew:
        """Those who make the posts, for one run.

        Raises:
            ConfigError: there is no such cluster.
        """
        if self.cluster:
            from narrator.run.cluster import ClusterCrew

            return ClusterCrew(self.cluster)
        from narrator.machine import cores
        from narrator.run.local import LocalCrew

        return LocalCrew(self.jobs or cores())

    def pause_s(self) -> float | None:
        """Seconds between two runs, if there is to be a second.

        Raises:
            BadParameter: ``--watch`` names no length of time.
        """
        from narrator.cli.spans import read_seconds

        return read_seconds(self.watch, "--watch") if self.watch else None


@dataclass(frozen=True, slots=True)
class OutcomeOptions:
    """What comes of it: episodes, or only an account of them."""

    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Make nothing; say what it would take: posts, minutes, megabytes."),
    ] = False
    audit: Annotated[
        bool, typer.Option("--audit", help="Make nothing; list names and acronyms worth a lexicon entry.")
    ] = False
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of a live table.")] = False
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write what became of each post: .json or .html."),
    ] = None


def command(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE",
            help="A folder, zip, tar, Blogger or WordPress export, RSS or Atom feed, WARC file, or address.",
            show_default=False,
        ),
    ],
    telling: TellingOptions,
    posts: PostOptions,
    work: WorkOptions,
    outcome: OutcomeOptions,
    output: PrintOptions,
) -> int:
    """Turn an archive of posts into episodes with their own dates.

    It can be stopped at any moment and run again: only what is missing or changed is made. Drafts, pages,
    comments, listings and re-posts are passed over, each with its reason.
    """
    from narrator.cli.batch_view import view_for

    pause_s = work.pause_s()
    asked = posts.asked(telling.folder)
    view = view_for(telling.folder / "feed.xml", output, plain=outcome.plain)
    while True:
        code = _run_once(archives, telling, asked, work.crew(), outcome, view)
        if pause_s is None:
            return code
        time.sleep(pause_s)


def _run_once(
    archives: list[str],
    telling: TellingOptions,
    asked: Options,
    crew: Crew,
    outcome: OutcomeOptions,
    view: View,
) -> int:
    from narrator.run.batch import audit_batch, estimate_batch, run_batch
    from narrator.run.report import write_report
    from narrator.run.session import open_session
    from narrator.shows import now

    folder, settings, moment = telling.folder, telling.settings(), now()
    with (
        view,
        open_session(folder, settings, asked, now=moment, crew=crew, watcher=view) as session,
    ):
        if outcome.audit:
            names = audit_batch(session, archives)
        elif outcome.dry_run:
            estimate = estimate_batch(session, archives)
        else:
            run_batch(session, archives)
    if outcome.report is not None:
        write_report(outcome.report, session.rows, session.totals, folder / "feed.xml")
    if outcome.audit:
        view.audited(names)
    elif outcome.dry_run:
        view.estimated(session, estimate)
    else:
        view.finished(session)
    return session.totals.code
