"""From a written line to what is said aloud."""

from __future__ import annotations

import re

from narrator.say.capitals import lower_capitals
from narrator.say.rule import speak_as
from narrator.say.rules import rules_for
from narrator.say.walk import Lookup, apply_rules

_UNHEARD = re.compile("[\xad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e]")
"""Soft hyphens, zero-width spaces and marks of direction, which would cut words in two."""
_RUN_IN = re.compile(r"[,;!?.](?=[^\W\d_])(?:(?<!\.)|(?<=[a-z]\.)(?=[A-Z][a-z]))")
"""A mark with a word right behind it."""
_IDLE_COMMA = re.compile(r",\s*(?=[,.;:!?])")
"""A comma before a mark that makes a pause anyway."""


def say_as(text: str, *, language: str = "en", engine: str = "espeak") -> str:
    """What is said for *text*: numbers, dates, titles and signs in words.

    Args:
        text: a sentence or a line as written.
        language: BCP 47 code of the text.
        engine: the engine that will speak, since some read more than others.

    Returns:
        One line without leading or trailing white space; "" when there is nothing to say.

    >>> say_as("No 10 paid £3.5bn on 5 May 1971.")
    'Number ten paid three point five billion pounds on the fifth of May nineteen seventy-one.'
    """
    return say_with(text, language=language, engine=engine)


def say_with(text: str, *, language: str, engine: str, lookup: Lookup | None = None) -> str:
    """`say_as`, with words that *lookup* knows left as it says them."""
    tongue = speak_as(language, engine)
    written = lower_capitals(" ".join(_UNHEARD.sub("", text).split()), tongue.tables)
    said = apply_rules(written, rules_for(tongue.tables.language, engine), tongue, lookup)
    return _tidied(said)


def _tidied(said: str) -> str:
    """*said* without the spaces and commas that are left where something unspoken stood."""
    said = " ".join(said.split()).replace(" ,", ",").replace(" .", ".")
    said = _RUN_IN.sub(lambda mark: f"{mark[0]} ", said)
    return _IDLE_COMMA.sub("", said).lstrip(" ,;")
