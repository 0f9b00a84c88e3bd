"""What was written: a post as typed blocks, with every source line accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BlockKind = Literal["paragraph", "heading", "caption", "quote", "list-item", "note"]
SidebarKind = Literal["analysis", "scene", "profile", "explainer", "timeline", "other"]
Fate = Literal["spoken", "skipped", "rewritten"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a byline."""

    name: str
    """As printed, titles and ranks included."""
    role: str | None = None
    """What the byline says of them, such as "BBC defence correspondent"."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, crosshead, caption, quotation, list item or note, as written."""

    id: str
    """Made from the kind and the text (see `models.ids`), so it stays when other blocks change."""
    kind: BlockKind
    text: str
    """Display text: whole, unexpanded, white space collapsed."""
    sidebar: int | None = None
    """Index into the article's sidebars; None is the main story."""
    language: str | None = None
    """Set only when it differs from the article's."""


@dataclass(frozen=True, slots=True)
class Sidebar:
    """A run of blocks that interrupts the story with another voice or purpose."""

    kind: SidebarKind
    heading: str
    """The heading as it stands, or the label part of it ("Analysis")."""
    author: str | None = None
    author_role: str | None = None
    confidence: float = 1.0
    """How sure the end is, 0 to 1; 1.0 when the source marks it."""
    evidence: tuple[str, ...] = ()
    """What spoke for this end, one clause each, for the ledger's reader."""
    opened: tuple[str, ...] = ()
    """What spoke for its being a sidebar, likewise."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the story, kept for the site and the show notes."""

    address: str
    """Absolute URL, or as it stands in the source when there is no base to resolve it with."""
    alt: str | None = None
    caption: str | None = None
    """Id of the caption block that belongs to it."""


@dataclass(frozen=True, slots=True)
class Omission:
    """Something of the story that is not in the audio."""

    what: Literal["table", "embed", "picture", "other"]
    text: str
    """A few words that name it for a reader: "Table: results by district"."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What became of one source line, or of one element with text."""

    line: int | str
    """1-based line of the source text, or the element's path in a page."""
    text: str
    """The whole line or element text."""
    fate: Fate
    reason: str = ""
    """Never empty unless the fate is "spoken"."""


@dataclass(frozen=True, slots=True)
class Article:
    """A post as it was written. Made by `read_article`; nothing in it is invented."""

    title: str
    blocks: tuple[Block, ...]
    """In reading order. Title, byline, dateline prefix and sidebar headings are not blocks."""
    source: str
    """The address, or the name (never the path) of the local file; "-" for standard input."""
    language: str = "en"
    """BCP 47, such as "en", "en-GB", "pt-BR"."""
    byline: tuple[Person, ...] = ()
    published: datetime | None = None
    """Aware. A date without a time of day is midnight UTC. None when the post states no date."""
    sidebars: tuple[Sidebar, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    address: str | None = None
    """The post's own (canonical) http(s) address, when known."""
    outlet: str | None = None
    """The publication, only when the page states it."""
    post_id: str | None = None
    """The post's own id in its export or page, when it has one."""
    corrected: datetime | None = None
    """When the page says it was last modified. Aware."""
    pictures: tuple[Picture, ...] = ()
    """In reading order, the lead picture first."""
    omissions: tuple[Omission, ...] = ()
    warnings: tuple[str, ...] = ()
    """Sentences for the person who runs narrator: a date not believed, a title made up …"""
    title_made_up: bool = False
    """True when the source has no title and its first words stand for one."""
