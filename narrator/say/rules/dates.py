"""Days of months, in words or figures."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, counts_things, word_before
from narrator.say.rule import Match, Tongue, rule

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1\d{3}|20\d\d)"
_MONTH = r"(?P<month>{months}|{months_lower})\b\.?"
_DASH = r"(?: ?[-–—] ?| to )"
MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _month(match: Match, tongue: Tongue) -> str:
    written = match["month"]
    return tongue.tables["months"].get(written) or tongue.tables["months"][written.capitalize()]


def _with_year(said: str, match: Match, tongue: Tongue) -> str:
    if not match["year"]:
        return said
    comma = "," if "," in match["comma"] else ""
    return f"{said}{comma} {words.year(int(match['year']))}"


@rule(
    rf"(?P<the>[Tt]he )?(?P<day>{_DAY})(?:st|nd|rd|th)?(?:{_DASH}(?P<last>{_DAY})(?:st|nd|rd|th)?)?(?: of|-)? ?"
    rf"{_MONTH}(?:(?P<comma>,? |-)(?P<year>{_YEAR})\b(?![,.]?\d))?",
    starts=r"\dtT",
)
def day_month(match: Match, tongue: Tongue) -> str | None:
    """ "5 May 1971", "3rd June", "the 22nd of November", "5-7 May"."""
    if not re.search(r"\s|of|-", match[0][: match.start("month") - match.start()]):
        return None
    ordinal = words.ordinal(int(match["day"]))
    said = f"{match['the'] or 'the '}{ordinal}"
    if match["last"]:
        said += f" to the {words.ordinal(int(match['last']))}"
    return _trail(match, _with_year(f"{said} of {_month(match, tongue)}", match, tongue))


@rule(
    rf"{_MONTH}[ -](?P<day>{_DAY})(?:st|nd|rd|th)?(?:{_DASH}(?P<last>{_DAY})(?:st|nd|rd|th)?)?(?![\d%]|[.:,/]\d|-\d(?!\d{3}\b))"
    rf"(?:(?P<comma>,? |-)(?P<year>{_YEAR})\b(?![,.]?\d))?",
    starts=r"JFMASONDjfmasond",
)
def month_day(match: Match, tongue: Tongue) -> str | None:
    """ "Sept 18, 2015", "May 5", "June 5-7"."""
    if match["month"] in {"may", "march"} or re.match(r" ?(?:[ap]\.?m\b|per cent|percent)", after(match)):
        return None
    figure_counts = counts_things(match, tongue.tables) and not match["year"] and "th" not in match[0]
    if figure_counts and word_before(match) not in {"the", "a", "on", "this", "last"}:
        return None
    said = f"{_month(match, tongue)} {words.ordinal(int(match['day']))}"
    if match["last"]:
        said += f" to {words.ordinal(int(match['last']))}"
    return _trail(match, _with_year(said, match, tongue))


@rule(rf"(?P<month>{{months}})\b\.?(?P<comma>,? )(?P<year>{_YEAR})\b(?![,.]?\d)", starts=r"JFMASOND")
def month_year(match: Match, tongue: Tongue) -> str | None:
    """ "Sept 2015"."""
    return _with_year(_month(match, tongue), match, tongue)


@rule(r"(?P<day>{weekdays})\b\.?(?P<comma>,?) ", starts=r"MTWFS")
def weekday(match: Match, tongue: Tongue) -> str | None:
    """ "Mon 3 June", "Thurs., Sept 18": a short weekday before a date."""
    months = tongue.tables.fill(r"(?:\d{1,2}(?:st|nd|rd|th)? {months}\b|{months}\.? \d)")
    if not re.match(months, match.string[match.end() :]):
        return None
    return f"{tongue.tables['weekdays'][match['day']]}{match['comma']} "


@rule(r"(?P<day>{weekdays})\.(?=[ ,;)]|$)", starts=r"MTWF")
def dotted_weekday(match: Match, tongue: Tongue) -> str | None:
    """ "on Mon." """
    if word_before(match) not in {"on", "until", "from", "by", "next", "last", "since", "to", "and"}:
        return None
    return tongue.tables["weekdays"][match["day"]] + _stop(match)


@rule(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d/-])", starts=r"12")
def year_first(match: Match, tongue: Tongue) -> str | None:
    """ "2015-09-18"."""
    return _in_words(int(match["day"]), int(match["month"]), match["year"], american=tongue.american)


@rule(
    r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/-]|\.\d)",
    starts=r"\d",
)
def year_last(match: Match, tongue: Tongue) -> str | None:
    """ "18/09/2015": the day first but in American texts, unless it can only be otherwise."""
    one, two = int(match["one"]), int(match["two"])
    year = match["year"] if len(match["year"]) == 4 else _century(match["year"])
    if two > 12:
        return _in_words(two, one, year, american=True)
    if tongue.american and match["mark"] != "." and one <= 12:
        return _in_words(two, one, year, american=True)
    return _in_words(one, two, year, american=False)


def _century(short: str) -> str:
    return ("20" if int(short) < 50 else "19") + short


def _in_words(day: int, month: int, year: str, *, american: bool) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    name, ordinal, said = MONTH_NAMES[month - 1], words.ordinal(day), words.year(int(year))
    return f"{name} {ordinal}, {said}" if american else f"the {ordinal} of {name} {said}"


def _stop(match: Match) -> str:
    """A full stop when the match's own dot also ends the sentence."""
    rest = after(match, 4)
    return "." if match[0].endswith(".") and (not rest.strip() or re.match(r"\s+[A-Z“\"]", rest)) else ""


def _trail(match: Match, said: str) -> str:
    return said + (_stop(match) if match[0].endswith(".") else "")


RULES = (day_month, month_day, month_year, weekday, dotted_weekday, year_first, year_last)
