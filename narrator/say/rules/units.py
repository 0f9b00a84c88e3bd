"""Weights, lengths, speeds, temperatures and other measures."""

from __future__ import annotations

import re

from narrator.say.context import (
    after,
    before,
    counts_things,
    is_attributive,
    range_joint,
    word_after,
    word_before,
)
from narrator.say.rule import NUMBER_OPENING, Match, Tongue, number_then, rule
from narrator.say.rules.fractions import fraction_words
from narrator.say.rules.millions import means_million
from narrator.say.rules.numbers import is_one, number_words

_DASH = r"(?: ?[-–—] ?| to )"
_UNIT = r"(?P<unit>{units})(?:/(?P<per>{units}|{periods}))?(?![\w²³°]|/[a-z])(?:\.(?= [a-z\d]|[,;)]))?"
_MAGNITUDE = r"(?P<magnitude> (?:million|billion|trillion)|(?:m|mn|bn|tn)(?= {large_units}\b))?"
_SIGNS = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "": ""}
_QUARTERS = {"½": "a half", "¼": "a quarter", "¾": "three quarters"}


def unit_words(match: Match, *, one: bool, tongue: Tongue) -> str:
    """The unit of *match* in words, in the singular for *one*, with what it is measured by."""
    units = tongue.tables["units"]
    singular, plural = units[match["unit"]].split("|")
    said = singular if one else plural
    if match["per"]:
        said += f" per {tongue.tables['periods'].get(match['per']) or units[match['per']].split('|')[0]}"
    return re.sub(r"(met|lit)re", r"\1er", said) if tongue.american else said


@rule(
    rf"(?P<sign>[-−–+]?)(?P<number>{{number}}){_MAGNITUDE}"
    rf"(?: (?P<above>\d+)/(?P<below>\d+)|(?P<quarters>[½¼¾]))?(?P<space>[ -]?){_UNIT}",
    starts=r"\d.−–+-",
    opening=NUMBER_OPENING + r"|[-−–+][.\d]",
)
def measure(match: Match, tongue: Tongue) -> str | None:
    """Such as "120km/h", "32°C", "a 10m pole", "-5C", "4 1/2 lbs"."""
    if not _is_unit(match, tongue) or (match["sign"] and before(match, 1).strip(" ([/")):
        return None
    amount = _SIGNS[match["sign"]] + _amount(match, tongue)
    if match["unit"] == "m" and means_million(match, tongue):
        return f"{amount} million"
    one = is_attributive(match, tongue.tables) and "°" not in match["unit"]
    one = one or _sizes_things(match, tongue) or amount.removeprefix("minus ") == "one"
    stop = "." if match["unit"].endswith(".") and not after(match).strip() else ""
    gap = " " if after(match, 1).isdecimal() else ""
    return f"{amount} {unit_words(match, one=one, tongue=tongue)}{stop}{gap}"


def _is_unit(match: Match, tongue: Tongue) -> bool:
    """Whether the letters are a unit at all: "5m" is, "2 in" and "type 2C" are not."""
    unit = match["unit"]
    if match["space"] and unit in tongue.tables.words("tight_units") and not match["per"]:
        return False
    if unit in {"C", "F"}:
        return word_before(match) not in tongue.tables.words("lettered_things")
    return True


def _sizes_things(match: Match, tongue: Tongue) -> bool:
    """Whether things of that size follow: "9mm rounds", "80mph gusts"; but "200g carrots" are weighed."""
    if match["space"] == "-":
        return True
    tables = tongue.tables
    if match["unit"] in tables.words("weights") or "°" in match["unit"]:
        return False
    return counts_things(match, tables) and word_after(match) not in tables.words("length_words")


def _amount(match: Match, tongue: Tongue) -> str:
    said = number_words(match["number"])
    if match["magnitude"]:
        said += f" {tongue.tables['magnitudes'][match['magnitude'].strip()]}"
    if match["quarters"]:
        return f"{said} and {_QUARTERS[match['quarters']]}"
    if match["above"]:
        part = fraction_words(int(match["above"]), int(match["below"]))
        return f"{said} and {re.sub('^one ', 'a ', part)}"
    return said


@rule(
    rf"(?P<sign>[-−]?)(?P<one>{{number}}){_DASH}(?P<two>{{number}})(?P<space>[ -]?){_UNIT}",
    starts=r"\d.−-",
    opening=number_then(" ?[-–—]| t") + r"|[-−][.\d]",
)
def measure_range(match: Match, tongue: Tongue) -> str | None:
    """Such as "5-10km", "20-25C", "2-3m people"."""
    if not _is_unit(match, tongue) or (match["sign"] and before(match, 1).strip(" ([")):
        return None
    one, two = number_words(match["one"]), number_words(match["two"])
    amounts = f"{_SIGNS[match['sign']]}{one} {range_joint(match)} {two}"
    if match["unit"] == "m" and means_million(match, tongue):
        return f"{amounts} million"
    return f"{amounts} {unit_words(match, one=is_attributive(match, tongue.tables), tongue=tongue)}"


@rule(
    r"(?P<feet>\d{1,3}) ?(?:ft|'|’|′)[ -]?(?P<inches>\d{1,2}(?:\.\d|½)?)"
    r"(?P<in> ?(?:ins?\b|\"|”|″|'')|(?=[^\w.,]|[.,]?(?:\s|$)))",
    starts=r"\d",
    opening=r"\d{1,3}[ f'’′]",
)
def feet_inches(match: Match, tongue: Tongue) -> str | None:
    """Such as "6ft 2in", "5'11\\"", "6ft 4"."""
    inches = match["inches"].replace("½", ".5")
    if float(inches) > 12:
        return None
    said = (
        f"{number_words(match['feet'])} {'foot' if is_one(match['feet']) else 'feet'} {number_words(inches)}"
    )
    if not match["in"]:
        return said
    return f"{said} {'inch' if is_one(inches) else 'inches'}"


@rule(
    r"(?P<one>{number}) ?(?P<first>{units})? ?[x×] ?(?P<two>{number})(?! =)"
    r"(?: ?(?P<second>{units})? ?[x×] ?(?P<three>{number}))?(?: ?(?P<unit>{units})(?P<per>(?!))?(?![\w/]))?",
    starts=r"\d.",
    opening=NUMBER_OPENING,
)
def dimensions(match: Match, tongue: Tongue) -> str | None:
    """Such as "2m x 3m", "2x4", "30 x 40cm"."""
    parts = [number_words(match[part]) for part in ("one", "two", "three") if match[part]]
    unit = f" {unit_words(match, one=False, tongue=tongue)}" if match["unit"] else ""
    return " by ".join(parts) + unit


@rule(
    r"(?P<number>{number})/(?:(?P<period>{periods})|(?P<unit>{units}))(?![\w/])",
    starts=r"\d.",
    opening=number_then("/"),
)
def rate(match: Match, tongue: Tongue) -> str | None:
    """Such as "100/day"."""
    unit = match["period"] or match["unit"]
    said = tongue.tables["periods"].get(unit) or tongue.tables["units"][unit].split("|")[0]
    return f"{number_words(match['number'])} per {said}"


@rule(r"(?P<one>{number})[\"″] ?[x×] ?(?P<two>{number})[\"″]", starts=r"\d.", opening=number_then('["″]'))
def inches_square(match: Match, tongue: Tongue) -> str | None:
    """Such as "a 12\"x16\" print"."""
    inches = "inch" if is_attributive(match, tongue.tables) else "inches"
    return f"{number_words(match['one'])} by {number_words(match['two'])} {inches}"


@rule(r"(?P<inches>\d{1,3}(?:\.\d)?)(?:\"|″)", starts=r"\d", opening=r"\d{1,3}[.\"″]")
def inch_mark(match: Match, tongue: Tongue) -> str | None:
    """Such as "a 12\\" record": a mark that closes no quotation."""
    if match.string.count('"') % 2 == 0 and "″" not in match[0]:
        return None
    one = is_one(match["inches"]) or is_attributive(match, tongue.tables)
    return f"{number_words(match['inches'])} {'inch' if one else 'inches'}"


RULES = (feet_inches, measure, measure_range, inches_square, dimensions, rate, inch_mark)
