"""What is printed of an episode that was made: an object for programs, a line or two for people."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.cli.words import clock, counted
from narrator.run.finish import warnings_of

if TYPE_CHECKING:
    from narrator.cli.options import PrintOptions
    from narrator.run.pipeline import Made, Maker


def print_made(made: Made, maker: Maker, output: PrintOptions, *, explainable: bool = True) -> None:
    """Print what was made as *output* asks.

    Args:
        made: of which post, and the episode.
        maker: whose show it is in.
        output: how to print it.
        explainable: whether the post is one source, which "narrator script --explain" takes.
    """
    if output.as_json:
        print(json.dumps(_facts(made, maker), ensure_ascii=False))
    elif not output.quiet:
        _tell(made, maker, explainable=explainable)


def _facts(made: Made, maker: Maker) -> dict[str, Any]:
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


def _tell(made: Made, maker: Maker, *, explainable: bool) -> None:
    episode = made.episode
    verb = {"made": "Made", "corrected": "Made anew", "unchanged": "Unchanged"}[made.status]
    audio = _from_here(maker.folder / episode.audio.path)
    print(f"{verb} “{episode.title}”, {clock(episode.duration_seconds)} → {audio}")
    told = warnings_of(episode)
    skipped = sum(row.fate == "skipped" for row in episode.ledger)
    if skipped:
        hint = f' (see "narrator script --explain {shlex.quote(made.source)}")' if explainable else ""
        told.insert(0, f"{counted(skipped, 'line')} left out{hint}")
    if told:
        print(f"Note: {'; '.join(told)}.")


def tell_where(maker: Maker, feed: Path) -> None:
    """Print where to listen and how to subscribe."""
    listen = f"Listen: {_from_here(maker.folder / 'index.html')}"
    if maker.settings.base_url:
        print(f"{listen}  Subscribe: {maker.show.feed_url}")
    else:
        default = maker.folder == Path.cwd() / "podcast"
        serve = "narrator serve" if default else f"narrator serve --show {feed.parent}"
        print(f'{listen}  Subscribe: run "{serve}", then add {maker.show.feed_url} to a podcast app.')


def _from_here(path: Path) -> Path:
    """*path* as a person in this folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
