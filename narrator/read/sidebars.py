"""Sidebars: what announces one, who wrote it, and which blocks are its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.models import Person, Sidebar, SidebarKind
from narrator.read.bylines import read_meta
from narrator.read.captions import take_caption
from narrator.read.kinds import is_dated, is_heading
from narrator.read.markers import Markers
from narrator.read.names import is_name, is_role, read_people
from narrator.read.passages import Passage, fold
from narrator.read.sidebar_ends import End, find_end, read_story

HEADING = "heading of a sidebar, said as its cue"
BYLINE = "byline of a sidebar, said in its cue"
_PARTED = re.compile(r"\s*[:|]\s*|\s+[–—-]+\s+|,\s+|\s+(?=(?:by|par|von|di|de|por)\s+[^\W\d_a-z])", re.IGNORECASE)
_BY = re.compile(r"(?:by|par|von|di|de|por)\s+", re.IGNORECASE)
_AUTHORED = frozenset({"analysis", "scene"})
LONGEST_HEADING = 18


@dataclass(slots=True)
class Opening:
    """The heading of a sidebar, read."""

    index: int
    """Where its heading stands."""
    kind: SidebarKind
    heading: str
    author: str | None = None
    author_role: str | None = None
    weak: bool = False
    """As often a crosshead: the text below must speak for a sidebar."""
    labelled: bool = False
    """A known label stands before a colon."""
    body: int = 0
    """Index of its first block."""
    lines: list[int] = field(default_factory=list)
    """Where its byline stands."""


def find_sidebars(passages: list[Passage], start: int, markers: Markers, people: list[Person]) -> list[Sidebar]:
    """Mark the blocks of every sidebar below *start* with its number, and describe it.

    Headings and bylines of sidebars are no blocks. Kinds of other lines need not be settled yet.
    """
    sidebars: list[Sidebar] = []
    asked = sum(1 for one in passages[start:] if one.open and _is_question(one, markers))
    index = start
    while index < len(passages):
        opening = read_opening(passages, index, start, markers, people) if passages[index].open else None
        if opening is None or (opening.weak and asked > 1 and _is_question(passages[index], markers)):
            index += 1
            continue
        index = _close(passages, opening, start, markers, people, sidebars)
    return sidebars


def _is_question(passage: Passage, markers: Markers) -> bool:
    return passage.text.endswith("?") and passage.words <= 12 and not passage.prose


def read_opening(
    passages: list[Passage], index: int, start: int, markers: Markers, people: list[Person]
) -> Opening | None:
    """The sidebar that the line at *index* announces; None when it announces none."""
    passage = passages[index]
    if passage.words > LONGEST_HEADING or (passage.prose and not passage.text.endswith("?")):
        return None
    if index == start or passage.items[0].hint in {"caption", "quote", "list-item", "note"}:
        return None
    opening = _read_label(passage, index, markers) or _read_question(passage, index, markers)
    opening = opening or _read_name(passages, index, markers, people)
    opening = opening or _read_dated_list(passages, index, markers)
    if opening is None:
        return None
    _read_author(passages, opening, markers)
    _read_below(passages, opening, markers)
    return opening if opening.body < len(passages) else None


def _read_label(passage: Passage, index: int, markers: Markers) -> Opening | None:
    kind = markers.labels.find(passage.key)
    if kind:
        sure = kind in {"analysis", "scene", "profile"} and passage.words <= 3
        return Opening(index, _kind(kind), passage.text.rstrip(" :"), weak=not sure, body=index + 1)
    for parted in _PARTED.finditer(passage.text[:90]):
        kind = markers.labels.find(fold(passage.text[: parted.start()]))
        rest = _BY.sub("", passage.text[parted.end() :], count=1).strip()
        if not kind or not rest:
            continue
        opening = Opening(index, _kind(kind), passage.text, body=index + 1)
        people = read_people(rest, markers)
        if people and kind in _AUTHORED:
            opening.author, opening.author_role = people[0].name, people[0].role
            return opening
        if "," in parted[0]:
            continue
        if kind == "profile":
            return opening if is_name(rest, markers) or len(rest.split()) <= 6 else None
        opening.weak = opening.labelled = True
        return opening
    return None


def _kind(name: str) -> SidebarKind:
    return name  # type: ignore[return-value]


def _read_question(passage: Passage, index: int, markers: Markers) -> Opening | None:
    if not passage.text.endswith("?") or passage.words > 12:
        return None
    kind = markers.questions.find(passage.key)
    return Opening(index, _kind(kind), passage.text, weak=True, body=index + 1) if kind else None


def _read_name(passages: list[Passage], index: int, markers: Markers, people: list[Person]) -> Opening | None:
    """A name with a role on a line of its own, in mid-story: somebody else takes over."""
    passage = passages[index]
    if passage.closed or passage.words > 14:
        return None
    meta = read_meta(passage.text, markers, bare_names=True)
    if meta is None or len(meta.people) != 1 or meta.dates or meta.people[0].name in {one.name for one in people}:
        return None
    person = meta.people[0]
    below = passages[index + 1] if index + 1 < len(passages) else None
    lines = []
    if person.role is None and below and below.open and below.short and is_role(below.text, markers):
        person, lines = Person(person.name, below.text), [index + 1]
    if person.role is None or not is_role(person.role, markers):
        return None
    return Opening(index, "analysis", passage.text, person.name, person.role, body=index + 1 + len(lines), lines=lines)


def _read_dated_list(passages: list[Passage], index: int, markers: Markers) -> Opening | None:
    """A heading over three or more dated lines is a timeline, whatever it says."""
    passage = passages[index]
    items = passages[index + 1 : index + 4]
    if passage.closed or len(items) < 3 or not all(one.kind == "list-item" and is_dated(one) for one in items):
        return None
    return Opening(index, "timeline", passage.text.rstrip(" :"), body=index + 1)


def _read_author(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    if opening.author or opening.body >= len(passages):
        return
    below = passages[opening.body]
    if not below.open or below.prose or below.words > 16:
        return
    meta = read_meta(below.text, markers, bare_names=True)
    if meta is None or not meta.people:
        return
    person = meta.people[0]
    named_only = person.role is None and not meta.labelled
    after = passages[opening.body + 1] if opening.body + 1 < len(passages) else None
    role_line = after is not None and after.open and after.short and after.words <= 10 and is_role(after.text, markers)
    if named_only and not role_line and opening.kind not in _AUTHORED:
        return
    opening.author, opening.author_role = person.name, person.role
    opening.lines.append(opening.body)
    opening.body += 1
    if person.role is None and role_line and after is not None:
        opening.author_role = after.text
        opening.lines.append(opening.body)
        opening.body += 1
    opening.weak = False
    if opening.kind in {"other", "timeline", "explainer"}:
        opening.kind = "analysis"


def _read_below(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Pass over furniture below the heading, and take a short line there for a caption."""
    while opening.body < len(passages) and passages[opening.body].part == "furniture":
        opening.body += 1
    if opening.body + 1 >= len(passages):
        return
    below, after = passages[opening.body], passages[opening.body + 1]
    if below.open and below.short and below.words >= 6 and after.part == "story" and after.prose:
        if below.gap != "line" or after.gap != "line":
            take_caption(below, markers)


def _close(
    passages: list[Passage],
    opening: Opening,
    start: int,
    markers: Markers,
    people: list[Person],
    sidebars: list[Sidebar],
) -> int:
    """Find the end of *opening*, mark its blocks, and give back where to go on."""
    stop, stopped = _find_stop(passages, opening, start, markers, people)
    blocks = [one for one in passages[opening.body : stop] if one.part == "story"]
    if not blocks:
        return opening.index + 1
    before = [one for one in passages[start : opening.index] if one.part == "story" and one.sidebar is None]
    end = find_end(blocks, read_story(before, markers), markers, stopped=stopped)
    if opening.weak and not _is_sidebar(opening, end, blocks, passages, stop):
        return opening.index + 1
    passages[opening.index].skip(HEADING, part="sidebar-heading")
    for line in opening.lines:
        passages[line].skip(BYLINE, part="sidebar-byline")
    for block in blocks[: end.blocks]:
        block.sidebar = len(sidebars)
    passages[opening.index].notes = list(end.evidence)
    sidebars.append(
        Sidebar(
            kind=opening.kind,
            heading=opening.heading,
            author=opening.author,
            author_role=opening.author_role,
            confidence=end.confidence,
            evidence=end.evidence,
        )
    )
    last = blocks[end.blocks - 1]
    return next(i for i in range(opening.body, stop) if passages[i] is last) + 1


def _is_sidebar(opening: Opening, end: End, blocks: list[Passage], passages: list[Passage], stop: int) -> bool:
    """Whether the text below a weak heading speaks for a sidebar: the story must go on without it."""
    end_leads = end.blocks < len(blocks) and end.leads_back > 0.5
    if blocks[0].kind == "list-item":
        return end_leads or any(one.part == "story" and one.prose for one in passages[stop : stop + 3])
    if opening.kind in {"timeline", "other"} or not end_leads:
        return False
    return end.leads_back - max(end.stays, -1.0) > (0.8 if opening.labelled else 1.5)


def _find_stop(
    passages: list[Passage], opening: Opening, start: int, markers: Markers, people: list[Person]
) -> tuple[int, bool]:
    """Where a sidebar must have ended: at the next heading, sidebar or drawn line."""
    for index in range(opening.body, len(passages)):
        passage = passages[index]
        if passage.part != "story":
            continue
        if passage.gap == "rule" and index > opening.body:
            return index, True
        if not passage.open:
            continue
        if index > opening.body and read_opening(passages, index, start, markers, people):
            return index, True
        following = next((one for one in passages[index + 1 : index + 6] if one.part == "story"), None)
        if index > opening.body and is_heading(passage, following) and passage.kind is None:
            return index, True
    return len(passages), False
