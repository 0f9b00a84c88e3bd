"""narrator remove: take an episode down for good."""

from __future__ import annotations

from typing import Annotated

import typer

from narrator.cli.options import Debug, Quiet, ShowFolder, show_folder


def command(
    episodes: Annotated[
        list[str],
        typer.Argument(
            metavar="EPISODE...", help="Its folder name, guid, address or exact title.", show_default=False
        ),
    ],
    show: ShowFolder = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Take an episode down for good: audio, pages and feed entry go, and no later run makes it again.

    Who has downloaded it keeps it; after "narrator publish DEST --delete" it is gone from there too.
    """
    from narrator.cli.errors import say
    from narrator.config import read_settings
    from narrator.publish import publish_show
    from narrator.removals import pick_episode, remove_episode
    from narrator.shows import locked_show, now, open_show

    folder = show_folder(show)
    settings = read_settings(folder)
    with locked_show(folder):
        standing = open_show(folder, settings)
        picked = (pick_episode(standing.episodes, name) for name in episodes)
        chosen = {episode.guid: episode for episode in picked}
        if not yes:
            for episode in chosen.values():
                typer.confirm(f"Take “{episode.title}” down for good?", abort=True, err=True)
        for episode in chosen.values():
            remove_episode(folder, episode, now=now())
            if not quiet:
                say(f"Taken down: {episode.title}")
        publish_show(open_show(folder, settings), only=())
    return 0
