"""Which episodes stand in which feed file: as many as possible in the first, the rest in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from narrator.publish.feed import FeedPage, Item, show_title
from narrator.publish.wording import wording
from narrator.shows import Show

FEED_BYTES = 4_000_000
"""Largest feed: the W3C validator refuses 5 MB, and many apps read no second page."""
CHANNEL_BYTES = 40_000
"""Kept free for the channel's own elements (a description of 4,000 bytes, escaped, and more)."""
ALWAYS_FULL = 30
"""The newest so many episodes have full notes even where that costs older ones their place."""
PAGE_EPISODES = 500
"""Episodes in each further page."""


def feed_pages(show: Show, items: Sequence[Item]) -> Iterator[FeedPage]:
    """Every feed file of the show: feed.xml, its further pages, and one per year.

    Args:
        show: the show.
        items: all its episodes, newest first.
    """
    title = show_title(show)
    words = wording(show.language)
    yield from _family(items, "feed.xml", "feeds/older", title, words("older_feed", show=title))
    years = [(year, tuple(group)) for year, group in groupby(items, key=lambda one: one.when.year)]
    if len(years) < 2:
        return
    for year, group in years:
        name = f"feeds/{year}"
        said = words("year_feed", show=title, year=year)
        yield from _family(group, f"{name}.xml", f"{name}-older", said, said, part=True)


def _family(
    items: Sequence[Item], name: str, older: str, title: str, older_title: str, *, part: bool = False
) -> Iterator[FeedPage]:
    """A feed and the pages that hold what it has no room for.

    Pages are counted from the oldest episode, so that a new one changes the newest page at most.
    """
    count, full = fit(items)
    rest = items[count:]
    names = [f"{older}-{number}.xml" for number in range(1, -(-len(rest) // PAGE_EPISODES) + 1)]
    order = [name, *reversed(names)]
    chunks: list[Sequence[Item]] = [items[:count]]
    for number in reversed(range(len(names))):
        end = len(rest) - number * PAGE_EPISODES
        chunks.append(rest[max(0, end - PAGE_EPISODES) : end])
    for place, chunk in enumerate(chunks):
        yield FeedPage(
            name=order[place],
            title=older_title if place else title,
            items=tuple(chunk),
            full=full if place == 0 else fit(chunk)[1],
            pages=_relations(order, place),
            part=part,
        )


def _relations(order: Sequence[str], place: int) -> dict[str, str]:
    """Links of a page to its neighbours (RFC 5005, section 3); none when there is only one page."""
    if len(order) == 1:
        return {}
    links = {"first": order[0], "last": order[-1]}
    if place:
        links["previous"] = order[place - 1]
    if place + 1 < len(order):
        links["next"] = order[place + 1]
    return links


def fit(items: Sequence[Item], limit_bytes: int = FEED_BYTES) -> tuple[int, int]:
    """How many of *items* fit into a feed, and how many of these with full notes.

    The newest few have full notes in any case; then as many episodes as possible come in with
    short notes; what is still free gives the next ones full notes.
    """
    left = limit_bytes - CHANNEL_BYTES
    count = full = 0
    for number, item in enumerate(items):
        cost = item.full_bytes if number < ALWAYS_FULL else item.short_bytes
        if cost > left and count:
            break
        left -= cost
        count += 1
        full = min(count, ALWAYS_FULL)
    while full < count:
        extra = items[full].full_bytes - items[full].short_bytes
        if extra > left:
            break
        left -= extra
        full += 1
    return count, full
