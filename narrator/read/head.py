"""What stands above the story: headline, byline, dates, standfirst; and where the story starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.models import Person
from narrator.read.bylines import MetaLine, cut_handle, read_meta
from narrator.read.captions import take_caption
from narrator.read.dates import Found, cut_dates, find_dates
from narrator.read.furniture import REASONS, ends_in_line, find_section, is_crumbs, split_crumbs
from narrator.read.given_names import is_given_name
from narrator.read.markers import Markers
from narrator.read.names import is_bare_name, is_role
from narrator.read.passages import LONGEST_SIGN, Passage, fold
from narrator.read.standfirsts import DATE, pass_lead, settle_rest
from narrator.read.titles import find_title, find_title_in_furniture, skip_echoes
from narrator.read.zones import reads_label, skip_summaries

BYLINE = "byline"
_FEWEST_AHEAD = 2
"""Words of a headline's first line; one alone is a label: "Exclusive:"."""
_READ = 60_000
"""Characters of the story in which a name is looked for."""
_LONGEST_ROLE = 10
"""Words of a role on a line of its own."""
_BY = re.compile(r"\s(?:by|par|von|di|de|por)\s", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]?\s")
_LONGEST_SENTENCE, _LONGEST_PAIR = 20, 16
"""Words of a headline that is a sentence, and of one that is two."""
_BARS = re.compile(r"\s*[|·•]\s*")
"""What parts a role from the outlet behind it: "Justice reporter·The Courier·"."""
_SIGNED_CAPTION = re.compile(r"(?:\S+\s+){5,}\(([^()]{3,40})\)$")
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
            text = passages[index].text
            crumbs = is_crumbs(text, markers) or ends_in_line(passages, index, start)
            if crumbs and _opens_with_role(text, markers):
                continue
            if passages[index].open and index not in metas and crumbs:
                passages[index].skip(REASONS["navigation"])
        head.title = _title_among(passages, start, metas, markers)
        if head.title is None:
            head.title = find_title_in_furniture(passages, start)
    else:
        key = fold(title)
        head.title = next((i for i, one in enumerate(passages[: start + 1]) if key and one.key == key), None)
    if head.title is not None:
        if title is None:
            head.title = _join_title(passages, head.title)
        passages[head.title].skip("", part="title")
    known = title if title is not None else passages[head.title].text if head.title is not None else ""
    echoes = skip_echoes(passages, known, head.title) if known else []
    for echo in echoes:
        if echo + 1 not in metas:
            _take_echoed(passages, echo, markers)
    _take_metas(passages, metas, head, markers)
    _take_columnist(passages, head, markers)
    settle_rest(passages, head.start, head.title, markers)
    head.start = pass_lead(passages, head.start, markers)
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
            announced = reads_label(before, markers) or markers.labels.find(fold(_BY.split(passage.text)[0]))
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


def _join_title(passages: list[Passage], title: int) -> int:
    """Where the headline stands once its first line is joined: "Trouble on the pier:"."""
    first = title if passages[title].text.endswith(":") else title - 1
    if not 0 <= first < len(passages) - 1:
        return title
    above, below = passages[first : first + 2]
    ahead = above.text.endswith(":") and above.words >= _FEWEST_AHEAD
    if ahead and above.open and below.open and below.short and below.gap == "line":
        above.skip("", part="title")
        below.set_text(f"{above.text} {below.text}")
        return first + 1
    return title


def _is_one_sentence(passage: Passage) -> bool:
    """It may be a headline that is a whole sentence, or two short ones, as many blogs' headlines are."""
    inner = len(_SENTENCE_END.findall(passage.text))
    return passage.words <= (_LONGEST_PAIR if inner else _LONGEST_SENTENCE) and inner <= 1


def _take_echoed(passages: list[Passage], echo: int, markers: Markers) -> None:
    """The line right under a repeated headline is the caption of the picture it was the alt text of."""
    if echo + 1 < len(passages):
        below = passages[echo + 1]
        close = below.gap == "line" or (below.short and below.words >= 5)
        if below.open and close and below.words <= 40:
            take_caption(below, markers)


def _take_metas(passages: list[Passage], metas: dict[int, MetaLine], head: Head, markers: Markers) -> None:
    """Take the bylines and dates above the story out, with what they say."""
    title = head.title if head.title is not None else -1
    told = (one for one in passages[head.start :] if one.part == "story" and one.prose)
    body = " ".join(one.text for one in told if not markers.furniture.find(one.key))[:_READ]
    crumbs = _read_crumbs(passages[: head.start])
    labelled = any(meta.labelled and meta.people for meta in metas.values())
    for index in range(head.start):
        passage = passages[index]
        if not passage.open:
            continue
        meta = metas.get(index)
        if meta is None and _is_signed_caption(passage, markers):
            take_caption(passage, markers)
            continue
        if meta is None and index > title:
            meta = _bare_byline(passages, index, metas, markers)
            if meta and labelled and not any(one.role for one in meta.people):
                continue  # a kicker: who wrote the piece stands behind "By"
            if meta and head.people and passage.gap == "paragraph" and not _opens_with_given_name(passage):
                continue  # a row of tags below the byline
        meta = meta or _dated(passage, markers)
        if meta is None:
            continue
        people = [
            one
            for one in meta.people
            if meta.labelled or not (_in_story(one.name, body) or fold(one.name) in crumbs)
        ]
        _add_people(head, people)
        head.dates.extend(meta.dates)
        named = bool(people) or meta.desk
        passage.skip(BYLINE if named else DATE, part="byline" if named else "date")
        if people:
            _take_role_below(passages, index, metas, head, people, markers)


def _read_crumbs(passages: list[Passage]) -> set[str]:
    """The parts of the breadcrumbs, folded: sections, which may read as names do ("Latin America")."""
    lines = (
        one.text for one in passages if one.reason == REASONS["navigation"] and len(one.text) < LONGEST_SIGN
    )
    return {fold(part) for text in lines for part in split_crumbs(text)}


def _take_role_below(
    passages: list[Passage],
    index: int,
    metas: dict[int, MetaLine],
    head: Head,
    people: list[Person],
    markers: Markers,
) -> None:
    """The line under a byline may be the role of the *people* it names."""
    if index + 1 >= head.start:
        return
    below, other = passages[index + 1], metas.get(index + 1)
    free = other is None or (other.desk and not other.dates and not other.labelled)
    if not (below.open and free) or below.words > _LONGEST_ROLE:
        return
    said = next(filter(None, _BARS.split(below.text)), "")
    if not is_role(said, markers):
        return
    last = said.split()[-1].casefold()
    appeared = last in markers.words["outlet_words"] and last not in markers.words["role_nouns"]
    if said != below.text and appeared:
        below.skip(BYLINE, part="byline")  # "The Courier |" is no role
        return
    role = cut_handle(said)
    head.people = [Person(one.name, one.role or role) if one in people else one for one in head.people]
    below.skip(BYLINE, part="byline")


def _take_columnist(passages: list[Passage], head: Head, markers: Markers) -> None:
    """A name alone right over the headline is a column's byline."""
    if head.people or not head.title:
        return
    above = passages[head.title - 1]
    if above.open and is_given_name(above.text.split(" ", 1)[0]) and is_bare_name(above.text, markers):
        head.people.append(Person(above.text))
        above.skip(BYLINE, part="byline")


def _is_signed_caption(passage: Passage, markers: Markers) -> bool:
    """A line of several words with a person's name in brackets behind it, who took the picture."""
    found = _SIGNED_CAPTION.fullmatch(passage.text) if passage.short else None
    return found is not None and is_bare_name(found[1], markers)


def _opens_with_given_name(passage: Passage) -> bool:
    return is_given_name(passage.text.split(" ", 1)[0])


def _opens_with_role(text: str, markers: Markers) -> bool:
    """ "Justice reporter·The Courier·": no row of sections, though bars part it."""
    first = next(filter(None, _BARS.split(text)), "")
    noun = first.rpartition(" ")[2].casefold() in markers.words["role_nouns"]
    return first != text and " " in first and noun and is_role(first, markers)


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
