"""Feeds by address: every page of them, and the posts of which they have only a summary."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlunsplit

from narrator.address import join_address, split_address
from narrator.errors import FetchFailed, NotAnArticle, ReadError, SourceTooLarge
from narrator.read.archives.entry import Entry
from narrator.read.archives.feeds import Channel, is_feed, read_channel, read_item
from narrator.read.archives.xml_stream import read_elements
from narrator.read.web import FetchedPage, fetch_page

MAX_PAGES = 5000
PAUSE_S = 0.5
"""Between two requests, for the server's sake."""


def read_online(
    address: str, *, max_size_bytes: int, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Entry]:
    """The entries of the feed at *address*, newest page first, until there are no more pages.

    Older pages are found by RFC 5005's "next" link, which Blogger gives, or by WordPress's ``paged``.

    Args:
        address: of a feed, or of a page that names one.
        max_size_bytes: the largest page of the feed.
        sleep: how to wait between pages, in seconds.

    Raises:
        FetchFailed: the feed cannot be had.
        ReadError: there is no feed there.
    """
    page = _find_feed(address, max_size_bytes)
    seen: set[str] = set()
    visited: set[str] = set()
    for number in range(1, MAX_PAGES + 1):
        visited.add(page.address)
        known, channel = len(seen), None
        for channel, entry in _entries(page, max_size_bytes):  # noqa: B007 - the last one is used below
            key = entry.post_id or entry.digest
            if key not in seen:
                seen.add(key)
                yield entry
        if channel is None or len(seen) == known:
            return
        following = _following(page.address, channel, number)
        if following is None or following in visited:
            return
        sleep(PAUSE_S)
        try:
            page = fetch_page(following, max_size_bytes=max_size_bytes)
        except (FetchFailed, NotAnArticle) as error:
            if channel.following is None and not error.transient:
                return  # past WordPress's last page: 404
            raise


def fetch_post(entry: Entry, *, max_size_bytes: int) -> Entry:
    """*entry* with its page in the place of its summary; `Entry.damage` says why that failed."""
    if not entry.fetch or entry.address is None:
        return entry
    try:
        page = fetch_page(entry.address, max_size_bytes=max_size_bytes)
    except (FetchFailed, NotAnArticle, SourceTooLarge) as error:
        hint = f". {error.hint}" if error.hint else ""
        return replace(entry, fetch=False, body=b"", damage=f"{error.message}{hint}")
    return replace(entry, fetch=False, body=page.data, format="file", charset=page.charset, title=None)


def _find_feed(address: str, max_size_bytes: int) -> FetchedPage:
    page = fetch_page(address, max_size_bytes=max_size_bytes)
    if is_feed(page.data[:4096].replace(b"\0", b"")):
        return page
    named = _named_feed(page)
    if named is None:
        raise ReadError("is no feed and names none", where=address, hint='For one post use "narrator make".')
    return fetch_page(named, max_size_bytes=max_size_bytes)


def _named_feed(page: FetchedPage) -> str | None:
    from narrator.read.encodings import decode_page
    from narrator.read.page_parse import parse_page

    for link in parse_page(decode_page(page.data, page.charset)).iter("link"):
        kind = (link.get("type") or "").lower()
        if "alternate" in (link.get("rel") or "").lower() and kind in {
            "application/rss+xml",
            "application/atom+xml",
        }:
            return str(join_address(page.address, link.get("href") or ""))
    return None


def _entries(page: FetchedPage, max_size_bytes: int) -> Iterator[tuple[Channel, Entry]]:
    channel: Channel | None = None
    for element in read_elements(
        io.BytesIO(page.data), ("item", "entry"), name=page.address, max_size_bytes=max_size_bytes
    ):
        channel = channel or read_channel(element)
        yield channel, read_item(element, split_address(page.address).netloc, channel)


def _following(address: str, channel: Channel, number: int) -> str | None:
    if channel.following:
        return join_address(address, channel.following)
    if "wordpress" in channel.generator.lower():
        parts = split_address(address)
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "paged"]
        return urlunsplit(parts._replace(query=urlencode([*query, ("paged", str(number + 1))])))
    return None
