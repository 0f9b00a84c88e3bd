"""Sidebars: which blocks are their own, and how sure their ends are."""

from __future__ import annotations

from narrator.models import Person, Sidebar
from narrator.read.furniture import REASONS
from narrator.read.kinds import is_heading
from narrator.read.marked_sidebars import BOXED, RULED, read_box, read_ruled
from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.read.sidebar_ends import End, find_end, read_story
from narrator.read.sidebar_openings import Opening, read_opening

_SURE = 0.6
"""How sure the text must be that a sidebar ended before the drawn line below it."""
HEADING = "heading of a sidebar, said as its cue"
BYLINE = "byline of a sidebar, said in its cue"


def find_sidebars(
    passages: list[Passage], start: int, markers: Markers, people: list[Person]
) -> list[Sidebar]:
    """Mark the blocks of every sidebar below *start* with its number, and describe it.

    Headings and bylines of sidebars are no blocks. Kinds of other lines need not be settled yet.
    """
    sidebars: list[Sidebar] = []
    asked = sum(1 for one in passages[start:] if one.open and _is_question(one, markers))
    headings = sum(
        1
        for one, below in zip(passages[start:], passages[start + 1 :], strict=False)
        if one.open and one.short and is_heading(one, below)
    )
    index = 0
    while index < len(passages):
        opening = _open_at(passages, index, start, markers, people)
        ordinary = (
            opening is not None
            and opening.weak
            and opening.end is None
            and ((asked > 1 and _is_question(passages[index], markers)) or (opening.generic and headings > 1))
        )
        if opening is None or ordinary:
            index += 1
            continue
        index = _close(passages, opening, start, markers, people, sidebars)
    return sidebars


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


def _open_at(
    passages: list[Passage], index: int, start: int, markers: Markers, people: list[Person]
) -> Opening | None:
    passage = passages[index]
    if passage.part != "story":
        return None
    box = passage.items[0].box
    if box is not None:
        above = index - 1
        while above >= 0 and passages[above].part != "story":
            above -= 1
        first = above < 0 or passages[above].items[0].box != box
        return read_box(passages, index, markers) if first else None
    if not passage.open or index <= start:
        return None
    ruled = read_ruled(passages, index, markers) if passage.gap == "rule" else None
    return ruled or read_opening(passages, index, start, markers, people)


def _is_question(passage: Passage, markers: Markers) -> bool:
    return passage.text.endswith("?") and passage.words <= 12 and not passage.prose


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
    if opening.end is not None:
        stop = opening.end
    blocks = [one for one in passages[opening.body : stop] if one.part == "story"]
    if not blocks:
        return opening.index + 1
    end = _settle_end(passages, opening, blocks, start, markers, stopped=stopped)
    if opening.weak and opening.end is None and not _is_sidebar(opening, end, blocks, passages, stop):
        return opening.index + 1
    if opening.body > opening.index:
        passages[opening.index].skip(HEADING, part="sidebar-heading")
        passages[opening.index].sidebar = len(sidebars)
    for line in opening.lines:
        passages[line].skip(BYLINE, part="sidebar-byline")
        passages[line].sidebar = len(sidebars)
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


def _settle_end(
    passages: list[Passage],
    opening: Opening,
    blocks: list[Passage],
    start: int,
    markers: Markers,
    *,
    stopped: bool,
) -> End:
    marked = End(len(blocks), opening.confidence, opening.evidence, leads_back=0.0, stays=0.0)
    if opening.end is not None and (opening.ruled or opening.confidence > RULED):
        return marked
    before = [one for one in passages[start : opening.index] if one.part == "story" and one.sidebar is None]
    end = find_end(blocks, read_story(before, markers), markers, stopped=stopped)
    # A drawn line may also part sections of the story, further down than the sidebar ends.
    return marked if opening.end is not None and end.confidence < _SURE else end


def _is_sidebar(
    opening: Opening, end: End, blocks: list[Passage], passages: list[Passage], stop: int
) -> bool:
    """Whether the text below a weak heading speaks for a sidebar: the story must go on without it."""
    end_leads = end.blocks < len(blocks) and end.leads_back > 0.5
    if blocks[0].kind == "list-item":
        return end_leads or any(one.part == "story" and one.prose for one in passages[stop : stop + 3])
    if opening.kind in {"timeline", "other"} or not end_leads:
        return False
    if opening.labelled:
        return end.leads_back - end.stays > 0.8
    if opening.kind == "profile":
        return end.leads_back - end.stays > 1.0
    return end.stays < 0 and end.leads_back - end.stays > 1.5


def _find_stop(
    passages: list[Passage], opening: Opening, start: int, markers: Markers, people: list[Person]
) -> tuple[int, bool]:
    """Where a sidebar must have ended: at the next heading, sidebar or drawn line."""
    for index in range(opening.body, len(passages)):
        passage = passages[index]
        if passage.reason == REASONS["box_end"] and index > opening.body:
            opening.end, opening.confidence = index, BOXED
            opening.evidence = ("a line says that it ends there",)
            return index, True
        if passage.part != "story":
            continue
        if passage.gap == "rule" and index > opening.body:
            if not opening.weak and any(one.open and one.prose for one in passages[index : index + 3]):
                opening.end, opening.confidence = index, RULED
                opening.evidence = ("a drawn line ends it",)
            return index, True
        if not passage.open:
            continue
        if index > opening.body and read_opening(passages, index, start, markers, people):
            return index, True
        following = next((one for one in passages[index + 1 : index + 6] if one.part == "story"), None)
        if index > opening.body and is_heading(passage, following) and passage.kind is None:
            return index, True
    return len(passages), False
