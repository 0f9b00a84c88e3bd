"""From a written sentence to what is said aloud."""

from __future__ import annotations

import re

from narrator.say.rule import apply_rules, speak_as
from narrator.say.rules import rules_for

_TIDY = (
    (re.compile(r"\s+"), " "),
    (re.compile(r" +([,.;:!?])"), r"\1"),
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
    tongue = speak_as(language, engine)
    said = apply_rules(text.strip(), rules_for(tongue.tables.language), tongue)
    for pattern, replacement in _TIDY:
        said = pattern.sub(replacement, said)
    return said.strip()
