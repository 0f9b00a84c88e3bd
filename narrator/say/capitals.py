"""Lines in capitals, as some outlets set their headlines: an engine would spell the words."""

from __future__ import annotations

import re

from narrator.say.tables import Tables

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FEWEST_WORDS = 3
"""A line of fewer words in capitals may well be a name of letters: "BBC ONE"."""


def lower_capitals(text: str, tables: Tables) -> str:
    """*text* with the words of an all-capitals line in lower case, its acronyms kept.

    A line with any lower-case word is returned as it is.

    >>> from narrator.say.tables import read_tables
    >>> lower_capitals("MINISTER QUITS OVER NHS ROW", read_tables("en"))
    'Minister Quits over NHS row'
    """
    if not text.isupper():
        return text
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return text
    return _WORD.sub(lambda found: _lower(found[0], tables), text)


def _lower(word: str, tables: Tables) -> str:
    small = word.lower()
    if word.capitalize() in tables["months"]:
        return word.capitalize()
    if small in tables.words("function_words") or small in tables.words("short_words"):
        return small
    if word in tables.words("acronyms") or not _is_pronounceable(word, tables):
        return word
    return small[:1].upper() + small[1:]


def _is_pronounceable(word: str, tables: Tables) -> bool:
    """Whether a word in capitals is a word: long enough, with a vowel, or a known short one."""
    if len(word) <= 3:
        return word.capitalize() in tables["titles"]
    return bool(re.search("[AEIOUYÀ-Ý]", word))
