"""Names and words said otherwise than they are written: the lists that ship, and the show's own.

A list is TOML::

    Kyiv = "Keeve"
    Nguyen = { say = "Win", phonemes = { espeak = "w'In" } }
    iplayer = { say = "eye player", any_case = true }
    Leeds = { say = "Leedz", engines = ["piper"] }

Words stand as written and are matched whole. A show keeps ``lexicon.toml`` for every language it
speaks, and ``lexicon.fr.toml`` and so on for one. The lists that ship hold what espeak-ng says
wrongly, and count only for engines that use its rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from narrator.errors import ConfigError
from narrator.files import read_text
from narrator.nearest import nearest
from narrator.say.rule import PHONEMIZERS
from narrator.say.spoken import say_with
from narrator.toml import parse_toml

_FIRST_WORD = re.compile(r"[^\W_]+|\S")
_POSSESSIVE = re.compile(r"['’]s(?!\w)")
_FIELDS = ("say", "phonemes", "any_case", "engines")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one word or name is said."""

    word: str
    """As written; it may be several words."""
    say: str
    """A respelling every engine can read."""
    phonemes: Mapping[str, str] = field(default_factory=dict)
    """Engine → phonemes in its own notation, without the brackets."""
    any_case: bool = False
    """Whether the word counts however its letters are cased."""
    engines: frozenset[str] = frozenset()
    """The engines that need it; empty when all do."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an engine gets for a line."""

    say: str
    """Plain text, never markup."""
    phonemes: str | None = None
    """The line with ``[[phonemes]]`` for the words that have them; None when none has."""


class Lexicon:
    """What is known of how words are said; of two entries for one word the later counts."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.word: entry for entry in entries}
        self._by_first: dict[str, list[Entry]] = {}
        for entry in sorted(self._entries.values(), key=lambda entry: -len(entry.word)):
            first = _FIRST_WORD.match(entry.word)
            self._by_first.setdefault(first[0].lower() if first else "", []).append(entry)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its word; to be read only, since posts share a lexicon."""
        return MappingProxyType(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, word: str) -> bool:
        return word in self._entries

    def may_know(self, text: str) -> bool:
        """Whether the first word of an entry stands in *text*."""
        return not self._by_first.keys().isdisjoint(map(str.lower, _FIRST_WORD.findall(text)))

    def find(self, text: str, position: int, engine: str) -> Entry | None:
        """The longest entry for *engine* whose word begins at *position* and ends with a word."""
        first = _FIRST_WORD.match(text, position)
        if not first or (position and text[position - 1].isalnum()):
            return None
        for entry in self._by_first.get(first[0].lower(), ()):
            end = position + len(entry.word)
            written = text[position:end]
            same = written == entry.word or (entry.any_case and written.lower() == entry.word.lower())
            meant = not entry.engines or engine in entry.engines
            if same and meant and not text[end : end + 1].isalnum():
                return entry
        return None


@lru_cache(maxsize=1024)
def say_line(text: str, *, language: str, engine: str, lexicon: Lexicon) -> Spoken:
    """What the engine gets for a line of text: lexicon and rules in one pass.

    The lines of a post are asked for twice, for the script and for its document, and are kept that long.

    Args:
        text: the line as shown.
        language: BCP 47 code of the line.
        engine: the engine that will speak.
        lexicon: what it says wins over every rule.
    """
    reading = _Reading(lexicon, language, engine)
    say = say_with(text, language=language, engine=engine, lookup=reading)
    if not reading.met_phonemes:
        return Spoken(say)
    phonemized = _Reading(lexicon, language, engine, phonemized=True)
    return Spoken(say, say_with(text, language=language, engine=engine, lookup=phonemized))


@dataclass(slots=True)
class _Reading:
    """A lexicon as it is looked up for one line."""

    lexicon: Lexicon
    language: str
    engine: str
    phonemized: bool = False
    """Whether phonemes stand for the words that have them."""
    met_phonemes: bool = False
    """Whether a word that has them was looked up."""

    def knows_any(self, text: str) -> bool:
        return self.lexicon.may_know(text)

    def __call__(self, text: str, position: int) -> tuple[str, int] | None:
        entry = self.lexicon.find(text, position, self.engine)
        if entry is None:
            return None
        end = position + len(entry.word)
        self.met_phonemes = self.met_phonemes or self.engine in entry.phonemes
        phonemes = entry.phonemes.get(self.engine) if self.phonemized else None
        if not phonemes:
            return entry.say, end
        possessive = _POSSESSIVE.match(text, end)
        if possessive and self.language.startswith("en"):
            return f"[[{phonemes}{_possessive(phonemes)}]]", possessive.end()
        return f"[[{phonemes}]]", end


def _possessive(phonemes: str) -> str:
    """The sound of "'s" after *phonemes*, in espeak-ng's notation."""
    if phonemes.endswith(("s", "z", "S", "Z")):
        return "I2z"
    return "s" if phonemes.endswith(("p", "t", "k", "f", "T")) else "z"


def read_lexicon(show: Path | None, language: str) -> Lexicon:
    """The words of the show in folder *show*, over those that ship for *language*.

    Raises:
        ConfigError: a list is unreadable or holds something that is no entry; the message names
            the line.
    """
    code = re.split("[-_]", language)[0].lower()
    paths = [show / "lexicon.toml", show / f"lexicon.{code}.toml"] if show else []
    return _read_lists(code, tuple(_List.found_at(path) for path in paths if path.is_file()))


class _List(NamedTuple):
    """A list of a show as it is now: another one as soon as its file was changed."""

    path: Path
    inode: int
    size_bytes: int
    changed_ns: int

    @classmethod
    def found_at(cls, path: Path) -> _List:
        found = path.stat()
        return cls(path, found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=32)
def _read_lists(code: str, lists: tuple[_List, ...]) -> Lexicon:
    """One lexicon for all posts: parsing the lists takes longer than saying a short post."""
    entries: list[Entry] = []
    shipped = Path(__file__).parent / "lang" / f"{code}.lexicon.toml"
    if shipped.is_file():
        listed = parse_lexicon(shipped.read_text(encoding="utf-8"), str(shipped))
        entries += [replace(entry, engines=PHONEMIZERS) for entry in listed]
    for own in lists:
        entries += parse_lexicon(_read(own.path), str(own.path))
    return Lexicon(entries)


def _read(path: Path) -> str:
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigError(f"cannot be read ({reason})", where=str(path)) from error


def parse_lexicon(text: str, where: str) -> list[Entry]:
    """Entries of a list.

    Args:
        text: the TOML.
        where: the file, for the message when it is wrong.

    Raises:
        ConfigError: see `read_lexicon`.
    """
    try:
        data = parse_toml(text)
    except ValueError as error:
        raise ConfigError(
            f"not valid TOML: {error}", where=where, hint='An entry is a line: "Kyiv" = "Keeve".'
        ) from error
    return [_placed(word, value, where, text) for word, value in data.items()]


def _placed(word: str, value: Any, where: str, text: str) -> Entry:
    """One entry; the line it stands on is looked for only when something is wrong with it."""
    try:
        return _entry(word, value, where)
    except ConfigError as error:
        error.where = f"{where}{_line_of(text, word)}"
        raise


def _line_of(text: str, word: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf'\s*\[?\s*["\']?{re.escape(word)}["\']?\s*[=.\]]', line):
            return f", line {number}"
    return ""


def _entry(word: str, value: Any, where: str) -> Entry:
    if isinstance(value, str):
        value = {"say": value}
    if not isinstance(value, dict):
        raise ConfigError(
            f'"{word}" must be a text in quotes', where=where, hint=f'Write "{word}" = "how it is said".'
        )
    for key in value:
        if key not in _FIELDS:
            near = nearest(key, _FIELDS, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else f"An entry has: {', '.join(_FIELDS)}."
            raise ConfigError(f'"{word}" has an unknown field "{key}"', where=where, hint=hint)
    say, phonemes = value.get("say", word), value.get("phonemes", {})
    if not isinstance(say, str) or not say.strip():
        raise ConfigError(f'"{word}" says nothing', where=where, hint='Its "say" must be a text in quotes.')
    if not isinstance(phonemes, dict) or not all(isinstance(one, str) for one in phonemes.values()):
        raise ConfigError(
            f'phonemes of "{word}" must be by engine', where=where, hint='Write { espeak = "k\'i:v" }.'
        )
    engines = value.get("engines", [])
    if not isinstance(engines, list) or not all(isinstance(one, str) for one in engines):
        raise ConfigError(
            f'engines of "{word}" must be a list', where=where, hint='Write engines = ["espeak"].'
        )
    clean = {engine: one.strip().strip("[]") for engine, one in phonemes.items() if one.strip()}
    return Entry(word, say, clean, value.get("any_case") is True, frozenset(engines))
