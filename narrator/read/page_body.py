"""Where in a page the article stands: its container, its first and last paragraph."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from narrator.read.page_tree import Node, PageText, Run, is_sentence

_MOST = 0.75
"""Share of the chosen text from which on an element holds the article rather than a part of it."""
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


def find_body(page: PageText, chosen: Sequence[bool]) -> Body | None:
    """Where the article is, given which runs are article text; None when too little is."""
    picked = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    sizes = _prefix_sums([len(run.text) if ok else 0 for run, ok in zip(page.runs, chosen, strict=True)])
    total = sizes[-1]
    if not picked or total == 0:
        return None
    container = page.nodes[0]
    while True:
        inner = [c for c in container.children if sizes[c.end] - sizes[c.start] >= _MOST * total]
        if not inner:
            break
        container = inner[0]
    spine = frozenset(container.lineage())
    prose = [i for i in picked if is_sentence(page.runs[i].text)]
    first = next((i for i in picked if not prose or i >= prose[0]), picked[0])
    last = max(i for i in picked if i < container.end)
    return Body(list(chosen), container, spine, first, last)


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


def choose_by_structure(page: PageText) -> list[bool]:
    """Article text found by names and sentences alone, for pages that trafilatura finds nothing in."""
    best: Node | None = None
    best_size = 0
    for node in page.nodes:
        if node.tag == "article" or any(name <= node.words for name in _CONTAINER_NAMES):
            size = sum(len(run.text) for run in page.runs[node.start : node.end] if _is_text(run))
            if size > best_size:
                best, best_size = node, size
    chosen = [False] * len(page.runs)
    if best is not None:
        for index in range(best.start, best.end):
            chosen[index] = _is_text(page.runs[index])
    return chosen


def _is_text(run: Run) -> bool:
    return not run.node.hidden and is_sentence(run.text) and run.share(frozenset({"a"})) < 0.5


def _prefix_sums(sizes: Sequence[int]) -> list[int]:
    sums = [0]
    for size in sizes:
        sums.append(sums[-1] + size)
    return sums
