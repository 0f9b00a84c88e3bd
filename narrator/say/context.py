"""What stands around a match: the questions rules ask of it."""

from __future__ import annotations

import re

from narrator.say.rule import Match
from narrator.say.tables import Tables

_NEW_SENTENCE = re.compile(r"\s+[“\"‘']?[A-Z]")
_NEXT_WORD = re.compile(r"[ -]([\w'’]+)")


def before(match: Match, reach: int = 60) -> str:
    """The text left of *match*, at most *reach* characters."""
    return match.string[max(0, match.start() - reach) : match.start()]


def after(match: Match, reach: int = 60) -> str:
    """The text right of *match*, at most *reach* characters."""
    return match.string[match.end() : match.end() + reach]


def word_before(match: Match) -> str:
    """The word that ends just left of *match*, lower case; "" when another sign is there."""
    found = re.search(r"([\w'’]+)[ -]$", before(match))
    return found[1].lower() if found else ""


def word_after(match: Match) -> str:
    """The word that begins just right of *match*, as written; "" when another sign is there."""
    found = _NEXT_WORD.match(after(match))
    return found[1] if found else ""


def range_joint(match: Match) -> str:
    """The word English puts into a range: "between 9-10 million" is nine and ten, others are nine to ten."""
    return "and" if word_before(match) == "between" else "to"


def words_before(match: Match, reach: int = 60) -> list[str]:
    """Words left of *match* in its sentence, the nearest last, lower case."""
    clause = re.split(r"[.;:!?]\s", before(match, reach))[-1]
    return re.findall(r"[\w'’]+", clause.lower())


def words_after(match: Match, reach: int = 60) -> list[str]:
    """Words right of *match* in its sentence, the nearest first, lower case."""
    clause = re.split(r"[.;:!?](?:\s|$)", after(match, reach))[0]
    return re.findall(r"[\w'’]+", clause.lower())


def is_attributive(match: Match, tables: Tables) -> bool:
    """Whether the amount *match* stands before a noun it describes: "a £5m deal", "5ft-tall".

    Then English says the unit in the singular.
    """
    if re.match(r"-[a-z]", after(match)):
        return True
    following = re.match(r" ([a-z][\w'’-]*)", after(match))
    if not following or following[1] in tables.words("function_words"):
        return False
    words = words_before(match)
    determiners = tables.words("determiners")
    if words and (words[-1] in determiners or words[-1].endswith(("'s", "’s"))):
        return True
    return len(words) > 1 and words[-1] in tables.words("amount_adjectives") and words[-2] in determiners


def counts_things(match: Match, tables: Tables) -> bool:
    """Whether *match* is followed by what it counts: "2m tonnes", "12 people"."""
    word = word_after(match)
    return word in tables.words("irregular_plurals") or bool(
        re.fullmatch(r"[a-z]+[^s\W]s", word) and word not in tables.words("function_words")
    )


def ends_sentence(match: Match) -> bool:
    """Whether the dot of a shortened word is also the full stop of its sentence."""
    rest = after(match)
    return match[0].endswith(".") and (not rest.strip(" ”\"’')") or bool(_NEW_SENTENCE.match(rest)))
