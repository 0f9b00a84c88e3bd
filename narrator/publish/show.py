"""Writes a whole show: cover, pages, feeds, in an order that never names what is not there yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from narrator.errors import FeedInvalid, ShowNotWritable
from narrator.files import write_parts
from narrator.publish.cover import write_cover
from narrator.publish.feed import Item, feed_parts, make_item, show_author
from narrator.publish.pages import feed_pages
from narrator.publish.site import Rows, write_assets, write_index, write_page
from narrator.publish.spool import Spool
from narrator.shows import Show, scratch_folder


def write_show(show: Show, *, only: Collection[str] | None = None) -> Path:
    """See `publish_show`."""
    _refuse_twins(show)
    try:
        cover = write_cover(show)
        with Spool(scratch_folder(show.folder)) as spool:
            items, rows = _write_pages(show, spool, only)
            write_index(show, cover, rows)
            return _write_feeds(show, cover, items, spool)
    except OSError as error:
        raise ShowNotWritable(
            f"a file of the show cannot be written ({error.strerror})",
            where=str(error.filename or show.folder),
            hint="Check the folder's permissions and free space, then run narrator feed.",
        ) from error


def _write_pages(show: Show, spool: Spool, only: Collection[str] | None) -> tuple[list[Item], Rows]:
    """Write the pages in *only* and put items and rows aside, in one walk through the episodes."""
    write_assets(show)
    author, items, rows = show_author(show), [], Rows(show, spool)
    for episode in show.episodes:
        if only is None or episode.slug in only:
            write_page(show, episode)
        items.append(make_item(show, episode, author, spool))
        rows.add(episode)
    return items, rows


def _refuse_twins(show: Show) -> None:
    """Two episodes with one guid would be one to every app, and which one would be chance."""
    seen: dict[str, str] = {}
    for episode in show.listed:
        other = seen.setdefault(episode.guid, episode.slug)
        if other != episode.slug:
            raise FeedInvalid(
                f"the episodes {other} and {episode.slug} have the same guid",
                where=str(show.folder),
                hint="One is a copy: delete its folder, then run narrator feed.",
            )


def _write_feeds(show: Show, cover: str, items: Sequence[Item], spool: Spool) -> Path:
    """Write every feed file, the main one last, and take away those that no longer belong."""
    pages = list(feed_pages(show, items))
    # Backwards, so that a page is there before another one links to it.
    for page in reversed(pages):
        parts = feed_parts(show, page, cover, spool)
        write_parts(show.folder / page.name, parts, scratch_folder(show.folder))
    wanted = {page.name for page in pages}
    for stale in (show.folder / "feeds").glob("*.xml"):
        if f"feeds/{stale.name}" not in wanted:
            stale.unlink(missing_ok=True)
    return show.folder / "feed.xml"
