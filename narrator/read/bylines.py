"""Lines that say who wrote a post and when: read as a whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from narrator.models import Person
from narrator.read.dates import Found, cut_dates, find_dates
from narrator.read.markers import Markers, read_markers
from narrator.read.names import is_desk, is_name, is_role, read_people
from narrator.read.passages import LONGEST_SIGN, fold

_SEPARATORS = re.compile(r"\s*[|•·■●]\s*|\s+[/–—-]+\s+|\s{2,}|\t")

_WITH = re.compile(r",?\s+(?:with|and|avec|et|mit|und|con|y|com|e)\s+(?=[A-Za-z])([^.]{2,40})$")
_AGENCIES = re.compile(
    r"(?:the|les|den|las|as|le)|(?:wires?|agenc(?:y|ies)|agences|agenturen|agencias|agências|agenzie)", re.I
)


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
    dates = find_dates(text, markers)
    rest = cut_dates(text, dates, markers)
    line = MetaLine(dates=dates)
    segments = [_strip_segment(segment) for segment in _SEPARATORS.split(rest)]
    # "The Courier / By Ann Bell": what stands before a byline is an outlet or a desk.
    if len(segments) > 1 and _is_outlet_like(segments[0]) and cut_byline(segments[1], markers):
        segments.pop(0)
    for segment in segments:
        if not _take_segment(segment, line, markers, bare_names or bool(dates)):
            return None
    return line if line.dates or line.people or (line.desk and line.labelled) else None


def _strip_segment(segment: str) -> str:
    segment = segment.strip(" ,;:.-–—/|")
    return segment if segment.count("(") == segment.count(")") else segment.strip(" ()")


def _is_outlet_like(segment: str) -> bool:
    words = segment.split()
    return 1 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _take_segment(segment: str, line: MetaLine, markers: Markers, bare_names: bool) -> bool:
    if not segment:
        return True
    named = cut_byline(segment, markers)
    if named is not None:
        line.labelled = True
        people = read_people(_without_agency(named, markers), markers)
        if not people and is_desk(named, markers):
            line.desk = True
            return True
        people = people or _lone_name(named, markers)
        line.people.extend(people)
        # "by olusho27(m): 9:04am On Nov 18": a member of a forum.
        line.desk = line.desk or (not people and bool(line.dates) and " " not in named)
        return bool(people) or line.desk
    if markers.furniture.find(fold(segment)) in {
        "counts",
        "share",
        "comments",
        "sections",
        "tags",
        "navigation",
        "credits",
    }:
        return True
    if line.people and is_role(segment, markers):
        last = line.people[-1]
        line.people[-1] = Person(last.name, f"{last.role}, {segment}" if last.role else segment)
        return True
    if line.labelled and len(segment.split()) <= 3 and segment[:1].isupper():
        return True  # a place: "By: Express News Service | Nandipur"
    if (
        line.dates
        and len(segment.split()) <= 2
        and is_name(segment, markers, single=True)
        and " " not in segment
    ):
        return True  # a place: "Lima, 28/11/2016"
    people = read_people(segment, markers) if bare_names else []
    line.people.extend(people)
    if not people and is_desk(segment, markers):
        line.desk = True
    return bool(people) or line.desk


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
    return [Person(text)] if is_name(text, markers, single=True) and len(text) > 2 else []


def cut_byline(text: str, markers: Markers) -> str | None:
    """What follows "By" or another opening of a byline; None when there is none.

    >>> from narrator.read.markers import read_markers
    >>> cut_byline("By Ann Bell", read_markers("en"))
    'Ann Bell'
    """
    low = text[:60].casefold()
    for opening in _openings(markers.language):
        if low.startswith(opening) and len(text) > len(opening):
            rest = text[len(opening) :]
            if opening[-1] != ":" and rest[0] not in " :":
                continue
            return rest.strip(" :|-–—") or None
    return None


@cache
def _openings(language: str) -> tuple[str, ...]:
    phrases = read_markers(language).phrases["byline"]
    return tuple(sorted((phrase.casefold() for phrase in phrases), key=len, reverse=True))
