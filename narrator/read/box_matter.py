"""What a box of a page holds: matter about the story, or an offer, a teaser, a note on the author, a list.

Each reason to refuse a box as a sidebar was found by looking at boxes of real pages
(docs/design/reading-pages.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from narrator.read.markers import Markers
from narrator.read.page_elements import name_words
from narrator.read.page_tree import Node, PageText, Run, is_sentence
from narrator.read.page_words import (
    box_reason,
    is_marked,
    is_numbered,
    is_offer_name,
    offers,
    phrases,
    sells,
)
from narrator.read.passages import fold, opens_quote
from narrator.read.surroundings import LINKS, Surroundings
from narrator.read.tables import is_grid, read_table

_CONTINUES = re.compile(r"[.,;…]$")
_TITLE_TAGS = frozenset({"legend", "summary", "caption", "th"})
SUMMARY = "story highlights"
"""Why a summary is left out that says nothing its story does not."""
_PARTS = (":", " - ", ", ")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\b|\d{1,2}[:.]\d{2}\b")
_TEASER, _TEASER_CUT = 500, 300
"""Most characters of a box whose headline leads to another story, and of one whose last line does."""
_OFFER = 900
"""Most characters of a box that asks for something."""
_MOST_LINKED = 0.4
"""Share of a box's letters in links from which on it is a list of links."""
_MOST_LINKS = 3
"""Lines that are links from which on a box is a row of teasers."""
_CLOSING = frozenset("”“\"»«’‘'")
"""Marks that may end a quotation in one language or another."""
_QUOTATIONS = frozenset(
    {"quote", "quotes", "blockquote", "pullquote", "zitat", "citation", "cita", "citazione"}
)
"""Words in the names of elements that hold what somebody said."""
_BUTTONS = frozenset({"btn", "button", "cta"})
"""Words in the names of links that are set as buttons."""
_SMALL_TABLE = (12, 3)
"""Most rows and columns of a table inside of a box."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a story when its boxes are judged."""

    markers: Markers
    names: Collection[str]
    """Its authors' names."""

    def is_label(self, heading: str) -> bool:
        """*heading* is a label of sidebars, or begins with one."""
        key = fold(heading)
        parts = (key, *(key.split(mark, 1)[0] for mark in _PARTS if mark in key))
        return any(map(self.markers.labels.find, parts))

    def announces(self, heading: str) -> bool:
        """*heading* is a label of sidebars, or a question as theirs are."""
        asks = heading.endswith("?") and self.markers.questions.find(fold(heading))
        return self.is_label(heading) or asks not in {False, None, "ordinary", "generic"}

    def reason_for(self, heading: str) -> str | None:
        """Why a box under *heading* is no part of the story, where the heading says it."""
        reason = box_reason(fold(heading)) if len(heading) <= 80 else None
        return None if reason == SUMMARY else reason

    def is_summary(self, heading: str) -> bool:
        """*heading* stands over summaries of the story, and over facts about it."""
        key = fold(heading)
        known = self.markers.zones.find(key) == "summary" or box_reason(key) == SUMMARY
        return known and not self.markers.labels.find(key)

    def is_author(self, text: str) -> bool:
        """*text* is the name of one of the story's authors, alone or after "About"."""
        key = fold(text)
        return any(key == name or key.endswith(f" {name}") for name in map(fold, self.names) if name)


def reads_as_heading(run: Run, around: Surroundings) -> bool:
    """A first line that nothing marks as a heading may be one."""
    text = run.text
    return (
        around.kind in {None, "heading"}
        and 3 <= len(text) <= 80
        and not text[0].isdigit()
        and not _CONTINUES.search(text)
    )


def is_titled(run: Run) -> bool:
    """The element that *run* fills is named a title, or is one that titles others."""
    if run.node.tag in _TITLE_TAGS or is_marked(run.node.words, "title"):
        return True
    return any(is_marked(name_words(element), "title") for element in run.wrappers)


def is_dated(runs: Sequence[Run]) -> bool:
    """Most of *runs* open with a year or a time of day, as a timeline does."""
    return sum(bool(_YEAR.match(run.text)) for run in runs) * 2 > len(runs)


def is_structure(heading: str) -> bool:
    """*heading* is what heads a manual's remarks ("Warning") and a paper's parts ("Conclusion")."""
    return fold(heading).rstrip(" :!") in phrases("structure")


def is_quotation(node: Node, heading: str) -> bool:
    """*node* is what somebody said, set large: by its name, or as its *heading* begins a quotation only."""
    begun = opens_quote(heading) and _CLOSING.isdisjoint(heading[1:])
    return begun or not _QUOTATIONS.isdisjoint(node.words)


def calls(node: Node, texts: Iterable[str]) -> bool:
    """*node* calls for something to be ordered, tried or joined.

    A link in it is set as a button, a part of it is named so, or one of *texts*, which are all it holds,
    captions included, says it.
    """
    if offers(" ".join(texts)) or any(is_offer_name(one.words) for one in _inner(node)):
        return True
    links = (one for one in node.element.iter("a") if not (one.get("href") or "#").startswith("#"))
    return any(not _BUTTONS.isdisjoint(name_words(one)) for one in links)


def refuse(runs: Sequence[Run], around: Sequence[Surroundings], matter: Matter) -> str | None:
    """Why a boxed element is no part of the story; None when it may be one.

    Args:
        runs: what it holds, captions and furniture aside.
        around: what their elements say.
        matter: what is known of the story.
    """
    if not runs:
        return None
    heading, size = runs[0].text, sum(len(run.text) for run in runs)
    reason = matter.reason_for(heading)
    if reason is None and len(runs) > 1 and size <= _OFFER and matter.is_author(heading):
        reason = "author note"
    if reason is None and _is_teaser(runs, around[0].kind == "heading", size):
        reason = "related links"
    if reason is None and size <= _OFFER and offers(" ".join(run.text for run in runs)):
        reason = "newsletter or subscription"
    return reason


def tells(node: Node, runs: Sequence[Run], page: PageText) -> bool:
    """The *runs* of a boxed element may tell something about the story: they neither sell nor list.

    A numbered table or listing is matter of the text that refers to it.
    """
    if is_numbered(runs[0].text):
        return False
    size = sum(len(run.text) for run in runs)
    if sum(len(run.text) * run.share(LINKS) for run in runs) > _MOST_LINKED * size:
        return False
    if sum(run.share(LINKS) > 0.9 for run in runs) >= _MOST_LINKS:
        return False
    if node.tag == "table" and (is_grid(node) or read_table(node, page, most=(0, 0)) is not None):
        return False
    if any(_holds_data(one, page) for one in _inner(node)):
        return False
    return not sells(" ".join(run.text[:300] for run in runs))


def _is_teaser(runs: Sequence[Run], headed: bool, size: int) -> bool:
    """A headline that is a link, or a sentence or two above the link to the story they are about."""
    if len(runs) < 2 or size > _TEASER:
        return False
    told = sum(is_sentence(run.text) and run.share(LINKS) < 0.5 for run in runs[1:])
    if runs[0].share(LINKS) > 0.9:
        return told <= (2 if headed else 1)
    last = runs[-1]
    return last.share(LINKS) > 0.9 and len(last.text) < 60 and told <= 1 and size <= _TEASER_CUT


def _inner(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _inner(child)


def _holds_data(node: Node, page: PageText) -> bool:
    """A large table, or a post from a social network, which stand apart without being a sidebar."""
    if node.tag == "blockquote":
        return is_marked(node.words, "embed")
    if node.tag != "table":
        return False
    table = read_table(node, page, most=_SMALL_TABLE)
    return table is not None and not table.rows
