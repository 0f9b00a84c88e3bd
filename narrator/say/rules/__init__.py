"""The rules, one file for each kind of thing said aloud, in the order in which they are asked."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from narrator.say.book import RuleBook
from narrator.say.rule import Rule
from narrator.say.rules import (
    abbreviations,
    acronyms,
    codes,
    continental,
    dates,
    fractions,
    german,
    marks,
    money,
    names,
    numbers,
    phones,
    places,
    politics,
    ranges,
    roman,
    signs,
    times,
    units,
    web,
    years,
)
from narrator.say.tables import Tables, read_tables

ENGLISH = (
    numbers.ordinal,
    *politics.RULES,
    *marks.RULES,
    *signs.RULES,
    *web.RULES,
    *phones.RULES,
    *money.RULES,
    *times.RULES,
    *dates.RULES,
    *years.RULES,
    *fractions.RULES,
    codes.airliner,
    *units.RULES,
    *ranges.RULES,
    *places.RULES,
    *abbreviations.RULES,
    *names.RULES,
    *roman.RULES,
    *acronyms.RULES,
    *codes.RULES,
    *numbers.RULES,
    codes.mixed,
)
"""Longer matches win whatever the order; among equals the earlier rule is asked first."""


def _rules_of(tables: Tables) -> Iterable[Rule]:
    match tables.language:
        case "en":
            return ENGLISH
        case "de":
            return (
                *marks.RULES,
                *web.RULES,
                *german.RULES,
                *continental.rewrites(tables),
                *continental.RULES,
            )
        case "fr" | "es" | "pt" | "it":
            return (*marks.RULES, *web.RULES, *continental.rewrites(tables), *continental.RULES)
    return marks.SILENT


@functools.cache
def rules_for(language: str, engine: str) -> RuleBook:
    """The rules for two-letter *language*, but for those its tables leave to *engine*.

    A language without tables has only the rules that need no words: its figures, which its voices
    read, stay as they are.
    """
    tables = read_tables(language)
    left = tables.words_for("left_to_engine", engine)
    return RuleBook((each for each in _rules_of(tables) if each.name not in left), tables)
