"""Sidebars whose ends the source marks: boxes of a page, and stretches between drawn lines."""

from __future__ import annotations

from itertools import takewhile

from narrator.read.furniture import REASONS
from narrator.read.kinds import is_dated
from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.read.pull_quotes import REASON as PULL_QUOTE
from narrator.read.pull_quotes import repeats
from narrator.read.sidebar_authors import read_author
from narrator.read.sidebar_labels import Opening, read_label, read_question
from narrator.read.sidebar_openings import LONGEST_HEADING, take_named_question

BOXED, RULED = 1.0, 0.95
"""How sure an end is that a box marks, or a drawn line."""
_LONGEST_MARKED = 30
"""Words of a box's heading that its markup names one."""
_LONGEST_RULED = 14
"""Passages between two drawn lines at most; more are a section of the story."""
REPEATED = 3
"""Times that a line stands in a piece or on a page from which on it is part of its structure."""
_TOLD = 2
"""Paragraphs that a story has at least for each heading in it but one."""


def is_told(paragraphs: int, headings: int) -> bool:
    """An article of so many *paragraphs* and *headings* is told, and not made of short sections."""
    return paragraphs >= _TOLD * (headings - 1)


def read_box(passages: list[Passage], index: int, markers: Markers) -> Opening | None:
    """The sidebar in the box that begins at *index*; None when the box holds something else.

    A box of links and a pull quote are skipped here.
    """
    box = passages[index].items[0].box
    end = index
    while end < len(passages) and passages[end].items[0].box == box:
        end += 1
    members = [one for one in passages[index:end] if one.part == "story"]
    above = takewhile(lambda one: one.items[0].box == box, reversed(passages[:index]))
    if any(one.reason == REASONS["related"] for one in above):
        return None  # its own heading led to something else
    if not any(_tells(one) for one in members[1:] or members):
        return None
    if _is_link_list(members):
        for one in members:
            one.skip(REASONS["related"])
        return None
    outside = [one for one in passages if one.part == "story" and one.items[0].box != box]
    if sum(one.words for one in members) <= 80 and repeats(members, outside):
        for one in members:
            one.skip(PULL_QUOTE)
        return None
    opening = _read_heading(passages, passages.index(members[0], index), members, markers)
    if opening is None:
        return None
    opening.end, opening.confidence = end, BOXED
    opening.marked = opening.evidence = ("the page marks it as a box",)
    return opening


def _tells(passage: Passage) -> bool:
    return passage.kind != "caption" and passage.items[0].hint not in {"caption", "heading"}


def _is_link_list(members: list[Passage]) -> bool:
    letters = sum(len(one.text) for one in members) or 1
    return sum(one.items[0].link_share * len(one.text) for one in members) > 0.6 * letters


def _read_heading(
    passages: list[Passage], index: int, members: list[Passage], markers: Markers
) -> Opening | None:
    first = passages[index]
    rest = members[1:]
    opening = read_label(first, index, markers) or read_question(first, index, markers)
    if opening is None and rest and _is_title(first):
        opening = Opening(index, "other", first.text.rstrip(":"), body=index + 1)
        if sum(is_dated(one) for one in rest) >= max(2, len(rest) // 2):
            opening.kind = "timeline"
    if opening is None:
        # Without a heading one paragraph in a box is as often a part of the story, set apart; and a page's
        # box whose heading was left out as furniture is some more of it.
        on_page = isinstance(first.items[0].where, str)
        told = not on_page and len(members) > 1 and any(one.prose for one in members)
        return Opening(index, "other", "", body=index) if told else None
    if not rest:
        return None
    read_author(passages, opening, markers)
    take_named_question(passages, opening, markers)
    return opening


def _is_title(passage: Passage) -> bool:
    item = passage.items[0]
    if item.hint == "heading":
        return passage.words <= _LONGEST_MARKED
    return passage.words <= LONGEST_HEADING and (item.bold or (passage.open and not passage.closed))


def read_ruled(passages: list[Passage], index: int, markers: Markers) -> Opening | None:
    """The sidebar between the drawn line above *index* and the next one; None when that is a section.

    The story must go on below the second line with a paragraph: stories that are parted by drawn lines
    have a heading after each. On pages a line is as often drawn between sections, reviews or embeds, so
    that there the heading must announce a sidebar, or its author be named.
    """
    first = passages[index]
    if not (first.open and first.short and first.words <= 14):
        return None
    end = next(
        (
            i
            for i in range(index + 1, min(index + _LONGEST_RULED, len(passages)))
            if passages[i].gap == "rule"
        ),
        None,
    )
    if end is None or sum(1 for one in passages[index + 1 : end] if one.part == "story") < 1:
        return None
    below = [one for one in passages[end : end + 4] if one.part == "story"]
    if not below or not below[0].prose or not any(one.prose for one in below[1:]):
        return None
    opening = read_label(first, index, markers) or read_question(first, index, markers)
    opening = opening or Opening(index, "other", first.text.rstrip(":"), body=index + 1)
    read_author(passages, opening, markers)
    if opening.told_by == "heading" and opening.author is None and isinstance(first.items[0].where, str):
        return None
    opening.end, opening.confidence, opening.ruled = end, RULED, True
    opening.marked = opening.evidence = ("drawn lines stand around it",)
    return opening
