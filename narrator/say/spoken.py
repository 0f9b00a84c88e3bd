"""From a written line to what is said aloud."""

from __future__ import annotations

import re

from narrator.say.capitals import lower_capitals
from narrator.say.rule import speak_as
from narrator.say.rules import rules_for
from narrator.say.walk import Lookup, apply_rules

_UNHEARD = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
"""Soft hyphens, zero-width spaces and marks of direction, which would cut words in two."""
_TIDY = (
    (re.compile(r"\s+"), " "),
    (re.compile(r" +([,.])"), r"\1"),
    (re.compile(r"([,;!?]|(?<=[a-z])\.(?=[A-Z][a-z]))(?=[^\W\d_])"), r"\1 "),
    (re.compile(r",(?:\s*,)+"), ","),
    (re.compile(r",\s*([.;:!?])"), r"\1"),
    (re.compile(r"^[\s,;]+"), ""),
)


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
    written = lower_capitals(" ".join(text.translate(_UNHEARD).split()), tongue.tables)
    said = apply_rules(written, rules_for(tongue.tables.language, engine), tongue, lookup)
    for pattern, replacement in _TIDY:
        said = pattern.sub(replacement, said)
    return said.strip()
