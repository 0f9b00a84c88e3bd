"""Sums of money, with magnitudes and as part of compounds."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, before, counts_things, is_attributive, word_before
from narrator.say.rule import NUMBER_OPENING, Match, Tongue, number_then, rule
from narrator.say.rules.numbers import is_one, number_words

_SIGN = r"(?P<sign>{currencies}|{currency_codes}) ?"
_MAGNITUDE = r"(?P<space>[ -]?)(?P<magnitude>{magnitudes})(?![\w$£€])"
_SIGN_STARTS = r"£$€¥₹₽₩₺₪₦₴₱₫฿A-Z"
_DASH = r"(?: ?[-–—] ?)"


def _units(match: Match, tongue: Tongue) -> list[str]:
    """The unit and its hundredth: one, many, one hundredth, many hundredths."""
    sign = match["sign"]
    return (tongue.tables["currencies"].get(sign) or tongue.tables["currency_codes"][sign]).split("|")


@rule(
    rf"(?P<minus>[-−–]?){_SIGN}(?P<number>{{number}})(?:{_MAGNITUDE})?(?:/(?P<per>{{periods}}|{{units}}|[a-z]{{4,}})(?!\w)"
    r"| ?(?P<rate>{rent_rates})(?!\w))?",
    starts=_SIGN_STARTS + "−–-",
)
def money(match: Match, tongue: Tongue) -> str | None:
    """Such as "£3.5bn", "$20.50", "a £1.2m-a-year job", "$20/mo"."""
    if before(match, 1).isalnum() or (match["minus"] and before(match, 1).strip(" (")):
        return None
    one, many, *hundredths = _units(match, tongue)
    number, magnitude = match["number"], match["magnitude"]
    attributive = is_attributive(match, tongue.tables)
    if magnitude:
        scale = tongue.tables["magnitudes"][magnitude]
        said = f"{number_words(number)} {scale} {one if attributive else many}"
    elif re.fullmatch(r"[\d,]*\.\d\d?0?", number) and "yen" not in one:
        said = _with_hundredths(number, one, many, hundredths)
    else:
        said = f"{number_words(number)} {one if attributive or is_one(number) else many}"
    if match["per"]:
        said += f" per {_period(match['per'], tongue)}"
    if match["rate"]:
        said += f" {tongue.tables['rent_rates'][match['rate']]}"
    elif after(match, 1).isalpha():
        said += " "
    return f"minus {said}" if match["minus"] else said


def _period(written: str, tongue: Tongue) -> str:
    unit = tongue.tables["units"].get(written)
    return tongue.tables["periods"].get(written) or (unit.split("|")[0] if unit else written)


def _with_hundredths(number: str, one: str, many: str, hundredths: list[str]) -> str:
    whole, _, part = number.replace(",", "").partition(".")
    small = int(part.ljust(2, "0")[:2])
    counted = f"{words.cardinal(small)} {hundredths[small != 1]}"
    if not int(whole or 0):
        return counted if small else f"zero {many}"
    said = f"{number_words(whole)} {one if whole == '1' else many}"
    if not small:
        return said
    if small >= 10 and hundredths[1] == "pence":
        return f"{said} {words.cardinal(small)}"
    return f"{said} {counted}"


@rule(
    rf"{_SIGN}(?P<one>{{number}})(?:(?P<first>{{magnitudes}})\b)?{_DASH}"
    rf"(?P<sign2>{{currencies}})?(?P<two>{{number}})(?:{_MAGNITUDE})?",
    starts=_SIGN_STARTS,
)
def money_range(match: Match, tongue: Tongue) -> str | None:
    """Such as "$250-$300", "£2-3m", "£2m–£3m", "£900m-£1bn"."""
    one, many, *hundredths = _units(match, tongue)
    if before(match, 1).isalnum():
        return None
    magnitudes = tongue.tables["magnitudes"]
    first = f" {magnitudes[match['first']]}" if match["first"] else ""
    last = f" {magnitudes[match['magnitude']]}" if match["magnitude"] else ""
    if match["sign2"] and not (first or last):
        return f"{_sum(match['one'], one, many, hundredths)} to {_sum(match['two'], one, many, hundredths)}"
    unit = one if is_attributive(match, tongue.tables) else many
    if first == last:
        first = ""  # "£20bn-£30bn"
    left = number_words(match["one"]) + first + (f" {many}" if match["sign2"] and first else "")
    return f"{left} to {number_words(match['two'])}{last} {unit}"


def _sum(number: str, one: str, many: str, hundredths: list[str]) -> str:
    if re.fullmatch(r"[\d,]*\.\d\d", number):
        return _with_hundredths(number, one, many, hundredths)
    return f"{number_words(number)} {one if is_one(number) else many}"


@rule(r"(?P<number>{number}) ?(?P<sign>[€£])(?![\d\w])", starts=r"\d.", opening=number_then(" ?[€£]"))
def trailing_sign(match: Match, tongue: Tongue) -> str | None:
    """Such as "500€", as the continent writes it."""
    one, many, *hundredths = _units(match, tongue)
    return _sum(match["number"], one, many, hundredths)


@rule(
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?)(?:p(?=[-–]))?(?:[-–](?P<two>\d{1,3}))?(?P<sign>[p¢c])(?![\w/])",
    starts=r"\d",
    opening=r"\d{1,3}[-–.p¢c]",
)
def pence(match: Match, tongue: Tongue) -> str | None:
    """Such as "20p", "20-30p", "50¢", "50c". 720p and its like are picture sizes, "flat 3c" a door."""
    if match["number"] in {"480", "576", "720"}:
        return None
    if match["sign"] == "c" and word_before(match) in tongue.tables.words("lettered_things"):
        return None
    said = number_words(match["number"])
    if match["two"]:
        said += f" to {number_words(match['two'])}"
    one, many = ("penny", "pence") if match["sign"] == "p" else ("cent", "cents")
    single = is_one(match["number"]) and not match["two"]
    single = single or (one == "cent" and is_attributive(match, tongue.tables))
    return f"{said} {one if single else many}"


@rule(
    r"(?P<number>{number})(?P<space>[ -]?)(?P<magnitude>{magnitudes})(?![\w$£€/])(?P<hyphen>-(?=[A-Za-z]))?",
    starts=r"\d.",
    opening=NUMBER_OPENING,
)
def magnitude(match: Match, tongue: Tongue) -> str | None:
    """A number with a magnitude and no unit: "3.5bn", "10k", "1.5M views", "100 million"."""
    sign = match["magnitude"]
    if len(sign) == 1 and (match["space"] or sign in "mbT" or not match["number"]):
        return None
    if sign in {"K", "B"} or (sign in {"k", "M"} and not counts_things(match, tongue.tables)):
        said = sign.upper()
    else:
        said = tongue.tables["magnitudes"][sign]
    return f"{number_words(match['number'])} {said}" + (" " if match["hyphen"] else "")


RULES = (money, money_range, trailing_sign, pence, magnitude)
