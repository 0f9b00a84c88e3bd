"""Lines in capitals, as some outlets set their headlines: an engine would spell the words."""

from __future__ import annotations

import re

from narrator.say.spelling import looks_like_word
from narrator.say.tables import Tables

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FEWEST_WORDS = 3
"""A line of fewer words in capitals may well be a name of letters: "BBC ONE"."""
_REACH = 40
"""How many characters beside a word are looked at."""
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?]\s)[\W_]*$")
_ROMAN = re.compile(r"[IVX]{2,}")
_ACRONYMS = ("acronyms", "spelled", "pronounced", "currency_codes")
"""Tables that know some."""
_AFTER_FIGURES = frozenset({"am", "pm", "st", "nd", "rd", "th", "m", "p", "s"})
"""Beside units and magnitudes, what stands in small letters right after a figure: "5PM", "1980S"."""


def lower_capitals(text: str, tables: Tables) -> str:
    """*text* in sentence case when the line is all capitals, its acronyms kept.

    A capital also stays where a rule needs it to know a name: after a title, before a ruler's
    number. Other names cannot be told from words. A line with any lower-case word is returned as
    it is.

    >>> from narrator.say.tables import read_tables
    >>> lower_capitals("MINISTER QUITS OVER NHS ROW", read_tables("en"))
    'Minister quits over NHS row'
    """
    if not text.isupper() or len(_WORD.findall(text)) < _FEWEST_WORDS:
        return text
    return _WORD.sub(lambda found: _cased(found, tables), text)


def _cased(found: re.Match[str], tables: Tables) -> str:
    """One word of the line, as it would stand in a sentence."""
    written = found[0]
    left = found.string[max(0, found.start() - _REACH) : found.start()]
    right = found.string[found.end() : found.end() + _REACH]
    if left[-1:].isdecimal():
        return _after_figure(written, tables)
    if right[:1].isdecimal() or (len(written) == 1 and (right[:1] + left[-1:]).strip(" ,.?!:'\"’”")):
        return written  # "COP26", "A&E", "T-SHIRT"
    word = re.split("['’]", written)[0]
    ending = written[len(word) :]
    said = _lower(word, left, right, tables) + ending.lower()
    if said[:1].islower() and (_STARTS_SENTENCE.search(left) or _belongs_to_name(left, right, tables)):
        return said[:1].upper() + said[1:]
    return said


def _lower(word: str, left: str, right: str, tables: Tables) -> str:
    small, title = word.lower(), word.capitalize()
    if _is_known(word, tables) and left.endswith("THE "):
        return word  # "THE WHO"
    if small == "no" and re.match(r"\.? \d", right):
        return title  # "NO 10"
    if title in tables["months"] or title in tables["weekdays"].values() or title in _names(tables):
        return title
    if word == "I" or _ROMAN.fullmatch(word):
        return word
    if small in tables.words("function_words") or small in tables.words("short_words"):
        return small
    for plural in tables.listed("plural_acronyms"):
        if word == plural.upper():
            return plural
    if title in tables["titles"] and re.match(r"\.? \w", right):
        return title
    if _is_known(word, tables) or len(word) <= 3 or not looks_like_word(word, tables):
        return word
    return small


def _names(tables: Tables) -> frozenset[str]:
    return tables.words("rulers") | tables.words("short_names")


def _is_known(acronym: str, tables: Tables) -> bool:
    return any(acronym in tables.words(name) for name in _ACRONYMS)


def _belongs_to_name(left: str, right: str, tables: Tables) -> bool:
    """Whether a title goes before, or a Roman numeral follows."""
    before = re.search(r"([^\W\d_]+)\.? $", left)
    if before and before[1].capitalize() in tables["titles"]:
        return True
    return bool(re.match(r" (?:[VX]|[IVX]{2,5})(?!\w)", right))


def _after_figure(word: str, tables: Tables) -> str:
    small = word.lower()
    known = len(word) > 1 and (small in tables["magnitudes"] or small in tables["units"])
    return small if known or small in _AFTER_FIGURES else word
