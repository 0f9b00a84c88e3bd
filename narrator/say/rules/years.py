"""Years, decades, seasons and spans of years."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, counts_things, range_joint, word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.spelling import spell_letters

_YEAR = r"1[0-9]\d\d|20\d\d"


@rule(
    rf"(?P<first>{_YEAR})(?P<mark>/|[-–—−]| [-–—] )(?P<last>{_YEAR}|\d\d)(?![\d.,/-]*\d)s?",
    starts=r"12",
    opening=r"[12]\d{3}",
)
def span(match: Match, tongue: Tongue) -> str | None:
    """A season or a span: "2015/16", "2010–14", "1997-2001", "1960s-80s"."""
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
        if last < first and match["last"] == "00":
            last += 100
    if last <= first:
        return None
    short = len(match["last"]) == 2 and last % 100 >= 10
    said = words.cardinal(last % 100) if short else words.year(last)
    if match[0].endswith("s"):
        said = words.plural(said)
    joint = " " if match["mark"] == "/" else f" {range_joint(match)} "
    return f"{words.year(first)}{joint}{said}"


@rule(
    rf"(?P<year>{_YEAR}) ?(?P<mark>'|’)?s\b(?:[-–](?P<last>(?:1\d|20)?\d0)s\b)?(?P<hyphen>-(?=[a-z]))?",
    starts=r"12",
    opening=r"[12]\d{3}",
)
def decade(match: Match, tongue: Tongue) -> str | None:
    """Ten years or a hundred: "1980s", "the 1900s", "1960s-80s"."""
    number = int(match["year"])
    if number % 10 or (match["mark"] and match[0].count(" ")):
        return None
    if number == 1000 and after(match).startswith(" of"):
        return None  # "1000s of fans"
    said = words.plural(words.year(number))
    if match["last"]:
        said += f" to {words.plural(words.year(int(match['last'])))}"
    return said + (" " if match["hyphen"] else "")


@rule(
    r"FY ?['’]?(?P<year>20\d\d|\d\d)(?:(?P<dash>[-–/])(?P<last>\d\d))?(?![\d.,-]*\d)",
    starts="F",
    opening="FY",
)
def fiscal(match: Match, tongue: Tongue) -> str | None:
    """Such as "FY23", "FY2023-24"."""
    number = int(match["year"])
    said = f"F Y {words.year(number) if number > 99 else words.cardinal(number)}"
    return f"{said} to {words.cardinal(int(match['last']))}" if match["last"] else said


@rule(r"['’‘](?P<year>\d\d)(?P<plural>s)?\b", starts=r"'’‘", opening=r"['’‘]\d")
def short_year(match: Match, tongue: Tongue) -> str | None:
    """A year without its century: "’98", "the '80s"."""
    if match["plural"]:
        return words.plural(words.cardinal(int(match["year"])))
    if word_before(match) in tongue.tables.words("before_short_years"):
        number = int(match["year"])
        return words.cardinal(number) if number >= 10 else f"oh {words.ONES[number]}"
    return None


@rule(rf"(?P<year>{_YEAR})(?![\d%]|[.,]\d)(?P<hyphen>-(?=[A-Za-z]))?", starts=r"12", opening=r"[12]\d{3}")
def year(match: Match, tongue: Tongue) -> str | None:
    """A number of four digits without a comma, read as a year unless an early one counts things."""
    number = int(match["year"])
    if number < 1900 and word_before(match) not in tongue.tables.words("before_years"):
        counts = counts_things(match, tongue.tables)
        if number < 1100 or (counts and number % 100):
            return None
    return words.year(number) + (" " if match["hyphen"] else "")


@rule(
    r"(?P<year>\d{1,4}) ?(?P<era>BCE|B\.C\.E\.|BC|B\.C\.?|AD|A\.D\.?|CE|C\.E\.)(?!\w)",
    starts=r"\d",
    opening=r"\d{1,4}[ A-Z]",
)
def era(match: Match, tongue: Tongue) -> str | None:
    """A year with its era: "44 BC", "340 A.D."."""
    letters = re.sub(r"\W", "", match["era"])
    number = int(match["year"])
    said = words.pairs(number) if number % 100 and 100 <= number < 1000 else words.year(number)
    return f"{said} {spell_letters(letters, tongue)}"


@rule(
    r"(?P<number>\d{1,2})(?:st|nd|rd|th)[ -]c\.(?=[\s,;:)]|$)",
    starts=r"\d",
    opening=r"\d+(?:st|nd|rd|th)",
)
def century(match: Match, tongue: Tongue) -> str | None:
    """Such as "the 19th c. house"."""
    return f"{words.ordinal(int(match['number']))} century"


RULES = (century, era, span, decade, fiscal, short_year, year)
