"""Signs between figures and words, as English reads them."""

from __future__ import annotations

from narrator.say import words
from narrator.say.context import before
from narrator.say.rule import Match, Tongue, rule


@rule(r"(?P<one>\d+)(?P<minus> ?[-−] ?)(?P<two>\d+)(?= ?=)", starts=r"\d")
def difference(match: Match, tongue: Tongue) -> str | None:
    """Such as "5-3=2"."""
    return f"{words.cardinal(int(match['one']))} minus {words.cardinal(int(match['two']))}"


@rule(r"#(?=\d)", starts="#")
def number_sign(match: Match, tongue: Tongue) -> str | None:
    """Such as "#1"."""
    return "number " if not before(match, 1).isalnum() else None


@rule(r"(?P<one>and|either)/(?P<two>or)\b", starts="ae")
def and_or(match: Match, tongue: Tongue) -> str | None:
    """Such as "and/or", "either/or"."""
    return f"{match['one']} {match['two']}"


@rule(r"/(?=\d)", starts="/")
def either(match: Match, tongue: Tongue) -> str | None:
    """Such as "50km/30 miles"."""
    return ", " if before(match, 1).isalpha() else None


@rule(r"\s+/\s+", starts=r"\s")
def parting_slash(match: Match, tongue: Tongue) -> str | None:
    """Such as "Sport / Football": a pause."""
    return ", " if before(match, 1) else ""


RULES = (either, parting_slash, difference, number_sign, and_or)
