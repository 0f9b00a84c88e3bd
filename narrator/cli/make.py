"""narrator make: one or more posts become episodes, then the feed and the site are written."""

from __future__ import annotations

import json
import shlex
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    Sources,
    VoiceName,
    show_folder,
    told_flags,
)

if TYPE_CHECKING:
    from narrator.run.pipeline import Made, Maker


def command(
    sources: Sources,
    show: ShowFolder = None,
    voice: VoiceName = None,
    engine: EngineName = None,
    captions: CaptionsPlace = None,
    sidebars: SidebarsPlace = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The title, for a post without one.")
    ] = None,
    byline: Annotated[
        str | None,
        typer.Option("--byline", metavar="NAMES", help="Who wrote it, for a post that does not say."),
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            metavar="DATE",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"],
            help="When it was published (2015-09-18), for a post that does not say.",
        ),
    ] = None,
    max_size: MaxSize = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Turn posts into episodes, and update the feed and the site.

    The show folder is made on first use. A post that is already an episode is left alone when nothing in it
    changed, and corrected when something did.
    """
    from narrator.cli.errors import report
    from narrator.cli.progress import QuietProgress, heard_notes, progress_for
    from narrator.config import read_settings
    from narrator.errors import NarratorError
    from narrator.run.pipeline import Maker, Progress
    from narrator.run.prepare import Facts, expand_sources
    from narrator.shows import now

    folder = show_folder(show)
    settings = read_settings(folder, told_flags(voice, engine, captions, sidebars))
    facts = Facts(title, byline, _aware(date))
    live = progress_for(quiet=quiet or as_json)
    made: list[Made] = []
    code = 0
    progress = live or (Progress() if quiet else QuietProgress())
    with (
        live or nullcontext(),
        heard_notes(progress),
        Maker(folder, settings, now=now(), progress=progress, max_size_bytes=max_size * 1_000_000) as maker,
    ):
        for source in expand_sources(sources):
            try:
                made.append(maker.make(source, facts))
            except NarratorError as error:
                report(error, debug=debug)
                code |= error.exit_code
        feed = maker.publish() if made else None
    for one in made:
        if as_json:
            print(json.dumps(describe(one, maker), ensure_ascii=False))
        elif not quiet:
            tell(one, maker)
    if feed and not quiet and not as_json:
        _tell_where(maker, feed)
    return code


def _aware(date: datetime | None) -> datetime | None:
    from datetime import UTC

    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date


def describe(made: Made, maker: Maker) -> dict[str, Any]:
    """What `--json` prints of an episode."""
    from narrator.run.pipeline import warnings_of

    episode = made.episode
    return {
        "episode": f"episodes/{episode.slug}",
        "status": made.status,
        "guid": episode.guid,
        "title": episode.title,
        "duration_seconds": episode.duration_seconds,
        "audio": episode.audio.path,
        "feed": str(maker.folder / "feed.xml"),
        "lines": len(episode.lines),
        "lines_voiced": made.voiced,
        "lines_reused": made.reused,
        "loudness_lufs": episode.loudness_lufs,
        "peak_dbtp": episode.peak_dbtp,
        "warnings": warnings_of(episode),
    }


def tell(made: Made, maker: Maker, *, explainable: bool = True) -> None:
    """What was made, and what is not in it, in a line or two.

    Args:
        made: of which post, and the episode.
        maker: whose show it is in.
        explainable: whether the post is one source, which "narrator script --explain" takes.
    """
    from narrator.run.pipeline import warnings_of

    episode = made.episode
    minutes, seconds = divmod(round(episode.duration_seconds), 60)
    verb = {"made": "Made", "corrected": "Made anew", "unchanged": "Unchanged"}[made.status]
    audio = _from_here(maker.folder / episode.audio.path)
    print(f"{verb} “{episode.title}”, {minutes}:{seconds:02d} → {audio}")
    skipped = sum(row.fate == "skipped" for row in episode.ledger)
    told = warnings_of(episode)
    if skipped:
        lines = "1 line" if skipped == 1 else f"{skipped} lines"
        hint = f' (see "narrator script --explain {shlex.quote(made.source)}")' if explainable else ""
        told.insert(0, f"{lines} left out{hint}")
    if told:
        print(f"Note: {'; '.join(told)}.")


def _from_here(path: Path) -> Path:
    """*path* as a person in this folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _tell_where(maker: Maker, feed: Path) -> None:
    listen = f"Listen: {_from_here(maker.folder / 'index.html')}"
    if maker.settings.base_url:
        print(f"{listen}  Subscribe: {maker.show.feed_url}")
    else:
        default = maker.folder == Path.cwd() / "podcast"
        serve = "narrator serve" if default else f"narrator serve --show {feed.parent}"
        print(f'{listen}  Subscribe: run "{serve}", then add {maker.show.feed_url} to a podcast app.')
