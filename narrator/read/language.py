"""The language of a text, from its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from narrator.read.markers import languages, read_stopwords
from narrator.toml import parse_toml

_BEYOND_LATIN = (("\u0370", "\u1dff"), ("\u2e80", "\ud7ff"))
"""Where the letters of other scripts stand: compared, since a pattern of so many takes 5 ms to compile."""
_LEAST_WORDS = 60
"""Words below which a text does not outweigh what its page states."""
_PLAIN = 0.12
"""Share of a text's words that are common ones of its language; about a quarter is usual."""
_ENOUGH = 20_000
"""Characters that are looked at."""


def detect_language(text: str) -> str:
    """BCP 47 code of the language *text* is written in; "en" when nothing tells.

    >>> detect_language("Das Rathaus wird nicht abgerissen, und der Rat hat es so gewollt.")
    'de'
    """
    text = text[:_ENOUGH]
    if not any(first <= char <= last for char in set(text) for first, last in _BEYOND_LATIN):
        return _by_words(text)
    letters = sum(1 for char in text if char.isalpha()) or 1
    for language, pattern in _tables()["scripts"].items():
        found = len(re.findall(pattern, text))
        if found > (0.05 if language == "ja" else 0.3) * letters:
            return language
    if len(re.findall(r"[\u0400-\u04ff]", text)) > 0.4 * letters:
        return "uk" if re.search(r"[іїєґ]", text) else "ru"
    if len(re.findall(r"[\u0600-\u06ff]", text)) > 0.4 * letters:
        return "fa" if re.search(r"[پچژگ]", text) else "ar"
    return _by_words(text)


def check_language(stated: str, text: str) -> str:
    """*stated*, a BCP 47 tag, or the language *text* is plainly written in where that is another.

    Templates are copied with their ``lang="en"``. A short text, and a language whose words are not
    known here, leave it as it was stated.

    >>> rain = "Das Rathaus wird nicht abgerissen, und der Rat hat es so gewollt. " * 6
    >>> check_language("en-US", rain), check_language("de-AT", rain)
    ('de', 'de-AT')
    """
    own, found = stated.split("-")[0].lower(), detect_language(text)
    if own == found or text.count(" ") < _LEAST_WORDS:
        return stated
    scripts = _tables()["scripts"]
    if not _known_words(own) and own not in scripts:
        return stated
    words = Counter(re.findall(r"[^\W\d_]+", text[:_ENOUGH].casefold()))
    mine = _share(words, own)
    theirs = _PLAIN if found in scripts else _share(words, found)
    return found if theirs >= _PLAIN and mine < theirs / 2 else stated


def _known_words(language: str) -> frozenset[str]:
    return _word_lists().get(language, frozenset())


def _share(counts: Counter[str], language: str) -> float:
    """The part of all words that are common ones of *language*."""
    return sum(counts[word] for word in _known_words(language) & counts.keys()) / (sum(counts.values()) or 1)


def _by_words(text: str) -> str:
    counts = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {language: _score(counts, words) for language, words in _word_lists().items()}
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    return best if scores[best] > 0 else "en"


def _score(counts: Counter[str], words: frozenset[str]) -> float:
    # A short list must not lose to a long one: the mean share of its words, not their sum.
    return sum(counts[word] for word in words & counts.keys()) / (len(words) + 25)


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    """The commonest words of every language that is told by its words."""
    own = {language: read_stopwords(language) for language in languages()}
    return own | {language: frozenset(words.split()) for language, words in _tables()["stopwords"].items()}


@cache
def _tables() -> dict[str, dict[str, str]]:
    return parse_toml((Path(__file__).parent / "language.toml").read_text(encoding="utf-8"))
