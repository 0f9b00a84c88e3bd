"""Cardinals, decimals, ordinals and per cent; the words for a number that other rules use."""

from __future__ import annotations

from narrator.say import words
from narrator.say.context import after, before, counts_things, word_before, words_before
from narrator.say.rule import NUMBER_OPENING, Match, Tongue, number_then, rule

_DIGIT_BY_DIGIT = 5
"""From this many digits a number without separators is a code, unless it ends in two zeros."""


def number_words(written: str) -> str:
    """Words for a number as written: "1,234.5", ".5", "007"."""
    whole, point, fraction = written.replace(",", "").partition(".")
    said = whole_words(whole) if whole else ""
    if point:
        said = f"{said} point {words.spelled(fraction)}"
    return said.strip()


def whole_words(digits: str) -> str:
    """Words for a whole number; a leading zero means that its digits are read one by one."""
    if len(digits) > 1 and digits.startswith("0"):
        return words.spelled(digits)
    return words.cardinal(int(digits))


def is_one(written: str) -> bool:
    """Whether what is counted by the number stands in the singular."""
    return written.replace(",", "") == "1"


@rule(
    r"(?P<one>{number}) ?%? ?[-–—] ?(?P<two>{number}) ?(?:%|pct\b)",
    starts=r"\d.",
    opening=number_then(" ?[%–—-]"),
)
def percent_range(match: Match, tongue: Tongue) -> str | None:
    """Such as "5-10%", "1.5%-1.75%"."""
    first = f"{number_words(match['one'])}{' percent' if '%' in match[0][:-1] else ''}"
    return f"{first} to {number_words(match['two'])} percent"


@rule(r"[-−–]({number})(?![\w-])", starts="-−–", opening=r"[-−–][.\d]")
def negative(match: Match, tongue: Tongue) -> str | None:
    """A number below zero: "-5". A hyphen inside a word or after a number is none."""
    left = before(match, 1)
    if left and not left.isspace() and left not in "([“\"'":
        return None
    if match[0][0] == "–" and words_before(match)[-1:] and after(match).startswith(" –"):
        return None
    return f"minus {number_words(match[1])}"


@rule(
    r"(?P<sign>[-−+]?)(?P<number>{number})(?: ?%| ?per cent\b| ?percent\b| ?pct\b| ?p\.c\.)",
    starts=r"\d.+−-",
    opening=number_then(" ?[%p]") + r"|[-−+][.\d]",
)
def percent(match: Match, tongue: Tongue) -> str | None:
    """A share: "0.5%", "+3 per cent"."""
    if match["sign"] and before(match, 1).strip(" (["):
        return None
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["sign"], "")
    said = "per cent" if "per cent" in match[0] else "percent"
    return f"{sign}{number_words(match['number'])} {said}"


@rule(
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<ending>st|nd|rd|th|ST|ND|RD|TH)\b",
    starts=r"\d",
    opening=r"\d+(?:,|st|nd|rd|th|ST|ND|RD|TH)",
)
def ordinal(match: Match, tongue: Tongue) -> str | None:
    """A place in a row: "21st". "11st" is a weight, "12nd" nothing."""
    number = int(match["number"].replace(",", ""))
    if match["ending"].lower() != _ending(number):
        return None
    on_day = word_before(match).capitalize() in tongue.tables["weekdays"].values()
    return f"{'the ' if on_day else ''}{words.ordinal(number)}"


@rule(
    r"(?P<one>\d{1,3})(?:st|nd|rd|th)[-–](?P<two>\d{1,3})(?:st|nd|rd|th)\b",
    starts=r"\d",
    opening=r"\d+(?:st|nd|rd|th)",
)
def ordinal_range(match: Match, tongue: Tongue) -> str | None:
    """Such as "the 2nd-4th centuries"."""
    return f"{words.ordinal(int(match['one']))} to {words.ordinal(int(match['two']))}"


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@rule(
    r"(?P<number>{number})(?P<plural>'?s\b|’s\b)?(?P<hyphen>-(?=[A-Za-z]))?",
    starts=r"\d.",
    opening=NUMBER_OPENING,
)
def cardinal(match: Match, tongue: Tongue) -> str | None:
    """Any other number; its hyphen to a word is a space ("50-minute")."""
    written = match["number"]
    if written.startswith(".") and before(match, 1).strip():
        return None
    if written.isdecimal() and _is_code(written) and not counts_things(match, tongue.tables):
        said = words.spelled(written)
    else:
        said = number_words(written)
    if match["plural"] == "s" and set(written.strip("0")) <= {"1", ","} and after(match).startswith(" of"):
        said = words.plural(said.removeprefix("one "))
    elif match["plural"] == "s":
        said = f"{said} seconds" if "." in written else words.plural(said)
    elif match["plural"]:
        said += "'s"
    return said + (" " if match["hyphen"] or _runs_into_word(match) else "")


def _is_code(digits: str) -> bool:
    return (len(digits) >= _DIGIT_BY_DIGIT and not digits.endswith("00")) or len(digits) > 9


def _runs_into_word(match: Match) -> bool:
    return after(match, 1).isalnum()


@rule(
    r"(?P<number>{number})-(?P<unit>year|month|week|day|hour|minute)-(?P<old>olds?(?:['’]s?)?)(?!\w)",
    starts=r"\d",
    opening=number_then("-"),
)
def age(match: Match, tongue: Tongue) -> str | None:
    """Such as "a 6-year-old", "the 6-year-old's"."""
    return f"{number_words(match['number'])} {match['unit']} {match['old']}"


@rule(r"(?P<number>{number})\+(?!\s*[\d=])", starts=r"\d", opening=number_then(r"\+"))
def or_more(match: Match, tongue: Tongue) -> str | None:
    """Such as "65+"."""
    return f"{number_words(match['number'])} plus"


@rule(r"(?P<number>{number})[x×](?![\w×]| ?\d)(?= ?\S)", starts=r"\d.", opening=number_then("[x×]"))
def times(match: Match, tongue: Tongue) -> str | None:
    """Such as "5x faster"."""
    return f"{number_words(match['number'])} times"


@rule(r"(?P<one>\d{1,3}):(?P<two>\d{1,3})(?![\d:]|\.\d)", starts=r"\d", opening=r"\d+:")
def ratio(match: Match, tongue: Tongue) -> str | None:
    """Such as "3:1". Times of day are asked before."""
    return f"{number_words(match['one'])} to {number_words(match['two'])}"


@rule(r"\d+(?:\.\d+){2}(?![\d.]*\d)", starts=r"\d", opening=r"\d+\.")
def version(match: Match, tongue: Tongue) -> str | None:
    """Such as "9.3.2": every part by itself."""
    return " point ".join(number_words(part) for part in match[0].split("."))


RULES = (ordinal_range, percent, percent_range, negative, age, or_more, times, ratio, version, cardinal)
