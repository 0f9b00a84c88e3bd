"""narrator feed: feed and site anew from the manifests."""

from __future__ import annotations

from narrator.cli.options import Debug, Quiet, ShowFolder, existing_show


def command(show: ShowFolder = None, quiet: Quiet = False, debug: Debug = False) -> int:
    """Rebuild feed, site and cover from the settings and the episodes; no audio is touched.

    For a changed title, address or cover, or when one of these files was lost. Guids and dates stay.
    """
    from narrator.config import read_settings
    from narrator.publish import publish_show
    from narrator.shows import locked_show, open_shelf

    folder = existing_show(show)
    settings = read_settings(folder)
    with locked_show(folder):
        standing = open_shelf(folder, settings)
        feed = publish_show(standing)
    if not quiet:
        count = len(standing.episodes)
        print(f"{feed}: {count} episode{'s' if count != 1 else ''}")
    return 0
