"""What stands above the story: headline, byline, dates, standfirst; and where the story starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.models import Person
from narrator.read.bylines import MetaLine, read_meta
from narrator.read.captions import take_caption
from narrator.read.dates import Found, cut_dates, find_dates
from narrator.read.furniture import REASONS, ends_in_line, find_section, is_crumbs
from narrator.read.given_names import is_given_name
from narrator.read.markers import Markers
from narrator.read.names import is_bare_name, is_role
from narrator.read.passages import Passage, fold
from narrator.read.standfirsts import DATE, settle_rest
from narrator.read.titles import find_title, skip_echoes
from narrator.read.zones import skip_summaries

BYLINE = "byline"
_BY = re.compile(r"\s(?:by|par|von|di|de|por)\s", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]?\s")
_LONGEST_SENTENCE = 20
_LONGEST_DATED, _MOST_BESIDE = 16, 6
"""Words of a line that is a date with something beside it, and of what is beside it."""


@dataclass(slots=True)
class Head:
    """What the lines above a story said."""

    start: int
    """Index of the story's first passage."""
    title: int | None = None
    """Index of the headline; None when no line is one."""
    people: list[Person] = field(default_factory=list)
    dates: list[Found] = field(default_factory=list)


def read_head(passages: list[Passage], markers: Markers, *, title: str | None = None) -> Head:
    """Decide every line above the story. *title* is the headline when something else stated it."""
    skip_summaries(passages, markers)
    start = find_start(passages, markers)
    head = Head(start)
    metas = _read_metas(passages, start, markers)
    if title is None:
        for index in range(start):
            crumbs = is_crumbs(passages[index].text, markers) or ends_in_line(passages, index, start)
            if passages[index].open and index not in metas and crumbs:
                passages[index].skip(REASONS["navigation"])
        head.title = _title_among(passages, start, metas, markers)
    else:
        key = fold(title)
        head.title = next((i for i, one in enumerate(passages[: start + 1]) if key and one.key == key), None)
    if head.title is not None:
        passages[head.title].skip("", part="title")
    known = title if title is not None else passages[head.title].text if head.title is not None else ""
    echoes = skip_echoes(passages, known, head.title) if known else []
    for echo in echoes:
        _take_echoed(passages, echo, markers)
    _take_metas(passages, metas, head, markers)
    _take_columnist(passages, head, markers)
    settle_rest(passages, head.start, head.title, markers)
    return head


def find_start(passages: list[Passage], markers: Markers) -> int:
    """Index of the first passage of the story itself."""
    prose = [i for i, one in enumerate(passages) if one.open and _may_begin(one, markers)]
    if not prose:
        return _first_block_after_title(passages)
    # What a page has above the text that it marks as its article's is a lead, which may repeat it.
    start = next((i for i in prose if passages[i].sure or passages[i].items[0].hint == "paragraph"), prose[0])
    # Sentences above a byline or a date are a standfirst; the story starts below it.
    seen = 0
    for index in range(start, min(start + 7, len(passages))):
        passage = passages[index]
        if passage.items[0].part in {"byline", "date"} and seen:
            return next((i for i in prose if i > index), start)
        if passage.part != "story":
            continue
        if passage.prose and passage.kind is None:
            seen += 1
            if seen > 2:
                break
        elif passage.items[0].hint == "heading" and seen:
            break
        elif passage.kind is None and index > start:
            before = passages[index - 1]
            meta = read_meta(passage.text, markers)
            announced = markers.labels.find(before.key) or markers.labels.find(
                fold(_BY.split(passage.text)[0])
            )
            labelled = meta and (meta.dates or (meta.labelled and not announced))
            later = next((i for i in prose if i > index), None)
            if labelled and later is not None:
                return later
    return start


def _may_begin(passage: Passage, markers: Markers) -> bool:
    """A paragraph, outside of any box, and no date line that ends in an abbreviation."""
    if not passage.prose or passage.items[0].box is not None:
        return False
    return passage.words > _LONGEST_DATED or read_meta(passage.text, markers) is None


def _first_block_after_title(passages: list[Passage]) -> int:
    stand = [i for i, one in enumerate(passages) if one.open]
    closed = [i for i in stand if passages[i].closed]
    return closed[0] if closed else (stand[1] if len(stand) > 1 else len(passages))


def _read_metas(passages: list[Passage], start: int, markers: Markers) -> dict[int, MetaLine]:
    metas = {}
    for index in range(start):
        passage = passages[index]
        if passage.open and passage.items[0].level != 1:
            meta = read_meta(passage.text, markers)
            if meta:
                metas[index] = meta
    return metas


def _title_among(
    passages: list[Passage], start: int, metas: dict[int, MetaLine], markers: Markers
) -> int | None:
    hidden = []
    for index in range(start):
        passage = passages[index]
        section = find_section(passage, markers) if passage.open else None
        is_text = passage.prose and not _is_one_sentence(passage)
        if passage.open and (index in metas or section in {"sections", "contact", "navigation"} or is_text):
            passage.part = "byline"
            hidden.append(passage)
    found = find_title(passages, start, markers)
    for passage in hidden:
        passage.part = "story"
    return found


def _is_one_sentence(passage: Passage) -> bool:
    """It may be a headline that is a whole sentence, as questions and many blogs' headlines are."""
    return passage.words <= _LONGEST_SENTENCE and not _SENTENCE_END.search(passage.text)


def _take_echoed(passages: list[Passage], echo: int, markers: Markers) -> None:
    """The line right under a repeated headline is the caption of the picture it was the alt text of."""
    if echo + 1 < len(passages):
        below = passages[echo + 1]
        close = below.gap == "line" or (below.short and below.words >= 5)
        if below.open and close and below.words <= 40:
            take_caption(below, markers)


def _take_metas(passages: list[Passage], metas: dict[int, MetaLine], head: Head, markers: Markers) -> None:
    title = head.title if head.title is not None else -1
    body = " ".join(one.text for one in passages[head.start :] if one.part == "story" and one.prose)[:60_000]
    for index in range(head.start):
        passage = passages[index]
        if not passage.open:
            continue
        meta = metas.get(index) or (_bare_byline(passages, index, metas, markers) if index > title else None)
        meta = meta or _dated(passage, markers)
        if meta is None:
            continue
        people = [one for one in meta.people if meta.labelled or not _in_story(one.name, body)]
        _add_people(head, people)
        head.dates.extend(meta.dates)
        passage.skip(
            BYLINE if people or meta.desk else DATE, part="byline" if people or meta.desk else "date"
        )
        below = passages[index + 1] if index + 1 < head.start else None
        other = metas.get(index + 1)
        free = other is None or (other.desk and not other.dates and not other.labelled)
        if people and below and below.open and free and is_role(below.text, markers) and below.words <= 10:
            head.people = [
                Person(one.name, one.role or below.text) if one in people else one for one in head.people
            ]
            below.skip(BYLINE, part="byline")


def _take_columnist(passages: list[Passage], head: Head, markers: Markers) -> None:
    """A name alone right over the headline is a column's byline."""
    if head.people or not head.title:
        return
    above = passages[head.title - 1]
    if above.open and is_given_name(above.text.split(" ", 1)[0]) and is_bare_name(above.text, markers):
        head.people.append(Person(above.text))
        above.skip(BYLINE, part="byline")


def _dated(passage: Passage, markers: Markers) -> MetaLine | None:
    """A whole date with a few words around it that say nothing more: an issue's number, a section."""
    if passage.closed or passage.words > _LONGEST_DATED or passage.items[0].hint is not None:
        return None
    dates = find_dates(passage.text, markers)
    rest = cut_dates(passage.text, dates, markers) if dates else ""
    words = re.findall(r"[^\W_]+", rest)
    return MetaLine(dates=dates) if dates and len(words) <= _MOST_BESIDE else None


def _bare_byline(
    passages: list[Passage], index: int, metas: dict[int, MetaLine], markers: Markers
) -> MetaLine | None:
    """A name without "By" counts next to a date, a role or a "Follow" button."""
    passage = passages[index]
    # "Yann LE GOAREC.": some outlets put a full stop behind the name.
    if passage.words > 14 or (passage.closed and passage.words > 5):
        return None
    meta = read_meta(passage.text, markers, bare_names=True)
    if meta is None or not meta.people:
        return None
    if any(person.role for person in meta.people):
        return meta
    kept = [i for i in range(len(passages)) if i == index or passages[i].part != "furniture"][:60]
    at = kept.index(index) if index in kept else 0
    near = [*kept[max(0, at - 2) : at], *kept[at + 1 : at + 3]]
    below = passages[index + 1] if index + 1 < len(passages) else None
    role_below = below is not None and below.open and below.short and is_role(below.text, markers)
    return meta if role_below or any(i in metas or passages[i].part == "date" for i in near) else None


def _in_story(name: str, body: str) -> bool:
    return name in body and f"{name} is " not in body


def _add_people(head: Head, people: list[Person]) -> None:
    names = {one.name.casefold() for one in head.people}
    head.people.extend(one for one in people if one.name.casefold() not in names)
