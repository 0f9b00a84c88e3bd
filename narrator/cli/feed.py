"""narrator feed: feed and site anew from the manifests."""

from __future__ import annotations

from narrator.cli.options import Debug, Quiet, ShowFolder, show_folder


def command(show: ShowFolder = None, quiet: Quiet = False, debug: Debug = False) -> int:
    """Rebuild feed, site and cover from the settings and the episodes; no audio is touched.

    For a changed title, address or cover, or when one of these files was lost. Guids and dates stay.
    """
    from narrator.config import read_settings
    from narrator.errors import ConfigError
    from narrator.publish import publish_show
    from narrator.shows import locked_show, open_shelf

    folder = show_folder(show)
    if not folder.is_dir():
        raise ConfigError("there is no such show", where=str(folder), hint="Name one with --show DIR.")
    settings = read_settings(folder)
    with locked_show(folder):
        standing = open_shelf(folder, settings)
        feed = publish_show(standing)
    if not quiet:
        count = len(standing.episodes)
        print(f"{feed}: {count} episode{'s' if count != 1 else ''}")
    return 0
