"""Names and acronyms an engine may get wrong, counted, so that a person can decide them first.

What is unusual is decided by the texts themselves: a name is, when letters stand together in it
that never do in the ordinary words of the same archive. So it works for every language and needs
no dictionary; the more it has read, the fewer names it lists.
"""

from __future__ import annotations

import re
from collections import Counter

from narrator.say.lexicon import Lexicon
from narrator.say.sentences import split_sentences
from narrator.say.tables import read_tables

_WORD = re.compile(r"[^\W\d_][\w’'&-]*")
_ENDING = re.compile(r"['’]s$|[’'&-]+$")


class NameAudit:
    """Reads the posts of an archive and counts the names worth a look."""

    def __init__(self, language: str, lexicon: Lexicon | None = None) -> None:
        """Args: the posts' language, and the lexicon, whose words are decided already."""
        self._language = language
        self._tables = read_tables(re.split("[-_]", language)[0].lower())
        self._lexicon = lexicon or Lexicon()
        self._names: Counter[str] = Counter()
        self._ordinary: set[str] = set()

    def read(self, text: str) -> None:
        """Take in one paragraph, or a whole post."""
        for sentence in split_sentences(text, self._language):
            if sentence.isupper():
                continue
            for place, found in enumerate(_WORD.finditer(sentence)):
                word = _ENDING.sub("", found[0])
                if word.islower():
                    self._ordinary.update(_letter_groups(word))
                elif len(word) > 1 and (place or _is_acronym(word)):
                    self._names[word] += 1

    def unusual(self) -> Counter[str]:
        """How often each unusual name or acronym stood in what was read.

        Acronyms of four letters and more are listed, since engines may take them for words; shorter
        ones they spell.
        """
        return Counter({word: count for word, count in self._names.items() if self._is_unusual(word)})

    def _is_unusual(self, word: str) -> bool:
        if word in self._lexicon or any(word in self._tables.words(name) for name in _DECIDED):
            return False
        if word.removesuffix("s") in self._tables["weekdays"].values():
            return False
        if word.isupper():
            return len(word) > 3
        return not _letter_groups(word.lower()) <= self._ordinary


_DECIDED = ("acronyms", "spelled", "pronounced", "months", "weekdays", "titles", "starters")
"""Tables of words that have their reading."""


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _letter_groups(word: str) -> set[str]:
    """Every three letters in a row of a word, its edges included."""
    edged = f"^{word}$"
    return {edged[place : place + 3] for place in range(len(edged) - 2)}


def unusual_names(text: str, language: str, lexicon: Lexicon | None = None) -> Counter[str]:
    """How often each unusual name or acronym stands in *text*; see `NameAudit` for an archive."""
    audit = NameAudit(language, lexicon)
    audit.read(text)
    return audit.unusual()
