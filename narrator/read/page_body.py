"""Where in a page the article stands: its container, its first and last paragraph."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from narrator.read.page_elements import is_hidden
from narrator.read.page_tree import Node, PageText, Run, is_sentence

_MOST = 0.75
"""Share of the chosen text from which on an element holds the article rather than a part of it."""
_LEAST = 60
"""Characters from which on lines without a sentence among them (a poem, a list) are an article."""
_NEAR = 6
"""Levels up to the element that two columns of one article share."""
_LINKS = frozenset({"a"})
_CROSSHEADS = frozenset({"h2", "h3", "h4"})
_HIDES = "paywall"
"""A class of paragraphs that only subscribers see, which otherwise look like the others."""
_Siblings: TypeAlias = tuple[Node | None, str, str]
_CONTAINER_NAMES = (
    frozenset({"article", "body"}),
    frozenset({"post", "body"}),
    frozenset({"entry", "content"}),
    frozenset({"post", "content"}),
    frozenset({"story", "body"}),
    frozenset({"article", "content"}),
    frozenset({"article", "text"}),
)


@dataclass(slots=True)
class Body:
    """The article's place in its page."""

    chosen: list[bool]
    """Per run: it is article text."""
    container: Node
    """The innermost element that holds the article."""
    spine: frozenset[Node]
    """The container and all that it stands in: elements whose names say nothing of a part."""
    first: int
    """Index of the first run of the article, its headline and what stands above that aside."""
    last: int
    """Index of its last run."""


def prose_chars(page: PageText) -> int:
    """Characters of the page's sentences that are seen and stand outside of links."""
    told = (run for run in page.runs if is_sentence(run.text) and not run.node.hidden)
    return sum(len(run.text) for run in told if run.share(_LINKS) < 0.5)


def find_body(page: PageText, chosen: Sequence[bool]) -> Body | None:
    """Where the article is, given which runs are article text; None when too little is."""
    picked = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    sizes = _prefix_sums([len(run.text) if ok else 0 for run, ok in zip(page.runs, chosen, strict=True)])
    total = sizes[-1]
    sentences = any(is_sentence(page.runs[index].text) for index in picked)
    if not sentences and (
        total < _LEAST or sum(page.runs[i].share(_LINKS) > 0.5 for i in picked) * 2 > len(picked)
    ):
        return None
    container = page.nodes[0]
    while True:
        inner = [c for c in container.children if sizes[c.end] - sizes[c.start] >= _MOST * total]
        if not inner:
            break
        container = inner[0]
    spine = frozenset(container.lineage())
    if container.hidden:
        _reveal(page, container, spine)
    prose = [i for i in picked if is_sentence(page.runs[i].text)]
    first = next((i for i in picked if not prose or i >= prose[0]), picked[0])
    last = max(i for i in picked if i < container.end)
    return Body(list(chosen), container, spine, first, last)


def _reveal(page: PageText, container: Node, spine: frozenset[Node]) -> None:
    """Let the article be seen that stands in a hidden element, as on pages that scripts uncover."""
    for node in page.nodes:
        if node in spine:
            node.hidden = False
        elif node.parent is not None and container.start <= node.start and node.end <= container.end:
            node.hidden = node.parent.hidden or is_hidden(node.element)


def start_after(body: Body, headline: int | None, lines: Container[int]) -> None:
    """Let *body* begin with the first article text below its headline, be it a sentence or not.

    Args:
        body: the article's place, which begins with its first sentence so far.
        headline: index of the headline's run.
        lines: indexes of the byline and date lines, which are passed over.
    """
    above = body.container.start if headline is None else max(body.container.start, headline + 1)
    picked = (i for i in range(above, body.first) if body.chosen[i] and i not in lines)
    body.first = next(picked, body.first)


def take_whole(page: PageText, body: Body | None) -> Body | None:
    """The place of an article that is all of *page*, given what of it was found to be one.

    None when there is no text in it.
    """
    if not page.runs:
        return None
    container = page.nodes[0]
    while inner := [
        one for one in container.children if (one.start, one.end) == (container.start, container.end)
    ]:
        container = inner[0]
    chosen = body.chosen if body else [not run.node.hidden for run in page.runs]
    first = body.first if body else container.start
    last = body.last if body else container.end - 1
    return Body(list(chosen), container, frozenset(container.lineage()), first, last)


def extend(body: Body, headline: int | None, text: Sequence[bool]) -> None:
    """Let *body* reach over all of its container.

    Args:
        body: the article's place so far.
        headline: index of the headline's run, which is no part of it.
        text: per run, whether it is text and no furniture.
    """
    start = body.container.start if headline is None else max(body.container.start, headline + 1)
    inside = [index for index in range(start, body.container.end) if text[index]]
    for index in inside:
        body.chosen[index] = True
    if inside:
        body.first, body.last = inside[0], inside[-1]


def choose_by_structure(page: PageText) -> list[bool]:
    """Article text found by names and sentences alone, for pages that trafilatura finds nothing in.

    It is what stands in the element named as an article's that holds the most sentences, else in the
    innermost element that holds most of the page's sentences.
    """
    texts = [_is_text(run) for run in page.runs]
    sizes = _prefix_sums([len(run.text) if ok else 0 for run, ok in zip(page.runs, texts, strict=True)])
    named = [
        one for one in page.nodes if one.tag == "article" or any(n <= one.words for n in _CONTAINER_NAMES)
    ]
    best = max(named, key=lambda one: sizes[one.end] - sizes[one.start], default=None)
    if best is None or sizes[best.end] - sizes[best.start] < sizes[-1] / 4:
        best = next(one for one in reversed(page.nodes) if sizes[one.end] - sizes[one.start] >= sizes[-1] / 2)
    return [ok and best.start <= index < best.end for index, ok in enumerate(texts)]


def complete_chosen(page: PageText, chosen: Sequence[bool]) -> list[bool]:
    """*chosen* with the paragraphs added that stand in the page just as those already in it do.

    Pages cut one story into several columns or sections around advertisements, of which trafilatura
    sometimes takes one only. A paragraph joins when it, its parent and the parent's parent are named as
    those of a chosen paragraph are, and no other article begins in between; so does what stands between
    two chosen paragraphs of its kind.
    """
    known: dict[tuple[tuple[str, str], ...], Node] = {}
    for run, ok in zip(page.runs, chosen, strict=True):
        if ok and is_sentence(run.text):
            known.setdefault(_looks(run.node), run.node)
    result = list(chosen)
    spans, told = _sibling_spans(page, chosen), _told_spans(page, chosen)
    for index, run in enumerate(page.runs):
        if result[index] or run.node.hidden or run.share(_LINKS) >= 0.5:
            continue
        first, last = spans.get(_siblings(run.node), (index, index))
        if run.node.tag in _CROSSHEADS:
            first, last = told.get(run.node.parent, (index, index))
        if first < index < last:
            result[index] = True
            continue
        if not is_sentence(run.text):
            continue
        looks = _looks(run.node)
        like = known.get(looks)
        if like is not None and any(name for _, name in looks) and _is_near(like, run.node):
            result[index] = True
    return result


def _sibling_spans(page: PageText, chosen: Sequence[bool]) -> dict[_Siblings, tuple[int, int]]:
    """Per kind of sibling, the first and the last chosen run."""
    spans: dict[_Siblings, tuple[int, int]] = {}
    for index, (run, ok) in enumerate(zip(page.runs, chosen, strict=True)):
        if ok:
            key = _siblings(run.node)
            spans[key] = (spans.get(key, (index, index))[0], index)
    return spans


def _told_spans(page: PageText, chosen: Sequence[bool]) -> dict[Node | None, tuple[int, int]]:
    """Per element, the first and the last chosen sentence that stands right in it as a paragraph."""
    spans: dict[Node | None, tuple[int, int]] = {}
    for index, (run, ok) in enumerate(zip(page.runs, chosen, strict=True)):
        if ok and run.node.tag == "p" and is_sentence(run.text):
            parent = run.node.parent
            spans[parent] = (spans.get(parent, (index, index))[0], index)
    return spans


def _siblings(node: Node) -> _Siblings:
    return node.parent, node.tag, node.element.get("class") or ""


def _looks(node: Node) -> tuple[tuple[str, str], ...]:
    """Tags and classes of *node* and the two elements around it."""
    lineage = list(node.lineage())[:3]
    names = ((one.tag, one.element.get("class") or "") for one in lineage)
    return tuple((tag, "" if name == _HIDES else name) for tag, name in names)


def _is_near(one: Node, other: Node) -> bool:
    """Both stand within a few levels of one element, and in the same article where there are articles."""
    mine, theirs = list(one.lineage()), list(other.lineage())
    shared = next((node for node in mine if node in theirs), None)
    if shared is None:
        return False
    up, down = mine[: mine.index(shared)], theirs[: theirs.index(shared)]
    return len(up) <= _NEAR and len(down) <= _NEAR and not any(n.tag == "article" for n in (*up, *down))


def _is_text(run: Run) -> bool:
    return not run.node.hidden and is_sentence(run.text) and run.share(_LINKS) < 0.5


def _prefix_sums(sizes: Sequence[int]) -> list[int]:
    sums = [0]
    for size in sizes:
        sums.append(sums[-1] + size)
    return sums
