"""The rules of one language made ready, and which of them can begin at a place of a text.

Most words of a text begin nothing, so that must be known without asking the rules one by one. What
can be asked of a word alone, with two characters after it, is remembered for all its places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from narrator.say.rule import NUMBER, Match, Rule
from narrator.say.tables import Tables

PLACE = re.compile(r"([^\W_]++(?:['’][^\W\d_]++)*+|\s++|.).{0,2}", re.DOTALL)
"""A word, white space or a sign, and the two characters after it."""
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


def _by_first_character(heads: Iterable[str] | None) -> Mapping[str, list[str]] | None:
    if heads is None:
        return None
    found: dict[str, list[str]] = {}
    for head in heads:
        found.setdefault(head[0], []).append(head)
    return found


def _is_one_of(characters: str) -> Callable[[str], object]:
    """What tells whether a character is in a class, given its inside; plain ones need no pattern."""
    if set(characters) & set("\\-^]"):
        return re.compile(f"[{characters}]").match
    return characters.__contains__


class ReadyRule:
    """A rule for one language, compiled when a text first comes near it: of 120 a post meets some 40."""

    __slots__ = ("_pattern", "_rule", "_tables", "heads", "opening", "say")

    def __init__(self, each: Rule, tables: Tables) -> None:
        self.say = each.say
        self.opening = each.opening
        self.heads = _by_first_character(_heads_of(each.template, tables))
        self._rule, self._tables = each, tables
        self._pattern: re.Pattern[str] | None = None

    def match(self, text: str, position: int) -> Match | None:
        """What of *text* the rule is about, from *position* on."""
        if self._pattern is None:
            template = self._rule.template.replace("{number}", NUMBER)
            self._pattern = re.compile(self._tables.fill(template))
        return self._pattern.match(text, position)


class _Candidates:
    """The rules that can begin with one character."""

    def __init__(self, character: str, rules: Iterable[ReadyRule]) -> None:
        heads = [(each, _seen_of(each.heads, character)) for each in rules]
        self._rules = [
            (each, re.compile(each.opening).match if seen is None else _begins_with(seen))
            for each, seen in heads
        ]
        self._heads = tuple(head for _, seen in heads for head in seen or ())
        self._opens = list({re.compile(each.opening).match for each, seen in heads if seen is None})

    def any_at(self, place: str) -> bool:
        """Whether one of them may begin with *place*, a word or sign with two characters after it."""
        return place.startswith(self._heads) or any(opens(place) for opens in self._opens)

    def all_at(self, place: str) -> tuple[ReadyRule, ...]:
        """Those that may, in order."""
        return tuple([each for each, begins in self._rules if begins(place)])


def _seen_of(heads: Mapping[str, list[str]] | None, character: str) -> tuple[str, ...] | None:
    """What of *heads* that begin with *character* can be seen at a place where little follows."""
    if heads is None:
        return None
    places = ((head, PLACE.match(head)) for head in heads.get(character, ()))
    return tuple(head[: place.end(1) + 1] for head, place in places if place)


def _begins_with(heads: tuple[str, ...]) -> Callable[[str], object]:
    return lambda place: place.startswith(heads)


class RuleBook:
    """Rules made ready for one language."""

    def __init__(self, rules: Iterable[Rule], tables: Tables) -> None:
        self._rules = [(_is_one_of(each.starts), ReadyRule(each, tables)) for each in rules]
        self._candidates = lru_cache(2048)(self._find_candidates)
        self.beginning_with = lru_cache(_REMEMBERED)(self._find_beginning_with)
        """The rules that can match at a place, in order, by its word or sign with two characters after it."""
        self._loud_part = lru_cache(_REMEMBERED)(self._find_loud_part)

    def loud_words(self, text: str) -> Iterator[tuple[int, int]]:
        """Where, between two spaces, something stands that a rule can begin in; with the space before it."""
        end = -1
        for word in text.split(" "):
            start, end = end, end + 1 + len(word)
            loud = self._loud_part(word)
            if loud is not None and (not loud or self.beginning_with(loud + text[end : end + 2])):
                yield max(start, 0), end

    def _find_candidates(self, character: str) -> _Candidates:
        return _Candidates(character, (each for starts, each in self._rules if starts(character)))

    def _find_beginning_with(self, place: str) -> tuple[ReadyRule, ...]:
        return self._candidates(place[0]).all_at(place)

    def _find_loud_part(self, word: str) -> str | None:
        """None where no rule can begin in *word* or in the space before it, "" where one can.

        Its last part, a word or a sign, where that is for the first character of the next word to decide.
        """
        if word.split() != [word]:
            return ""  # white space of other kinds, or none: more than one sign of it may stand in a row
        spaced = f" {word} "
        if self.beginning_with(spaced[:3]):
            return ""
        position = 1
        while position <= len(word):
            place = PLACE.match(spaced, position)
            if place is None:
                return ""
            position = place.end(1)
            if self._candidates(place[0][0]).any_at(place[0]):
                return place[1] if position > len(word) else ""
        return None
