"""What a rule is, and the one pass that applies them.

The text is walked from left to right. Where a word or sign begins, every rule that can begin
there is tried; the longest match wins, the earlier rule among equals. A rule may refuse by
returning None, and the next longest is asked. What a rule has said is never looked at again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from narrator.say import words
from narrator.say.tables import Tables, read_tables


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language that is spoken, and whose English it is."""

    tables: Tables
    region: str = ""
    """Upper-case country code of the language tag, "" when it has none."""
    engine: str = "espeak"

    @property
    def american(self) -> bool:
        """Whether numbers and dates are said the American way."""
        return self.region == "US"

    def cardinal(self, number: int) -> str:
        """See `words.cardinal`."""
        return words.cardinal(number, joined=not self.american)

    def ordinal(self, number: int) -> str:
        """See `words.ordinal`."""
        return words.ordinal(number, joined=not self.american)

    def year(self, number: int) -> str:
        """See `words.year`."""
        return words.year(number, joined=not self.american)


Match = re.Match[str]
Saying = Callable[[Match, Tongue], "str | None"]

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
"""A number as English writes it, without a sign."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of thing is said."""

    name: str
    template: str
    """Regular expression; ``{table}`` stands for the words of a table, ``{number}`` for a number."""
    starts: str
    """Character class of what it can begin with."""
    say: Saying
    """What is said for a match; None when it is not that thing after all."""


def rule(template: str, *, starts: str) -> Callable[[Saying], Rule]:
    """Make a rule of the function that says it.

    Args:
        template: see `Rule.template`.
        starts: see `Rule.starts`, without the brackets of the class.
    """
    return lambda say: Rule(say.__name__, template, starts, say)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules made ready for one language."""

    rules: tuple[tuple[re.Pattern[str], re.Pattern[str], Saying], ...]
    """First character, pattern and saying of each, in order."""
    by_first: dict[str, tuple[tuple[re.Pattern[str], Saying], ...]] = field(default_factory=dict)

    def beginning_with(self, character: str) -> tuple[tuple[re.Pattern[str], Saying], ...]:
        """The rules that can match where *character* stands."""
        found = self.by_first.get(character)
        if found is None:
            found = tuple((pattern, say) for first, pattern, say in self.rules if first.match(character))
            if len(self.by_first) < 2000:  # a text may hold any character; the memory of them may not grow
                self.by_first[character] = found
        return found


def make_book(rules: Iterable[Rule], tables: Tables) -> RuleBook:
    """Compile *rules* with the words of *tables*."""
    return RuleBook(
        tuple(
            (
                re.compile(f"[{each.starts}]"),
                re.compile(tables.fill(each.template.replace("{number}", NUMBER))),
                each.say,
            )
            for each in rules
        )
    )


_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\s+|.", re.DOTALL)


def apply_rules(text: str, book: RuleBook, tongue: Tongue) -> str:
    """*text* with everything said that a rule of *book* matches."""
    said: list[str] = []
    position = 0
    while position < len(text):
        replacement, end = _best(text, position, book, tongue)
        if replacement is None:
            token = _TOKEN.match(text, position)
            assert token is not None  # the last alternative takes any character
            replacement, end = token[0], token.end()
        said.append(replacement)
        position = end
    return "".join(said)


def _best(text: str, position: int, book: RuleBook, tongue: Tongue) -> tuple[str | None, int]:
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
    return None, position


@functools.cache
def speak_as(language: str, engine: str) -> Tongue:
    """The tongue for BCP 47 *language* and the engine called *engine*.

    >>> speak_as("en-US", "espeak").american
    True
    """
    code, _, rest = language.replace("_", "-").partition("-")
    region = next((part.upper() for part in rest.split("-") if len(part) == 2), "")
    return Tongue(read_tables(code.lower()), region, engine)
