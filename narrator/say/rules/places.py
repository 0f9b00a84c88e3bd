"""Streets, house numbers and American states."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, before, ends_sentence, word_before
from narrator.say.rule import Match, Tongue, rule

_AFTER_STREET = re.compile(r"\.? [A-Z][\w'’]*")
_NAMES = r"(?:[A-Z0-9][\w'’.-]* ){1,3}"


@rule(r"(?P<word>{streets})\b(?P<dot>\.?)", starts="A-Z")
def street(match: Match, tongue: Tongue) -> str | None:
    """Such as "12 Palm Dr.", "Mill St": a kind of street after its name."""
    if not ends_street(match):
        return None
    quarter = re.match(r" (?:[NS][EW]|[NSEW])\b", after(match))  # "Pennsylvania Ave. NW"
    stop = "." if ends_sentence(match) and not quarter else ""
    return tongue.tables["streets"][match["word"]] + stop


def ends_street(match: Match) -> bool:
    """Whether "St", "Dr" and their like are a street's and no saint's or doctor's."""
    left, right = before(match), after(match)
    if re.search(rf"\d+[a-z]? (?:[NSEW]\.? )?{_NAMES}$", left):
        return True
    named = re.search(
        r"(?:^|[^.!?] |[^.!?\w ]|\b(?:St|Mt|Ft|[NSEW])\. )(?:[A-Z][\w'’-]+|\d+(?:st|nd|rd|th)) $", left
    )
    if not named or _AFTER_STREET.match(right):
        return False
    if match[0].endswith("."):
        return True
    return match[0] not in {"Dr", "Ct", "Pl"} and bool(re.match(r"[,;:)]|$|\s+[a-z]", right))


@rule(
    rf"(?P<number>\d{{1,5}})(?P<letter>[A-Za-z])? (?:(?P<direction>{{directions}})\.? )?"
    rf"(?={_NAMES}(?:{{streets}}\b|{{street_words}}\b))",
    starts=r"\d",
    opening=r"\d{1,5}[A-Za-z]? [A-Z0-9]",
)
def house_number(match: Match, tongue: Tongue) -> str | None:
    """Such as "1428 Elm St", "708 N 1st St": the number of a house, by pairs as Americans say them."""
    place = word_before(match)
    if place and place not in tongue.tables.words("house_words"):
        return None
    number = match["number"]
    said = words.pairs(int(number)) if len(number) < 5 else words.spelled(number)
    if match["letter"]:
        said += f" {match['letter'].upper()}"
    direction = f"{tongue.tables['directions'][match['direction']]} " if match["direction"] else ""
    return f"{said} {direction}"


@rule(r", (?P<state>{state_codes})(?=,? \d{5}\b|[,.;)]|$| [a-z])", starts=",", opening=", (?:[A-Z]|$)")
def state_code(match: Match, tongue: Tongue) -> str | None:
    """Such as "Santa Clara, CA 95051"."""
    if not re.search(r"[A-Z][\w'’.]*$", before(match)):
        return None
    return f", {tongue.tables['state_codes'][match['state']]}"


@rule(r", (?P<state>{state_names})\.", starts=",", opening=", (?:[A-Z]|$)")
def state_name(match: Match, tongue: Tongue) -> str | None:
    """Such as "Austin, Tex.,"."""
    if not re.search(r"[A-Z][\w'’.]*$", before(match)):
        return None
    return f", {tongue.tables['state_names'][match['state']]}" + ("." if ends_sentence(match) else "")


RULES = (street, house_number, state_code, state_name)
