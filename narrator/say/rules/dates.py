"""Days of months, in words or figures."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, before, counts_things, ends_sentence, word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.rules.times import clock_words

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DAYS = (
    rf"(?P<day>{_DAY})(?P<th>st|nd|rd|th)?"
    rf"(?:(?P<joint> ?[-–—] ?| to | and )(?P<last>{_DAY})(?:st|nd|rd|th)?)?"
)
_MONTH = r"(?P<month>{months}|{months_lower})\b\.?"
_YEAR = r"(?:(?P<comma>,? |-)(?P<year>1\d{3}|20\d\d)\b(?![,.]?\d))"
_ON = r"(?P<on> ?[-–—] ?(?={months}\b\.? \d|\d\d? {months}\b))"
"""The dash before another day of a span."""
_MONTHS_STARTS = "JFMASONDjfmasond"


def _month(match: Match, tongue: Tongue) -> str:
    written = match["month"]
    months = tongue.tables["months"]
    return months.get(written) or months[written.capitalize()]


def _with_year(said: str, match: Match) -> str:
    if not match["year"]:
        return said
    comma = "," if "," in match["comma"] else ""
    return f"{said}{comma} {words.year(int(match['year']))}"


def _end(match: Match) -> str:
    return " to " if match["on"] else _stop(match)


def _stop(match: Match) -> str:
    return "." if ends_sentence(match) else ""


@rule(
    rf"(?P<the>[Tt]he )?{_DAYS}(?: of |-| |(?<=[a-z]))(?:of )?{_MONTH}{_YEAR}?{_ON}?",
    starts=r"\dtT",
    opening=r"[Tt]he (?:\d|$)|\d\d?(?!\d)",
)
def day_month(match: Match, tongue: Tongue) -> str | None:
    """Such as "5 May 1971", "3rd June", "the 22nd of November", "5-7 May"."""
    if match["month"] in {"may", "march"} and not (match["year"] or match["th"]):
        return None  # "those aged 12-15 may"
    said = f"{match['the'] or 'the '}{words.ordinal(int(match['day']))}"
    if match["last"]:
        joint = "and" if match["joint"] == " and " else "to"
        said += f" {joint} the {words.ordinal(int(match['last']))}"
    return _with_year(f"{said} of {_month(match, tongue)}", match) + _end(match)


@rule(
    rf"{_MONTH}[ -]{_DAYS}(?! (?:of )?{{months}}\b)(?![\d%]|[.:,/]\d|-\d(?!\d{{3}}\b)){_YEAR}?{_ON}?",
    starts=_MONTHS_STARTS,
)
def month_day(match: Match, tongue: Tongue) -> str | None:
    """Such as "Sept 18, 2015", "May 5", "June 5-7"; not "may 5 of us", "In May 20 people died"."""
    if match["month"] in {"may", "march"} or re.match(r" ?(?:[ap]\.?m\b|per ?cent)", after(match)):
        return None
    may_count = not match["year"] and not match["th"] and counts_things(match, tongue.tables)
    if may_count and word_before(match) not in {"the", "a", "on", "this", "last"}:
        return None
    said = f"{_month(match, tongue)} {words.ordinal(int(match['day']))}"
    if match["last"]:
        joint = "and" if match["joint"] == " and " else "to"
        said += f" {joint} {words.ordinal(int(match['last']))}"
    return _with_year(said, match) + _end(match)


@rule(rf"(?P<month>{{months}})\b\.?{_YEAR}", starts=_MONTHS_STARTS)
def month_year(match: Match, tongue: Tongue) -> str | None:
    """Such as "Sept 2015"."""
    return _with_year(_month(match, tongue), match)


@rule(
    r"(?P<day>{weekdays})\b\.?(?P<comma>,?) (?=\d{1,2}(?:st|nd|rd|th)? {months}\b|{months}\.? \d)",
    starts="MTWFS",
)
def weekday(match: Match, tongue: Tongue) -> str | None:
    """Such as "Mon 3 June", "Thurs., Sept 18": a short weekday before a date."""
    return f"{tongue.tables['weekdays'][match['day']]}{match['comma']} "


@rule(r"(?P<first>{weekdays}|{months})\.?[-–/](?P<last>{weekdays}|{months})\b\.?", starts="A-Z")
def short_span(match: Match, tongue: Tongue) -> str | None:
    """Such as "Mon-Fri", "Jan–Mar"."""
    names = {**tongue.tables["weekdays"], **tongue.tables["months"]}
    joint = "and" if "/" in match[0] else "to"
    return f"{names[match['first']]} {joint} {names[match['last']]}{_stop(match)}"


@rule(r"(?P<day>{weekdays})\.(?=[ ,;)]|$)", starts="MTWF")
def dotted_weekday(match: Match, tongue: Tongue) -> str | None:
    """Such as "on Mon.", "at 6 p.m. Fri." """
    if not re.search(r"[ap]\.?m\.? $", before(match)) and word_before(match) not in {
        "on",
        "until",
        "from",
        "by",
        "next",
        "last",
        "since",
        "to",
        "and",
    }:
        return None
    return tongue.tables["weekdays"][match["day"]] + _stop(match)


@rule(
    r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"
    r"(?:[T ](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d(?:\.\d+)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![\w/-])",
    starts="12",
    opening=r"[12]\d{3}[-/.]",
)
def year_first(match: Match, tongue: Tongue) -> str | None:
    """Such as "2015-09-18", "2015-09-18T10:00Z"."""
    day, month = int(match["day"]), int(match["month"])
    said = _in_words(day, month, match["year"], match, american=tongue.american)
    if said is None or match["hour"] is None:
        return said
    hour, minute = int(match["hour"]), int(match["minute"])
    clock = clock_words(hour, minute) if minute else f"{words.cardinal(hour)} hundred hours"
    return f"{said}, {clock}{' UTC' if match['zone'] == 'Z' else ''}"


@rule(
    r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/-]|\.\d)",
    starts=r"\d",
    opening=r"\d{1,2}[-/.]",
)
def year_last(match: Match, tongue: Tongue) -> str | None:
    """Such as "18/09/2015": the day first but in American texts, unless it can only be otherwise."""
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    if len(year) == 2:
        year = ("20" if int(year) < 50 else "19") + year
    month_first = two > 12 or (tongue.american and match["mark"] != "." and one <= 12)
    day, month = (two, one) if month_first else (one, two)
    return _in_words(day, month, year, match, american=month_first)


def _in_words(day: int, month: int, year: str, match: Match, *, american: bool) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    name, ordinal, said = words.MONTHS[month - 1], words.ordinal(day), words.year(int(year))
    if american:
        return f"{name} {ordinal}, {said}"
    article = "" if word_before(match) == "the" else "the "
    return f"{article}{ordinal} of {name} {said}"


RULES = (day_month, month_day, month_year, weekday, short_span, dotted_weekday, year_first, year_last)
