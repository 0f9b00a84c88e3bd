"""The word lists of a language, one TOML file each, and the patterns made of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from narrator.toml import parse_toml


class Tables:
    """The tables of one language: what is written → what is said.

    Every table is a TOML table of strings, or a list of words. In a rule's pattern ``{name}``
    stands for "one of the words of table *name*".
    """

    def __init__(self, language: str, tables: Mapping[str, Any]) -> None:
        self.language = language
        self._tables = tables
        self._patterns: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}

    def __getitem__(self, name: str) -> Mapping[str, str]:
        """Table *name*; empty when the language has none."""
        found: Mapping[str, str] = self._tables.get(name, {})
        return found

    def said(self, name: str, written: str) -> str:
        """What table *name* says for *written*; a capital at the start is kept."""
        table = self[name]
        if written in table:
            return table[written]
        said = table[written[:1].lower() + written[1:]]
        return said[:1].upper() + said[1:]

    def words(self, name: str) -> frozenset[str]:
        """The words that are written in list or table *name*."""
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = frozenset(self._tables.get(name, ()))
        return found

    def words_for(self, name: str, key: str) -> frozenset[str]:
        """The list of *key* in a table of lists."""
        return frozenset(self._tables.get(name, {}).get(key, ()))

    def listed(self, name: str) -> Sequence[str]:
        """List *name* in its order."""
        found: Sequence[str] = self._tables.get(name, ())
        return found

    def rows(self, name: str) -> Sequence[Sequence[str]]:
        """List of lists *name* in its order."""
        found: Sequence[Sequence[str]] = self._tables.get(name, ())
        return found

    def fill(self, template: str) -> str:
        """*template* with each ``{table}`` replaced by an alternation of its words.

        With a capital, ``{Table}``, each word may also begin with one.
        """
        return re.sub(r"\{([A-Za-z]\w*)\}", lambda found: self._pattern(found[1]), template)

    def alternatives(self, name: str) -> Set[str]:
        """What ``{name}`` stands for in a pattern."""
        listed = set(self._tables.get(name[:1].lower() + name[1:], ()))
        if name[0].isupper():
            listed |= {word[:1].upper() + word[1:] for word in listed}
        return listed

    def _pattern(self, name: str) -> str:
        if name not in self._patterns:
            self._patterns[name] = any_of(self.alternatives(name))
        return self._patterns[name]


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of *words*, the longest first; never matches when there are none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else r"(?!)"


@functools.cache
def read_tables(language: str) -> Tables:
    """Tables of the language with the two-letter code *language*; empty ones when none ship."""
    file = Path(__file__).parent / "lang" / f"{language}.toml"
    if not file.is_file():
        return Tables(language, {})
    return Tables(language, parse_toml(file.read_text(encoding="utf-8")))
