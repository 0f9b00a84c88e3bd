"""A page as runs of text: what a reader sees as one paragraph, with the elements it stands in.

The tree is parsed once and never changed. Everything later (what is article text, captions, boxes,
pictures) works on the runs and on the block elements around them, whose text is always one
contiguous range of runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from narrator.errors import NotAnArticle
from narrator.read.draft import Gap
from narrator.read.page_words import is_marked, tag_set

MAX_DEPTH = 400
"""Deepest element whose nesting is kept; what lies deeper is read as if it lay here."""

MAX_ELEMENTS = 60_000
"""More than six times what the largest of 1,200 article pages had."""
_LONGEST_NAME = 4000
"""Characters of a class or id; what is longer is an attack on whoever reads it."""
_AS_TEXT = "Save the article as text and try that."

_BLOCKS = tag_set("blocks")
_SILENT = tag_set("silent")
_OBJECTS = tag_set("objects")
_NAMES = ("class", "id", "role", "itemprop", "data-component")
_NO_WORDS: frozenset[str] = frozenset()
_BOLD = frozenset({"b", "strong"})
_INVISIBLE = {0xAD: None, 0x200B: " ", 0xFEFF: " ", 0x2060: None}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_LINE_ALT = re.compile(
    r"\s*(?:presentational |horizontal )?(?:gr[ae]y |white |black )?(?:line|rule)\s*$", re.I
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'»”’)\]]*$")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)


@dataclass(slots=True, eq=False)
class Node:
    """A block element, with the range of runs that stand in it."""

    element: HtmlElement
    tag: str
    parent: Node | None
    step: str
    """Its step in a path, such as "div[2]"."""
    hidden: bool
    start: int
    """Index of its first run."""
    depth: int = 0
    end: int = 0
    """One more than the index of its last run."""
    children: list[Node] = field(default_factory=list)
    _words: frozenset[str] | None = None

    @property
    def words(self) -> frozenset[str]:
        """The words of its class, id and role, lower case: "storyBody__box-2" → story, body, box."""
        if self._words is None:
            self._words = name_words(self.element)
        return self._words

    @property
    def path(self) -> str:
        """Where it stands, as an XPath from the root."""
        return "/" + "/".join(node.step for node in reversed(list(self.lineage())))

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
        inside = sum([len(p.text.strip()) for p in self.pieces if any(e.tag in wanted for e in p.inline)])
        return min(1.0, inside / len(self.text))

    @property
    def is_bold(self) -> bool:
        """All of it is emphasised."""
        return all(
            any(e.tag in _BOLD or _BOLD_STYLE.search(e.get("style") or "") for e in piece.inline)
            for piece in self.pieces
            if not piece.text.isspace()
        )

    @property
    def wrappers(self) -> tuple[HtmlElement, ...]:
        """The inline elements that hold all of it, the outermost first."""
        chains = [piece.inline for piece in self.pieces if not piece.text.isspace()]
        common = chains[0] if chains else ()
        for chain in chains[1:]:
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


def parse_page(text: str) -> HtmlElement:
    """The page's tree, without comments.

    Raises:
        NotAnArticle: there is no element in it, or there are more of them, or more deeply nested, than
            any article has.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    # lxml.html chooses each element's class in Python, every time an element is looked at again; one
    # class for all makes reading, and trafilatura's own passes, a third faster.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree: Any = html.document_fromstring(
            text.replace("\x00", "").encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, ValueError) as error:
        raise NotAnArticle("there is no page in it, only an empty document") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_fatals()):
        raise NotAnArticle(
            "its elements are nested thousands deep, so it cannot be read as a page",
            hint=_AS_TEXT,
        )
    count = int(tree.xpath("count(//*)"))
    if count > MAX_ELEMENTS:
        raise NotAnArticle(f"it has {count:,} elements, more than any article", hint=_AS_TEXT)
    for element in tree.xpath(
        f"//*[string-length(@class) > {_LONGEST_NAME} or string-length(@id) > {_LONGEST_NAME}]"
    ):
        element.attrib.clear()
    for element in list(tree.iter("script", "style", "svg", "template")):
        if "json" not in (element.get("type") or ""):
            element.drop_tree()
    return tree


def name_words(element: HtmlElement) -> frozenset[str]:
    """The words an element is named with: its class, id, role, itemprop and data-component."""
    attributes = element.attrib
    if not attributes:
        return _NO_WORDS
    return _split_words(" ".join([attributes[name] for name in _NAMES if name in attributes]))


@lru_cache(maxsize=20_000)
def _is_unseen(names: str | None) -> bool:
    return names is not None and is_marked(_split_words(names), "unseen")


@lru_cache(maxsize=20_000)
def _split_words(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(names))


def clean_text(text: str) -> str:
    """*text* on one line: white space of every kind collapsed, invisible characters gone."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def is_hidden(element: HtmlElement) -> bool:
    """The element says that nobody sees it."""
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") == "true" and element.tag not in ("a", "span"))
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def is_drawn_line(picture: HtmlElement) -> bool:
    """The picture is a line across the column, as old pages end their boxes with.

    BBC pages of the 2000s call it "line" or "Presentational grey line".
    """
    if _LINE_ALT.match(picture.get("alt") or ""):
        return True
    height, width = picture.get("height") or "", picture.get("width") or ""
    return height.isdigit() and int(height) <= 3 and not (width.isdigit() and int(width) < 50)


def read_runs(tree: HtmlElement) -> PageText:
    """The page's runs, block elements and things, in document order."""
    reader = _Reader()
    reader.read(tree)
    return reader.page


class _Reader:
    """One pass over the tree without recursion; deep nesting is flattened at `MAX_DEPTH`."""

    def __init__(self) -> None:
        self.page = PageText()
        self.node: Node | None = None
        self.inline: tuple[HtmlElement, ...] = ()
        self.pieces: list[Piece] = []
        self.has_text = False
        self.gap: Gap = "paragraph"
        self.breaks = 0
        self.numbers: dict[Node, int] = {}
        self.steps: dict[Node | None, dict[str, int]] = {}

    def read(self, tree: HtmlElement) -> None:
        outer: list[tuple[Node | None, tuple[HtmlElement, ...]]] = []
        walker = etree.iterwalk(tree, events=("start", "end"))
        skipped: HtmlElement | None = None
        for event, element in walker:
            if event == "start":
                before = (self.node, self.inline)
                if isinstance(element.tag, str) and self._enter(element):
                    outer.append(before)
                else:
                    walker.skip_subtree()
                    skipped = element
            elif element is skipped and element is not None:
                self._text(element.tail)
            else:
                self._leave(element, *outer.pop())

    def _enter(self, element: HtmlElement) -> bool:
        """Step into *element*; False when nothing in it is read."""
        tag = element.tag
        if tag == "br":
            self._break()
            return False
        if tag == "hr":
            self._flush("rule")
            return False
        if tag in _OBJECTS:
            self._thing(element)
        if tag in _SILENT:
            return False
        if tag in _BLOCKS:
            self._flush("paragraph")
            self._open(element)
        elif len(self.inline) < MAX_DEPTH:
            self.inline = (*self.inline, element)
            if _is_unseen(element.get("class")):
                # Words for screen readers only touch what follows them: "Image captionThe bridge".
                self.pieces.append(Piece(" ", ()))
        self._text(element.text)
        return True

    def _open(self, element: HtmlElement) -> None:
        parent = self.node
        depth = 0 if parent is None else parent.depth + 1
        if depth > MAX_DEPTH:
            return
        counts = self.steps.setdefault(parent, {})
        counts[element.tag] = counts.get(element.tag, 0) + 1
        hidden = (parent is not None and parent.hidden) or is_hidden(element)
        step = f"{element.tag}[{counts[element.tag]}]" if parent is not None else str(element.tag)
        self.node = Node(element, str(element.tag), parent, step, hidden, len(self.page.runs), depth)
        if parent is not None:
            parent.children.append(self.node)
        self.page.nodes.append(self.node)

    def _leave(self, element: HtmlElement, outer: Node | None, inline: tuple[HtmlElement, ...]) -> None:
        if element.tag in _BLOCKS:
            self._flush("paragraph")
            if self.node is not None:
                self.node.end = len(self.page.runs)
            self.node = outer
        elif _is_unseen(element.get("class")):
            self.pieces.append(Piece(" ", ()))
        self.inline = inline
        if outer is not None:
            self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not text.isspace():
            self.breaks = 0
            self.has_text = True
        self.pieces.append(Piece(text, self.inline))

    def _break(self) -> None:
        self.breaks += 1
        self._flush("line" if self.breaks == 1 else "paragraph")

    def _thing(self, element: HtmlElement) -> None:
        if self.node is None:
            return
        if element.tag == "img" and is_drawn_line(element):
            self._flush("rule")
            return
        in_run = self.has_text
        here = len(self.page.runs) + in_run
        self.page.things.append(Thing(element, str(element.tag), self.node, here, in_run))

    def _flush(self, gap: Gap) -> None:
        """End the run at hand; *gap* is what stands before the next."""
        pieces, self.pieces = self.pieces, []
        had_text, self.has_text = self.has_text, False
        text = clean_text(_joined(pieces)) if had_text else ""
        if text and self.node is not None:
            number = self.numbers[self.node] = self.numbers.get(self.node, 0) + 1
            self.page.runs.append(Run(self.node, pieces, text, self.gap, number))
            self.gap = gap
            self.breaks = 1 if gap == "line" else 0
            return
        if _RANK[gap] > _RANK[self.gap]:
            self.gap = gap


def _joined(pieces: list[Piece]) -> str:
    """Their text, with a space between elements that a style sheet parts: "Ann BellBBC News"."""
    if len(pieces) < 2:
        return pieces[0].text if pieces else ""
    texts = [pieces[0].text]
    for before, piece in pairwise(pieces):
        if before.text[-1].islower() and piece.text[0].isupper() and _are_named_apart(before, piece):
            texts.append(" ")
        texts.append(piece.text)
    return "".join(texts)


def _are_named_apart(before: Piece, piece: Piece) -> bool:
    """Each is an element of its own with a class, neither inside the other."""
    if not before.inline or not piece.inline:
        return False
    one, other = before.inline[-1], piece.inline[-1]
    apart = one not in piece.inline and other not in before.inline
    return apart and bool(one.get("class")) and bool(other.get("class"))


_RANK: dict[Gap, int] = {"line": 0, "paragraph": 1, "rule": 2}


def is_sentence(text: str) -> bool:
    """*text* reads as a sentence of a story: some words, and an end that sentences have.

    >>> is_sentence("It rained all day on Saturday."), is_sentence("Most read")
    (True, False)
    """
    if len(text) > 160:
        return True
    return len(text) >= 25 and text.count(" ") >= 3 and bool(_SENTENCE_END.search(text))
