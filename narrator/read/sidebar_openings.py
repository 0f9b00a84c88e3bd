"""What announces a sidebar: a label, a question, somebody's name and role, a list, or any crosshead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.models import Person
from narrator.read.bylines import read_meta
from narrator.read.captions import take_caption
from narrator.read.kinds import is_dated, is_heading
from narrator.read.markers import Markers
from narrator.read.names import is_name
from narrator.read.passages import Passage, fold
from narrator.read.sidebar_authors import LONGEST_HANDOVER, read_author, read_handover, read_name
from narrator.read.sidebar_labels import Opening, as_kind, read_label, read_question

LONGEST_HEADING = 18
"""Words of a line that may announce a sidebar."""
_LONGEST_SENTENCE = 14
"""Words of a sentence that may announce one, if it does not end in a colon or a question mark."""
_NO_HEADINGS = frozenset({"caption", "quote", "list-item", "note"})
_WITH = re.compile(r"(?:^|[\s,])(?:with|avec|mit|con|com|met)\s+(?=[^\W\d_a-z])")
_PROGRAMME = 4
"""Lines with a name and a role from which on they are a list, not each the head of a sidebar."""
_LONGEST_LIST_HEAD = 10
_FEWEST_ENTRIES = 3
"""Paragraphs with a heading of their own that make a box under one heading more."""
_LONGEST_ENTRY = 50
"""Words of such a paragraph."""
_OF_ENTRIES = 0.9
"""How sure the end is that they show."""


def read_opening(
    passages: list[Passage], index: int, start: int, markers: Markers, people: Sequence[Person]
) -> Opening | None:
    """The sidebar that the line at *index* announces; None when it announces none.

    Args:
        passages: the whole source.
        index: where the line stands.
        start: where the story begins.
        markers: the language's words.
        people: the story's authors, who open no sidebar of their own.
    """
    passage = passages[index]
    if index == start or not _may_announce(passage):
        return None
    in_text = isinstance(passage.items[0].where, int)
    label = None
    opening = read_handover(passages, index, start, markers)
    if opening is None and passage.words <= LONGEST_HEADING and _is_line(passage):
        label = read_label(passage, index, markers)
        opening = label or read_question(passage, index, markers)
        opening = opening or read_name(passages, index, markers, people)
        opening = opening or _read_list(passages, index)
        opening = opening or (_read_heading(passages, index, markers) if in_text else None)
    if opening is None:
        return None
    read_author(passages, opening, markers)
    if not in_text and not _is_announced(passages, opening, markers, by_label=label is not None):
        return None
    if in_text and _read_entries(passages, opening, start):
        return opening
    if opening.told_by in {"heading", "word"} and _is_over_heading(passages, opening):
        return None
    if not opening.weak or label is not None:
        _read_below(passages, opening, markers)
    if label is not None:
        take_named_question(passages, opening, markers)
    return opening if opening.body < len(passages) else None


def _may_announce(passage: Passage) -> bool:
    """Short enough for a heading or a sentence that hands over, and nothing else by its markup."""
    if passage.words > LONGEST_HANDOVER or passage.items[0].hint in _NO_HEADINGS:
        return False
    told = passage.prose and passage.words > _LONGEST_SENTENCE
    return not told or passage.text.endswith(("?", ":"))


def _is_line(passage: Passage) -> bool:
    return not passage.prose or passage.text.endswith("?")


def _is_announced(passages: list[Passage], opening: Opening, markers: Markers, *, by_label: bool) -> bool:
    """A line of a page, outside of any box, surely announces a sidebar.

    On real pages nearly every question, list heading and name in a crosshead is ordinary structure, and
    what is a sidebar stands in a box: left are a label with a name, and a name with its role over prose.
    """
    if by_label or (opening.told_by == "list" and opening.kind == "timeline"):
        return True
    if opening.author is None or _is_programme(passages, markers):
        return False
    if opening.author.casefold() not in opening.heading.casefold():
        return True
    below = passages[opening.body] if opening.body < len(passages) else None
    if opening.lines or below is None or not below.prose:
        return False
    role = (opening.author_role or "").casefold().split()
    is_clause = not role or role[0] in markers.words["stopwords"]
    return not is_clause and opening.heading.startswith(f"{opening.author},")


def _is_programme(passages: list[Passage], markers: Markers) -> bool:
    """Names with roles stand in several places: they are speakers of an event, or a page's staff."""
    short = (one for one in passages if one.part == "story" and one.words <= 20)
    metas = (read_meta(one.text, markers, bare_names=True) for one in short if "," in one.text)
    named = (one for one in metas if one and len(one.people) == 1 and one.people[0].role)
    return sum(1 for _ in named) >= _PROGRAMME


def take_named_question(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Below "Quick guide" the question that it answers is the heading that says something."""
    below = passages[opening.body] if opening.body + 1 < len(passages) else None
    if opening.kind != "explainer" or opening.author or below is None or not below.open:
        return
    if read_question(below, opening.body, markers):
        opening.heading, opening.weak = below.text, False
        opening.titled = opening.body
        opening.body += 1
        _read_below(passages, opening, markers)


def _read_list(passages: list[Passage], index: int) -> Opening | None:
    """A heading over three or more list items: a timeline if they are dated, else perhaps a box."""
    passage = passages[index]
    items = passages[index + 1 : index + 4]
    if (
        passage.closed
        or passage.words > _LONGEST_LIST_HEAD
        or len(items) < 3
        or not all(one.kind == "list-item" for one in items)
    ):
        return None
    heading = passage.text.rstrip(" :")
    if all(is_dated(one) for one in items):
        return Opening(index, "timeline", heading, weak=True, told_by="list", body=index + 1)
    if passage.text.endswith(":"):
        return None
    return Opening(index, "other", heading, weak=True, told_by="list", body=index + 1)


def _read_heading(passages: list[Passage], index: int, markers: Markers) -> Opening | None:
    """Any crosshead, which the evidence may make a sidebar's heading."""
    passage = passages[index]
    below = next((one for one in passages[index + 1 : index + 6] if one.part == "story"), None)
    if passage.items[0].hint is not None or not passage.short or not is_heading(passage, below):
        return None
    words = {fold(word) for word in re.split(r"[\s|/–—-]+", passage.text)}
    kinds = [kind for word, kind in markers.label_words.items() if word in words]
    heading = passage.text.rstrip(" :")
    if kinds:
        return Opening(index, as_kind(kinds[0]), heading, weak=True, told_by="word", body=index + 1)
    with_whom = _WITH.search(passage.text)
    if with_whom and is_name(passage.text[with_whom.end() :], markers):
        # "Inside the sacristy, with Ann Bell"
        name = passage.text[with_whom.end() :]
        return Opening(index, "scene", heading, name, weak=True, told_by="word", body=index + 1)
    return Opening(index, "other", heading, weak=True, body=index + 1)


def _is_over_heading(passages: list[Passage], opening: Opening) -> bool:
    """The line below is a crosshead too, so that this one announces nothing."""
    below = passages[opening.body : opening.body + 2]
    return len(below) == 2 and below[0].open and below[0].short and is_heading(below[0], below[1])


def _read_entries(passages: list[Passage], opening: Opening, start: int) -> bool:
    """Take three or more entries below the heading for its sidebar, and the story for what follows them.

    Each is a short paragraph right under a heading of its own, and blank lines part them from each other
    and from paragraphs that stand under none; so crossheads of the story are not set.
    """
    told = sum(one.part == "story" and one.prose for one in passages[start : opening.index])
    end = opening.body
    while end + 1 < len(passages) and _is_entry(passages[end], passages[end + 1]):
        end += 2
    below = passages[end] if end < len(passages) else None
    goes_on = below is not None and below.part == "story" and below.prose and below.gap != "line"
    if told < 2 or end - opening.body < 2 * _FEWEST_ENTRIES or not goes_on:
        return False
    opening.end, opening.entries, opening.weak = end, True, False
    opening.confidence = _OF_ENTRIES
    opening.evidence = ("inside: each paragraph has a heading right above it", "after it: none has")
    return True


def _is_entry(heading: Passage, text: Passage) -> bool:
    tight = heading.gap != "line" and text.gap == "line"
    told = text.part == "story" and text.prose and text.words <= _LONGEST_ENTRY
    return tight and told and heading.open and heading.short and is_heading(heading, text)


def _read_below(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Pass over furniture below the heading, and take a short line there for a caption."""
    while opening.body < len(passages) and passages[opening.body].part == "furniture":
        opening.body += 1
    if opening.body + 1 >= len(passages):
        return
    below, after = passages[opening.body], passages[opening.body + 1]
    apart = below.gap != "line" or after.gap != "line"
    if apart and below.open and below.short and below.words >= 6 and after.part == "story" and after.prose:
        take_caption(below, markers)
