"""RSS through feedgen. The only module that knows feedgen; its traps are named where they are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from narrator.config import Settings
from narrator.guids import feed_guid
from narrator.models import Episode, Listed
from narrator.publish import notes
from narrator.publish.namespaces import (
    NAMESPACES,
    EpisodeExtension,
    EpisodeTags,
    ShowExtension,
    ShowTags,
    categories_of,
)
from narrator.publish.plain import plain, shorten, web_address
from narrator.publish.spool import Spool
from narrator.publish.wording import wording
from narrator.shows import Show

TITLE_CHARS = 255
"""Longest title that directories take (PSP-1)."""
PERSON_CHARS = 128
TRANSCRIPTS = (
    ("transcript.vtt", "text/vtt"),
    ("transcript.srt", "application/x-subrip"),
    ("transcript.json", "application/json"),
    ("transcript.txt", "text/plain"),
)


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One feed file and what goes into it."""

    name: str
    """Path relative to the show folder: "feed.xml", "feeds/2015.xml"."""
    title: str
    items: tuple[Item, ...]
    """Newest first."""
    full: int
    """How many of them, from the first, have full notes."""
    pages: dict[str, str] = field(default_factory=dict)
    """Relation → name of another feed file (RFC 5005)."""
    part: bool = False
    """It is a selection under its own address (a year), not the show itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """An episode as a feed item, put aside with its full notes until it is known who has room for them."""

    slug: str
    when: datetime
    """The date an app lists it by."""
    changed: datetime
    """When it was made, or last made anew."""
    place: int
    """Where it begins in the spool."""
    full_bytes: int
    """Its size with full notes."""
    notes_start: int
    """Where the full notes begin in it,"""
    notes_end: int
    """and where they end."""

    @property
    def short_bytes(self) -> int:
        """Its size without the full notes."""
        return self.full_bytes - (self.notes_end - self.notes_start)


_NOTES = b"      <content:encoded>"
_NOTES_END = b"]]></content:encoded>\n"
_CHANNEL = b"  <channel>\n"
_CHANNEL_END = b"  </channel>\n"


def show_guid(show: Show) -> str:
    """The show's podcast:guid: as set, else as the manifests carry it, else made from the feed's address."""
    if show.settings.show_guid:
        return show.settings.show_guid.strip().lower()
    carried = [one for one in show.listed if one.show_guid]
    if carried:
        return min(carried, key=lambda one: (one.added, one.slug)).show_guid
    return feed_guid(show.feed_url)


def when(episode: Episode | Listed) -> datetime:
    """The date an app lists an episode by: the post's own, else when it was first made. UTC."""
    return (episode.published or episode.added).astimezone(UTC)


def page_address(show: Show, episode: Episode | Listed) -> str:
    """Address of an episode's page. With its file name, since not every static host has index files."""
    return f"{show.base_url}/episodes/{quote(episode.slug)}/index.html"


def make_items(show: Show, spool: Spool) -> list[Item]:
    """Every episode of the show as an item, newest first."""
    author = show_author(show)
    return [make_item(show, episode, author, spool) for episode in show.episodes]


def make_item(show: Show, episode: Episode, author: str, spool: Spool) -> Item:
    """*episode* as an item in *spool*; *author* is whoever has no byline."""
    entry = _entry(show, episode, author)
    # Written in the feed it will stand in, as far as the item sees it, so that it has its indents.
    feed = etree.Element("rss", nsmap=NAMESPACES)
    etree.SubElement(feed, "channel").append(entry.rss_entry())
    item = _inside(etree.tostring(feed, encoding="utf-8", pretty_print=True))
    # All text is escaped, so neither of the two can stand in it.
    start = item.index(_NOTES)
    end = item.index(_NOTES_END, start) + len(_NOTES_END)
    changed = max(episode.added, episode.updated or episode.added)
    return Item(episode.slug, when(episode), changed, spool.put(item), len(item), start, end)


def _inside(xml: bytes) -> bytes:
    """What stands in the channel of a feed, whole lines."""
    return xml[xml.index(_CHANNEL) + len(_CHANNEL) : xml.rindex(_CHANNEL_END)]


def _entry(show: Show, episode: Episode, author: str) -> FeedEntry:
    words = wording(episode.language)
    page = page_address(show, episode)
    entry = FeedEntry()
    entry.register_extension("podcasting", EpisodeExtension, atom=False)
    entry.title(shorten(plain(episode.title) or episode.slug, TITLE_CHARS))
    entry.link(href=page)
    entry.guid(plain(episode.guid), permalink=False)
    entry.description(notes.short_notes(episode, page, words))
    entry.enclosure(
        f"{show.base_url}/{quote(episode.audio.path)}", str(episode.audio.size_bytes), episode.audio.type
    )
    entry.podcasting.tags = _episode_tags(show, episode, author)
    entry.podcasting.tags.notes = notes.full_notes(episode, page, words)
    return entry


def _episode_tags(show: Show, episode: Episode, author: str) -> EpisodeTags:
    folder = f"{show.base_url}/episodes/{quote(episode.slug)}"
    names = [plain(person.name) for person in episode.byline if plain(person.name)]
    return EpisodeTags(
        author=shorten(", ".join(names), TITLE_CHARS) if names else author,
        # Whole seconds, never 0: a duration of 0 is "unknown" to some apps.
        duration_seconds=max(1, round(episode.duration_seconds)),
        explicit=show.settings.explicit,
        published=when(episode),
        image=f"{show.base_url}/{quote(episode.cover)}" if episode.cover else None,
        persons=tuple(shorten(name, PERSON_CHARS) for name in names),
        transcripts=tuple((f"{folder}/{name}", kind) for name, kind in TRANSCRIPTS),
        chapters=f"{folder}/chapters.json" if episode.chapters else None,
        language=episode.language,
    )


def show_title(show: Show) -> str:
    """The show's title as one line; never empty."""
    return shorten(plain(show.settings.title), TITLE_CHARS) or Settings().title


def show_author(show: Show) -> str:
    """Who publishes the show: as set, else an outlet its posts state, else the show's own title."""
    outlet = next((plain(one.outlet) for one in show.listed if one.outlet), "")
    return shorten(plain(show.settings.author) or outlet or show_title(show), TITLE_CHARS)


def feed_parts(show: Show, page: FeedPage, cover: str, spool: Spool) -> Iterator[bytes]:
    """The feed file *page* as UTF-8 XML, piece by piece, so that no feed is in memory as a whole.

    Args:
        show: the show it belongs to.
        page: which items, with which notes, and which neighbours.
        cover: name of the cover file in the show folder.
        spool: where the items are.
    """
    xml = _styled(_channel(show, page, cover).rss_str(pretty=True), page.name)
    end = xml.rindex(_CHANNEL_END)
    yield xml[:end]
    for number, item in enumerate(page.items):
        if number < page.full:
            yield spool.get(item.place, item.full_bytes)
        else:
            yield spool.get(item.place, item.notes_start)
            yield spool.get(item.place + item.notes_end, item.full_bytes - item.notes_end)
    yield xml[end:]


def _channel(show: Show, page: FeedPage, cover: str) -> FeedGenerator:
    """The feed of *page* without its items."""
    words = wording(show.language)
    feed = FeedGenerator()
    feed.register_extension("podcasting", ShowExtension, EpisodeExtension, atom=False)
    feed.title(shorten(page.title, TITLE_CHARS))
    feed.description(notes.channel_description(show.settings.description, show_title(show), words))
    feed.link(href=f"{show.base_url}/{page.name}", rel="self", type="application/rss+xml")
    # Last, because feedgen's rss:link is whatever link() was called with last.
    feed.link(href=web_address(show.settings.link) or f"{show.base_url}/index.html", rel="alternate")
    feed.language(show.language)
    feed.generator("narrator")
    feed.docs("")
    feed.lastBuildDate(_last_change(page.items))
    feed.image(f"{show.base_url}/{cover}", title=shorten(page.title, TITLE_CHARS))
    if show.settings.copyright:
        feed.rights(shorten(plain(show.settings.copyright), TITLE_CHARS))
    feed.podcasting.tags = _show_tags(show, page, cover)
    return feed


def _show_tags(show: Show, page: FeedPage, cover: str) -> ShowTags:
    settings = show.settings
    return ShowTags(
        author=show_author(show),
        categories=categories_of(plain(settings.category)),
        explicit=settings.explicit,
        image=f"{show.base_url}/{cover}",
        email=plain(settings.email) if settings.email else None,
        guid=None if page.part else show_guid(show),
        license=plain(settings.license) if settings.license else None,
        pages={relation: f"{show.base_url}/{name}" for relation, name in page.pages.items()},
        listed=not page.part,
    )


def _last_change(items: Sequence[Item]) -> datetime:
    """When the newest thing in a feed was made: its lastBuildDate, which is not the time of building."""
    changes = (one.changed for one in items)
    return max(changes, default=datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)


def _styled(xml: bytes, name: str) -> bytes:
    """*xml* with a style sheet, so that a browser shows something a person can read."""
    up = "../" * name.count("/")
    head, line, rest = xml.partition(b"?>\n")
    return head + line + f'<?xml-stylesheet type="text/css" href="{up}site/feed.css"?>\n'.encode() + rest
