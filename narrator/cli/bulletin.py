"""narrator bulletin: several posts, one episode."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
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
    from narrator.errors import NarratorError


def command(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE",
            help="Posts, a folder of them, an export, or a feed (file or address).",
            show_default=False,
        ),
    ],
    show: ShowFolder = None,
    voice: VoiceName = None,
    engine: EngineName = None,
    captions: CaptionsPlace = None,
    sidebars: SidebarsPlace = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Its title. [default: the show's, and the date]"),
    ] = None,
    today: Annotated[bool, typer.Option("--today", help="Only posts of the last 24 hours.")] = False,
    week: Annotated[bool, typer.Option("--week", help="Only posts of the last seven days.")] = False,
    label: Annotated[
        list[str] | None,
        typer.Option("--label", metavar="L", help="Only posts with this label or category; may be repeated."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="At most N posts, the newest.")
    ] = 12,
    max_size: MaxSize = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Tell several posts as one episode: their headlines first, then each as a chapter of its own.

    A bulletin made again under its title replaces the one before.
    """
    from narrator.cli.errors import report
    from narrator.cli.make import describe, tell
    from narrator.cli.progress import QuietProgress, heard_notes, progress_for
    from narrator.config import read_settings
    from narrator.run.bulletin import compose_bulletin, read_stories
    from narrator.run.pipeline import Maker, Progress
    from narrator.run.selection import Selection
    from narrator.script.cues import read_wording
    from narrator.shows import now

    folder, moment = show_folder(show), now()
    settings = read_settings(folder, told_flags(voice, engine, captions, sidebars))
    days = 1 if today else 7 if week else None
    selection = Selection(
        since=moment - timedelta(days=days) if days else None,
        labels=frozenset(one.casefold() for one in label or ()),
    )
    failed: list[NarratorError] = []
    stories = read_stories(
        archives, selection, now=moment, limit=limit, max_size_bytes=max_size * 1_000_000, failed=failed
    )
    code = 0
    for error in failed:
        report(error, debug=debug)
        code |= error.exit_code
    if title is None:
        newest = next((one.published for one in stories if one.published), moment)
        language = stories[0].language if stories else "en"
        title = f"{settings.title}, {read_wording(language).spoken_date(newest.date())}"
    live = progress_for(quiet=quiet or as_json)
    progress = live or (Progress() if quiet else QuietProgress())
    with (
        live or nullcontext(),
        heard_notes(progress),
        Maker(folder, settings, now=moment, progress=progress) as maker,
    ):
        made = maker.make_article(compose_bulletin(stories, title=title), title)
        maker.publish()
    if as_json:
        print(json.dumps(describe(made, maker), ensure_ascii=False))
    elif not quiet:
        tell(made, maker, explainable=False)
    return code
