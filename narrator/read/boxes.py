"""Boxes of a page: elements that stand apart from the story around them, with both ends marked.

A box is a candidate for a sidebar. Whatever holds the article itself, lists links, or is one of many
sections built alike is none: on most pages each crosshead with its paragraphs has an element of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from narrator.read.page_body import Body
from narrator.read.page_tree import Node, PageText, Run, is_sentence
from narrator.read.page_words import is_box_name, is_marked, is_sure_box_name, sells
from narrator.read.surroundings import LINKS, Surroundings
from narrator.read.tables import read_table

_SERIES = 3
"""Elements of one name from which on they are a series of sections, questions or cards."""
_CONTINUES = re.compile(r"[.,;…]$")
_LARGEST = 0.4
"""Most of the article's text that a box may hold."""
_TAGS = frozenset({"aside", "fieldset", "details"})
_CANDIDATES = _TAGS | {"section", "div", "table", "dl"}
_BORDER = re.compile(
    r"border(?:-(?:top|left|width|style))?\s*:\s*(?!0|none)|background(?:-color)?\s*:\s*(?!none|transparent|#fff|white|inherit)",
    re.I,
)


def find_boxes(page: PageText, body: Body, around: Sequence[Surroundings]) -> list[int | None]:
    """Per run, the number of the box it stands in; boxes are numbered from 0 in page order."""
    numbers: list[int | None] = [None] * len(page.runs)
    candidates: list[Node] = []
    at = 0
    for node in page.nodes:
        if node.start < at or node in body.spine or node.tag not in _CANDIDATES:
            continue
        if node.end <= body.first or node.start > body.last:
            continue
        if _is_box(node, page, body, around):
            candidates.append(node)
            at = node.end
    kept = _without_series(candidates)
    if not _story_remains(kept, page, body):
        return numbers
    for number, node in enumerate(one for one in kept if _interrupts(one, kept, page, body)):
        numbers[node.start : node.end] = [number] * (node.end - node.start)
    return numbers


def _without_series(nodes: Sequence[Node]) -> list[Node]:
    """*nodes* without those of which there are several alike: they are the page's way to set sections."""
    looks = Counter((node.tag, node.element.get("class") or "") for node in nodes)
    return [one for one in nodes if looks[one.tag, one.element.get("class") or ""] < _SERIES]


def _story_remains(nodes: Sequence[Node], page: PageText, body: Body) -> bool:
    """Most of the article's sentences stand outside the boxes."""
    inside = sum(_sentences(page, body, node.start, node.end) for node in nodes)
    return inside * 2 <= _sentences(page, body, 0, len(page.runs))


def _interrupts(node: Node, boxes: Sequence[Node], page: PageText, body: Body) -> bool:
    """The story has begun before the box; and goes on after it, unless its name says what it is."""

    def outside(start: int, end: int) -> int:
        in_boxes = sum(_sentences(page, body, max(start, b.start), min(end, b.end)) for b in boxes)
        return _sentences(page, body, start, end) - in_boxes

    if outside(0, node.start) < 2:
        return False
    return is_sure_box_name(node.words) or outside(node.end, len(page.runs)) > 0


def _sentences(page: PageText, body: Body, start: int, end: int) -> int:
    return sum(body.chosen[i] and is_sentence(page.runs[i].text) for i in range(start, end))


def _is_box(node: Node, page: PageText, body: Body, around: Sequence[Surroundings]) -> bool:
    indexes = [i for i in range(node.start, node.end) if not around[i].reason and not around[i].caption]
    runs = [page.runs[i] for i in indexes]
    if len(runs) < 2 or not _looks_boxed(node, page, body, around):
        return False
    size = sum(len(run.text) for run in runs)
    total = sum(len(run.text) for run, ok in zip(page.runs, body.chosen, strict=True) if ok)
    left_out = sum(len(page.runs[i].text) for i in indexes if not body.chosen[i])
    linked = sum(len(run.text) * run.share(LINKS) for run in runs)
    if size > _LARGEST * (total + left_out) or linked > 0.4 * size:
        return False
    if node.tag == "table" and read_table(node, page, most=(0, 0)) is not None:
        return False
    if any(_holds_data(one) for one in _inner(node)):
        return False
    told = sum(is_sentence(run.text) for run in runs[1:])
    if sells(" ".join(run.text[:300] for run in runs)):
        return False
    listed = all(around[i].kind == "list-item" for i in indexes[1:])
    lists = len(runs) > 3 and (listed or is_sure_box_name(node.words) or node.tag == "aside")
    marked = not (
        is_sure_box_name(node.words) or node.tag in _TAGS or _stands_apart(node, page, body, around)
    )
    return _has_heading(runs[0], around[indexes[0]], marked=marked) and bool(told or lists)


def _inner(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _inner(child)


def _holds_data(node: Node) -> bool:
    """A table, or a post from a social network, which stand apart without being a sidebar."""
    return node.tag == "table" or (node.tag == "blockquote" and is_marked(node.words, "embed"))


def _has_heading(run: Run, around: Surroundings, *, marked: bool) -> bool:
    """The first run is set as a heading; where the markup need not say so, it reads as one."""
    if around.kind == "heading" or (run.is_bold and len(run.text) <= 150):
        return True
    text = run.text
    return not marked and 3 <= len(text) <= 80 and not text[0].isdigit() and not _CONTINUES.search(text)


def _looks_boxed(node: Node, page: PageText, body: Body, around: Sequence[Surroundings]) -> bool:
    element = node.element
    if node.tag in _TAGS or (node.words and is_box_name(node.words)):
        return True
    if _BORDER.search(element.get("style") or ""):
        return True
    if node.tag == "table":
        return element.get("border", "0") not in {"", "0"} or bool(element.get("bgcolor"))
    return _stands_apart(node, page, body, around)


def _stands_apart(node: Node, page: PageText, body: Body, around: Sequence[Surroundings]) -> bool:
    """The story's own paragraphs stand side by side around *node*, which alone holds several."""
    if node.parent is None or node.parent not in body.spine or node.tag not in {"div", "section", "dl"}:
        return False
    siblings = node.parent.children
    leaves = [one for one in siblings if one.end - one.start == 1 and body.chosen[one.start]]
    alike = [one for one in siblings if one.end - one.start > 1 and one.tag == node.tag]
    if len(leaves) < 3 or len(alike) > 2:
        return False
    place = siblings.index(node)
    before, after = siblings[:place], siblings[place + 1 :]
    return (
        any(_is_plain(one, page, around) for one in before[-2:])
        and bool(after)
        and _is_plain(after[0], page, around)
    )


def _is_plain(node: Node, page: PageText, around: Sequence[Surroundings]) -> bool:
    return (
        node.end - node.start == 1
        and is_sentence(page.runs[node.start].text)
        and around[node.start].kind is None
        and not around[node.start].caption
    )
