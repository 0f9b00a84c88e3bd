"""The walk over a page's tree that gathers its runs, block elements and things."""

from __future__ import annotations

from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from narrator.read.draft import Gap
from narrator.read.page_elements import clean_text, is_drawn_line, is_hidden, is_unseen
from narrator.read.page_tree import Node, PageText, Piece, Run, Thing
from narrator.read.page_words import tag_set

MAX_DEPTH = 400
"""Deepest element whose nesting is kept; what lies deeper is read as if it lay here."""

_BLOCKS = tag_set("blocks")
_SILENT = tag_set("silent")
_OBJECTS = tag_set("objects")
_SIGNS = frozenset({"#", "¶", "§", "🔗", "∞"})
_RANK: dict[Gap, int] = {"line": 0, "paragraph": 1, "rule": 2}


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
        self.tags: dict[tuple[Node | None, str], int] = {}

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
        if tag == "hr" or element.get("role") == "separator":
            self._flush("rule")
            return False
        if tag in _OBJECTS:
            self._thing(element)
        if tag in _SILENT or (tag == "a" and _is_permalink(element)):
            return False
        if tag in _BLOCKS:
            self._flush("paragraph")
            self._open(element, tag)
        elif len(self.inline) < MAX_DEPTH:
            self.inline = (*self.inline, element)
            if is_unseen(element.get("class")):
                # Words for screen readers only touch what follows them: "Image captionThe bridge".
                self.pieces.append(Piece(" ", ()))
        self._text(element.text)
        return True

    def _open(self, element: HtmlElement, tag: str) -> None:
        parent = self.node
        depth = 0 if parent is None else parent.depth + 1
        if depth > MAX_DEPTH:
            return
        number = self.tags[parent, tag] = self.tags.get((parent, tag), 0) + 1
        hidden = (parent is not None and parent.hidden) or is_hidden(element)
        self.node = Node(element, tag, parent, number, hidden, len(self.page.runs), depth)
        if parent is not None:
            parent.children.append(self.node)
        self.page.nodes.append(self.node)

    def _leave(self, element: HtmlElement, outer: Node | None, inline: tuple[HtmlElement, ...]) -> None:
        if element.tag in _BLOCKS:
            self._flush("paragraph")
            if self.node is not None:
                self.node.end = len(self.page.runs)
            self.node = outer
        elif is_unseen(element.get("class")):
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
        elif not self.has_text:
            return  # white space between elements, most of what a page has
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
        if self.pieces:
            pieces, self.pieces = self.pieces, []
            had_text, self.has_text = self.has_text, False
            text = clean_text(_joined(pieces)) if had_text else ""
        else:
            text = ""
        if text and self.node is not None:
            number = self.numbers[self.node] = self.numbers.get(self.node, 0) + 1
            self.page.runs.append(Run(self.node, pieces, text, self.gap, number))
            self.gap = gap
            self.breaks = 1 if gap == "line" else 0
            return
        if _RANK[gap] > _RANK[self.gap]:
            self.gap = gap


def _is_permalink(link: HtmlElement) -> bool:
    """A sign behind a heading ("#", "¶") that links to the heading itself."""
    text = (link.text or "").strip()
    return text in _SIGNS and len(link) == 0 and (link.get("href") or "").startswith("#")


def _joined(pieces: list[Piece]) -> str:
    """Their text, with a space between elements that a style sheet parts: "Ann BellBBC", "1957Opened"."""
    if len(pieces) < 2:
        return pieces[0].text if pieces else ""
    texts = [pieces[0].text]
    for before, piece in pairwise(pieces):
        last, first = before.text[-1], piece.text[0]
        runs_on = (last.islower() and first.isupper()) or (last.isdigit() and first.isalpha())
        runs_on = runs_on or (last.isalpha() and first.isdigit())
        stopped = last in ".!?…" and first.isupper()
        if (runs_on and _are_named_apart(before, piece)) or (stopped and before.inline != piece.inline):
            texts.append(" ")
        texts.append(piece.text)
    return "".join(texts)


def _are_named_apart(before: Piece, piece: Piece) -> bool:
    """Each is in an element of its own with a class, neither inside the other."""
    for one, other in zip(before.inline, piece.inline, strict=False):
        if one is not other:
            return bool(one.get("class")) and bool(other.get("class"))
    return False
