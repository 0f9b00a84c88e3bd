"""Writes a whole show: cover, pages, feeds, in an order that never names what is not there yet."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from narrator.errors import FeedInvalid, ShowNotWritable
from narrator.files import write_bytes
from narrator.publish.cover import write_cover
from narrator.publish.feed import feed_bytes, make_items
from narrator.publish.pages import feed_pages
from narrator.publish.site import write_site
from narrator.shows import Show, scratch_folder


def write_show(show: Show, *, only: Collection[str] | None = None) -> Path:
    """See `publish_show`."""
    _refuse_twins(show)
    try:
        cover = write_cover(show)
        write_site(show, cover, only=only)
        return _write_feeds(show, cover)
    except OSError as error:
        raise ShowNotWritable(
            f"a file of the show cannot be written ({error.strerror})",
            where=str(error.filename or show.folder),
            hint="Check the folder's permissions and free space, then run narrator feed.",
        ) from error


def _refuse_twins(show: Show) -> None:
    """Two episodes with one guid would be one to every app, and which one would be chance."""
    seen: dict[str, str] = {}
    for episode in show.episodes:
        other = seen.setdefault(episode.guid, episode.slug)
        if other != episode.slug:
            raise FeedInvalid(
                f"the episodes {other} and {episode.slug} have the same guid",
                where=str(show.folder),
                hint="One is a copy: delete its folder, then run narrator feed.",
            )


def _write_feeds(show: Show, cover: str) -> Path:
    """Write every feed file, the main one last, and take away those that no longer belong."""
    pages = list(feed_pages(show, make_items(show)))
    # Backwards, so that a page is there before another one links to it.
    for page in reversed(pages):
        write_bytes(show.folder / page.name, feed_bytes(show, page, cover), scratch_folder(show.folder))
    wanted = {page.name for page in pages}
    for stale in (show.folder / "feeds").glob("*.xml"):
        if f"feeds/{stale.name}" not in wanted:
            stale.unlink(missing_ok=True)
    return show.folder / "feed.xml"
