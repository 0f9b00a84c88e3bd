"""A page as runs of text: what a reader sees as one paragraph, with the elements it stands in.

The tree is parsed once (`page_parse`), walked once (`page_runs`) and never changed. Everything later
(what is article text, captions, boxes, pictures) works on the runs and on the block elements around
them, whose text is always one contiguous range of runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from narrator.read.draft import Gap
from narrator.read.page_elements import name_words

_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'»”’)\]]*$")


@dataclass(slots=True, eq=False)
class Node:
    """A block element, with the range of runs that stand in it."""

    element: HtmlElement
    tag: str
    parent: Node | None
    number: int
    """Which of its parent's elements of this tag it is; 1 for the first."""
    hidden: bool
    start: int
    """Index of its first run."""
    depth: int = 0
    end: int = 0
    """One more than the index of its last run."""
    children: list[Node] = field(default_factory=list)
    _words: frozenset[str] | None = None
    _path: str | None = None

    @property
    def words(self) -> frozenset[str]:
        """The words of its class, id and role, lower case: "storyBody__box-2" → story, body, box."""
        if self._words is None:
            self._words = name_words(self.element)
        return self._words

    @property
    def path(self) -> str:
        """Where it stands, as an XPath from the root."""
        if self._path is None:
            outer = self.parent
            self._path = f"{outer.path}/{self.tag}[{self.number}]" if outer else f"/{self.tag}"
        return self._path

    def lineage(self) -> Iterator[Node]:
        """It, its parent, and so on to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Piece:
    """A stretch of text in one inline surrounding."""

    text: str
    inline: tuple[HtmlElement, ...]
    """The inline elements around it, the outermost first."""


@dataclass(slots=True, eq=False)
class Run:
    """Text that a reader sees in one go: a paragraph, a list item, a line before a break."""

    node: Node
    pieces: list[Piece]
    text: str
    gap: Gap
    number: int
    """Which of the runs of its block element it is; 1 for the first."""

    @property
    def path(self) -> str:
        """Where it stands; runs after the first of one element carry their number."""
        return self.node.path + (f"#{self.number}" if self.number > 1 else "")

    def share(self, wanted: frozenset[str]) -> float:
        """The part of its characters that lie in an inline element of a *wanted* tag, 0 to 1."""
        if len(self.pieces) == 1:
            return float(_is_in(self.pieces[0].inline, wanted))
        inside = sum([len(piece.text.strip()) for piece in self.pieces if _is_in(piece.inline, wanted)])
        return min(1.0, inside / len(self.text))

    @property
    def is_bold(self) -> bool:
        """All of it is emphasised."""
        if not any(piece.inline for piece in self.pieces):
            return False
        for piece in self.pieces:
            bold = any(e.tag in _BOLD or _BOLD_STYLE.search(e.get("style") or "") for e in piece.inline)
            if not bold and not piece.text.isspace():
                return False
        return True

    @property
    def wrappers(self) -> tuple[HtmlElement, ...]:
        """The inline elements that hold all of it, the outermost first."""
        if len(self.pieces) == 1:
            return self.pieces[0].inline
        chains = [piece.inline for piece in self.pieces if not piece.text.isspace()]
        common = chains[0] if chains else ()
        for chain in chains[1:]:
            if not common:
                break
            kept = 0
            while kept < min(len(common), len(chain)) and common[kept] is chain[kept]:
                kept += 1
            common = common[:kept]
        return common


@dataclass(slots=True, eq=False)
class Thing:
    """Something without text: a picture, an embed, a form control, a drawn line."""

    element: HtmlElement
    tag: str
    node: Node
    before: int
    """Index of the run it stands before."""
    broken: bool = False
    """It stands in the middle of a run, or a line break away from the text after it."""


@dataclass(slots=True)
class PageText:
    """A whole page: its runs, block elements and things, each in document order."""

    runs: list[Run] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


def _is_in(inline: tuple[HtmlElement, ...], wanted: frozenset[str]) -> bool:
    for element in inline:  # noqa: SIM110, it is asked of every piece of a page
        if element.tag in wanted:
            return True
    return False


def is_sentence(text: str) -> bool:
    """*text* reads as a sentence of a story: some words, and an end that sentences have.

    >>> is_sentence("It rained all day on Saturday."), is_sentence("Most read")
    (True, False)
    """
    if len(text) > 160:
        return True
    return len(text) >= 25 and text.count(" ") >= 3 and bool(_SENTENCE_END.search(text))
