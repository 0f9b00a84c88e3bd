"""Lines cut to what an engine takes at a time, where a reader would breathe.

A cut costs more the more it tears apart: nothing at a sentence's end, little at a semicolon, more at
a comma, much before a conjunction, most between two words of one phrase. The cheapest set of cuts
wins, so a line of 120 characters becomes two clauses and not 100 characters and a scrap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from narrator.toml import parse_toml

LONGEST_WORD = 100
"""Characters of one word that are spoken; the longest in a dictionary has 45, and addresses, which
are longer, never are spoken."""

PIECE_COST = 4
"""Of each piece: what a request more is worth against a better place to cut."""
_COSTS = {"sentence": 0, "clause": 1, "comma": 3, "opening": 9, "space": 14, "leaning": 40, "inside": 90}

# Not compiled before a line is too long for its engine, which those of the embedded voice never are.
_SENTENCE = r"[.!?…。！？।]+[\"'”’»)\]]*$"
_CLAUSE = r"[;:；：—–]['\"”’»)\]]*$"
_COMMA = r"[,，、،][\"'”’»)\]]*$"
_UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
"""Thai, Lao, Myanmar, Khmer, kana, Han: scripts that put no spaces between words."""
_WORD = re.compile(r"\S+")


class _Cut(NamedTuple):
    """A place where a piece may end."""

    end: int
    """Where the piece before it ends."""
    start: int
    """Where the piece after it starts; beyond the spaces between them."""
    cost: int


def is_speakable(text: str) -> bool:
    """Whether there is a letter or a digit in *text*: something to say.

    >>> is_speakable("…"), is_speakable("7")
    (False, True)
    """
    return any(character.isalnum() for character in text)


def clean_line(text: str) -> str:
    """*text* on one line, without control characters, which some engines take for commands.

    >>> clean_line("Hello\\n\\x01there ")
    'Hello there'
    """
    kept = "".join(" " if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") else one for one in text)
    return " ".join(kept.split())


def find_words(text: str) -> Iterator[tuple[int, str]]:
    """Each word of *text* with the place of its first character.

    >>> list(find_words("It rained."))
    [(0, 'It'), (3, 'rained.')]
    """
    for found in _WORD.finditer(text):
        yield found.start(), found[0]


def shorten_words(text: str, longest: int = LONGEST_WORD) -> tuple[str, str]:
    """*text* with words over *longest* characters cut, and a note that says so ("" when none was).

    >>> shorten_words("Aaaaah yes", longest=3)
    ('Aaa yes', 'a word of 6 characters was cut to its first 3')
    """
    note = ""

    def cut(found: re.Match[str]) -> str:
        nonlocal note
        word = found[0]
        if len(word) <= longest or re.search(_UNSPACED, word):
            return word
        note = f"a word of {len(word):,} characters was cut to its first {longest}"
        return word[:longest]

    return _WORD.sub(cut, text), note


def split_for_engine(text: str, limit_chars: int) -> list[str]:
    """Cut *text* into pieces an engine accepts, at sentence ends where it can.

    Args:
        text: one line, already in spoken form.
        limit_chars: longest piece the engine takes.

    Returns:
        Pieces in reading order, none empty, none longer than the limit. Joined with spaces they are
        *text* again, but for words over the limit and for scripts without spaces.

    >>> split_for_engine("He spoke. They listened.", limit_chars=15)
    ['He spoke.', 'They listened.']
    """
    text = " ".join(text.split())
    if len(text) <= limit_chars:
        return [text] if text else []
    cuts = [_Cut(0, 0, 0), *_find_cuts(text, limit_chars), _Cut(len(text), len(text), 0)]
    best = [0.0] * len(cuts)
    came_from = [0] * len(cuts)
    for here in range(1, len(cuts)):
        best[here] = float("inf")
        for before in range(here - 1, -1, -1):
            if cuts[here].end - cuts[before].start > limit_chars:
                break
            cost = best[before] + cuts[here].cost + PIECE_COST
            if cost < best[here]:
                best[here], came_from[here] = cost, before
    if best[-1] == float("inf"):  # nothing but marks between two places: cut anywhere rather than lose text
        return [text[at : at + limit_chars] for at in range(0, len(text), limit_chars)]
    pieces = []
    here = len(cuts) - 1
    while here:
        before = came_from[here]
        pieces.append(text[cuts[before].start : cuts[here].end])
        here = before
    return [piece for piece in reversed(pieces) if piece]


def _find_cuts(text: str, limit_chars: int) -> Iterator[_Cut]:
    """Every place where *text* may be cut, in order."""
    for found in _WORD.finditer(text):
        yield from _cuts_inside(found, limit_chars)
        following = _WORD.match(text, found.end() + 1)
        if following:
            kind = _kind_of_cut(found[0], following[0])
            yield _Cut(found.end(), following.start(), _COSTS[kind])


def _cuts_inside(word: re.Match[str], limit_chars: int) -> Iterator[_Cut]:
    """Cuts without a space: in scripts that have none, else only in words over the limit."""
    text, start = word[0], word.start()
    unspaced = bool(re.search(_UNSPACED, text))
    if not unspaced and len(text) <= limit_chars:
        return
    for at in range(1, len(text)):
        before, after = text[max(0, at - 2) : at], text[at]
        if unicodedata.category(after) in ("Mn", "Mc", "Me") or (unspaced and not after.isalnum()):
            continue
        if unspaced and (
            re.search(_SENTENCE, before) or re.search(_COMMA, before) or re.search(_CLAUSE, before)
        ):
            yield _Cut(start + at, start + at, _COSTS["comma"])
        elif not unspaced or re.match(_UNSPACED, after) or re.match(_UNSPACED, before[-1]):
            yield _Cut(start + at, start + at, _COSTS["inside"])


def _kind_of_cut(word: str, following: str) -> str:
    """What stands between two words."""
    bare, after = word.strip("\"'“”‘’«»()[]").casefold(), following.strip("\"'“”‘’«»()[]").casefold()
    if re.search(_SENTENCE, word):
        begins = following.strip("\"'“”‘’«»()[]¿¡")[:1]
        if not begins.isdigit() and not begins.islower() and not _is_abbreviation(bare):
            return "sentence"
        return "leaning"
    if re.search(_CLAUSE, word):
        return "clause"
    if re.search(_COMMA, word):
        return "comma"
    if bare in _words_that("lean") or bare[-1:].isdigit() or after[:1].isdigit():
        return "leaning"
    return "opening" if after in _words_that("open") else "space"


def _is_abbreviation(word: str) -> bool:
    """Whether the full stop of *word* ends no sentence: "J. Marlowe", "U.S. ships", "Dr. Roe"."""
    return bool(re.fullmatch(r"\w\.|(\w+\.){2,}", word)) or word.rstrip(".") in _words_that("abbreviate")


@cache
def _words_that(do: str) -> frozenset[str]:
    """A word list of ``breaths.toml``."""
    return frozenset(parse_toml((Path(__file__).parent / "breaths.toml").read_text("utf-8"))[do])
