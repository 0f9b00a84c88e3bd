"""Elements feedgen does not know: itunes: as Apple wants it today, and Podcasting 2.0.

feedgen's own podcast extension writes ``explicit`` as yes/no/clean, which Apple no longer takes, so
this one writes the itunes: elements too. What an extension writes is plain data set from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
NAMESPACES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "content": CONTENT}


@dataclass(slots=True)
class ShowTags:
    """What the channel says beyond RSS."""

    author: str
    categories: tuple[str, ...]
    """A category of Apple's list, and its subcategory when there is one."""
    explicit: bool
    image: str
    """Absolute address of the cover."""
    email: str | None = None
    guid: str | None = None
    """podcast:guid; None for feeds that are only a part of the show under another address."""
    license: str | None = None
    copyright: str | None = None
    pages: dict[str, str] = field(default_factory=dict)
    """Relation (first, last, next, previous: RFC 5005) → absolute address."""
    listed: bool = True
    """False asks directories to leave this feed out: a part of a show is not a show."""


@dataclass(slots=True)
class EpisodeTags:
    """What an item says beyond RSS."""

    author: str
    duration_seconds: int
    explicit: bool
    published: datetime
    image: str | None = None
    persons: tuple[str, ...] = ()
    transcripts: tuple[tuple[str, str], ...] = ()
    """(absolute address, media type), the richest first."""
    chapters: str | None = None
    language: str | None = None
    notes: str | None = None
    """Full show notes in HTML (content:encoded); None leaves them out."""


class ShowExtension(BaseExtension):  # type: ignore[misc]
    """Writes `ShowTags` into the channel."""

    tags: ShowTags

    def extend_ns(self) -> dict[str, str]:
        """Prefixes for the root element."""
        return {"itunes": ITUNES, "podcast": PODCAST}

    def extend_rss(self, feed: Any) -> Any:
        """Add the channel's elements; feedgen calls this before it appends the items."""
        channel, tags = feed[0], self.tags
        for relation, address in tags.pages.items():
            _add(channel, ATOM, "link", rel=relation, href=address, type="application/rss+xml")
        _add(channel, ITUNES, "author", tags.author)
        parent = channel
        for name in tags.categories:
            parent = _add(parent, ITUNES, "category", text=name)
        _add(channel, ITUNES, "explicit", _true(tags.explicit))
        _add(channel, ITUNES, "image", href=tags.image)
        _add(channel, ITUNES, "type", "episodic")
        if tags.email:
            owner = _add(channel, ITUNES, "owner")
            _add(owner, ITUNES, "name", tags.author)
            _add(owner, ITUNES, "email", tags.email)
        if not tags.listed:
            _add(channel, ITUNES, "block", "Yes")
            _add(channel, PODCAST, "block", "yes")
        if tags.guid:
            _add(channel, PODCAST, "guid", tags.guid)
        if tags.email:
            _add(channel, PODCAST, "locked", "yes", owner=tags.email)
        else:
            # A lock nobody can open: readers pass over one without its owner's address.
            _add(channel, PODCAST, "locked", "no")
        _add(channel, PODCAST, "medium", "podcast")
        _add(channel, PODCAST, "image", href=tags.image, aspect_ratio="1/1")
        if tags.license:
            _add(channel, PODCAST, "license", tags.license)
        _add(channel, PODCAST, "txt", "true", purpose="ai-content")
        return feed


class EpisodeExtension(BaseEntryExtension):  # type: ignore[misc]
    """Writes `EpisodeTags` into an item."""

    tags: EpisodeTags

    def extend_rss(self, entry: Any) -> Any:
        """Add the item's elements."""
        tags = self.tags
        description = entry.find("description")
        if description is not None and description.text:
            # HTML escaped twice ("&amp;amp;") is what half of all apps show as such.
            description.text = etree.CDATA(description.text)
        if tags.notes:
            _add(entry, CONTENT, "encoded").text = etree.CDATA(tags.notes)
        # feedgen's own dates switch the locale of the whole process while they are formatted.
        etree.SubElement(entry, "pubDate").text = format_datetime(tags.published)
        _add(entry, ITUNES, "author", tags.author)
        _add(entry, ITUNES, "duration", str(tags.duration_seconds))
        _add(entry, ITUNES, "explicit", _true(tags.explicit))
        _add(entry, ITUNES, "episodeType", "full")
        if tags.image:
            _add(entry, ITUNES, "image", href=tags.image)
        for name in tags.persons:
            _add(entry, PODCAST, "person", name, role="author", group="writing")
        language = {"language": tags.language} if tags.language else {}
        for address, kind in tags.transcripts:
            _add(entry, PODCAST, "transcript", url=address, type=kind, **language)
        if tags.chapters:
            _add(entry, PODCAST, "chapters", url=tags.chapters, type="application/json+chapters")
        _add(entry, PODCAST, "txt", "true", purpose="ai-content")
        return entry


def categories_of(setting: str) -> tuple[str, ...]:
    """The category and subcategory a setting such as "News > Politics" names.

    >>> categories_of("News > Politics")
    ('News', 'Politics')
    """
    names: Sequence[str] = [name.strip() for name in setting.split(">")]
    return tuple(name for name in names if name)[:2]


def _add(parent: Any, namespace: str, name: str, content: str | None = None, /, **attributes: str) -> Any:
    made = etree.SubElement(parent, f"{{{namespace}}}{name}")
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), value)
    made.text = content
    return made


def _true(value: bool) -> str:
    return "true" if value else "false"
