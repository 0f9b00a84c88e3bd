"""The rules of one language made ready, and which of them can begin at a place of a text.

Most words of a text begin nothing, so that must be known without asking the rules one by one. What
can be asked of a word alone, with the one character after it, is remembered for all its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from narrator.say.rule import NUMBER, Match, Rule
from narrator.say.tables import Tables

PLACE = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)*|\s+|.).?", re.DOTALL)
"""A word, white space or a sign, and the character after it."""
_HEAD = re.compile(
    r"(?:\(\?P<\w+>\[(?P<signs>-?[^]\\-]*)\]\?\))?(?:\(\?P<\w+>)?(?P<tables>(?:\{\w+\}\|)*\{\w+\})"
)
"""Tables at the start of a template, one of whose words every match begins with, or a sign before it."""
_REMEMBERED = 16_384
"""How many words are remembered: those of a long archive, one after the other, have no end."""


def _heads_of(template: str, tables: Tables) -> tuple[str, ...] | None:
    """What every match of *template* begins with, one of these; None where that is not known."""
    head = _HEAD.match(template)
    if head is None or head["tables"] == "{number}":
        return None
    if template.startswith(("?", "*", "|", ")?", ")*", ")|"), head.end()):
        return None
    names = head["tables"].strip("{}").split("}|{")
    words = (word for name in names for word in tables.alternatives(name))
    return (*(head["signs"] or ""), *words)


@cache
def _compiled(opening: str) -> re.Pattern[str]:
    return re.compile(opening)


class ReadyRule:
    """A rule for one language, compiled when a text first comes near it: of 120 a post meets some 40."""

    __slots__ = ("_heads", "_opening", "_pattern", "_rule", "_tables", "say")

    def __init__(self, each: Rule, tables: Tables) -> None:
        self.say = each.say
        self._opening = each.opening
        self._rule, self._tables = each, tables
        self._pattern: re.Pattern[str] | None = None
        self._heads = _by_beginning(_heads_of(each.template, tables))

    def can_begin(self, place: str) -> bool:
        """Whether a match may begin with *place*, a word or sign with the character after it."""
        if self._heads is not None and not self._has_head(self._heads, place):
            return False
        return not self._opening or _compiled(self._opening).match(place) is not None

    @staticmethod
    def _has_head(heads: dict[str, list[str]], place: str) -> bool:
        if place[0] in heads:
            return True  # a head of one character
        return any(place.startswith(head) or head.startswith(place) for head in heads.get(place[:2], ()))

    def match(self, text: str, position: int) -> Match | None:
        """What of *text* the rule is about, from *position* on."""
        if self._pattern is None:
            template = self._rule.template.replace("{number}", NUMBER)
            self._pattern = re.compile(self._tables.fill(template))
        return self._pattern.match(text, position)


def _by_beginning(words: Iterable[str] | None) -> dict[str, list[str]] | None:
    """*words* by their first two characters."""
    if words is None:
        return None
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:2], []).append(word)
    return found


class RuleBook:
    """Rules made ready for one language."""

    def __init__(self, rules: Iterable[Rule], tables: Tables) -> None:
        self._rules = [
            (re.compile(f"[{tables.fill(each.starts)}]"), ReadyRule(each, tables)) for each in rules
        ]
        self._with_character = lru_cache(2048)(self._find_with_character)
        self.beginning_with = lru_cache(_REMEMBERED)(self._find_beginning_with)
        """The rules that can match at a place, in order, by its word or sign with the character after it."""
        self._is_loud = lru_cache(_REMEMBERED)(self._find_if_loud)

    def loud_words(self, text: str) -> Iterator[tuple[int, int]]:
        """Where, between two spaces, something stands that a rule can begin in; with the space before it."""
        end = -1
        for word in text.split(" "):
            start, end = end, end + 1 + len(word)
            if self._is_loud(word):
                yield max(start, 0), end

    def _find_with_character(self, character: str) -> tuple[ReadyRule, ...]:
        return tuple(each for first, each in self._rules if first.match(character))

    def _find_beginning_with(self, place: str) -> tuple[ReadyRule, ...]:
        return tuple([each for each in self._with_character(place[0]) if each.can_begin(place)])

    def _find_if_loud(self, word: str) -> bool:
        if word.split() != [word]:
            return True  # white space of other kinds, or none: more than one sign of it may stand in a row
        spaced = f" {word} "
        position = 0
        while position <= len(word):
            place = PLACE.match(spaced, position)
            if place is None or self.beginning_with(place[0]):
                return True
            position = place.end(1)
        return False
