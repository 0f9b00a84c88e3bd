"""Names and words said otherwise than they are written: shipped lists, and the show's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from narrator.errors import ConfigError
from narrator.say.spoken import say_as
from narrator.say.tables import any_of


@dataclass(frozen=True, slots=True)
class Entry:
    """How one word or name is said."""

    word: str
    """As written; matched as a whole word, with its case."""
    say: str
    """A respelling for every engine."""
    phonemes: Mapping[str, str] = field(default_factory=dict)
    """Phonemes in an engine's own notation, by engine."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words; later lists win over earlier ones."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> list[Entry]:
        """Entries whose word stands in *text*, in order of appearance."""
        if self.pattern is None:
            return []
        return [self.entries[found[0]] for found in self.pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an engine gets for a line."""

    say: str
    """Plain text, never markup."""
    phonemes: str | None = None
    """The whole line in the engine's own phoneme notation; None when it has none."""


def make_lexicon(entries: Mapping[str, Entry]) -> Lexicon:
    """A lexicon of *entries*."""
    if not entries:
        return Lexicon()
    return Lexicon(entries, re.compile(rf"(?<![\w'’-]){any_of(entries)}(?![\w-])"))


def read_lexicon(show: Path | None, language: str) -> Lexicon:
    """The words of the show in folder *show* over those that ship for *language*.

    Raises:
        ConfigError: a ``lexicon.toml`` is unreadable or holds an entry that is none.
    """
    code = re.split("[-_]", language)[0].lower()
    entries: dict[str, Entry] = {}
    shipped = resources.files("narrator.say") / "lang" / f"{code}.lexicon.toml"
    if shipped.is_file():
        entries |= _parse(shipped.read_text(encoding="utf-8"), str(shipped), code)
    own = show / "lexicon.toml" if show else None
    if own and own.is_file():
        try:
            text = own.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError("cannot be read", where=str(own)) from error
        entries |= _parse(text, str(own), code)
    return make_lexicon(entries)


def _parse(text: str, where: str, language: str) -> dict[str, Entry]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"not valid TOML: {error}", where=where, hint='Write entries as Word = "respelling".'
        ) from error
    return {word: _entry(word, value, where) for word, value in data.items()}


def _entry(word: str, value: object, where: str) -> Entry:
    if isinstance(value, str):
        return Entry(word, value)
    if isinstance(value, dict) and set(value) <= {"say", "phonemes"}:
        return Entry(word, str(value.get("say", word)), dict(value.get("phonemes", {})))
    raise ConfigError(f'"{word}" is no entry', where=where, hint='Write Word = "respelling".')


def say_line(text: str, *, language: str, engine: str, lexicon: Lexicon) -> Spoken:
    """What the engine gets for a line of text: the lexicon first, then the rules.

    Args:
        text: the line as shown.
        language: BCP 47 code of the line.
        engine: the engine that will speak.
        lexicon: words that are said otherwise.
    """
    if lexicon.pattern is not None:
        text = lexicon.pattern.sub(lambda found: lexicon.entries[found[0]].say, text)
    return Spoken(say_as(text, language=language, engine=engine))
