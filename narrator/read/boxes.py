"""Boxes of a page: elements that stand apart from the story around them, with both ends marked.

A box is a candidate for a sidebar. Whatever holds the article itself, lists links, or is one of many
sections built alike is none: on most pages each crosshead with its paragraphs has an element of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.read.page_body import Body
from narrator.read.page_tree import Node, PageText, Run, is_sentence
from narrator.read.page_words import is_box_name
from narrator.read.surroundings import LINKS, Surroundings

_LARGEST = 0.4
"""Most of the article's text that a box may hold."""
_TAGS = frozenset({"aside", "fieldset", "details"})
_CANDIDATES = _TAGS | {"section", "div", "table", "td", "dl", "ul", "blockquote"}
_BORDER = re.compile(
    r"border(?:-(?:top|left|width|style))?\s*:\s*(?!0|none)|background(?:-color)?\s*:\s*(?!none|transparent|#fff|white|inherit)",
    re.I,
)


def find_boxes(page: PageText, body: Body, around: Sequence[Surroundings]) -> list[int | None]:
    """Per run, the number of the box it stands in; boxes are numbered from 0 in page order."""
    numbers: list[int | None] = [None] * len(page.runs)
    found = 0
    total = sum(len(run.text) for run, ok in zip(page.runs, body.chosen, strict=True) if ok)
    at = 0
    for node in page.nodes:
        if node.start < at or node in body.spine or node.tag not in _CANDIDATES:
            continue
        if node.end <= body.first or node.start > body.last:
            continue
        if _is_box(node, page, body, around, total):
            for index in range(node.start, node.end):
                numbers[index] = found
            found += 1
            at = node.end
    return numbers


def _is_box(node: Node, page: PageText, body: Body, around: Sequence[Surroundings], total: int) -> bool:
    indexes = [i for i in range(node.start, node.end) if not around[i].reason and not around[i].caption]
    runs = [page.runs[i] for i in indexes]
    if len(runs) < 2 or not _looks_boxed(node, page, body, around):
        return False
    size = sum(len(run.text) for run in runs)
    linked = sum(len(run.text) * run.share(LINKS) for run in runs)
    left_out = sum(len(page.runs[i].text) for i in indexes if not body.chosen[i])
    if size > _LARGEST * (total + left_out) or linked > 0.4 * size:
        return False
    return _has_heading(runs[0], around[indexes[0]]) and _has_matter(runs[1:])


def _has_heading(run: Run, around: Surroundings) -> bool:
    if around.kind == "heading":
        return True
    return len(run.text) <= 100 and (run.text.endswith("?") or not is_sentence(run.text))


def _has_matter(runs: Sequence[Run]) -> bool:
    sentences = sum(is_sentence(run.text) for run in runs)
    return sentences >= 1 or len(runs) >= 3


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
