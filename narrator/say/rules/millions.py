"""The letter m after a figure: so many million, or so many metres."""

from __future__ import annotations

import re

from narrator.say.context import (
    after,
    before,
    counts_things,
    word_after,
    word_before,
    words_after,
    words_before,
)
from narrator.say.rule import Match, Tongue
from narrator.say.tables import Tables

_REACH = 100
"""How far the sentence is looked at, in characters."""
_GREAT_SUM = re.compile(r"[£$€₹¥]\s?\d|\d(?:bn|tn|k)\b|\b(?:m|b|tr)illion\b")
_COUNTED = re.compile(r"\dm ([A-Za-z]\w*)")
_OTHER_MEASURE = re.compile(r"\d ?(?:cm|mm|km|ft|kg|mph|kmh|km/h)\b")


def means_million(match: Match, tongue: Tongue) -> bool:
    """Whether "2m" is two million of something: what is counted is named, not what is measured."""
    if match["space"] or match.groupdict().get("per") or "," in match[0]:
        return False
    tables = tongue.tables
    word = word_after(match)
    left, right = words_before(match, _REACH), words_after(match, _REACH)
    measured = (set(left) | set(right)) & tables.words("measured_things")
    if not measured and _is_in_span(match, tables):
        return True
    if word.lower() in tables.words("length_words"):
        return False
    if word in tables.words("currency_words") | tables.words("people_verbs") or _counts(match, tables):
        return True
    if word_before(match) in tables.words("sum_verbs") or after(match).startswith("-strong"):
        return True
    if set(left[-6:]) & tables.words("counted_nouns") and not measured:
        return True
    if set(left[-2:]) & tables.words("estimate_words") and word in tables.words("function_words"):
        return True
    around = f"{before(match, _REACH)} {after(match, _REACH)}"
    if measured or _OTHER_MEASURE.search(around):
        return False
    return _is_sum_by_form(match) or _is_sum_by_company(around, tables)


def _counts(match: Match, tables: Tables) -> bool:
    """Whether the things that are counted follow, behind an adjective or two: "3m Facebook users"."""
    if counts_things(match, tables):
        return True
    following = re.match(r"((?: [A-Za-z][\w’'-]*){1,3})", after(match))
    for word in following[1].split() if following else ():
        if word in tables.words("function_words") - {"more", "less"} or word.lower() in tables.words(
            "length_words"
        ):
            return False
        if word in tables.words("irregular_plurals") or re.fullmatch(r"[A-Za-z]+[^s\W]s", word):
            return True
    return False


def _is_sum_by_form(match: Match) -> bool:
    """Whether the figure itself looks like a sum: "17.4m", while "1.85m" is somebody's height."""
    return bool(re.match(r"\d+\.\d(?!\d)", match[0]))


def _is_in_span(match: Match, tables: Tables) -> bool:
    """Whether it is one of the two of "rose from 12m to 15m"."""
    left, lengths = before(match, _REACH), tables.words("length_words")
    if left.endswith("from "):
        last = re.match(r" to \d[\d.]*m\b ?(\w*)", after(match, _REACH))
        return last is not None and last[1] not in lengths
    return bool(re.search(r"\bfrom \d[\d.]*m to $", left)) and word_after(match) not in lengths


def _is_sum_by_company(around: str, tables: Tables) -> bool:
    """Whether sums stand beside it: "£4m, down from 6m", "17.4m votes to 16m"."""
    if _GREAT_SUM.search(around):
        return True
    return any(
        word.endswith("s") and word not in tables.words("function_words") | tables.words("length_words")
        for word in _COUNTED.findall(around)
    )
