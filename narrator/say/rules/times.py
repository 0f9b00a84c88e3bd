"""Times of day and lengths of time in figures."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, is_attributive, words_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.words import ONES

_HALF = r"(?P<half>[ap]\.? ?m\b\.?|[AP]\.? ?M\b\.?)"
_ZONE = (
    r"(?P<zone> ?(?:GMT|BST|UTC|CET|CEST|EET|EST|EDT|ET|CST|CDT|MST|PST|PDT|PT|IST|AEST|JST"
    r"|est|e\.s\.t\.?)\b)"
)
_ZONE_LETTERS = {"IST", "EST", "CEST", "AEST", "ET", "PT"}


def clock_words(hour: int, minute: int) -> str:
    """A time of day as a timetable has it.

    >>> clock_words(6, 5), clock_words(20, 30)
    ('six oh five', 'twenty thirty')
    """
    said = words.cardinal(hour)
    if minute == 0:
        return said
    return f"{said} oh {ONES[minute]}" if minute < 10 else f"{said} {words.cardinal(minute)}"


def _half(match: Match, tongue: Tongue) -> str:
    letters = match["half"][0].upper() + "M"
    rest = after(match)
    ends = match["half"].endswith(".") and not match["zone"]
    following = re.match(r"\s+[“\"‘]?(\w+)", rest)
    starts = following is not None and following[1] in tongue.tables.words("starters")
    return letters + ("." if ends and (starts or not rest.strip()) else "")


def _zone(match: Match) -> str:
    if not match["zone"]:
        return ""
    name = re.sub(r"\W", "", match["zone"]).upper()
    return " " + (" ".join(name) if name in _ZONE_LETTERS else name)


@rule(
    rf"(?P<hour>1\d|2[0-3]|0?\d)(?:[:.](?P<minute>[0-5]\d)(?::00)?)? ?{_HALF}{_ZONE}?"
    r"(?P<to>[-–](?=noon|midnight|late|close|dusk))?",
    starts=r"\d",
    opening=r"\d{1,2}(?!\d)",
)
def twelve_hour(match: Match, tongue: Tongue) -> str | None:
    """Such as "5pm", "1.30am", "7:30 p.m. EST", "10am-noon"."""
    clock = clock_words(int(match["hour"]), int(match["minute"] or 0))
    return f"{clock} {_half(match, tongue)}{_zone(match)}{' to ' if match['to'] else ''}"


@rule(
    rf"(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?(?P<first> ?[ap]\.?m\.?| ?[AP]M)?(?: ?[-–—] ?)"
    rf"(?P<hour2>1[0-2]|0?\d)(?:[:.](?P<minute2>[0-5]\d))? ?{_HALF}{_ZONE}?",
    starts=r"\d",
    opening=r"\d{1,2}(?!\d)",
)
def twelve_hour_span(match: Match, tongue: Tongue) -> str | None:
    """Such as "2-4pm", "9am–5.30pm"."""
    first = clock_words(int(match["hour"]), int(match["minute"] or 0))
    if match["first"]:
        first += f" {match['first'].strip()[0].upper()}M"
    second = clock_words(int(match["hour2"]), int(match["minute2"] or 0))
    return f"{first} to {second} {_half(match, tongue)}{_zone(match)}"


@rule(
    rf"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d%°]|[.,:]\d){_ZONE}?",
    starts=r"\d",
    opening=r"\d+\.",
)
def dotted_clock(match: Match, tongue: Tongue) -> str | None:
    """Such as "at 8.40 on Monday": a time when a zone follows, or "at" goes before and no market closes."""
    if match["zone"]:
        return clock_words(int(match["hour"]), int(match["minute"])) + _zone(match)
    left = words_before(match)
    if left[-1:] != ["at"] or set(left[-6:]) & tongue.tables.words("market_words"):
        return None
    if not re.match(
        r"[,.]? ?(?:$|(?:on|in|this|that|every|local|yesterday|today|tomorrow|and|but|when) ?)", after(match)
    ):
        return None
    return clock_words(int(match["hour"]), int(match["minute"]))


@rule(
    rf"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d|[:.]\d){_ZONE}?(?P<to>[-–](?=\d\d?:\d\d))?",
    starts=r"\d",
    opening=r"\d+:",
)
def day_clock(match: Match, tongue: Tongue) -> str | None:
    """Such as "20:30", "09:15 GMT", "18:00-20:00"."""
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour in (0, 24):
        said = "midnight" if minute == 0 else clock_words(12, minute) + " AM"
    elif minute == 0:
        said = f"{words.cardinal(hour)} {'hundred' if hour > 12 else _oclock(match)}".rstrip()
    else:
        said = clock_words(hour, minute)
    return said + _zone(match) + (" to " if match["to"] else "")


def _oclock(match: Match) -> str:
    return "" if match["zone"] and not match["hour"].startswith("0") else "o'clock"


@rule(
    r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<what> ?(?:GMT|BST|UTC|CET|EST|hours|hrs|local time)\b)",
    starts=r"\d",
    opening=r"\d{4}[ A-Zhl]",
)
def military(match: Match, tongue: Tongue) -> str | None:
    """Such as "1830 GMT", "0900 hours"."""
    hour, minute = int(match["hour"]), int(match["minute"])
    oh = "oh " if match["hour"].startswith("0") else ""
    what = match["what"].strip().replace("hrs", "hours")
    if minute == 0:
        return f"{oh}{words.cardinal(hour)} hundred {what}"
    return f"{oh}{clock_words(hour, minute)} {what}"


@rule(
    r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\d:])",
    starts=r"\d",
    opening=r"\d+:",
)
def duration(match: Match, tongue: Tongue) -> str | None:
    """Such as "2:03:23", as in a marathon."""
    hours, minutes, seconds = (int(match[part]) for part in ("hours", "minutes", "seconds"))
    parts = [_count(hours, "hour"), _count(minutes, "minute")]
    return f"{' '.join(parts)} and {_count(seconds, 'second')}"


def _count(number: int, unit: str) -> str:
    return f"{words.cardinal(number)} {unit}{'' if number == 1 else 's'}"


@rule(
    r"(?:(?P<hours>\d{1,3}) ?h(?:rs?)? ?)?(?P<minutes>\d{1,3}) ?m(?:ins?)?"
    r"(?: ?(?P<seconds>[0-5]?\d) ?s(?:ecs?)?)?(?!\w)",
    starts=r"\d",
    opening=r"\d{1,3}[ hm]",
)
def lettered_duration(match: Match, tongue: Tongue) -> str | None:
    """Such as "2h 15m", "3m 20s"."""
    if not (match["hours"] or match["seconds"]):
        return None
    units = [unit for unit in ("hours", "minutes", "seconds") if match[unit]]
    if is_attributive(match, tongue.tables):
        return " ".join(f"{words.cardinal(int(match[unit]))} {unit[:-1]}" for unit in units)
    return " ".join(_count(int(match[unit]), unit[:-1]) for unit in units)


@rule(r"(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)\.(?P<parts>\d{1,3})(?!\d)", starts=r"\d", opening=r"\d+:")
def lap_time(match: Match, tongue: Tongue) -> str | None:
    """Such as "1:42.33", as in a race."""
    parts = " ".join(ONES[int(digit)] for digit in match["parts"])
    seconds = words.cardinal(int(match["seconds"]))
    return f"{_count(int(match['minutes']), 'minute')} {seconds} point {parts}"


RULES = (
    dotted_clock,
    twelve_hour_span,
    twelve_hour,
    duration,
    lettered_duration,
    lap_time,
    day_clock,
    military,
)
