"""The lines of a page that say who wrote its article and when, above or below its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from narrator.models import Person
from narrator.read.bylines import MetaLine, cut_byline, read_meta
from narrator.read.dates import find_dates
from narrator.read.markers import Markers, read_markers
from narrator.read.names import is_role
from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text
from narrator.read.page_tree import PageText, Run
from narrator.read.passages import fold
from narrator.read.surroundings import Surroundings

_ABOVE = 6
"""Runs above the headline that may still be about the article, as on old BBC pages."""
_BELOW = 10
"""Runs below the article among which a byline may stand, as on blogs."""
_LEAD = 8
"""Runs below the article's first, a standfirst that trafilatura took, among which a byline may stand."""
_NEAR = 4
"""Runs below the headline in which a name alone is a byline."""
_LONGEST_LABEL = 40
"""Characters of "By", "Published on" and the like at most."""
_LONGEST = 200
_NAMED = frozenset({"byline", "date line"})


@dataclass(slots=True)
class Head:
    """What the visible page says of its article's author and date."""

    people: list[Person] = field(default_factory=list)
    labelled: bool = False
    """A byline opens with "By" or the like, or its element is named one."""
    parts: dict[int, Literal["byline", "date"]] = field(default_factory=dict)
    """What each line among the runs is."""


def read_head(
    page: PageText, body: Body, around: Sequence[Surroundings], headline: int | None, markers: Markers
) -> Head:
    """The byline and date lines around the article.

    Args:
        page: the page's runs.
        body: where its article is.
        around: per run, what its elements say.
        headline: the headline's run, when there is one on the page.
        markers: words of the page's language.
    """
    head = Head()
    start = max(0, body.first - 4 * _ABOVE) if headline is None else headline
    for index in range(start, body.first):
        if index != headline:
            _take(
                head,
                index,
                page.runs[index],
                around[index],
                markers,
                bare=headline is not None and index <= headline + _NEAR,
            )
    if not head.people:
        _take_below_lead(head, page, body, around, markers)
    for index in range(max(0, start - _ABOVE), start):
        if around[index].reason in _NAMED:
            _take(head, index, page.runs[index], around[index], markers, bare=False)
    if not head.people:
        for index in range(body.last + 1, min(len(page.runs), body.last + 1 + _BELOW)):
            if around[index].reason in {"byline", "page footer", "author note"}:
                _take(head, index, page.runs[index], around[index], markers, bare=False)
    return head


def _take_below_lead(
    head: Head, page: PageText, body: Body, around: Sequence[Surroundings], markers: Markers
) -> None:
    """A byline between a standfirst, which is article text, and the story's first crosshead or box."""
    below_deck = False
    for index in range(body.first + 1, min(len(page.runs), body.first + 1 + _LEAD)):
        if (around[index].kind == "heading" and below_deck) or head.people:
            return
        below_deck = below_deck or around[index].kind != "heading"
        if not body.chosen[index]:
            _take(head, index, page.runs[index], around[index], markers, bare=False)


def _take(head: Head, index: int, run: Run, around: Surroundings, markers: Markers, *, bare: bool) -> None:
    """Read one line; lines that say something else, and repetitions, change nothing."""
    text = run.text
    if (
        len(text) > _LONGEST
        or around.caption
        or around.reason not in (None, *_NAMED, "page header", "page footer")
    ):
        return
    follows = bool(head.people) and not head.people[-1].role and index - 1 in head.parts
    if follows and is_role(text, markers) and not find_dates(text, markers):
        head.people[-1] = Person(head.people[-1].name, text.strip(" ()"))
        head.parts[index] = "byline"
        return
    named = around.reason == "byline"
    line = _read(run, markers, bare=(bare and around.kind != "heading") or named)
    if line is None:
        if around.reason in _NAMED:
            head.parts[index] = "byline" if named else "date"
        return
    head.parts[index] = "byline" if line.people or line.desk else "date"
    head.labelled = head.labelled or ((line.labelled or named) and bool(line.people))
    known = {person.name.casefold() for person in head.people}
    # "Ann Bell's latest stories" names nobody new.
    head.people += [
        one for one in line.people if not any(one.name.casefold().startswith(name) for name in known)
    ]


def _read(run: Run, markers: Markers, *, bare: bool) -> MetaLine | None:
    """The line with its elements set apart ("By <b>Ann Bell</b> <span>News</span>"), else as it stands."""
    line = read_meta(run.text, markers, bare_names=bare)
    parts = _parts(run, markers)
    if len(parts) < 2:
        return line
    apart = read_meta(" | ".join(parts), markers, bare_names=bare)
    if apart is None or (line is not None and len(line.dates) > len(apart.dates)):
        return line
    return apart if apart.people or line is None else line


def _parts(run: Run, markers: Markers) -> list[str]:
    """The texts of its elements; "By" and "Published on" stay with what follows them."""
    opens = _date_labels(markers.language)
    parts: list[str] = []
    joined = False
    for piece in run.pieces:
        text = clean_text(piece.text)
        if not any(char.isalnum() for char in text):
            continue
        if joined:
            text = f"{parts.pop()} {text}"
        parts.append(text)
        joined = len(text) <= _LONGEST_LABEL and (
            fold(text) in opens or cut_byline(f"{text} ?", markers) == "?"
        )
    return parts


@cache
def _date_labels(language: str) -> frozenset[str]:
    """What stands before a date ("Published on"), folded."""
    phrases = read_markers(language).phrases
    return frozenset(map(fold, (*phrases["published"], *phrases["updated"])))


def _with_rest(person: Person, head: Head) -> Person:
    """*person* with what the page's byline says behind the name: a place, a role."""
    for one in head.people:
        if one.name.startswith(f"{person.name} ") and one.role is None and person.role is None:
            return Person(person.name, one.name[len(person.name) :].strip())
    return person


def merge_people(stated: Sequence[Person], head: Head, outlets: Iterable[str]) -> list[Person]:
    """One byline out of the machine-readable one and the one on the page.

    The names that both give keep the page's role; where they differ, a labelled byline on the page
    wins. An outlet after a name is no role.
    """
    names = {outlet.casefold() for outlet in outlets if outlet}
    if stated and any(_with_rest(one, head) is not one for one in stated):
        return [_with_rest(one, head) for one in stated]
    seen = {person.name.casefold(): person for person in head.people}
    known = {person.name.casefold() for person in stated}
    if not stated or (head.labelled and not known & seen.keys()):
        people = list(head.people)
    else:
        people = [
            Person(
                one.name,
                seen[one.name.casefold()].role or one.role if one.name.casefold() in seen else one.role,
            )
            for one in stated
        ]
    return [
        Person(one.name, None if one.role and one.role.casefold() in names else one.role) for one in people
    ]
