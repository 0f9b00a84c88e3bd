"""narrator batch: a whole archive becomes episodes; run again, it makes what is missing or changed."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.options import (
    AsJson,
    CaptionsPlace,
    Debug,
    EngineName,
    MaxSize,
    Quiet,
    ShowFolder,
    SidebarsPlace,
    VoiceName,
    show_folder,
    told_flags,
)

if TYPE_CHECKING:
    from narrator.cli.batch_view import View
    from narrator.read.archives import Index
    from narrator.run.local import Crew
    from narrator.run.session import Options

_MIN_WORDS = 15
"""Posts with fewer words are a picture or a video with a line to it."""


def command(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE",
            help="A folder, zip, tar, Blogger or WordPress export, RSS or Atom feed, WARC file, or address.",
            show_default=False,
        ),
    ],
    show: ShowFolder = None,
    voice: VoiceName = None,
    engine: EngineName = None,
    captions: CaptionsPlace = None,
    sidebars: SidebarsPlace = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Posts made at once. [default: the cores]"),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Work on the machines of a Dask scheduler instead."
        ),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Only the posts that failed when they were last tried.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=0, help="Make at most N episodes in this run.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only posts from this day, month or year on."),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Only posts up to this day, month or year.")
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option("--label", metavar="L", help="Only posts with this label or category; may be repeated."),
    ] = None,
    match: Annotated[
        str | None,
        typer.Option("--match", metavar="REGEX", help="Only posts whose title or file name matches."),
    ] = None,
    min_words: Annotated[
        int, typer.Option("--min-words", metavar="N", min=0, help="Pass over posts with fewer words.")
    ] = _MIN_WORDS,
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", min=1, help="Make N posts that differ in kind, to hear first."),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Make nothing; say what it would take: posts, minutes, megabytes."),
    ] = False,
    audit: Annotated[
        bool, typer.Option("--audit", help="Make nothing; list names and acronyms worth a lexicon entry.")
    ] = False,
    index: Annotated[
        Path | None,
        typer.Option(
            "--index", metavar="FILE", help="CSV (file,title,date,byline) for posts that do not say."
        ),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of a live table.")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write what became of each post: .json or .html."),
    ] = None,
    watch: Annotated[
        str | None,
        typer.Option("--watch", metavar="TIME", help="Look again every 30m, 2h … until stopped."),
    ] = None,
    max_size: MaxSize = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Turn an archive of posts into episodes with their own dates.

    It can be stopped at any moment and run again: only what is missing or changed is made. Drafts, pages,
    comments, listings and re-posts are passed over, each with its reason.
    """
    from narrator.cli.batch_view import view_for
    from narrator.run.selection import Selection
    from narrator.run.session import Options

    pause_s = _seconds(watch) if watch else None
    folder = show_folder(show)
    options = Options(
        selection=Selection(
            since=_bounds(since, "--since")[0] if since else None,
            until=_bounds(until, "--until")[1] if until else None,
            labels=frozenset(one.casefold() for one in label or ()),
            match=_pattern(match),
            min_words=min_words,
            names=_failed(folder) if retry_failed else None,
        ),
        limit=limit,
        sample=sample,
        index=_index(index),
        max_size_bytes=max_size * 1_000_000,
    )
    flags = told_flags(voice, engine, captions, sidebars)
    view = view_for(folder / "feed.xml", as_json=as_json, quiet=quiet, plain=plain, debug=debug)
    while True:
        crew = _crew(jobs, cluster)
        code = _once(
            archives, folder, flags, options, crew, view, dry_run=dry_run, audit=audit, report=report
        )
        if pause_s is None:
            return code
        time.sleep(pause_s)


def _once(
    archives: list[str],
    folder: Path,
    flags: dict[str, object],
    options: Options,
    crew: Crew,
    view: View,
    *,
    dry_run: bool,
    audit: bool,
    report: Path | None,
) -> int:
    from narrator.config import read_settings
    from narrator.run.batch import audit_batch, estimate_batch, run_batch
    from narrator.run.report import write_report
    from narrator.shows import now

    settings = read_settings(folder, flags)
    with view:
        if audit:
            session, names = audit_batch(
                archives, folder, settings, options, now=now(), crew=crew, watcher=view
            )
        elif dry_run:
            session, estimate = estimate_batch(
                archives, folder, settings, options, now=now(), crew=crew, watcher=view
            )
        else:
            session = run_batch(archives, folder, settings, options, now=now(), crew=crew, watcher=view)
    if report is not None:
        write_report(report, session.rows, session.totals, folder / "feed.xml")
    if audit:
        view.audited(names)
    elif dry_run:
        view.estimated(session, estimate)
    else:
        view.finished(session)
    return session.totals.code


def _crew(jobs: int | None, cluster: str | None) -> Crew:
    if cluster:
        from narrator.run.cluster import ClusterCrew

        return ClusterCrew(cluster)
    import os

    from narrator.run.local import LocalCrew

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return LocalCrew(jobs or cores or 1)


def _failed(folder: Path) -> frozenset[str]:
    from narrator.run.journal import Journal

    return frozenset(Journal(folder).failed())


def _index(path: Path | None) -> Index | None:
    if path is None:
        return None
    from narrator.read.archives import read_index

    return read_index(path)


def _pattern(match: str | None) -> str | None:
    try:
        re.compile(match or "")
    except re.error as error:
        raise typer.BadParameter(f"not a regular expression: {error}", param_hint="--match") from error
    return match


def _bounds(said: str, option: str) -> tuple[datetime, datetime]:
    """The first moment of the day, month or year that was named, and the first one after it."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", said.strip())
    try:
        if found is None:
            raise ValueError(said)
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
        start = datetime(year, month, day, tzinfo=UTC)
    except ValueError as error:
        raise typer.BadParameter(
            f'"{said}" is no date; say 2015-09-18, 2015-09 or 2015', param_hint=option
        ) from error
    if found[3]:
        return start, start + timedelta(days=1)
    months = year * 12 + month if found[2] else (year + 1) * 12
    return start, datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)


def _seconds(said: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", said.strip())
    if not found or not float(found[1]):
        raise typer.BadParameter(f'"{said}" is no length of time; say 30m or 2h', param_hint="--watch")
    return float(found[1]) * {"": 60, "s": 1, "m": 60, "h": 3600, "d": 86400}[found[2]]
