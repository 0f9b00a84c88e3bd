"""The one pass that applies the rules.

The text is walked from left to right. Where a word or sign begins, every rule that can begin
there is tried; the longest match wins, the earlier rule among equals. A rule may refuse by
returning None, and the next longest is asked. What a rule has said is never looked at again.
Words in which nothing can begin are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from narrator.say.book import PLACE, RuleBook
from narrator.say.rule import Tongue


class Lookup(Protocol):
    """Words that are said otherwise than the rules would have it."""

    def knows_any(self, text: str) -> bool:
        """Whether one of them may stand in *text*."""

    def __call__(self, text: str, position: int) -> tuple[str, int] | None:
        """What is said for the word at *position* of *text*, and where that word ends; None for none."""


def apply_rules(text: str, book: RuleBook, tongue: Tongue, lookup: Lookup | None = None) -> str:
    """*text* with everything said that a rule of *book* matches.

    Args:
        text: one line.
        book: the rules.
        tongue: handed to them.
        lookup: asked before the rules; what it answers for stays as it says.
    """
    places: Iterable[tuple[int, int]] = [(0, len(text))]
    if lookup is None or not lookup.knows_any(text):
        lookup, places = None, book.loud_words(text)
    said: list[str] = []
    position = 0
    for start, end in places:
        if start > position:
            said.append(text[position:start])
            position = start
        while position < end or _is_inside_word(text, position):
            answer = lookup(text, position) if lookup else None
            what, position = answer or _longest(text, position, book, tongue)
            said.append(what)
    said.append(text[position:])
    return "".join(said)


def _is_inside_word(text: str, position: int) -> bool:
    """Whether *position*, up to which all is said, leaves the rest of what stands between two spaces."""
    return 0 < position < len(text) and text[position - 1] != " " != text[position]


def _longest(text: str, position: int, book: RuleBook, tongue: Tongue) -> tuple[str, int]:
    """What the rules say at *position*, else the word or sign that stands there; and where that ends."""
    place = PLACE.match(text, position)
    if place is None:
        return text[position], position + 1
    found = [
        (match, each.say)
        for each in book.beginning_with(place[0])
        if (match := each.match(text, position)) and match.end() > position
    ]
    if len(found) > 1:
        found.sort(key=lambda one: -one[0].end())
    for match, say in found:
        replacement = say(match, tongue)
        if replacement is not None:
            return replacement, match.end()
    return place[1], place.end(1)
