"""What one element of a page says of itself: its names, whether it is seen, whether it is only a line."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from narrator.read.page_words import is_marked

_SMALLEST = 100
"""Pixels; a picture that is narrower or lower is an icon, a portrait or a drawn line."""
_PROPORTION = 17
"""A picture's side from which on AMP cannot mean a proportion, as in "16" by "9"."""
_NO_PICTURE = frozenset(
    {"logo", "icon", "icons", "avatar", "gravatar", "emoji", "smiley", "pixel", "spacer", "badge", "sprite"}
)
_NAMES = ("class", "id", "role", "itemprop", "data-component")
_NO_WORDS: frozenset[str] = frozenset()
_INVISIBLE = (("\xad", ""), ("\u200b", " "), ("\ufeff", " "), ("\u2060", ""))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_LINE_ALT = re.compile(
    r"\s*(?:presentational |horizontal )?(?:gr[ae]y |white |black )?(?:line|rule)\s*$", re.I
)


def name_words(element: HtmlElement) -> frozenset[str]:
    """The words an element is named with: its class, id, role, itemprop and data-component."""
    attributes = element.attrib
    if not attributes:
        return _NO_WORDS
    return _split_words(" ".join([attributes[name] for name in _NAMES if name in attributes]))


@lru_cache(maxsize=20_000)
def is_unseen(names: str | None) -> bool:
    """An element of that class holds words for screen readers only."""
    return names is not None and is_marked(_split_words(names), "unseen")


@lru_cache(maxsize=20_000)
def _split_words(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(names))


def clean_text(text: str) -> str:
    """*text* on one line: white space of every kind collapsed, invisible characters gone."""
    if not text.isascii():
        for sign, seen in _INVISIBLE:
            if sign in text:
                text = text.replace(sign, seen)
    return " ".join(text.split())


def is_hidden(element: HtmlElement) -> bool:
    """The element says that nobody sees it."""
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") == "true" and element.tag not in ("a", "span"))
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def is_small(picture: HtmlElement) -> bool:
    """A picture too small, or named, to be one of the story: an icon, a logo, a counting pixel."""
    for side in ("width", "height"):
        found = re.match(r"\s*(\d+)(?:px)?\s*$", picture.get(side) or "")
        # AMP also writes proportions ("6", "4") where HTML writes pixels.
        least = 0 if picture.tag == "img" else _PROPORTION
        if found and least <= int(found.group(1)) < _SMALLEST:
            return True
    return bool(_NO_PICTURE & name_words(picture))


def is_drawn_line(picture: HtmlElement) -> bool:
    """The picture is a line across the column, as old pages end their boxes with.

    BBC pages of the 2000s call it "line" or "Presentational grey line".
    """
    if _LINE_ALT.match(picture.get("alt") or ""):
        return True
    height, width = picture.get("height") or "", picture.get("width") or ""
    return height.isdigit() and int(height) <= 3 and not (width.isdigit() and int(width) < 50)
