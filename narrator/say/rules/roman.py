"""Roman numerals: of rulers, wars, chapters."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import before, word_after, word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.spelling import spell_letters

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
ROMAN = r"(?=[IVXLC])C?(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
"""A Roman numeral up to 199, as a pattern; never matches nothing."""
_LARGEST_REIGN = 39
"""Above it letters like "XL" are no ruler's number."""


def roman_value(numeral: str) -> int:
    """The number a Roman numeral stands for.

    >>> roman_value("XLIX")
    49
    """
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))


@rule(
    rf"(?P<numeral>{ROMAN})(?P<s>['’]s)?(?!\w|\.\w|[&/]|-(?!-)|['’]\w)",
    starts="IVXLC",
    opening=r"[IVXLC]+(?!\w)",
)
def numeral(match: Match, tongue: Tongue) -> str | None:
    """Such as "Charles III", "World War II", "Chapter IX"; never "I", "Xi" or "Malcolm X"."""
    written, ending = match["numeral"], match["s"] or ""
    value = roman_value(written)
    if len(written) > 1 and word_after(match) in tongue.tables.words("ranked_things"):
        return words.ordinal(value)
    earlier, name = _names_before(match, tongue)
    if _is_thing(written, earlier, name, tongue):
        return words.cardinal(value).capitalize() + ending
    if _is_reign(written, earlier, name, tongue):
        return f"the {words.ordinal(value)}{ending}"
    return _alone(match, value, tongue)


def _names_before(match: Match, tongue: Tongue) -> tuple[str, str]:
    """The two capitalised words before the numeral, as far as they are there."""
    found = re.search(r"(?:([A-Z][\w'’-]*) )?([A-Z][\w'’-]*)(\.?) $", before(match))
    if not found or found[2] in tongue.tables.words("starters"):
        return "", ""
    if found[3] and f"{found[2]}." not in tongue.tables["before_numbers"]:
        return "", ""
    return found[1] or "", found[2]


def _is_thing(numeral: str, earlier: str, name: str, tongue: Tongue) -> bool:
    """Whether it numbers a war, a chapter, a film: those are counted, not ranked."""
    names = tongue.tables.words("numbered_names")
    if name in names or f"{earlier} {name}" in names:
        return True
    if name not in tongue.tables.words("numbered_things"):
        return False
    return numeral not in {"C", "L"} and not (numeral in "IV" and name in {"Class", "Grade", "Group"})


def _is_reign(numeral: str, earlier: str, name: str, tongue: Tongue) -> bool:
    """Whether *name* may bear the number; a single letter must follow a name that rulers bear."""
    if not name or roman_value(numeral) > _LARGEST_REIGN or "L" in numeral or name.isupper():
        return False
    if len(numeral) > 1:
        return True
    if name not in tongue.tables.words("rulers"):
        return False
    titled = earlier in tongue.tables.words("ruler_titles")
    return numeral != "I" or titled or name in tongue.tables.words("first_rulers")


def _alone(match: Match, value: int, tongue: Tongue) -> str | None:
    """A numeral after no name: espeak would say "roman four" of the drip and of the heading."""
    numeral = match["numeral"]
    if len(numeral) < 2 or set(numeral) & {"L", "C"}:
        return None
    return spell_letters(numeral, tongue) if numeral == "IV" and match.start() else words.cardinal(value)


@rule(r"(?P<numeral>x{0,2}(?:ix|iv|v|v?i{1,3}))(?![\w'’-]|\.\w)", starts="ivx", opening=r"[ivx]+(?!\w)")
def small_numeral(match: Match, tongue: Tongue) -> str | None:
    """Such as "scene ii", "section iv"."""
    if word_before(match) not in tongue.tables.words("numbered_parts"):
        return None
    return words.cardinal(roman_value(match["numeral"].upper()))


RULES = (numeral, small_numeral)
