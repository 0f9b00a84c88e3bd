"""Lines that say who wrote a post and when: read as a whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from narrator.models import Person
from narrator.read.bars import cut_buttons, is_buttons, is_section_bar
from narrator.read.dates import Found, cut_dates, find_dates
from narrator.read.given_names import is_given_name
from narrator.read.markers import Markers, read_markers
from narrator.read.names import is_acronym, is_bare_name, is_desk, is_name, is_role, read_people
from narrator.read.passages import LONGEST_SIGN, fold

_SEPARATORS = re.compile(r"\s*[|•·■●]\s*|\s+[/–—-]+\s+|\s{2,}|\t")

_WITH = re.compile(r",?\s+(?:with|and|avec|et|mit|und|con|y|com|e)\s+(?=[A-Za-z])([^.]{2,40})$")
_AGENCIES = re.compile(
    r"(?:the|les|den|las|as|le)|(?:wires?|agenc(?:y|ies)|agences|agenturen|agencias|agências|agenzie)", re.I
)

_AROUND = frozenset({"counts", "share", "comments", "sections", "tags", "navigation", "credits"})
"""Sections of furniture that stand on one line with names and dates."""


_GLUED_DATE = re.compile(r"\b\d{1,2}(?P<mark>[./])\d{1,2}(?P=mark)(?:19|20)\d\d(?=\d{1,2}\b)")
"""A date that a page prints twice, for narrow screens and for wide ones: "12.09.202312. September 2023"."""
_HANDLE = re.compile(r"@\w+|\S+@\S+\.\w+")
_GLUED = frozenset({"by", "von", "par", "por"})
"""Openings that pages print without a space, because a style sheet sets one: "ByAnn Bell"."""


@dataclass(slots=True)
class MetaLine:
    """What a line above or below a story says about it."""

    people: list[Person] = field(default_factory=list)
    dates: list[Found] = field(default_factory=list)
    desk: bool = False
    """It names a desk, an agency or a site instead of people."""
    labelled: bool = False
    """It says "By" or the like, so what follows is a name whatever it looks like."""


def read_meta(text: str, markers: Markers, *, bare_names: bool = False) -> MetaLine | None:
    """The people and dates of a line that holds nothing else; None when it holds more.

    Args:
        text: one line.
        markers: the language's words.
        bare_names: take a name without "By" too, as some outlets print it under the headline.
    """
    if len(text) > LONGEST_SIGN // 2:
        return None
    text = _GLUED_DATE.sub(r"\g<0> ", _without_tags(cut_counts(text, markers), markers))
    dates = find_dates(text, markers)
    rest = cut_dates(text, dates, markers)
    line = MetaLine(dates=dates)
    segments = [_strip_segment(segment) for segment in _SEPARATORS.split(rest)]
    # "The Courier / By Ann Bell": what stands before a byline is an outlet or a desk.
    if len(segments) > 1 and _is_outlet_like(segments[0]) and cut_byline(segments[1], markers):
        segments.pop(0)
    known = 0
    for segment in segments:
        follows = len(line.people) > known
        known = len(line.people)
        if not _take_segment(segment, line, markers, bare=bare_names or bool(dates), follows=follows):
            return None
    return line if line.dates or line.people or (line.desk and line.labelled) else None


def cut_counts(text: str, markers: Markers) -> str:
    """*text* without what blogs put behind a byline: "Posted by Ann at 9:40 PM No comments:".

    >>> from narrator.read.markers import read_markers
    >>> cut_counts("Posted by Ann Bell No comments:", read_markers("en"))
    'Posted by Ann Bell'
    """
    for size in (3, 2):
        kept, *tail = text.rsplit(" ", size)
        if len(tail) == size and markers.furniture.find(fold(" ".join(tail))) == "comments":
            return kept
    return text


def cut_handle(role: str) -> str:
    """*role* without the address on a network behind it: "Asia correspondent @annbell"."""
    return re.sub(r"\s+@\w+\s*$", "", role)


def _strip_segment(segment: str) -> str:
    segment = segment.strip(" ,;:.-–—/|")
    return segment if segment.count("(") == segment.count(")") else segment.strip(" ()")


def _is_outlet_like(segment: str) -> bool:
    words = segment.split()
    return 1 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _take_segment(segment: str, line: MetaLine, markers: Markers, *, bare: bool, follows: bool) -> bool:
    """Read one part of a line into *line*; False when it is neither of people nor furniture.

    Args:
        segment: the part.
        line: what the parts before it said.
        markers: the language's words.
        bare: names need no "By".
        follows: the part before it named people.
    """
    if not segment or _HANDLE.fullmatch(segment):
        return True
    named = cut_byline(segment, markers)
    if named is not None:
        return _take_labelled(segment, named, line, markers)
    if _is_furniture(segment, markers):
        return True
    if line.people and is_role(segment, markers):
        _add_role(line, cut_handle(segment), anew=False)
        return True
    known = {one.name.casefold() for one in line.people}
    if segment.casefold() in known:
        return True
    few = len(segment.split()) <= (3 if line.labelled else 2) and segment[:1].isupper()
    if follows and line.labelled and is_given_name(segment.split()[0]) and is_bare_name(segment, markers):
        line.people.append(Person(segment))
        return True
    is_place = " " not in segment and few and is_name(segment, markers, single=True)
    if (few and line.labelled) or (line.dates and is_place):
        # "By: News Service | Nandipur", "Lima, 28/11/2016"
        if follows and line.labelled and _may_be_place(segment, markers):
            _add_role(line, segment, anew=True)
        return True
    if bare:
        named = cut_buttons(segment, markers)
        people = [one for one in read_people(named, markers) if is_bare_name(one.name, markers)]
    else:
        people = []
    line.people.extend(people)
    if not people and is_desk(segment, markers):
        line.desk = True
    return bool(people) or line.desk


def _take_labelled(segment: str, named: str, line: MetaLine, markers: Markers) -> bool:
    """Read what follows "By" or the like; some of these say a role: "dalla nostra inviata"."""
    line.labelled = True
    opening = segment[: segment.rfind(named)].strip(" :|-–—")
    named = cut_buttons(named, markers)
    people = read_people(_without_agency(named, markers), markers)
    if not people and (is_desk(named, markers) or is_acronym(named)):
        line.desk = True
        return True
    people = people or _lone_name(named, markers)
    if opening.casefold() in markers.phrases["byline_roles"]:
        people = [Person(one.name, one.role or opening) for one in people]
    line.people.extend(people)
    # "by olusho27(m): 9:04am On Nov 18": a member of a forum.
    line.desk = line.desk or (not people and bool(line.dates) and " " not in named)
    return bool(people) or line.desk


def _may_be_place(segment: str, markers: Markers) -> bool:
    """A place or a station by its form; what begins with an article, or holds a mark, is neither."""
    first = segment.split()[0].casefold()
    return len(segment) > 2 and first not in markers.words["stopwords"] and not set(":©@") & set(segment)


def _is_furniture(segment: str, markers: Markers) -> bool:
    section = markers.furniture.find(fold(segment))
    return section in _AROUND or is_buttons(segment, markers) or is_section_bar(segment, markers)


def _add_role(line: MetaLine, role: str, *, anew: bool) -> None:
    """Give *role* to the last of *line*'s people; where they have one, only when not *anew*."""
    role = role[1:-1] if role.startswith("(") and role.endswith(")") else role
    last = line.people[-1]
    if last.role is None or not anew:
        line.people[-1] = Person(last.name, f"{last.role}, {role}" if last.role else role)


def _without_tags(text: str, markers: Markers) -> str:
    """ "By Ann Bell, filed in World News": where a blog has filed the post is nobody's role."""
    names, comma, tail = text.rpartition(",")
    return names if comma and markers.furniture.find(fold(tail)) == "tags" else text


def _without_agency(named: str, markers: Markers) -> str:
    """ "Ann Bell with AFP", "Ann Bell mit dpa": the agency whose copy was used is nobody."""
    found = _WITH.search(named)
    if found and all(
        word in markers.words["agencies"] or _AGENCIES.fullmatch(word)
        for word in re.split(r"[\s,/&]+", found[1].strip(" ."))
    ):
        return named[: found.start()]
    return named


def _lone_name(text: str, markers: Markers) -> list[Person]:
    """One word after "By" is a name too, if it looks like one: "By Tobias"."""
    named = is_name(text, markers, single=True) and len(text) > 2 and not is_acronym(text)
    return [Person(text)] if named else []


def cut_byline(text: str, markers: Markers) -> str | None:
    """What follows "By" or another opening of a byline; None when there is none.

    >>> from narrator.read.markers import read_markers
    >>> cut_byline("By Ann Bell", read_markers("en"))
    'Ann Bell'
    """
    low, openings = text[:60].casefold(), _openings(markers.language)
    if not low.startswith(openings):
        return None
    for opening in openings:
        if low.startswith(opening) and len(text) > len(opening):
            rest = text[len(opening) :]
            glued = rest[0].isupper() and text[:1].isupper() and opening in _GLUED
            if opening[-1] != ":" and rest[0] not in " :" and not glued:
                continue
            return rest.strip(" :|-–—") or None
    return None


@cache
def _openings(language: str) -> tuple[str, ...]:
    phrases = read_markers(language).phrases["byline"]
    return tuple(sorted((phrase.casefold() for phrase in phrases), key=len, reverse=True))
