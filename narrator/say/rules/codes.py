"""Names made of letters and figures."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import before, word_after, word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.spelling import letter_name, spell_letters


def figures(digits: str) -> str:
    """The number of a plane, a road or a flight: up to 99 whole, above it by pairs.

    >>> figures("16"), figures("370"), figures("400"), figures("7000"), figures("007")
    ('sixteen', 'three seventy', 'four hundred', 'seven thousand', 'zero zero seven')
    """
    number = int(digits)
    if digits.startswith("0") or len(digits) > 4:
        return words.spelled(digits)
    return words.cardinal(number) if number % 1000 == 0 else words.pairs(number)


@rule(r"(?P<letters>{letter_words})-?(?P<digits>\d{1,3})(?!\w)", starts="A-Za-z")
def word_code(match: Match, tongue: Tongue) -> str | None:
    """Such as "COP26", "Covid-19": letters that are said as a word."""
    return f"{tongue.tables['letter_words'][match['letters']]} {words.cardinal(int(match['digits']))}"


@rule(
    r"(?P<letters>[A-Z]{1,3})-?(?P<digits>\d{1,4})(?P<kind>-\d{3}|\.\d)?(?P<tail>[A-Z]{1,2})?"
    r"(?P<plural>['’]?s)?(?!\w|\.\w)",
    starts="A-Z",
    opening=r"[A-Z]{1,3}[-\d]",
)
def code(match: Match, tongue: Tongue) -> str | None:
    """Such as "F-16s", "S-400", "A320", "MH370": letters spelled, figures as pilots say them."""
    if before(match, 1) in {"-", "."}:
        return None
    said = figures(match["digits"])
    if match["kind"]:
        said += f"{' point' if match['kind'][0] == '.' else ''} {figures(match['kind'][1:])}"
    if match["plural"]:
        said = words.plural(said)
    tail = f" {' '.join(match['tail'])}" if match["tail"] else ""
    return f"{spell_letters(match['letters'], tongue)} {said}{tail}"


@rule(r"(?P<quarter>[1-4])Q(?P<year>\d\d)\b", starts="1-4", opening="[1-4]Q")
def quarter(match: Match, tongue: Tongue) -> str | None:
    """Such as "2Q22"."""
    year = words.year(2000 + int(match["year"]))
    return f"the {words.ordinal(int(match['quarter']))} quarter of {year}"


@rule(r"(?P<digits>\d{1,3})(?P<letters>[A-Z]{1,3})(?![\w-])", starts=r"\d", opening=r"\d{1,3}[A-Z]")
def figure_letter(match: Match, tongue: Tongue) -> str | None:
    """Such as "5G", "3D", "10A"."""
    letters = " ".join(letter_name(letter, tongue) for letter in match["letters"])
    return f"{words.cardinal(int(match['digits']))} {letters}"


@rule(
    r"(?P<model>7[0-8]7)(?P<plural>s)?(?:-(?P<kind>\d{1,3})(?P<letters>[A-Z]{0,2}))?(?![\w%])",
    starts="7",
    opening="7[0-8]7",
)
def airliner(match: Match, tongue: Tongue) -> str | None:
    """Such as "Boeing 737-800": said digit by digit; asked before units and ranges, which it looks like."""
    if "Boeing" not in match.string and word_after(match) not in {"MAX", "Max", "Dreamliner"}:
        return None
    if word_before(match) not in tongue.tables.words("before_airliners"):
        return None
    said = words.spelled(match["model"])
    if match["plural"]:
        return words.plural(said)
    if not match["kind"]:
        return said
    return " ".join([said, figures(match["kind"]), *match["letters"]])


@rule(
    r"(?=[^\W\d_]*\d)(?=\d*[^\W\d_])(?P<code>[^\W_]{2,})(?P<decimals>\.\d+)?",
    starts=r"\w",
    opening=r"[^\W\d_]++\d|\d++[^\W\d_]",
)
def mixed(match: Match, tongue: Tongue) -> str | None:
    """Such as "H1N1", "t2000", "iPhone6": letters and figures in turn."""
    said = [_part(part, tongue) for part in re.findall(r"[^\W\d_]+|\d+", match["code"])]
    if match["decimals"]:
        said.append(f"point {words.spelled(match['decimals'])}")
    return " ".join(said)


def _part(part: str, tongue: Tongue) -> str:
    if part.isdecimal():
        return figures(part)
    return spell_letters(part, tongue) if part.isupper() and len(part) < 3 else part


RULES = (
    word_code,
    quarter,
    code,
    figure_letter,
)
