"""Letters said one by one, and which letters have to be."""

from __future__ import annotations

import functools
import re

from narrator.say.rule import Tongue
from narrator.say.tables import Tables, read_tables


def letter_name(letter: str, tongue: Tongue) -> str:
    """A capital by itself. espeak-ng takes a lone English "A" for the article."""
    english = tongue.tables.language == "en"
    return "eigh" if letter == "A" and english and tongue.phonemizes else letter


def spell_letters(letters: str, tongue: Tongue) -> str:
    """An acronym letter by letter; the "s" of a plural stays at its last letter."""
    plural = len(letters) > 1 and letters.endswith("s")
    names = [letter_name(letter, tongue) for letter in (letters[:-1] if plural else letters)]
    return " ".join(names) + ("s" if plural else "")


def looks_like_word(capitals: str, tables: Tables) -> bool:
    """Whether letters could be a word: they have a vowel, and consonants that stand together in words.

    >>> [looks_like_word(letters, read_tables("en")) for letters in ("STRIKE", "IRGC", "NSPCC")]
    [True, False, False]
    """
    return bool(_word_shape(tables.language).fullmatch(capitals.lower()))


@functools.cache
def _word_shape(language: str) -> re.Pattern[str]:
    tables = read_tables(language)
    if not tables.words("onsets"):
        return re.compile(r".*[aeiouyà-ý].*")
    shape = "(?!.*(?:aa|ii|uu)){onsets}?[aeiouy]+(?:{codas}?{onsets}?[aeiouy]+)*{codas}?"
    return re.compile(tables.fill(shape))
