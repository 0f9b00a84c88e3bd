"""`Entry`: one post of an archive before it is read, and what its archive says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from narrator.models import Person, Picture


@dataclass(frozen=True, slots=True)
class Entry:
    """One post of an archive, or something in it that is none (then `skip` says what it is)."""

    name: str
    """What to call it in messages: a path inside the archive, an address, or an id with its title."""
    source: str
    """`Article.source`: the post's address, or the name (never the path) of the file it stands in."""
    body: bytes | str = b""
    """The post: bytes as they came, or text that is decoded already. Empty when skipped."""
    format: Literal["file", "fragment"] = "file"
    """A whole file, page or text as its content shows, or a fragment of HTML that is all post."""
    charset: str | None = None
    """What a server said the encoding of `body` is."""
    title: str | None = None
    byline: tuple[Person, ...] = ()
    published: datetime | None = None
    """Aware, as are all dates here."""
    address: str | None = None
    post_id: str | None = None
    """The post's own id in its archive, the same in every export."""
    outlet: str | None = None
    language: str | None = None
    """What the archive says its language is; a setting of the blog, so often wrong."""
    labels: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Pictures that the archive keeps apart from the text, the lead picture first."""
    skip: str | None = None
    """Why this is no post to be told: "draft", "static page", "comment" …"""
    damage: str | None = None
    """Why it cannot be read, when it is broken in its archive."""
    fetch: bool = False
    """The archive has only a summary; the post is to be fetched from `address`."""
    lacking: Lacking | None = None
    """What counts where neither the post nor its archive says it."""

    @property
    def digest(self) -> str:
        """Digest of all that is known of it: equal digests, equal posts."""
        return hashlib.blake2b(msgspec.msgpack.encode(self), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a person said of a post in an index file, for want of anything better."""

    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
