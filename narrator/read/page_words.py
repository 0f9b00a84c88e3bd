"""What the names of elements (class, id, role …) say of the text in them; the words are in a TOML file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from narrator.toml import parse_toml


@cache
def _tables() -> dict[str, Any]:
    return parse_toml((Path(__file__).parent / "page_words.toml").read_text(encoding="utf-8"))


class _Names:
    """Names of elements, each the words that it needs."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [frozenset(name.split()) for name in names]
        self._words = frozenset().union(*self._names)

    def match(self, words: frozenset[str]) -> bool:
        """One of the names is among *words*."""
        return not self._words.isdisjoint(words) and any(name <= words for name in self._names)


@cache
def _names(table: str, key: str) -> _Names:
    return _Names(_tables()[table][key])


@cache
def furniture_reason(words: frozenset[str]) -> str | None:
    """Why an element named with *words* is furniture, or None.

    >>> furniture_reason(frozenset({"post", "share", "buttons"}))
    'share buttons'
    """
    for reason in _tables()["furniture"]:
        if _names("furniture", reason).match(words):
            return str(reason)
    return None


@cache
def is_marked(words: frozenset[str], mark: str) -> bool:
    """An element named with *words* is a *mark*: caption, credit, heading, pull_quote, embed, note, …

    >>> is_marked(frozenset({"wp", "caption", "text"}), "caption")
    True
    """
    return _names("marks", mark).match(words)


@cache
def is_sure_box_name(words: frozenset[str]) -> bool:
    """An element named with *words* is a sidebar of some kind: a factbox, a profile, a timeline."""
    return _names("box", "sure").match(words)


@cache
def is_box_name(words: frozenset[str]) -> bool:
    """An element named with *words* is set apart in some way."""
    return is_sure_box_name(words) or _names("box", "other").match(words)


@cache
def is_offer_name(words: frozenset[str]) -> bool:
    """An element named with *words* sells something or answers its buyers: a price, a product, an FAQ."""
    return _names("box", "offer").match(words)


@cache
def tag_set(name: str) -> frozenset[str]:
    """The tags that the words file lists as *name*: blocks, silent, objects."""
    return frozenset(_tables()["tags"][name])


@cache
def meta_names(fact: str) -> tuple[str, ...]:
    """Names of meta elements that state a *fact* (titles, authors, published, modified), best first."""
    return tuple(_tables()["metas"][fact])


@cache
def phrases(subject: str) -> tuple[str, ...]:
    """Regular expressions for what pages say of a *subject*: error, consent, paywall."""
    return tuple(_tables()["phrases"][subject])


def is_numbered(heading: str) -> bool:
    """*heading* numbers a table, a figure or a listing.

    >>> is_numbered("Table 2. Excerpt from the schema")
    True
    """
    return _any_of("numbered").match(heading) is not None


def sells(text: str) -> bool:
    """*text* asks for money, consent or a call: newsletters, shops and press contacts have boxes too."""
    return bool(_any_of("selling").search(text))


def offers(text: str) -> bool:
    """*text* is an outlet's own offer: to sign up, to pay, to become a member."""
    return bool(_any_of("offering").search(text))


def asks_leave(text: str) -> bool:
    """*text* asks a reader to agree before something from another site is shown."""
    return bool(_any_of("embedding").search(text))


@cache
def box_reason(heading: str) -> str | None:
    """Why a box under *heading*, which is folded, is no part of a story; None when it may be one.

    >>> box_reason("about the author")
    'author note'
    """
    headings = _tables()["box_headings"]
    return next((str(why) for why in headings if _whole(why).fullmatch(heading)), None)


@cache
def _whole(reason: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _tables()["box_headings"][reason]), re.IGNORECASE)


@cache
def _any_of(subject: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases(subject))})", re.IGNORECASE)
