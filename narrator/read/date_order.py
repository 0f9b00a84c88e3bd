"""Which comes first in "11/06/2020", the day or the month: decided by the text it stands over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from narrator.read.dates import Found
from narrator.read.markers import Markers

_BEGINNING = 2_500
"""Characters of the story in which weekdays are those around its own day."""
_WRITTEN_AMERICAN = re.compile(r"\b[A-Z][a-z]{2,8}\.? [0-3]?\d, (?:19|20)\d\d\b|\d [ap]\.m\.")
_WRITTEN_BRITISH = re.compile(r"\b[0-3]?\d(?:st|nd|rd|th)? [A-Z][a-z]{2,8} (?:19|20)\d\d\b|\d[ap]m\b")


def settle_order(dates: Sequence[Found], story: str, markers: Markers, *, lean: int = 0) -> list[Found]:
    """*dates* with the numeric ones read month first where more speaks for that than against it.

    Only English texts are in doubt: elsewhere the day stands first. What counts: weekdays that the
    story names, of which its own or the day before's is nearly always one; American spelling; how the
    text writes other dates and times of day.

    Args:
        dates: those of the lines around the story.
        story: its paragraphs, joined.
        markers: the words of its language.
        lean: what else speaks for the American order (1) or against it (-1), such as the page's country.
    """
    if markers.language != "en" or not any(one.month_first for one in dates):
        return list(dates)
    spelled = lean + _spelling(story, markers)
    settled = []
    for one in dates:
        if one.month_first and spelled + _weekdays(one.when, one.month_first, story) > 0:
            when = one.when.replace(month=one.month_first.month, day=one.month_first.day)
            one = replace(one, when=when, month_first=None)
        settled.append(one)
    return settled


def _weekdays(day_first: datetime, month_first: datetime, story: str) -> int:
    """1 when only the American reading falls on a weekday that the story names, -1 when only the other."""
    text = story[:_BEGINNING]
    fits = []
    for when in (month_first, day_first):
        near = {when.strftime("%A"), (when - timedelta(days=1)).strftime("%A")}
        fits.append(any(name in text for name in near))
    return int(fits[0]) - int(fits[1])


def _spelling(story: str, markers: Markers) -> int:
    """1 for a text in American English, -1 for one in British English, 0 for one that does not show."""
    words = set(re.findall(r"[a-z]{4,}", story.casefold()))
    balance = len(words & markers.words["american"]) - len(words & markers.words["british"])
    balance += bool(_WRITTEN_AMERICAN.search(story)) - bool(_WRITTEN_BRITISH.search(story))
    return (balance > 0) - (balance < 0)
