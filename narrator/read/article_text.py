"""Which runs of a page are article text: trafilatura chooses, its words are found again in the page.

trafilatura rebuilds, merges and drops elements on the way, so nothing but the words themselves leads
back from its answer to the source. The only import site of trafilatura.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from lxml.html import HtmlElement
from trafilatura import bare_extraction

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_MOST_ELEMENTS = 30_000
_MOST_LETTERS = 3_000_000
_LEAST = 500
"""Characters below which a quick choice is not trusted."""
_LEAST_SHARE = 0.4
"""Share of the page's prose that a trusted quick choice has at least."""
_MOST_SHARE = 2
_MARGIN = 200
"""Times the page's prose, and characters more, that it has at most."""
_LONG = 24
"""Letters and digits from which on a run's words are taken to stand in one place only."""
_LONGEST = 20_000
"""Characters of a run that are looked for."""
_PROBE = 48
"""Letters and digits of a run's start or end that are looked for when the whole is not found."""
_NOT_WORD = re.compile(r"[\W_]+")


def choose_text(tree: HtmlElement, prose_chars: int, address: str | None = None) -> str:
    """What trafilatura takes for the article's text in *tree*, which is left as it was; "" for nothing.

    It chooses twice: quickly, and, where that is far from the page's prose, by asking its other
    extractors too. Of 181 news pages 15 need the second choice, of 990 of all kinds 119; F1 is the same
    (.9716) and .0008 higher, for three quarters and nine tenths of the time. Pages too large for its
    passes to end in seconds are not given to it.

    Args:
        tree: the page.
        prose_chars: characters of the page's sentences outside of links.
        address: where it came from.
    """
    if tree.xpath("count(//*)") > _MOST_ELEMENTS or tree.xpath("string-length(/)") > _MOST_LETTERS:
        return ""
    quick = _extract(tree, address, fast=True)
    least, most = max(_LEAST, _LEAST_SHARE * prose_chars), _MOST_SHARE * prose_chars + _MARGIN
    return quick if least <= len(quick) <= most else _extract(tree, address, fast=False)


def _extract(tree: HtmlElement, address: str | None, *, fast: bool) -> str:
    try:
        found: Any = bare_extraction(
            tree, url=address, include_comments=False, with_metadata=False, fast=fast
        )
    except (RecursionError, ValueError, AttributeError, TypeError):
        # Odd trees break its post-processing; the page reader then finds the text by structure alone.
        return ""
    if found is None:
        return ""
    return "\n".join(str(text) for text in found.body.itertext())


def find_chosen(texts: Sequence[str], chosen: str) -> list[bool]:
    """For each of *texts*, in page order, whether it is part of the *chosen* text.

    Long texts are looked for anywhere and kept where their order agrees; short ones ("Menu", "1968")
    only between the places of their neighbours.

    >>> find_chosen(["Home", "It rained all day on Saturday.", "Home"], "It rained all day on Saturday.")
    [False, True, False]
    """
    whole = _letters(chosen)
    keys = [_letters(text[:_LONGEST]) for text in texts]
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for index, key in enumerate(keys):
        if len(key) >= _LONG and (place := _place(key, whole, at) or _place(key, whole, 0)):
            places[index] = place
            at = place[1]
    anchors = _in_order(places)
    result = [False] * len(texts)
    at, done = 0, 0
    for anchor in [*anchors, len(texts)]:
        start, end = places[anchor] if anchor < len(texts) else (len(whole), len(whole))
        for index in range(done, anchor):
            key = keys[index]
            if key and len(key) < _LONG and (found := whole.find(key, at, start)) >= 0:
                result[index] = True
                at = found + len(key)
        if anchor < len(texts):
            result[anchor] = True
            at, done = max(at, end), anchor + 1
    return result


def _letters(text: str) -> str:
    return _NOT_WORD.sub("", text).lower()


def _place(key: str, whole: str, after: int) -> tuple[int, int] | None:
    """Where *key* stands in *whole*; by its start or its end when a part of it was dropped."""
    at = whole.find(key, after)
    if at >= 0:
        return at, at + len(key)
    if len(key) < 2 * _PROBE:
        return None
    at = whole.find(key[:_PROBE], after)
    if at >= 0:
        return at, at + _PROBE
    at = whole.find(key[-_PROBE:], after)
    return (at, at + _PROBE) if at >= 0 else None


def _in_order(places: dict[int, tuple[int, int]]) -> list[int]:
    """The longest selection of *places* whose order in the page and in the text agree."""
    tails: list[int] = []
    tail_keys: list[int] = []
    before: dict[int, int | None] = {}
    for index, (start, _) in places.items():
        at = bisect_left(tail_keys, start)
        before[index] = tails[at - 1] if at else None
        if at == len(tails):
            tails.append(index)
            tail_keys.append(start)
        else:
            tails[at], tail_keys[at] = index, start
    chain: list[int] = []
    index_or_none: int | None = tails[-1] if tails else None
    while index_or_none is not None:
        chain.append(index_or_none)
        index_or_none = before[index_or_none]
    return chain[::-1]
