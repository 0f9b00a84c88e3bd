"""What the elements around a run say of it: furniture, caption, quotation, list item, heading."""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import NamedTuple

from narrator.models import BlockKind
from narrator.read.embed_frames import frame_reason
from narrator.read.page_body import Body
from narrator.read.page_elements import is_hidden, is_small, name_words
from narrator.read.page_tree import Node, PageText, Run, is_sentence
from narrator.read.page_words import furniture_reason, is_marked

LINKS = frozenset({"a"})
LONGEST_CAPTION = 600
"""Characters; longer texts beside a picture are text."""
_PICTURE_BOX = 300
"""Most characters in an unnamed element that is a picture with its caption."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SMALL = frozenset({"i", "em", "small", "cite", "center", "font"})
_TAG_REASONS = {
    "nav": "navigation",
    "menu": "navigation",
    "amp-sidebar": "navigation",
    "footer": "page footer",
    "form": "poll or form",
}
_SUBSCRIBERS = "for subscribers"
"""The reason of a name that hides the story from some readers as often as it offers it to them."""
_TRUSTED = frozenset(
    {
        _SUBSCRIBERS,
        "related links",
        "widget",
        "tags",
        "page header",
        "byline",
        "date line",
        "comments",
        "navigation",
        "page footer",
        "cookie notice",
        "poll or form",
    }
)
"""Reasons that give way to a sentence that was chosen as article text."""
_SOFT = frozenset(
    {
        "related links",
        "widget",
        "tags",
        "page header",
        "story highlights",
        "byline",
        "date line",
        _SUBSCRIBERS,
    }
)
"""Reasons whose words name whole boxes as well, so that sentences without links overrule them."""


class Surroundings(NamedTuple):
    """What holds for every run in one element."""

    reason: str | None = None
    """Why the markup makes it furniture."""
    figure: Node | None = None
    """The picture with its caption that it stands in."""
    caption: bool = False
    credit: bool = False
    kind: BlockKind | None = None
    pull_quote: bool = False
    language: str | None = None


class Reader:
    """Tells the surroundings of every run of one page."""

    def __init__(self, page: PageText, body: Body) -> None:
        self._page, self._body = page, body
        self._known: dict[Node, Surroundings] = {}
        prose = [is_sentence(run.text) for run in page.runs]
        self._sentences = {run for run, a, b in zip(page.runs, prose, body.chosen, strict=True) if a and b}
        self._text = {run for run, is_chosen in zip(page.runs, body.chosen, strict=True) if is_chosen}
        self._letters = _sums([len(run.text) for run in page.runs])
        self._chosen = _sums([int(a and b) for a, b in zip(prose, body.chosen, strict=True)])
        self._plain = _sums(
            [int(a and run.share(LINKS) < 0.5) for a, run in zip(prose, page.runs, strict=True)]
        )
        self._pictures = _pictures_in(page)

    def of(self, run: Run) -> Surroundings:
        """What is said of *run* by the elements it stands in and by those that hold all of it."""
        around = self.of_node(run.node)
        for element in run.wrappers:
            words = name_words(element)
            if is_hidden(element):
                around = around._replace(reason=around.reason or "hidden")
            elif words and not around.reason and not around.figure and len(run.text) < _PICTURE_BOX:
                around = around._replace(reason=furniture_reason(words))
            if is_marked(words, "caption"):
                around = around._replace(caption=True)
            if around.figure and is_marked(words, "credit"):
                around = around._replace(credit=True)
            if is_marked(words, "heading") and len(run.text) < 150:
                around = around._replace(kind="heading", reason=None)
        told = self._text if around.reason == _SUBSCRIBERS else self._sentences
        if around.reason in _TRUSTED and run in told:
            around = around._replace(reason=None)
        if around.reason is None and (reason := frame_reason(run.text)):
            around = around._replace(reason=reason)
        if not around.caption and not around.reason and around.kind in (None, "quote"):
            box = self._picture_box(run)
            if box is not None:
                around = around._replace(caption=True, figure=around.figure or box)
        return around

    def of_node(self, node: Node) -> Surroundings:
        """What *node* and the elements around it say."""
        path = list(takewhile(lambda one: one not in self._known, node.lineage()))
        top = path[-1].parent if path else node
        around = self._known[top] if top is not None else Surroundings()
        for one in reversed(path):
            around = self._known[one] = self._step(one, around)
        return around

    def size(self, node: Node) -> int:
        """Characters of text in *node*."""
        return self._letters[node.end] - self._letters[node.start]

    def has_picture(self, node: Node) -> bool:
        """There is a picture in *node*."""
        return self._pictures.get(node, 0) > 0

    def _step(self, node: Node, around: Surroundings) -> Surroundings:
        if node in self._body.spine:
            return around
        if around.reason is None and (reason := self._reason(node, around)) is not None:
            around = around._replace(reason=reason)
        around = self._marks(node, around)
        kind = self._kind(node, around)
        return around if kind == around.kind else around._replace(kind=kind)

    def _reason(self, node: Node, around: Surroundings) -> str | None:
        if node.hidden:
            return "hidden"
        if around.figure is not None or node.tag == "figure":
            return None
        reason = _TAG_REASONS.get(node.tag) or (furniture_reason(node.words) if node.words else None)
        if reason is None or (reason == "standfirst" and self._is_crosshead(node)):
            return None
        chosen = self._chosen[node.end] - self._chosen[node.start]
        if chosen >= 2 or (chosen and self.size(node) > 400):
            return None
        if reason in _SOFT and self._plain[node.end] - self._plain[node.start] >= 2:
            return None
        return reason

    def _is_crosshead(self, node: Node) -> bool:
        """A heading below the article's first line, alone in its element, whatever that is named."""
        if node.start <= self._body.first or node.end - node.start != 1:
            return False
        return self._page.runs[node.start].node.tag in _HEADINGS

    def _kind(self, node: Node, around: Surroundings) -> BlockKind | None:
        if node.tag in _HEADINGS or node.element.get("role") == "heading":
            return "heading"
        if node.tag in {"li", "dt", "dd"} and around.kind != "quote":
            return "list-item"
        if node.tag == "blockquote" and not around.caption:
            return "quote"
        if not node.words:
            return around.kind
        if is_marked(node.words, "note"):
            return "note"
        if is_marked(node.words, "heading") and self.size(node) < 150:
            return "heading"
        if around.kind is None and is_marked(node.words, "list_item"):
            return "list-item"
        return around.kind

    def _marks(self, node: Node, around: Surroundings) -> Surroundings:
        words = node.words
        language = node.element.get("lang") or node.element.get("xml:lang")
        if language:
            around = around._replace(language=language)
        if node.tag == "figure":
            around = around._replace(figure=around.figure or node)
        elif not words and node.tag != "figcaption":
            return around
        if is_marked(words, "pull_quote"):
            around = around._replace(pull_quote=True)
        if around.figure and is_marked(words, "credit") and not is_marked(words, "caption"):
            return around._replace(credit=True)
        if node.tag == "figcaption" or (is_marked(words, "caption") and self.size(node) <= LONGEST_CAPTION):
            around = around._replace(caption=True, figure=around.figure or node)
        return around

    def _picture_box(self, run: Run) -> Node | None:
        """The small element that is nothing but a picture and *run*, set as captions are, or None."""
        small = any(element.tag in _SMALL for element in run.wrappers) or run.node.tag in {"td", "center"}
        for node in list(run.node.lineage())[:4]:
            if node in self._body.spine or self.size(node) > _PICTURE_BOX:
                return None
            if self.has_picture(node):
                named = run.node.tag == "div" and is_marked(node.words | run.node.words, "picture")
                if node.tag == "figure" or small or named:
                    return node
                return node if node is not run.node and not is_sentence(run.text) else None
        return None


def _pictures_in(page: PageText) -> dict[Node, int]:
    counts: dict[Node, int] = {}
    for thing in page.things:
        if thing.tag in {"img", "amp-img"} and not is_small(thing.element):
            counts[thing.node] = counts.get(thing.node, 0) + 1
    for node in reversed(page.nodes):
        if "background-image" in (node.element.get("style") or ""):
            counts[node] = counts.get(node, 0) + 1
        if node.parent is not None and node in counts:
            counts[node.parent] = counts.get(node.parent, 0) + counts[node]
    return counts


def _sums(values: list[int]) -> list[int]:
    return [0, *accumulate(values)]
