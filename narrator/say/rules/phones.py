"""Telephone numbers, emergency numbers and network addresses, digit by digit."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, counts_things, words_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.words import spelled

_NOT_IN_NUMBER = r"(?![\d/]|[-.,]\d)"


def _groups(number: str) -> str:
    return ", ".join(spelled(group) for group in re.findall(r"\d+", number))


@rule(
    rf"\+(?P<country>\d{{1,3}})[ .-]?"
    rf"(?P<rest>(?:\(0\) ?)?(?:\(?\d{{1,5}}\)?[ .-]?){{1,5}}\d{{2,5}}){_NOT_IN_NUMBER}",
    starts="+",
)
def international(match: Match, tongue: Tongue) -> str | None:
    """Such as "+44 20 7946 0000"."""
    if len(re.findall(r"\d", match[0])) < 8:
        return None
    rest = match["rest"].replace("(0)", "")
    return f"plus {spelled(match['country'])}, {_groups(rest)}"


@rule(rf"\(?0\d{{2,5}}\)?(?:[ -]\d{{3,8}}){{1,3}}{_NOT_IN_NUMBER}", starts=r"0(", opening=r"\(?0")
def national(match: Match, tongue: Tongue) -> str | None:
    """A number with its trunk zero: "020 7946 0123", "0800 555 111"."""
    return _groups(match[0]) if 9 <= len(re.findall(r"\d", match[0])) <= 12 else None


@rule(
    rf"(?:1[-. ])?(?:\(\d{{3}}\)[ -]?|\d{{3}}[-. ])\d{{3}}[-. ]\d{{4}}(?:-\d{{1,4}})?{_NOT_IN_NUMBER}",
    starts=r"\d(",
    opening=r"1[-. ]|\(\d|\d{3}[-. ]",
)
def american(match: Match, tongue: Tongue) -> str | None:
    """Such as "(555) 555-0123", "1-555-555-0123"."""
    return _groups(match[0])


@rule(rf"\d{{3}}-\d{{4}}{_NOT_IN_NUMBER}", starts=r"\d", opening=r"\d+[-–—]")
def local(match: Match, tongue: Tongue) -> str | None:
    """Such as "call 555-0123"; no range goes up to a number that begins with zero."""
    return _groups(match[0]) if match[0][4] == "0" or _is_called(match, tongue) else None


@rule(rf"\d{{3}}-\d\d-\d{{4}}{_NOT_IN_NUMBER}", starts=r"\d", opening=r"\d+[-–—]")
def social_security(match: Match, tongue: Tongue) -> str | None:
    """Such as "111-11-1111"."""
    return _groups(match[0])


@rule(r"1[- ](?P<code>8\d\d)[- ](?P<rest>[A-Z0-9]+(?:-[A-Z0-9]+)*)\b", starts="1", opening="1[- ]")
def toll_free(match: Match, tongue: Tongue) -> str | None:
    """Such as "1-800-GO-2-HAUL"."""
    if not re.search("[A-Z]", match["rest"]):
        return None
    code = int(match["code"])
    said = f"{words.cardinal(code)}" if code % 100 == 0 else spelled(match["code"])
    parts = [spelled(part) if part.isdecimal() else part for part in match["rest"].split("-")]
    return f"one, {said}, {' '.join(parts)}"


@rule(rf"1[38]00[ -]\d{{3}}[ -]\d{{3}}{_NOT_IN_NUMBER}", starts="1", opening="1[38]00[ -]")
def australian(match: Match, tongue: Tongue) -> str | None:
    """Such as "1800 737 732", free to call from anywhere in Australia."""
    return _groups(match[0])


@rule(rf"(?:\d{{3,5}}[ ]\d{{3,6}}|\d{{5,11}}){_NOT_IN_NUMBER}", starts=r"\d", opening=r"\d{3}")
def helpline(match: Match, tongue: Tongue) -> str | None:
    """A number somebody is told to call: "116 123", "08457 909090", "85258"."""
    return _groups(match[0]) if _is_called(match, tongue) else None


@rule(r"(?P<number>{emergency_numbers})(?![\d,]|[.]\d)", starts=r"\d")
def emergency(match: Match, tongue: Tongue) -> str | None:
    """Such as "dial 999", "a 911 call"."""
    follows = re.match(
        r"[ -](?:emergency|call|caller|calls|callers|operator|operators|dispatcher|dispatchers|line)\b",
        after(match),
    )
    return spelled(match["number"]) if follows or _is_called(match, tongue) else None


def _is_called(match: Match, tongue: Tongue) -> bool:
    if counts_things(match, tongue.tables):
        return False
    return bool(set(words_before(match, reach=90)) & tongue.tables.words("calling_words"))


@rule(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?(?![\w.]\w)", starts=r"\d", opening=r"\d+\.")
def network_address(match: Match, tongue: Tongue) -> str | None:
    """Such as "192.168.0.1"."""
    return " dot ".join(spelled(part) for part in match[0].split("."))


@rule(r"\d{4}(?:[ -]?\d{4}){3}\b|(?<=ending in )\d{4}\b|(?<=ending )\d{4}\b", starts=r"\d", opening=r"\d{3}")
def card(match: Match, tongue: Tongue) -> str | None:
    """A bank card's number or its end."""
    return _groups(match[0]) if " " in match[0] or "-" in match[0] else spelled(match[0])


RULES = (
    international,
    national,
    american,
    local,
    social_security,
    toll_free,
    australian,
    helpline,
    emergency,
    network_address,
    card,
)
