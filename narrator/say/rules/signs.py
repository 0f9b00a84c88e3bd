"""Signs between figures and words, as English reads them."""

from __future__ import annotations

import unicodedata

from narrator.say import words
from narrator.say.context import before
from narrator.say.rule import Match, Tongue, number_then, rule
from narrator.say.rules.numbers import number_words
from narrator.say.spelling import letter_name


@rule(r"(?P<one>\d+)(?P<minus> ?[-−] ?)(?P<two>\d+)(?= ?=)", starts=r"\d", opening=r"\d+[ −-]")
def difference(match: Match, tongue: Tongue) -> str | None:
    """Such as "5-3=2"."""
    return f"{words.cardinal(int(match['one']))} minus {words.cardinal(int(match['two']))}"


@rule(r"#(?=\d)", starts="#")
def number_sign(match: Match, tongue: Tongue) -> str | None:
    """Such as "#1"."""
    return "number " if not before(match, 1).isalnum() else None


@rule(r"(?P<one>and|either)/(?P<two>or)\b", starts="ae", opening="(?:and|either)/")
def and_or(match: Match, tongue: Tongue) -> str | None:
    """Such as "and/or", "either/or"."""
    return f"{match['one']} {match['two']}"


@rule(r"/(?=[£$€]?\d)", starts="/")
def either(match: Match, tongue: Tongue) -> str | None:
    """Such as "50km/30 miles", "$2bn/€1.8bn"."""
    return ", " if before(match, 1).isalpha() else None


@rule(r"\s+/\s+", starts=r"\s", opening=r"\s+/")
def parting_slash(match: Match, tongue: Tongue) -> str | None:
    """Such as "Sport / Football": a pause."""
    return ", " if before(match, 1) else ""


@rule(r"/(?P<period>{periods})(?!\w)", starts="/")
def per_period(match: Match, tongue: Tongue) -> str | None:
    """Such as "40 cases/day"."""
    return f" per {tongue.tables['periods'][match['period']]}" if before(match, 2).endswith("s") else None


@rule(
    r"(?P<number>{number}) ?[x×] ?10(?:\^(?P<power>[-−]?\d+)|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
    r"(?: ?(?P<unit>{units})(?!\w))?",
    starts=r"\d.",
    opening=number_then(" ?[x×]"),
)
def scientific(match: Match, tongue: Tongue) -> str | None:
    """Such as "3.2 x 10^5"."""
    power = unicodedata.normalize("NFKC", match["power"] or match["raised"]).replace("-", "−")
    sign = "minus " if power.startswith("−") else ""
    exponent = words.cardinal(int(power.lstrip("−")))
    unit = f" {tongue.tables['units'][match['unit']].split('|')[1]}" if match["unit"] else ""
    return f"{number_words(match['number'])} times ten to the power of {sign}{exponent}{unit}"


@rule(r"(?P<sign>[<>])(?=[£$€]?\d)", starts="<>")
def bound(match: Match, tongue: Tongue) -> str | None:
    """Such as "<1%", ">50 cases"."""
    return f"{tongue.tables['signs'][match['sign']]} " if not before(match, 1).strip(" (") else None


@rule(r"(?P<grade>A)\*(?P<plural>['’]?s)?(?![\w*])", starts="A", opening=r"A\*")
def starred_grade(match: Match, tongue: Tongue) -> str | None:
    """Such as "two A*s", the best mark of a British examination."""
    if before(match, 1).strip(" (\"“'‘"):
        return None
    return f"{letter_name('A', tongue)} star{'s' if match['plural'] else ''}"


RULES = (bound, starred_grade, either, parting_slash, per_period, scientific, difference, number_sign, and_or)
