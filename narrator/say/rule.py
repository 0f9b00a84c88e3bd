"""What a rule is, and for whom it speaks."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from narrator.say.tables import Tables, read_tables

PHONEMIZERS = frozenset({"espeak", "piper", "tone"})
"""Engines that leave the sounds of a text to espeak-ng's rules."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language that is spoken, whose it is, and by which engine."""

    tables: Tables
    region: str = ""
    """Upper-case country code of the language tag, "" when it has none."""
    engine: str = "espeak"

    @property
    def american(self) -> bool:
        """Whether figures are read the American way: the month before the day, zero for nil."""
        return self.region == "US"

    @property
    def phonemizes(self) -> bool:
        """Whether espeak-ng turns the text into phonemes, in the engine itself or before it."""
        return self.engine in PHONEMIZERS


Match = re.Match[str]
Saying = Callable[[Match, Tongue], "str | None"]
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
"""A number as English writes it, without a sign."""
NUMBER_OPENING = r"\.?\d"
"""How it opens, see `Rule.opening`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of thing is said."""

    name: str
    template: str
    """Regular expression; ``{table}`` stands for the words of a table, ``{number}`` for a number."""
    starts: str
    """What a match can begin with, as the inside of a character class."""
    say: Saying
    """What is said for a match; None when it is not that thing after all."""
    opening: str = ""
    """Regular expression for the first word or sign of a match with the two characters after it, all white
    space in a row being one sign: where it does not match, the rule is not asked. It may see no further.
    A template that begins with a table needs none."""


def rule(template: str, *, starts: str, opening: str = "") -> Callable[[Saying], Rule]:
    """Make a rule of the function that says it; see `Rule` for the arguments."""
    return lambda say: Rule(say.__name__, template, starts, say, opening)


def number_then(following: str) -> str:
    """The opening of a rule for ``{number}`` and then *following*; what follows a fraction is not seen.

    >>> bool(re.match(number_then("/"), "100/d")), bool(re.match(number_then("/"), "100 d"))
    (True, False)
    """
    return rf"\d++(?:{following}|[.,]\d)|\.\d"


@functools.lru_cache(maxsize=64)
def speak_as(language: str, engine: str) -> Tongue:
    """The tongue for BCP 47 *language* and the engine called *engine*.

    >>> speak_as("en-US", "espeak").american
    True
    """
    code, _, rest = language.replace("_", "-").partition("-")
    region = next((part.upper() for part in rest.split("-") if len(part) == 2), "")
    return Tongue(read_tables(code.lower()), region, engine)
