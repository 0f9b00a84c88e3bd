"""Weights, lengths, speeds, temperatures and other measures."""

from __future__ import annotations

import re

from narrator.say.context import (
    after,
    before,
    counts_things,
    is_attributive,
    word_after,
    word_before,
    words_before,
)
from narrator.say.rule import Match, Tongue, rule
from narrator.say.rules.fractions import fraction_words
from narrator.say.rules.numbers import is_one, number_words

_DASH = r"(?: ?[-–—] ?| to )"
_UNIT = r"(?P<unit>{units})(?![\w²³°]|/[a-z])"
_SPACED_ONLY_LETTERS = {"in", "C", "F", "m", "g", "l", "L", "W", "h", "st", "pp", "pc", "yo", "ins", "b/d"}
"""Too short to be a unit when a space stands before them."""


def unit_words(written: str, *, one: bool, tongue: Tongue) -> str:
    """The unit in words, in the singular for *one*."""
    singular, plural = tongue.tables["units"][written].split("|")
    return singular if one else plural


@rule(
    rf"(?P<sign>[-−–+]?)(?P<number>{{number}})(?: (?P<above>\d+)/(?P<below>\d+)|(?P<half>½|¼|¾))?"
    rf"(?P<space>[  -]?){_UNIT}",
    starts=r"\d.−–+-",
)
def measure(match: Match, tongue: Tongue) -> str | None:
    """ "120km/h", "32°C", "a 10m pole", "-5C", "4 1/2 lbs"."""
    unit = match["unit"]
    if match["space"] and unit in _SPACED_ONLY_LETTERS:
        return None
    if match["sign"] and before(match, 1).strip(" (["):
        return None
    if unit == "m" and _means_million(match, tongue):
        return f"{_sign(match)}{number_words(match['number'], tongue)} million"
    if unit in {"C", "F"} and not _is_temperature(match):
        return None
    attributive = is_attributive(match, tongue.tables) and "°" not in unit
    said = _amount(match, tongue)
    one = attributive or (is_one(match["number"]) and not match["half"] and not match["above"])
    tail = " " if match.string[match.end() : match.end() + 1].isdigit() else ""
    return f"{_sign(match)}{said} {unit_words(unit, one=one, tongue=tongue)}{_end(match)}{tail}"


def _amount(match: Match, tongue: Tongue) -> str:
    said = number_words(match["number"], tongue)
    if match["half"]:
        return f"{said} and {({'½': 'a half', '¼': 'a quarter', '¾': 'three quarters'})[match['half']]}"
    if match["above"]:
        part = fraction_words(int(match["above"]), int(match["below"]), tongue)
        return f"{said} and {re.sub('^one ', 'a ', part)}"
    return said


def _sign(match: Match) -> str:
    return {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus "}.get(match["sign"], "")


def _end(match: Match) -> str:
    return "." if match["unit"].endswith(".") and not after(match).strip() else ""


def _means_million(match: Match, tongue: Tongue) -> bool:
    """Whether "2m" is two million of something: what is counted follows, not what is measured."""
    tables = tongue.tables
    if words_after := word_after(match):
        if words_after in tables.words("length_words"):
            return False
        if counts_things(match, tables):
            return True
    left = words_before(match)[-2:]
    return bool(set(left) & tables.words("estimate_words")) and word_after(match) in tables.words(
        "function_words"
    )


def _is_temperature(match: Match) -> bool:
    """Whether a bare "C" or "F" after a figure is a temperature and not a vitamin or a class."""
    return match["space"] == "" and word_before(match) not in {
        "type",
        "class",
        "grade",
        "gate",
        "flat",
        "unit",
        "room",
        "section",
    }


@rule(rf"(?P<one>{{number}}){_DASH}(?P<two>{{number}}) ?-?{_UNIT}", starts=r"\d.")
def measure_range(match: Match, tongue: Tongue) -> str | None:
    """ "5-10km", "20-25C"."""
    unit = match["unit"]
    if unit in _SPACED_ONLY_LETTERS and match[0][: -len(unit)].endswith(" "):
        return None
    if unit == "m" and _means_million(match, tongue):
        said = "million"
    else:
        said = unit_words(unit, one=is_attributive(match, tongue.tables), tongue=tongue)
    return f"{number_words(match['one'], tongue)} to {number_words(match['two'], tongue)} {said}"


@rule(
    r"(?P<feet>\d{1,3}) ?(?:ft|'|’|′)[ -]?(?P<inches>\d{1,2}(?:\.\d|½)?)(?: ?(?:ins?\b|\"|”|″|'')|(?=[^\w.,]|[.,]?(?:\s|$)))",
    starts=r"\d",
)
def feet_inches(match: Match, tongue: Tongue) -> str | None:
    """ "6ft 2in", "5'11\\"", "6ft 4"."""
    if int(match["inches"].rstrip("½").partition(".")[0]) > 12:
        return None
    inches = match["inches"].replace("½", ".5")
    said = f"{number_words(match['feet'], tongue)} {'foot' if match['feet'] == '1' else 'feet'}"
    said += f" {number_words(inches, tongue)}"
    if re.search(r"in|\"|”|″|''", match[0]):
        said += " inch" if is_one(inches) else " inches"
    return said


@rule(
    r"(?P<one>{number}) ?[x×] ?(?P<two>{number})(?: ?[x×] ?(?P<three>{number}))?(?: ?(?P<unit>{units})(?![\w/]))?",
    starts=r"\d.",
)
def dimensions(match: Match, tongue: Tongue) -> str | None:
    """ "2m x 3m", "2x4", "30 x 40cm"."""
    parts = [number_words(match[part], tongue) for part in ("one", "two", "three") if match[part]]
    unit = f" {unit_words(match['unit'], one=False, tongue=tongue)}" if match["unit"] else ""
    return " by ".join(parts) + unit


RULES = (feet_inches, measure, measure_range, dimensions)
