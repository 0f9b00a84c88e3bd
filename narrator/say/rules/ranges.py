"""Two numbers with a dash between them: scores, votes and ranges."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import after, before, counts_things, range_joint, words_after, words_before
from narrator.say.rule import Match, Tongue, number_then, rule
from narrator.say.rules.numbers import number_words

_DASH = r"(?: ?[-–—−] ?)"


def _nil(number: str, tongue: Tongue) -> str:
    if number == "0":
        return "zero" if tongue.american else "nil"
    return words.cardinal(int(number))


@rule(
    r"(?P<one>\d{1,3})[-–—](?P<two>\d{1,3})(?![\w°%£$€]|[-–,./:]\d|[-–][a-z])",
    starts=r"\d",
    opening=r"\d+[-–—]",
)
def score(match: Match, tongue: Tongue) -> str | None:
    """What a match or a vote ended in: "won 2-1", "a 5-4 ruling", "6-4, 7-6", "voted 312-298"."""
    if not is_score(match, tongue):
        return None
    if is_set(match):
        return " ".join(
            "love" if part == "0" else words.cardinal(int(part)) for part in (match["one"], match["two"])
        )
    return f"{_nil(match['one'], tongue)}{_joint(match)}{_nil(match['two'], tongue)}"


def _joint(match: Match) -> str:
    """What is said between: "two one"; a large result needs a word, runs "for" wickets, votes "to" votes."""
    if len(match["one"]) < 3 or match["two"] == "0":
        return " "
    return " for " if int(match["two"]) <= 10 else " to "


def is_score(match: Match, tongue: Tongue) -> bool:
    """Whether the two numbers are a result and not a range."""
    left, right = words_before(match), words_after(match)
    if re.search(r"\d[-–]\d \($", before(match)):
        return True  # how a set's tie-break ended
    tables = tongue.tables
    one, two = int(match["one"]), int(match["two"])
    if left and left[-1] in tables.words("range_words_before"):
        return False
    if match.string[match.end() : match.end() + 1] == "%" or (
        right and right[0] in tables.words("range_words_after")
    ):
        return False
    if right and right[0] in tables.words("score_words_after"):
        return True
    if set(left[-9:]) & tables.words("score_words_before"):
        return one >= two or not counts_things(match, tables)
    return one > two or 0 in (one, two) or one == two


def is_set(match: Match) -> bool:
    """Whether it is one of several tennis sets: "6-0, 6-3"."""
    if int(match["one"]) > 7 or int(match["two"]) > 7:
        return False
    return bool(
        re.match(r",? (?:and )?[0-7][-–][0-7]\b", after(match))
        or re.search(r"\b[0-7][-–][0-7],? (?:and )?$", before(match))
    )


@rule(r"(?P<parts>\d{1,2}(?:[-–]\d{1,2}){2,3})(?![\w-])", starts=r"\d", opening=r"\d+[-–—]")
def line_up(match: Match, tongue: Tongue) -> str | None:
    """Such as "a 4-4-2 formation", "a 10-2-1 record"."""
    return " ".join(words.cardinal(int(part)) for part in re.split("[-–]", match["parts"]))


@rule(
    rf"(?P<one>{{number}}){_DASH}(?P<two>{{number}})(?![\d/-]|[.,]\d)(?P<hyphen>-(?=[A-Za-z]))?",
    starts=r"\d.",
    opening=number_then(" ?[-–—−]"),
)
def number_range(match: Match, tongue: Tongue) -> str | None:
    """From one number to another: "aged 5-11", "200–300 people"."""
    if before(match, 1) in {"-", "–"}:
        return None
    one, two = match["one"], match["two"]
    if len(one) > 1 and one[0] == "0" and one[1].isdecimal():
        return None
    if _value(one) >= _value(two) and " " in match[0]:
        return None
    hyphen = " " if match["hyphen"] else ""
    return f"{number_words(one)} {range_joint(match)} {number_words(two)}{hyphen}"


def _value(number: str) -> float:
    return float(number.replace(",", ""))


@rule(
    r"(?P<one>\d+)[-–](?P<two>\d+)(?=-?(?:year|month|week|day|hour|minute|mile|foot|metre|meter|inch|man|member|seat)\b)-?",
    starts=r"\d",
    opening=r"\d+[-–—]",
)
def compound_range(match: Match, tongue: Tongue) -> str | None:
    """Such as "a 5-10-year sentence"."""
    return f"{number_words(match['one'])} to {number_words(match['two'])} "


@rule(
    r"(?P<one>\d{1,3})[-–](?P<joint>for|to|in|of|by|on)[-–](?P<two>\d{1,3})(?![\w-])",
    starts=r"\d",
    opening=r"\d+[-–—]",
)
def joined(match: Match, tongue: Tongue) -> str | None:
    """Such as "a 9-to-5 job", "went 10-for-12", "one-in-10": engines run the hyphens together."""
    return f"{words.cardinal(int(match['one']))} {match['joint']} {words.cardinal(int(match['two']))}"


RULES = (joined, score, line_up, compound_range, number_range)
