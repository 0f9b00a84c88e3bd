"""The rules, one file for each kind of thing said aloud, in the order in which they are asked."""

from __future__ import annotations

import functools

from narrator.say.rule import RuleBook, make_book
from narrator.say.rules import (
    codes,
    dates,
    fractions,
    marks,
    money,
    names,
    numbers,
    phones,
    politics,
    ranges,
    roman,
    times,
    units,
    web,
    years,
)
from narrator.say.tables import read_tables

ENGLISH = (
    numbers.ordinal,
    *politics.RULES,
    *marks.RULES,
    *web.RULES,
    *phones.RULES,
    *money.RULES,
    *times.RULES,
    *dates.RULES,
    *years.RULES,
    *fractions.RULES,
    *units.RULES,
    *ranges.RULES,
    *names.RULES,
    *roman.RULES,
    *codes.RULES,
    *numbers.RULES,
)
"""Longer matches win whatever the order; among equals the earlier rule is asked first."""


@functools.cache
def rules_for(language: str, engine: str) -> RuleBook:
    """The rules for two-letter *language*, but for those its tables leave to *engine*."""
    tables = read_tables(language)
    rules = ENGLISH if language == "en" else ()
    left = tables.words_for("left_to_engine", engine)
    return make_book((each for each in rules if each.name not in left), tables)
