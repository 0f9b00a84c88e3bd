"""Bylines and dates below the story."""

from __future__ import annotations

from narrator.read.bylines import read_meta
from narrator.read.head import BYLINE, DATE, Head, is_stamp
from narrator.read.markers import Markers
from narrator.read.passages import Passage

_LOWEST = 40
"""Passages from the end in which a byline or a date is looked for."""


def read_tail(passages: list[Passage], head: Head, markers: Markers) -> None:
    """Take bylines and time stamps out; what they say counts where the head said nothing."""
    for index in range(head.start + 1, len(passages)):
        passage = passages[index]
        if not passage.open or passage.prose or passage.words > 25:
            continue
        if is_stamp(passage.text, markers):
            passage.skip(DATE, part="date")
            continue
        if index < len(passages) - _LOWEST or any(
            one.open and one.prose for one in passages[index + 1 : index + 4]
        ):
            continue
        meta = read_meta(passage.text, markers)
        if meta is None or markers.labels.find(passages[index - 1].key):
            continue
        if not head.people and meta.labelled:
            head.people.extend(meta.people)
        if not head.dates:
            head.dates.extend(meta.dates)
        passage.skip(BYLINE if meta.labelled else DATE, part="byline")
