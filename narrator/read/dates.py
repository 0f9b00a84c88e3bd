"""Dates in lines: the habits of agencies, newspapers and blogs, in the languages of ``lang/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from narrator.read.markers import Markers, read_markers, read_timezones
from narrator.read.passages import LONGEST_SIGN

_YEAR = re.compile(r"(?:19|20)\d\d|['’]\d\d|\d[./-]\s?\d{1,2}[./-]|\d\d\s*$")
"""What every whole date has in it: a year, in four digits or in two."""
_ZONES = read_timezones()
_ZONE = "|".join(sorted(_ZONES, key=len, reverse=True))
_TIME = (
    r"(?P<hour>[01]?\d|2[0-3])\s?(?:[:.]\s?(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:\s?(?:h|Uhr|hrs)\b)?"
    r"|h\s?(?P<minute_h>[0-5]\d)?\b|Uhr\b)"
    r"\s?(?P<half>[ap]\.?m(?-i:(?![a-z]))\.?)?"
    rf"(?:\s?\(?(?P<zone>(?:GMT|UTC)\s?[+-]\d{{1,2}}(?::?\d\d)?\b|(?:{_ZONE})\b|[+-]\d{{2}}:?\d{{2}}\b)\)?)?"
)
_TIME_ALONE = re.compile(
    rf"(?<![\d.:])(?:{_TIME}|(?P<hour2>1?\d)\s?(?P<half2>[ap]\.?m(?-i:(?![a-z]))\.?)(?:\s?(?P<zone2>(?:{_ZONE})\b))?)",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(
    rf"[\s,|•·/–—-]*(?:(?!\d)\w{{1,3}}\s)?(?:(?!\d)\w{{1,4}}\s)?[\s,]*{_TIME}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date somewhere in a line."""

    when: datetime
    """Aware: in the zone the line names, else UTC; midnight when it names no time of day."""
    start: int
    end: int
    updated: bool = False
    """The line calls it the date of a later change."""
    month_first: datetime | None = None
    """What a numeric date says when it is read the American way; None where only one way is possible."""


@cache
def _date_pattern(language: str) -> re.Pattern[str]:
    months = read_markers(language).months
    names = "|".join(sorted((re.escape(name) for name in months), key=len, reverse=True))
    day = r"(?<!\d)(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th|er|º|°|ª|[.'’](?!\d))?"
    year = r"(?:19|20)\d\d|['’]\d\d"
    shapes = (
        r"(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>[01]\d)-(?P<iso_day>[0-3]\d)T?",
        rf"{day.format(1)}[\s/-]*(?:(?:day\s)?of\s|de\s|d[’']|-)?\s*(?P<month1>{names})(?:\b|(?=\d))\.?,?(?:\s+del?)?[\s/-]*(?P<year1>{year}|\d\d(?=\s*$))(?!\d)",
        rf"(?<![^\W\d_])(?P<month2>{names})\b[.,]?\s+{day.format(2)},?\s+(?P<year2>{year})(?!\d)",
        r"(?P<year3>(?:19|20)\d\d)[/.](?P<month3>[01]?\d)[/.](?P<day3>[0-3]?\d)\b",
        r"\b(?P<first>[0-3]?\d)(?P<mark>[./-])\s?(?P<second>[0-3]?\d)(?P=mark)\s?(?P<year4>(?:19|20)\d\d|\d\d)(?!\d)",
        r"(?P<year5>(?:19|20)\d\d)\s?[年년]\s?(?P<month5>[01]?\d)\s?[月월]\s?(?P<day5>[0-3]?\d)\s?[日일]?",
    )
    return re.compile("|".join(shapes), re.IGNORECASE)


def find_dates(text: str, markers: Markers) -> list[Found]:
    """Every whole date (day, month, year) in the line, in the order of the line."""
    if len(text) > LONGEST_SIGN or not _YEAR.search(text):
        return []
    found: list[Found] = []
    for match in _date_pattern(markers.language).finditer(text):
        day = _day_of({name: value for name, value in match.groupdict().items() if value}, markers)
        if day is None:
            continue
        before = text[found[-1].end if found else 0 : match.start()]
        start, end, when = _with_time(text, match.start(), match.end(), day)
        found.append(Found(when, start, end, _is_update(before, markers), _read_month_first(match)))
    return found


def _day_of(parts: dict[str, str], markers: Markers) -> datetime | None:
    numbers = None
    for year, month, day in (
        ("iso_year", "iso_month", "iso_day"),
        ("year3", "month3", "day3"),
        ("year5", "month5", "day5"),
    ):
        if year in parts:
            numbers = int(parts[year]), int(parts[month]), int(parts[day])
    for number in "12":
        if f"month{number}" in parts:
            month_number = markers.months[parts[f"month{number}"].casefold()]
            numbers = _whole_year(parts[f"year{number}"]), month_number, int(parts[f"day{number}"])
    if "year4" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        # Day first, as nearly everywhere; month first only where nothing else is possible.
        month_number, day_number = (first, second) if second > 12 else (second, first)
        numbers = _whole_year(parts["year4"]), month_number, day_number
    if numbers is None:
        return None
    try:
        return datetime(*numbers, tzinfo=UTC)
    except ValueError:
        return None


def _whole_year(digits: str) -> int:
    number = int(digits.strip("'’"))
    return number + (0 if number > 99 else 2000 if number < 70 else 1900)


def _read_month_first(match: re.Match[str]) -> datetime | None:
    """The American reading of a numeric date that can be read both ways."""
    if not match["year4"] or match["mark"] == ".":
        return None
    month, day = int(match["first"]), int(match["second"])
    if month == day or not (1 <= month <= 12 and 1 <= day <= 12):
        return None
    return datetime(_whole_year(match["year4"]), month, day, tzinfo=UTC)


def _with_time(text: str, start: int, end: int, day: datetime) -> tuple[int, int, datetime]:
    """The span and the moment once a time of day next to the date is taken in."""
    after = _TIME_AFTER.match(text, end)
    match = after
    if match is None:
        before = [
            one for one in _TIME_ALONE.finditer(text[:start]) if not re.search(r"\d", text[one.end() : start])
        ]
        match = before[-1] if before else None
    if match is None:
        return start, end, day
    parts = match.groupdict()
    hour = int(parts.get("hour") or parts.get("hour2") or 0)
    half = (parts.get("half") or parts.get("half2") or "").casefold()
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    zone = (parts.get("zone") or parts.get("zone2") or "").casefold()
    when = day.replace(
        hour=hour, minute=int(parts.get("minute") or parts.get("minute_h") or 0), tzinfo=_zone(zone)
    )
    return (start, match.end(), when) if match is after else (match.start(), end, when)


def _zone(name: str) -> timezone:
    offset = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        minutes = -minutes if offset[1] == "-" else minutes
    else:
        minutes = _ZONES.get(name, 0)
    return timezone(timedelta(minutes=minutes)) if minutes and abs(minutes) < 24 * 60 else UTC


def _is_update(before: str, markers: Markers) -> bool:
    low = before.casefold()
    return any(re.search(rf"\b{re.escape(label)}\b", low) for label in markers.phrases["updated"])


def cut_dates(text: str, found: list[Found], markers: Markers) -> str:
    """What a line holds besides its dates, their labels, weekdays and times of day."""
    for one in reversed(found):
        text = f"{text[: one.start]} | {text[one.end :]}"
    if found:
        text = _partial_pattern(markers.language).sub(" ", text)
    text = _label_pattern(markers.language).sub(" ", _TIME_ALONE.sub(" ", text))
    kept = [word for word in text.split() if word.strip(",.;:()").casefold() not in markers.weekdays]
    small = {*markers.phrases["at"], *_ZONES}
    segments = []
    for segment in " ".join(kept).split("|"):
        words = segment.split()
        while words and words[0].strip(",.;:()").casefold() in small:
            words.pop(0)
        while words and words[-1].strip(",.;:()").casefold() in small:
            words.pop()
        segments.append(" ".join(words))
    return " | ".join(segments)


@cache
def _partial_pattern(language: str) -> re.Pattern[str]:
    """A day without its year, as a second date on a line often is."""
    names = "|".join(sorted(map(re.escape, read_markers(language).months), key=len, reverse=True))
    return re.compile(
        rf"\b(?:[0-3]?\d\.?\s(?:de\s)?(?:{names})|(?:{names})\.?\s[0-3]?\d)(?!\w)", re.IGNORECASE
    )


@cache
def _label_pattern(language: str) -> re.Pattern[str]:
    phrases = read_markers(language).phrases
    labels = sorted({*phrases["published"], *phrases["updated"]}, key=len, reverse=True)
    spelled = "|".join(re.escape(label.rstrip(":")) for label in labels if len(label) > 3)
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)(?!\s+by\b)[:.]?", re.IGNORECASE)
