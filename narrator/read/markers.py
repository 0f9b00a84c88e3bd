"""Marker words by language: the tables of ``lang/``, ready to be looked up in.

A table is TOML, one file a language, plus ``common.toml`` for what all share. To add a language, copy
``en.toml`` and translate its phrases; nothing else has to change. In a phrase ``*`` stands for any
text, ``#`` for a number and ``(a|b)`` for either; case, typographic quotes and ornaments at the ends
do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from narrator.read.passages import fold
from narrator.toml import parse_toml

TABLES = Path(__file__).parent / "lang"
ENGLISH = "en"
"""Sites in every language carry English lines ("Share on Facebook"), so its phrases always count."""


_IN_PROSE = frozenset(
    {"newsletter", "legal", "credits", "copyright", "advertisement", "comments", "counts", "related"}
)
"""Sections of furniture whose phrases also count for a line that is a whole sentence."""
_ANY_START = re.compile(r"[^\W\d_]+\*")
_BARE_CAPITALS = {"à": "a", "é": "e"}
"""Letters that French prints without their accent when they are capitals: "A lire aussi"."""
_MOST_KEPT = 4096
"""Lines whose meaning is remembered: each is looked up at several steps."""
_START = 3
"""Letters at a phrase's start that it is filed under."""
VOICE_WORDS = (
    "reporting",
    "weak_reporting",
    "event",
    "hedges",
    "first_person",
    "second_person",
    "present",
    "past",
)
"""Word lists that tell in which voice a paragraph is written."""
_OWN_ONLY = frozenset(VOICE_WORDS) | {
    "reporting_now",
    "own_staff",
    "staff_nouns",
    "polite",
    "pronoun_openers",
    "subject_pronouns",
    "articles",
    "turns",
    "resumes",
    "stopwords",
    "past_endings",
    "life",
}
"""Word lists in which English would be mistaken for another language: "was", "me", "a"."""
_AS_PRINTED = frozenset({"agencies", "polite"})
"""Word lists in which capitals tell a name from a word."""


class _Wildcard:
    """A phrase with gaps in it, compiled when a line first comes near it."""

    __slots__ = ("_key", "_pattern", "meaning")

    def __init__(self, key: str, meaning: str) -> None:
        self._key, self.meaning = key, meaning
        self._pattern: re.Pattern[str] | None = None

    def fits(self, key: str) -> bool:
        """Whether the phrase is the whole of *key*."""
        if self._pattern is None:
            self._pattern = re.compile(_as_regex(self._key), re.DOTALL)
        return self._pattern.fullmatch(key) is not None


class PhraseBook:
    """Phrases with what each one means; quick to look a line up in, however many there are."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._by_start: dict[str, list[tuple[str, _Wildcard]]] = {}
        self._numbered: list[tuple[str, _Wildcard]] = []
        self._loose: list[tuple[str, _Wildcard]] = []
        self._looked_up: dict[str, str | None] = {}
        for meaning, phrase in phrases:
            key = " ".join(phrase.casefold().split())
            for one in _variants(key, all_groups="*" not in key and "#" not in key):
                self._add(one, meaning)
                if " " in one and (bare := _BARE_CAPITALS.get(one[0])):
                    self._add(bare + one[1:], meaning)

    def _add(self, key: str, meaning: str) -> None:
        if "*" not in key and "#" not in key:
            self._exact.setdefault(fold(key), meaning)
            return
        # What is not in a line need not be looked at further.
        literal = max(re.split(r"\([^()]*\)|[*#]", key), key=len).strip()
        wildcard = (literal, _Wildcard(key, meaning))
        start = re.split(r"[(*#]", key, maxsplit=1)[0]
        if len(start) >= _START:
            self._by_start.setdefault(start[:_START], []).append(wildcard)
        else:
            (self._numbered if key[0] == "#" else self._loose).append(wildcard)

    def find(self, key: str) -> str | None:
        """What the folded line *key* means as a whole; None when no phrase fits it."""
        if not key:
            return None
        meaning = self._exact.get(key)
        if meaning is not None:
            return meaning
        if key not in self._looked_up:
            if len(self._looked_up) >= _MOST_KEPT:
                self._looked_up.clear()
            self._looked_up[key] = self._find_wildcard(key)
        return self._looked_up[key]

    def _find_wildcard(self, key: str) -> str | None:
        numbered = self._numbered if key[0].isdigit() else ()
        for group in (self._by_start.get(key[:_START], ()), numbered, self._loose):
            for literal, one in group:
                if literal in key and one.fits(key):
                    return one.meaning
        return None


_GROUP = re.compile(r"\(([^()]*\|[^()]*)\)")


def _variants(key: str, *, all_groups: bool) -> Iterable[str]:
    """*key* with its choices spelled out: all of them, or those it starts with, to file it under."""
    group = _GROUP.search(key)
    if group is None or not (all_groups or group.start() < _START):
        return [key]
    spelled = (f"{key[: group.start()]}{choice}{key[group.end() :]}" for choice in group[1].split("|"))
    return [one for variant in spelled for one in _variants(variant, all_groups=all_groups)]


def _as_regex(key: str) -> str:
    # A gap may not run past 300 characters, which keeps two gaps in one phrase from costing much.
    parts = {"*": r".{0,300}?", "#": r"\d[\d.,k ]*"}
    pieces = _GROUP.split(key)
    spelled = []
    for index, piece in enumerate(pieces):
        # A bar outside of a group stands for itself: "watch | *".
        texts = piece.split("|") if index % 2 else [piece]
        choices = ["".join(parts.get(char) or re.escape(char) for char in one) for one in texts]
        spelled.append(f"(?:{'|'.join(choices)})" if index % 2 else choices[0])
    return "".join(spelled)


@dataclass(frozen=True)
class Markers:
    """The tables that apply to texts of one language: its own, English, and what all share."""

    language: str
    furniture: PhraseBook
    """Whole lines that are never part of a story → why."""
    furniture_in_prose: PhraseBook
    """Those of them that may be whole sentences."""
    zones: PhraseBook
    """Lines that open a stretch that is none of the story → which ("related", "comments", "end")."""
    notes: PhraseBook
    """Lines of the editors about the piece."""
    labels: PhraseBook
    """Headings that announce a sidebar → its kind."""
    label_words: Mapping[str, str]
    """Words that stand in such headings whatever else does → the kind they speak for."""
    questions: PhraseBook
    """Headings that ask what a sidebar might answer → its kind."""
    caption_labels: tuple[str, ...]
    """What stands before a caption and is no part of it, folded."""
    credit: re.Pattern[str]
    """The words that open a photographer's credit, where a credit can begin."""
    months: Mapping[str, int]
    weekdays: frozenset[str]
    words: Mapping[str, frozenset[str]]
    """Word lists by name: reporting, hedges, first_person …"""
    phrases: Mapping[str, tuple[str, ...]]
    """Phrase lists by name, in file order: byline, published, updated …"""

    def words_of(self, *names: str) -> frozenset[str]:
        """The words of several lists together, joined once."""
        return _words_of(self.language, names)


def read_markers(language: str) -> Markers:
    """The markers for *language* (BCP 47; the region does not matter here)."""
    return _read_markers(language.split("-")[0].lower())


@cache
def _read_markers(own: str) -> Markers:
    tables = [_read_table("common"), _read_table(own), *([_read_table(ENGLISH)] if own != ENGLISH else [])]
    words: dict[str, frozenset[str]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for name, listed in table.get("words", {}).items():
            if name in _OWN_ONLY and name in words:
                continue
            kept = frozenset(listed if name in _AS_PRINTED else map(str.casefold, listed))
            words[name] = words.get(name, frozenset()) | kept
        for name, listed in table.get("phrases", {}).items():
            if name in _OWN_ONLY and name in phrases:
                continue
            phrases[name] = tuple(dict.fromkeys((*phrases.get(name, ()), *listed)))
    months = {name: number for table in reversed(tables) for name, number in table.get("months", {}).items()}
    return Markers(
        language=own,
        furniture=_book(tables, "furniture"),
        furniture_in_prose=_book(tables, "furniture", _IN_PROSE, words.get("calls", frozenset())),
        zones=_book(tables, "zones"),
        notes=_book(tables, "notes"),
        labels=_book(tables, "labels"),
        label_words={
            fold(word): kind
            for table in reversed(tables)
            for kind, listed in table.get("label_words", {}).items()
            for word in listed
        },
        questions=_book(tables, "questions"),
        caption_labels=tuple(sorted(map(fold, phrases.get("caption_labels", ())), key=len, reverse=True)),
        credit=_credit_pattern(phrases),
        months=months,
        weekdays=words.get("weekdays", frozenset()),
        words=words,
        phrases=phrases,
    )


@cache
def _words_of(language: str, names: tuple[str, ...]) -> frozenset[str]:
    words = read_markers(language).words
    return frozenset().union(*(words[name] for name in names))


def read_timezones() -> dict[str, int]:
    """Abbreviations of time zones, in small letters, with their minutes ahead of UTC."""
    return dict(_read_table("common")["timezones"])


@cache
def read_all_months() -> frozenset[str]:
    """The names of months in every language that has a table, in small letters."""
    return frozenset(name.casefold() for language in languages() for name in _read_table(language)["months"])


def languages() -> tuple[str, ...]:
    """The languages that have a table."""
    names = (entry.name for entry in TABLES.iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and name != "common.toml"))


def read_stopwords(language: str) -> frozenset[str]:
    """The commonest words of *language* alone, by which a text is known to be in it."""
    return frozenset(_read_table(language).get("words", {}).get("stopwords", ()))


@cache
def _read_table(name: str) -> dict[str, dict[str, Any]]:
    path = TABLES / f"{name}.toml"
    return parse_toml(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _book(
    tables: Iterable[Mapping[str, Mapping[str, Any]]],
    section: str,
    only: frozenset[str] = frozenset(),
    calls: frozenset[str] = frozenset(),
) -> PhraseBook:
    """The phrases of *section*; of its parts in *only*, those that may be whole sentences: a word and a
    gap begins any sentence, unless the word is one of *calls* on the reader.
    """
    return PhraseBook(
        (meaning, phrase)
        for table in tables
        for meaning, listed in table.get(section, {}).items()
        for phrase in listed
        if not only or (meaning in only and (phrase[:-1] in calls or not _ANY_START.fullmatch(phrase)))
    )


def _credit_pattern(phrases: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    marks = _any_of(phrases["credit_marks"])
    labels = _any_of({*phrases["credit_labels"], *phrases["credit_marks"]})
    # It begins the line, or follows a sentence, a bracket or a bar; or it has a colon, or is no other words.
    return re.compile(
        rf"(?:(?:^|(?<=[.!?…\"”’»)])\s|[(\[|/]\s?|\s[–—-]\s)\s*(?:{labels})\b\s*[:/.,]?\s*(?:by\b|de\b|von\b|di\b|par\b|por\b)?"
        rf"|(?:\s|^)(?:{labels})\s?:|\s(?:{marks})\b,?|©)\s*",
        re.IGNORECASE,
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of *words*, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
