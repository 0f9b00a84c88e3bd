"""What a rule is, and the one pass that applies them.

The text is walked from left to right. Where a word or sign begins, every rule that can begin
there is tried; the longest match wins, the earlier rule among equals. A rule may refuse by
returning None, and the next longest is asked. What a rule has said is never looked at again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
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
Lookup = Callable[[str, int], "tuple[str, int] | None"]
"""What is said for the word at a position of a text, and where that word ends; None for none."""

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
"""A number as English writes it, without a sign."""


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


def rule(template: str, *, starts: str) -> Callable[[Saying], Rule]:
    """Make a rule of the function that says it; see `Rule` for the arguments."""
    return lambda say: Rule(say.__name__, template, starts, say)


Candidates = tuple[tuple[re.Pattern[str], Saying], ...]


class RuleBook:
    """Rules made ready for one language, each compiled when something it can begin with turns up."""

    def __init__(self, rules: Iterable[Rule], tables: Tables) -> None:
        self._tables = tables
        self._rules = [(re.compile(f"[{tables.fill(each.starts)}]"), each) for each in rules]
        self._ready: dict[str, Candidates] = {}

    def beginning_with(self, character: str) -> Candidates:
        """The rules that can match where *character* stands, in order."""
        found = self._ready.get(character)
        if found is None:
            found = tuple(
                (self._pattern(each), each.say) for first, each in self._rules if first.match(character)
            )
            if len(self._ready) < 2000:  # texts hold any character, this memory may not grow with them
                self._ready[character] = found
        return found

    @functools.cache  # noqa: B019 - books live as long as the process
    def _pattern(self, each: Rule) -> re.Pattern[str]:
        return re.compile(self._tables.fill(each.template.replace("{number}", NUMBER)))


_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|\s+|.", re.DOTALL)


def apply_rules(text: str, book: RuleBook, tongue: Tongue, lookup: Lookup | None = None) -> str:
    """*text* with everything said that a rule of *book* matches.

    Args:
        text: one line.
        book: the rules.
        tongue: handed to them.
        lookup: asked before the rules; what it answers for stays as it says.
    """
    said: list[str] = []
    position = 0
    while position < len(text):
        found = (lookup and lookup(text, position)) or _longest(text, position, book, tongue)
        if found is None:
            token = _TOKEN.match(text, position)
            found = (token[0], token.end()) if token else (text[position], position + 1)
        said.append(found[0])
        position = found[1]
    return "".join(said)


def _longest(text: str, position: int, book: RuleBook, tongue: Tongue) -> tuple[str, int] | None:
    matches = [
        (match, say)
        for pattern, say in book.beginning_with(text[position])
        if (match := pattern.match(text, position)) and match.end() > position
    ]
    if len(matches) > 1:
        matches.sort(key=lambda found: -found[0].end())
    for match, say in matches:
        replacement = say(match, tongue)
        if replacement is not None:
            return replacement, match.end()
    return None


@functools.lru_cache(maxsize=64)
def speak_as(language: str, engine: str) -> Tongue:
    """The tongue for BCP 47 *language* and the engine called *engine*.

    >>> speak_as("en-US", "espeak").american
    True
    """
    code, _, rest = language.replace("_", "-").partition("-")
    region = next((part.upper() for part in rest.split("-") if len(part) == 2), "")
    return Tongue(read_tables(code.lower()), region, engine)
