"""What both readers hand to `assemble`: source lines in order, with what the markup said of them.

Flattened text gives items with few hints, a page gives items with many; what a line *is* is decided
once, for both, from there on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from narrator.models import BlockKind, Omission, Person, Picture

Gap = Literal["line", "paragraph", "rule"]


@dataclass(slots=True)
class Item:
    """One non-empty source line, or one element with text."""

    where: int | str
    """1-based line number, or the element's path."""
    text: str
    """The whole text; white space collapsed for elements, as it stands for lines."""
    gap: Gap = "paragraph"
    """What stands before it: a line break, a blank line (or a new block element), or a drawn line
    (``hr``, "line" images, a row of dashes or asterisks)."""
    hint: BlockKind | None = None
    """What the markup says it is; None where nothing says so."""
    box: int | None = None
    """Number of the box (aside, table, fieldset, boxed div …) it stands in, which marks both of a
    sidebar's ends; None outside of any. Items of one box stand together."""
    bold: bool = False
    """The whole item is emphasised, as headings are on many old pages."""
    link_share: float = 0.0
    """Part of its characters that are inside links, 0 to 1."""
    furniture: str | None = None
    """The reason why the markup alone makes it furniture (navigation, share buttons, comments …)."""
    picture: int | None = None
    """Index of the picture it captions, in the draft's pictures."""
    credit: str | None = None
    """A photographer's credit that markup keeps apart from the caption's words in `text`."""
    language: str | None = None
    """The element's own ``lang``, when it has one that differs."""
    shown: str | None = None
    """The text without its marks of Markdown; None where `text` has none."""
    level: int | None = None
    """Rank of a heading, 1 for the highest; None where nothing says so."""
    part: Literal["title", "byline", "date"] | None = None
    """What the markup says it states, when that is no block; its facts are in the draft's own fields."""
    sure: bool = False
    """More than its words says that it is text of the article: the page's structure and trafilatura."""
    original: str | None = None
    """The source's text where `text` says it otherwise, such as a table row made a sentence."""


@dataclass(slots=True)
class Draft:
    """A source before anything is decided about its lines."""

    items: list[Item]
    source: str
    format: Literal["text", "page"]
    title: str | None = None
    """From metadata; None lets the lines speak."""
    byline: list[Person] = field(default_factory=list)
    published: datetime | None = None
    corrected: datetime | None = None
    language: str | None = None
    outlet: str | None = None
    address: str | None = None
    post_id: str | None = None
    pictures: list[Picture] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
