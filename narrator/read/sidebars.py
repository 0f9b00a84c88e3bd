"""Sidebars: which blocks are their own, and how sure their ends are."""

from __future__ import annotations

from narrator.models import Person, Sidebar
from narrator.read.furniture import REASONS
from narrator.read.kinds import is_dated, is_heading
from narrator.read.marked_sidebars import BOXED, RULED, read_box, read_ruled
from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.read.sidebar_ends import End, find_end
from narrator.read.sidebar_openings import Opening, read_opening, read_sign_off
from narrator.read.sidebar_signs import read_setting
from narrator.read.sidebar_starts import Crossheads, read_crossheads, read_start

_SURE = 0.6
"""How sure the text must be that a sidebar ended before the drawn line below it."""
_RETURNED = 0.75
"""How sure it must be on a page that the story comes back below a label that nothing sets apart."""
_LISTED = 0.4
"""The same where dates are listed, whose end the list itself shows."""
SIGNED = 0.9
"""How sure an end is that the author's name marks."""
HEADING = "heading of a sidebar, said as its cue"
LABEL = "label of a sidebar, whose question below is said as its cue"
BYLINE = "byline of a sidebar, said in its cue"


def find_sidebars(
    passages: list[Passage], start: int, markers: Markers, people: list[Person]
) -> list[Sidebar]:
    """Mark the blocks of every sidebar below *start* with its number, and describe it.

    Headings and bylines of sidebars are no blocks. Kinds of other lines need not be settled yet.
    """
    sidebars: list[Sidebar] = []
    crossheads = read_crossheads(passages, start, markers)
    index = 0
    while index < len(passages):
        opening = _open_at(passages, index, start, markers, people)
        if opening is None:
            index += 1
            continue
        index = _close(passages, opening, start, markers, people, sidebars, crossheads)
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


def _close(
    passages: list[Passage],
    opening: Opening,
    start: int,
    markers: Markers,
    people: list[Person],
    sidebars: list[Sidebar],
    crossheads: Crossheads,
) -> int:
    """Find the end of *opening*, mark its blocks, and give back where to go on."""
    stop, stopped = _find_stop(passages, opening, start, markers, people)
    if opening.end is not None:
        stop = opening.end
    blocks = [one for one in passages[opening.body : stop] if one.part == "story"]
    if not blocks:
        return opening.index + 1
    before = [one for one in passages[start : opening.index] if one.part == "story" and one.sidebar is None]
    against = (
        read_start(passages, opening, crossheads, before, markers)
        if opening.weak and opening.end is None
        else None
    )
    end = _settle_end(opening, blocks, before, markers, stopped=stopped, against=against)
    if end.none > 0.5 or (
        _is_unframed(passages[opening.index], opening) and _is_section(blocks, opening, end)
    ):
        return opening.index + 1
    if opening.signed:
        end = End(len(blocks), SIGNED, ("its author's name stands below it",))
    _mark_heading(passages, opening, len(sidebars))
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
    reached = next(i for i in range(opening.body, stop) if passages[i] is last)
    return max([reached, *opening.lines]) + 1


def _is_unframed(heading: Passage, opening: Opening) -> bool:
    """On a page, neither a box nor a drawn line nor an author sets the sidebar apart from a section."""
    on_page = isinstance(heading.items[0].where, str)
    return on_page and opening.end is None and opening.author is None and not opening.signed


def _is_section(blocks: list[Passage], opening: Opening, end: End) -> bool:
    """What stands under a label is a section of the piece, for the story does not plainly go on below it.

    On real pages "The bottom line", "Why it matters" and "Hintergrund" mostly head the last section.
    """
    if opening.kind == "timeline" and all(
        one.kind == "list-item" or is_dated(one) for one in blocks[: end.blocks]
    ):
        return end.confidence < _LISTED
    return end.blocks == len(blocks) or end.confidence < _RETURNED


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


def _settle_end(
    opening: Opening,
    blocks: list[Passage],
    before: list[Passage],
    markers: Markers,
    *,
    stopped: bool,
    against: dict[str, float] | None,
) -> End:
    marked = End(len(blocks), opening.confidence, opening.evidence)
    if opening.end is not None and (opening.ruled or opening.confidence > RULED):
        return marked
    authored = opening.author is not None and not opening.signed
    heading = opening.heading.replace(opening.author or "\0", "")
    setting = read_setting(before, heading, opening.kind, markers, authored=authored)
    end = find_end(blocks, setting, markers, stopped=stopped, start=against)
    # A drawn line may also part sections of the story, further down than the sidebar ends.
    return marked if opening.end is not None and end.confidence < _SURE else end


def _find_stop(
    passages: list[Passage], opening: Opening, start: int, markers: Markers, people: list[Person]
) -> tuple[int, bool]:
    """Where a sidebar must have ended: at the next heading, sidebar or drawn line."""
    for index in range(opening.body, opening.end or len(passages)):
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
        author = read_sign_off(passage, opening, markers) if index > opening.body else None
        if author is not None and passages[index - 1].prose:
            opening.author, opening.author_role, opening.signed = author.name, author.role, True
            opening.lines.append(index)
            return index, True
        other = read_opening(passages, index, start, markers, people) if index > opening.body else None
        if other is not None and (passage.short or not other.weak):
            return index, True
        following = next((one for one in passages[index + 1 : index + 6] if one.part == "story"), None)
        if index > opening.body and is_heading(passage, following) and passage.kind is None:
            return index, True
    return len(passages), False
