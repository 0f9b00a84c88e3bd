"""Sidebars: which blocks are their own, and how sure their ends are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from narrator.models import Person, Sidebar
from narrator.read.furniture import REASONS
from narrator.read.kinds import is_dated, is_heading
from narrator.read.marked_sidebars import BOXED, REPEATED, RULED, is_told, read_box, read_ruled
from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.read.sidebar_authors import read_sign_off
from narrator.read.sidebar_ends import End, find_end
from narrator.read.sidebar_labels import Opening
from narrator.read.sidebar_openings import read_opening
from narrator.read.sidebar_reasons import explain_sure_start
from narrator.read.sidebar_signs import read_setting
from narrator.read.sidebar_starts import Crossheads, read_crossheads, read_start

_SURE = 0.6
"""How sure the text must be that a sidebar ended before the drawn line below it."""
_RETURNED = 0.8
"""How sure it must be on a page that the story comes back below a label that nothing sets apart."""
_RETURNED_SURELY = 0.9
"""The same below a label that heads sections as a rule."""
_LISTED = 0.4
"""The same where dates are listed, whose end the list itself shows."""
_HEADS_SECTIONS = frozenset({"analysis", "explainer", "other"})
"""Kinds whose labels head sections on nearly all pages, where neither a box nor an author says otherwise."""
SIGNED = 0.9
"""How sure an end is that the author's name marks."""
HEADING = "heading of a sidebar, said as its cue"
LABEL = "label of a sidebar, whose question below is said as its cue"
BYLINE = "byline of a sidebar, said in its cue"


@dataclass(slots=True)
class _Story:
    """A source whose sidebars are looked for."""

    passages: list[Passage]
    start: int
    """Index of the story's first passage."""
    markers: Markers
    people: Sequence[Person]
    """Its authors."""
    crossheads: Crossheads
    repeated: frozenset[str]
    """Lines that stand in it so often that each heads a part of it."""
    is_told: bool
    """It is told in paragraphs; a page may also be a row of short sections."""
    sidebars: list[Sidebar] = field(default_factory=list)
    """Those found so far."""

    def read_opening(self, index: int) -> Opening | None:
        """The sidebar that the line at *index* announces; None when it announces none."""
        if not self.is_told:
            return None
        passage = self.passages[index]
        ruled = read_ruled(self.passages, index, self.markers) if passage.gap == "rule" else None
        opening = ruled or read_opening(self.passages, index, self.start, self.markers, self.people)
        bare = opening is not None and opening.author is None
        return None if bare and _line(passage) in self.repeated else opening


def find_sidebars(
    passages: list[Passage], start: int, markers: Markers, people: Sequence[Person]
) -> list[Sidebar]:
    """Mark the blocks of every sidebar below *start* with its number, and describe it.

    Headings and bylines of sidebars are no blocks. Kinds of other lines need not be settled yet.
    """
    story = _read_story(passages, start, markers, people)
    index = 0
    while index < len(passages):
        opening = _open_at(story, index)
        index = _close(story, opening) if opening else index + 1
    return story.sidebars


def _read_story(passages: list[Passage], start: int, markers: Markers, people: Sequence[Person]) -> _Story:
    crossheads = read_crossheads(passages, start, markers)
    below = passages[start:]
    lines = Counter(_line(one) for one in below if one.open and one.short)
    on_page = bool(below) and isinstance(below[0].items[0].where, str)
    paragraphs = sum(one.part == "story" and one.prose for one in below)
    return _Story(
        passages,
        start,
        markers,
        people,
        crossheads,
        repeated=frozenset(line for line, times in lines.items() if times >= REPEATED),
        is_told=not on_page or is_told(paragraphs, len(crossheads.places)),
    )


def _line(passage: Passage) -> str:
    return passage.key.rstrip(" :")


def drop_empty(sidebars: list[Sidebar], passages: list[Passage]) -> list[Sidebar]:
    """The sidebars that have something to say once every line is settled, and their blocks renumbered."""
    spoken = {one.sidebar for one in passages if one.part == "story" and one.kind is not None and one.text}
    kept = [number for number in range(len(sidebars)) if number in spoken]
    if len(kept) < len(sidebars):
        new = {number: place for place, number in enumerate(kept)}
        for passage in passages:
            if passage.sidebar is not None and passage.sidebar not in new:
                passage.skip("heading over nothing that is spoken")
            passage.sidebar = new.get(passage.sidebar) if passage.sidebar is not None else None
    return [sidebars[number] for number in kept]


def _open_at(story: _Story, index: int) -> Opening | None:
    passages = story.passages
    passage = passages[index]
    if passage.part != "story":
        return None
    box = passage.items[0].box
    if box is not None:
        above = index - 1
        while above >= 0 and passages[above].part != "story":
            above -= 1
        first = above < 0 or passages[above].items[0].box != box
        return read_box(passages, index, story.markers) if first else None
    if not passage.open or index <= story.start:
        return None
    return story.read_opening(index)


def _close(story: _Story, opening: Opening) -> int:
    """Find the end of *opening*, mark its blocks, and give back where to go on."""
    stop, stopped = _find_stop(story, opening)
    if opening.end is not None:
        stop = opening.end
    blocks = [one for one in story.passages[opening.body : stop] if one.part == "story"]
    if not blocks:
        return opening.index + 1
    end = _settle_end(story, opening, blocks, stopped=stopped)
    unframed = _is_unframed(story.passages[opening.index], opening)
    if not end.is_worth or (unframed and _is_section(blocks, opening, end)):
        return opening.index + 1
    if opening.signed:
        end = replace(
            end, blocks=len(blocks), confidence=SIGNED, evidence=("its author's name stands below it",)
        )
    _add_sidebar(story, opening, blocks[: end.blocks], end)
    last = blocks[end.blocks - 1]
    reached = next(i for i in range(opening.body, stop) if story.passages[i] is last)
    return max([reached, *opening.lines]) + 1


def _add_sidebar(story: _Story, opening: Opening, blocks: Sequence[Passage], end: End) -> None:
    """Give *blocks* the number of the sidebar that *opening* announces, and say why."""
    number = len(story.sidebars)
    _mark_heading(story.passages, opening, number)
    for block in blocks:
        block.sidebar = number
    opened = (
        end.opened
        or opening.marked
        or explain_sure_start(opening.told_by, authored=opening.author is not None)
    )
    sure = f" ({1 - end.none:.0%} sure)" if end.opened else ""
    story.passages[opening.index].notes = [
        *([f"a sidebar{sure}: {', '.join(opened)}"] if opened else []),
        f"its end ({end.confidence:.0%} sure): {'; '.join(end.evidence)}",
    ]
    story.sidebars.append(
        Sidebar(
            kind=opening.kind,
            heading=opening.heading,
            author=opening.author,
            author_role=opening.author_role,
            confidence=end.confidence,
            evidence=end.evidence,
            opened=tuple(opened),
        )
    )


def _is_unframed(heading: Passage, opening: Opening) -> bool:
    """On a page, neither a box nor drawn lines nor an author set the sidebar apart from a section.

    A line below it alone parts sections as often.
    """
    on_page = isinstance(heading.items[0].where, str)
    framed = bool(opening.marked) or (opening.end is not None and opening.confidence > RULED)
    return on_page and not framed and opening.author is None and not opening.signed


def _is_section(blocks: list[Passage], opening: Opening, end: End) -> bool:
    """What stands under a label is a section of the piece, for the story does not plainly go on below it.

    On real pages "The bottom line", "Why it matters" and "Hintergrund" head sections.
    """
    if opening.kind == "timeline" and all(
        one.kind == "list-item" or is_dated(one) for one in blocks[: end.blocks]
    ):
        return end.confidence < _LISTED
    least = _RETURNED_SURELY if opening.kind in _HEADS_SECTIONS else _RETURNED
    return end.blocks == len(blocks) or end.confidence < least


def _mark_heading(passages: list[Passage], opening: Opening, number: int) -> None:
    """Take the lines that announce a sidebar out of the blocks, each with what became of it."""
    said = dict.fromkeys(opening.lines, BYLINE)
    if opening.titled is not None:
        said |= {opening.index: LABEL, opening.titled: HEADING}
    elif opening.body > opening.index:
        said[opening.index] = HEADING
    for line, reason in said.items():
        passages[line].skip(reason, part="sidebar-byline" if reason == BYLINE else "sidebar-heading")
        passages[line].sidebar = number


def _settle_end(story: _Story, opening: Opening, blocks: list[Passage], *, stopped: bool) -> End:
    """The end among *blocks*, and whether there is a sidebar at all where that must be weighed."""
    marked = End(len(blocks), opening.confidence, opening.evidence)
    if opening.end is not None and (opening.ruled or opening.entries or opening.confidence > RULED):
        return marked
    above = story.passages[story.start : opening.index]
    before = [one for one in above if one.part == "story" and one.sidebar is None]
    against = None
    if opening.weak and opening.end is None:
        against = read_start(story.passages, opening, story.crossheads, before, story.markers)
    authored = opening.author is not None and not opening.signed
    heading = opening.heading.replace(opening.author or "\0", "")
    setting = read_setting(before, heading, opening.kind, story.markers, authored=authored)
    end = find_end(blocks, setting, story.markers, stopped=stopped, start=against)
    # A drawn line may also part sections of the story, further down than the sidebar ends.
    return marked if opening.end is not None and end.confidence < _SURE else end


def _find_stop(story: _Story, opening: Opening) -> tuple[int, bool]:
    """Where a sidebar must have ended, at the next heading, sidebar or drawn line; and whether it is one."""
    passages = story.passages
    for index in range(opening.body, opening.end or len(passages)):
        passage = passages[index]
        below = index > opening.body
        if passage.reason == REASONS["box_end"] and below:
            opening.end, opening.confidence = index, BOXED
            opening.evidence = ("a line says that it ends there",)
            return index, True
        if passage.part != "story":
            continue
        if passage.gap == "rule" and below:
            if not opening.weak and any(one.open and one.prose for one in passages[index : index + 3]):
                opening.end, opening.confidence = index, RULED
                opening.evidence = ("a drawn line ends it",)
            return index, True
        if passage.open and below and _stops_at(story, opening, index):
            return index, True
    return len(passages), False


def _stops_at(story: _Story, opening: Opening, index: int) -> bool:
    """The author's name, another sidebar's heading or a crosshead stands at *index*."""
    passage = story.passages[index]
    author = read_sign_off(passage, opening, story.markers)
    if author is not None and story.passages[index - 1].prose:
        opening.author, opening.author_role, opening.signed = author.name, author.role, True
        opening.lines.append(index)
        return True
    other = story.read_opening(index)
    if other is not None and (passage.short or not other.weak):
        return True
    following = next((one for one in story.passages[index + 1 : index + 6] if one.part == "story"), None)
    return is_heading(passage, following) and passage.kind is None
