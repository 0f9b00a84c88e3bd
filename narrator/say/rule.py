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


_HEAD = re.compile(r"(?:\(\?P<\w+>)?((?:\{\w+\}\|)*\{\w+\})")
"""Tables at the start of a template, one of whose words every match begins with."""


def _heads_of(template: str, tables: Tables) -> tuple[str, ...] | None:
    """The words one of which every match of *template* begins with; None where they are not known."""
    head = _HEAD.match(template)
    if head is None or head[1] == "{number}":
        return None
    if template.startswith(("?", "*", "|", ")?", ")*", ")|"), head.end()):
        return None
    names = head[1].strip("{}").split("}|{")
    return tuple(word for name in names for word in tables.alternatives(name))


class ReadyRule:
    """A rule for one language, compiled when a text first comes near it: of 120 a post meets some 40."""

    __slots__ = ("_heads", "_pattern", "_rule", "_tables", "say")

    def __init__(self, each: Rule, tables: Tables) -> None:
        self.say = each.say
        self._rule, self._tables = each, tables
        self._pattern: re.Pattern[str] | None = None
        self._heads = _heads_of(each.template, tables)

    def match(self, text: str, position: int) -> Match | None:
        """What of *text* the rule is about, from *position* on."""
        if self._heads is not None and not text.startswith(self._heads, position):
            return None
        if self._pattern is None:
            template = self._rule.template.replace("{number}", NUMBER)
            self._pattern = re.compile(self._tables.fill(template))
        return self._pattern.match(text, position)


class RuleBook:
    """Rules made ready for one language, those that can begin with a character looked up by it."""

    def __init__(self, rules: Iterable[Rule], tables: Tables) -> None:
        self._rules = [
            (re.compile(f"[{tables.fill(each.starts)}]"), ReadyRule(each, tables)) for each in rules
        ]
        self._ready: dict[str, tuple[ReadyRule, ...]] = {}

    def beginning_with(self, character: str) -> tuple[ReadyRule, ...]:
        """The rules that can match where *character* stands, in order."""
        found = self._ready.get(character)
        if found is None:
            found = tuple(each for first, each in self._rules if first.match(character))
            if len(self._ready) < 2000:  # texts hold any character, this memory may not grow with them
                self._ready[character] = found
        return found


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
        (match, each.say)
        for each in book.beginning_with(text[position])
        if (match := each.match(text, position)) and match.end() > position
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
