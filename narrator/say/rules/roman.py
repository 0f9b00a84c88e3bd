"""Roman numerals: of rulers, wars, chapters."""

from __future__ import annotations

import re

from narrator.say.context import after, before
from narrator.say.rule import Match, Tongue, rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMERAL = r"(?=[IVXLC])(?:C{0,1})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"


def roman_value(numeral: str) -> int:
    """The number a Roman numeral stands for.

    >>> roman_value("XLIX")
    49
    """
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))


@rule(rf"(?P<numeral>{_NUMERAL})(?P<s>['’]s)?(?!\w|\.\w|[&/-]|['’]\w)", starts="IVXLC")
def numeral(match: Match, tongue: Tongue) -> str | None:
    """ "Charles III", "World War II", "Chapter IX"; never "I", "Xi" or "Malcolm X" alone."""
    found = re.search(r"(?:([A-Z][\w'’-]*) )?([A-Z][\w'’-]*)[  ]$", before(match))
    written = match["numeral"]
    value = roman_value(written)
    ending = match["s"] or ""
    if re.match(r" (?:century|Olympiad|Congress|edition)\b", after(match)) and len(written) > 1:
        return tongue.ordinal(value)
    if not found:
        return None
    earlier, name = found[1] or "", found[2]
    tables = tongue.tables
    if name in tables.words("numbered_things"):
        if written in {"C", "L"} or (written == "I" and name in {"And", "Class", "Type", "Grade"}):
            return None
        return tongue.cardinal(value).capitalize() + ending
    if f"{earlier} {name}".strip() in tables.words("numbered_names") or name in tables.words(
        "numbered_names"
    ):
        return tongue.cardinal(value).capitalize() + ending
    if len(written) == 1 and not _is_ruler(written, name, earlier, tongue):
        return None
    if written in {"CI", "CC", "CV", "LI", "XL", "LC", "IC", "CX", "CL", "XC"} or value > 39:
        return None
    if name.isupper() and name not in {"PAPA"}:
        return None
    return f"the {tongue.ordinal(value)}{ending}"


def _is_ruler(numeral: str, name: str, earlier: str, tongue: Tongue) -> bool:
    """Whether *name* is one that rulers bear, so that "Henry V" and "Elizabeth I" are numbered."""
    if numeral not in "IVX":
        return False
    if name not in tongue.tables.words("rulers"):
        return False
    return (
        numeral != "I"
        or earlier in tongue.tables.words("ruler_titles")
        or name in tongue.tables.words("first_rulers")
    )


RULES = (numeral,)
