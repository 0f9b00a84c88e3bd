"""What stands around the boxes of a page: a story that goes on without them, or sections like them.

A sidebar interrupts something. Pages that are no stories (shops, services, manuals, tests of ten products)
are made of short sections under headings, most of them in elements of their own, and a box among those is
one more. How this was found is in docs/design/reading-pages.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from narrator.read.marked_sidebars import REPEATED, is_told
from narrator.read.page_body import Body
from narrator.read.page_tree import Node, PageText, is_sentence
from narrator.read.passages import fold
from narrator.read.surroundings import LINKS, Surroundings

_QUESTIONS = 2
"""Headings that ask something from which on a page answers questions, each in turn."""
_LINKED = 0.5
"""Share of a heading's letters in links from which on it is that of another story."""


class Outside:
    """The article of one page without what may be its boxes."""

    def __init__(self, page: PageText, body: Body, around: Sequence[Surroundings]) -> None:
        self._page, self._body, self._around = page, body, around

    def is_story(self, boxes: Sequence[Node]) -> bool:
        """Outside of *boxes* the article is told in paragraphs, and a heading stands over several of them."""
        rest = set(range(len(self._page.runs))).difference(*(range(one.start, one.end) for one in boxes))
        return is_told(sum(map(self._is_told, rest)), sum(map(self._is_heading, rest)))

    def is_section(self, node: Node) -> bool:
        """*node* is all that a heading right above it stands over."""
        above = next((i for i in range(node.start - 1, self._body.first - 1, -1) if self._is_shown(i)), None)
        if above is None or not self._is_heading(above):
            return False
        below = next((i for i in range(node.end, len(self._page.runs)) if self._is_shown(i)), None)
        return below is None or not self._is_told(below)

    def asks(self, node: Node) -> bool:
        """Other headings than *node*'s ask something: the page is a list of questions with their answers."""
        rest = (i for i in range(len(self._page.runs)) if not node.start <= i < node.end)
        asked = (i for i in rest if self._page.runs[i].text.endswith("?") and self._is_heading(i))
        return sum(1 for _ in asked) >= _QUESTIONS

    def is_repeated(self, heading: str) -> bool:
        """*heading* stands on the page so often that it is part of its structure."""
        return self._lines[fold(heading)] >= REPEATED

    @cached_property
    def _lines(self) -> Counter[str]:
        return Counter(fold(run.text) for run in self._page.runs if len(run.text) <= 80)

    def _is_told(self, index: int) -> bool:
        around = self._around[index]
        if around.reason or around.caption or around.kind not in {None, "quote"}:
            return False
        return self._body.chosen[index] and is_sentence(self._page.runs[index].text)

    def _is_heading(self, index: int) -> bool:
        around = self._around[index]
        if around.reason or around.kind != "heading":
            return False
        leads_away = not self._body.chosen[index] and self._page.runs[index].share(LINKS) > _LINKED
        return self._body.first <= index <= self._body.last and not leads_away

    def _is_shown(self, index: int) -> bool:
        around = self._around[index]
        if around.reason or around.caption:
            return False
        return self._body.chosen[index] or self._is_heading(index)
