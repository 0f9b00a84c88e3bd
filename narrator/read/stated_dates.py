"""When a page's article was first published: its stated dates, the most trusted that others support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from narrator.read.bylines import read_meta
from narrator.read.date_order import settle_order
from narrator.read.dates import Found, find_dates
from narrator.read.markers import Markers
from narrator.read.moments import date_in_address, read_moment
from narrator.read.page_body import Body
from narrator.read.page_elements import name_words
from narrator.read.page_tree import PageText

_ABOVE, _BELOW = 40, 12
"""Runs before and after the article in which a visible date is its own."""
_SMALL = 12
"""Most runs in an element whose inner elements are about the same line as it is."""
_LAST = 3
"""Runs at the article's end among which a date line may stand."""
_NEAR = timedelta(days=2)
_DIGIT = re.compile(r"\d")


def choose_date(
    linked: Sequence[str],
    metas: Sequence[str],
    page: PageText,
    body: Body,
    address: str | None,
    markers: Markers,
    *,
    lean: int = 0,
) -> datetime | None:
    """The moment of first publication; None when nothing on the page states one.

    The order of trust: JSON-LD, meta elements, microdata and ``<time>`` about the article, dates in
    its head and foot, the address. A date that stands alone against two others that agree loses.

    Args:
        linked: dates from JSON-LD.
        metas: dates from meta elements.
        page: the page.
        body: where its article is.
        address: its address.
        markers: words of its language.
        lean: 1 when the page is of a country that writes the month first, -1 when it is of another.
    """
    found = [one for value in (*linked, *metas) if (one := _read(value, markers))]
    found += _marked(page, body, markers)
    found += _visible(page, body, markers)
    if address and (day := date_in_address(address)):
        found.append(Found(day, 0, 0))
    if not found:
        return None
    stated = _settle(found, page, body, markers, lean)
    first = stated[0]
    if any(_close(first, other) for other in stated[1:]):
        return first
    for moment in stated[1:]:
        if sum(_close(moment, other) for other in stated) >= 3:
            return moment
    return first


def _settle(
    found: Sequence[Found], page: PageText, body: Body, markers: Markers, lean: int
) -> list[datetime]:
    """The moments of *found*, numeric dates in the order that others of the page, or its text, confirm."""
    if not any(one.month_first for one in found):
        return [one.when for one in found]
    plain = [one.when for one in found if one.month_first is None]
    settled = []
    for one in found:
        if one.month_first and not any(_close(one.when, other) for other in plain):
            american = one.when.replace(month=one.month_first.month, day=one.month_first.day)
            if any(_close(american, other) for other in plain):
                one = replace(one, when=american, month_first=None)
        settled.append(one)
    story = " ".join(run.text for run, ok in zip(page.runs, body.chosen, strict=True) if ok)
    return [one.when for one in settle_order(settled, story, markers, lean=lean)]


def _read(value: str, markers: Markers) -> Found | None:
    """The first date in a stated *value*."""
    if (moment := read_moment(value)) is not None:
        return Found(moment, 0, len(value))
    return next(iter(find_dates(value, markers)), None)


def _marked(page: PageText, body: Body, markers: Markers) -> list[Found]:
    """Dates that elements of the article's head or foot carry in an attribute."""
    near = dict.fromkeys(page.runs[index].node for index in _around(page, body))
    inside: list[HtmlElement] = []
    for node in near:
        inside.append(node.element)
        if node.end - node.start <= _SMALL:
            inside += node.element.iter("time", "abbr", "span", "div", "meta")
    found = []
    for element in dict.fromkeys(inside):
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        value = value or (element.get("content") if element.get("itemprop") == "datePublished" else None)
        value = value or element.get("data-ts") or element.get("data-date")
        if value and "modified" not in name_words(element) and "updated" not in name_words(element):
            one = _read(value, markers)
            if one:
                found.append(one)
    return found


def _visible(page: PageText, body: Body, markers: Markers) -> Iterator[Found]:
    """Dates that stand in short lines of the article's head or foot; the head's first."""
    last = range(max(body.first, body.last - _LAST), body.last + 1)
    dated = (index for index in last if _DIGIT.search(page.runs[index].text))
    signed = [index for index in dated if read_meta(page.runs[index].text, markers)]
    for index in (*_around(page, body), *signed):
        text = page.runs[index].text
        if len(text) <= 120:
            for one in find_dates(text, markers):
                if not one.updated:
                    yield one


def _around(page: PageText, body: Body) -> list[int]:
    above = range(max(0, body.first - _ABOVE), body.first)
    below = range(body.last + 1, min(len(page.runs), body.last + 1 + _BELOW))
    return [*reversed(above), *below]


def _close(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= _NEAR
