"""A source as far as its script: read, recognised as post or script file, and written for a voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from narrator.config import Settings
from narrator.models import Article, Episode, Person, Script
from narrator.read import load_source, read_loaded
from narrator.say import Lexicon, read_lexicon
from narrator.script import (
    Document,
    explain,
    is_document,
    read_document,
    script_as_json,
    script_as_ssml,
    script_as_text,
    write_document,
    write_script,
)
from narrator.speak import choose_voice
from narrator.voices import Voice

POST_SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the command line says of posts that do not say it themselves."""

    title: str | None = None
    byline: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A script and the voice it was written for."""

    script: Script
    voice: Voice
    lexicon: Lexicon


def expand_sources(sources: Iterable[str]) -> list[str]:
    """The sources with folders replaced by the posts in them, in order of their names."""
    expanded: list[str] = []
    for source in sources:
        path = Path(source)
        if source != "-" and "://" not in source and path.is_dir():
            expanded += sorted(str(one) for one in path.rglob("*") if _is_post(one))
        else:
            expanded.append(source)
    return expanded


def _is_post(path: Path) -> bool:
    return path.suffix.lower() in POST_SUFFIXES and path.is_file()  # a pipe would be waited for


def read_source(
    source: str, *, max_size_bytes: int, now: datetime, facts: Facts | None = None
) -> Article | str:
    """The article behind *source*; for a script file its text instead.

    Raises:
        ReadError: it cannot be read, or there is no article in it.
    """
    loaded = load_source(source, max_size_bytes=max_size_bytes)
    if is_document(loaded.data[:64].decode("utf-8", "replace")):
        return loaded.data.decode("utf-8", "replace")
    return _completed(read_loaded(loaded, now=now), facts or Facts())


def _completed(article: Article, facts: Facts) -> Article:
    """*article* with what it lacks filled in from *facts*; what it states itself stays."""
    changes: dict[str, object] = {}
    if facts.title and article.title_made_up:
        changes |= {"title": facts.title, "title_made_up": False}
    if facts.byline and not article.byline:
        names = [name.strip() for name in facts.byline.split(",") if name.strip()]
        changes["byline"] = tuple(Person(name) for name in names)
    if facts.published and not article.published:
        changes["published"] = facts.published
    return replace(article, **changes) if changes else article  # type: ignore[arg-type]


class Told(Protocol):
    """An episode, as far as it settles the voice of those to come."""

    @property
    def added(self) -> datetime:
        """When it was first made."""

    @property
    def slug(self) -> str:
        """Name of its folder."""

    @property
    def language(self) -> str:
        """BCP 47."""

    @property
    def voice(self) -> str:
        """Name of its voice file."""

    @property
    def engine(self) -> str:
        """Name of its engine."""


def settle_voice(
    language: str, settings: Settings, folder: Path, episodes: Iterable[Told], *, for_make: bool
) -> Voice:
    """The voice for a post in *language*: as set, else the one the show began with, else the best here."""
    name, engine = settings.voice, settings.engine
    if not name and not engine:
        told = sorted(episodes, key=lambda episode: (episode.added, episode.slug))
        alike = [one for one in told if _base(one.language) == _base(language)]
        if alike:
            name, engine = alike[0].voice, alike[0].engine
        elif told:
            engine = told[0].engine
    return choose_voice(language, name=name, engine=engine, show=folder, for_make=for_make)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def tell(
    source: Article | str,
    *,
    settings: Settings,
    folder: Path,
    episodes: Iterable[Episode],
    now: datetime,
    where: str,
    for_make: bool,
    updated: datetime | None = None,
) -> Telling:
    """The script of an article, or the one a script file holds, with the voice that will speak it.

    Args:
        source: an article, or the text of a script file.
        settings: the show's.
        folder: the show folder, for its own voices and lexicon.
        episodes: those the show has; the first one's voice is kept.
        now: when the episode is, or was first, made.
        where: what to call the source in errors.
        for_make: whether a network engine may be chosen unasked.
        updated: when a corrected text was made.
    """
    if isinstance(source, str):
        document = read_document(source, lexicon=read_lexicon(folder, "en"), where=where)
        lexicon = read_lexicon(folder, document.script.language)
        document = read_document(source, lexicon=lexicon, where=where)
        return Telling(document.script, _voice_of(document, settings, folder, episodes, for_make), lexicon)
    voice = settle_voice(source.language, settings, folder, episodes, for_make=for_make)
    lexicon = read_lexicon(folder, source.language)
    script = write_script(source, settings=settings, voice=voice, lexicon=lexicon, now=now, updated=updated)
    return Telling(script, voice, lexicon)


def _voice_of(
    document: Document, settings: Settings, folder: Path, episodes: Iterable[Episode], for_make: bool
) -> Voice:
    voice = settle_voice(document.script.language, settings, folder, episodes, for_make=for_make)
    return replace(voice, pauses=document.pauses)


def script_in_form(telling: Telling, form: str) -> str:
    """The script as text: "markdown", "json", "text", "ssml" or "explain"."""
    if form == "markdown":
        voice = telling.voice
        return write_document(
            telling.script, engine=voice.engine, pauses=voice.pauses, lexicon=telling.lexicon
        )
    forms = {"json": script_as_json, "text": script_as_text, "ssml": script_as_ssml, "explain": explain}
    return forms[form](telling.script)


def source_stem(source: str) -> str:
    """What a file made from *source* is called, without its suffix."""
    if source == "-":
        return "stdin"
    name = source.rstrip("/").rpartition("/")[2].partition("?")[0] if "://" in source else Path(source).name
    return Path(name).stem or "post"
