"""A source as far as its script: read, recognised as post or script file, and written for a voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from narrator.models import Article, Person
from narrator.read import load_source, read_loaded
from narrator.run.telling import Facts, House, Telling
from narrator.say import Lexicon, read_lexicon
from narrator.script import (
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


def settle_voice(language: str, house: House) -> Voice:
    """The voice for a post in *language*: as set, else the one the show began with, else the best here."""
    if language not in house.voices:
        house.voices[language] = _choose_voice(language, house)
    return house.voices[language]


def _choose_voice(language: str, house: House) -> Voice:
    name, engine = house.settings.voice, house.settings.engine
    if not name and not engine:
        told = sorted(house.episodes, key=lambda episode: (episode.added, episode.slug))
        alike = [one for one in told if _base(one.language) == _base(language)]
        if alike:
            name, engine = alike[0].voice, alike[0].engine
        elif told:
            engine = told[0].engine
    return choose_voice(language, name=name, engine=engine, show=house.folder, for_make=house.for_make)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def tell(
    source: Article | str, house: House, *, now: datetime, where: str, updated: datetime | None = None
) -> Telling:
    """The script of an article, or the one a script file holds, with the voice that will speak it.

    Args:
        source: an article, or the text of a script file.
        house: the show it is told in.
        now: when the episode is, or was first, made.
        where: what to call the source in errors.
        updated: when a corrected text was made.
    """
    if isinstance(source, str):
        document = read_document(source, lexicon=read_lexicon(house.folder, "en"), where=where)
        lexicon = read_lexicon(house.folder, document.script.language)
        document = read_document(source, lexicon=lexicon, where=where)
        voice = settle_voice(document.script.language, house)
        return Telling(document.script, replace(voice, pauses=document.pauses))
    voice = settle_voice(source.language, house)
    lexicon = read_lexicon(house.folder, source.language)
    script = write_script(
        source, settings=house.settings, voice=voice, lexicon=lexicon, now=now, updated=updated
    )
    return Telling(script, voice)


def document_of(telling: Telling, lexicon: Lexicon) -> str:
    """The script as the file people edit, without what *lexicon* says anyway."""
    voice = telling.voice
    return write_document(telling.script, engine=voice.engine, pauses=voice.pauses, lexicon=lexicon)


def script_in_form(telling: Telling, form: str, folder: Path) -> str:
    """The script as text: "markdown", "json", "text", "ssml" or "explain".

    Args:
        telling: the script.
        form: which of them.
        folder: the show's, whose lexicon a script file leaves out.
    """
    if form == "markdown":
        return document_of(telling, read_lexicon(folder, telling.script.language))
    forms = {"json": script_as_json, "text": script_as_text, "ssml": script_as_ssml, "explain": explain}
    return forms[form](telling.script)
