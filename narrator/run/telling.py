"""What is asked of the desk, and what comes back: light to import, for those who never read a post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from narrator.config import Settings
from narrator.models import Script
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


@dataclass(frozen=True, slots=True)
class House:
    """What of a show shapes how its posts are told."""

    settings: Settings
    folder: Path
    """The show's, for voices and a lexicon of its own."""
    episodes: Iterable[Told]
    """Those it has; the first one's voice is kept."""
    for_make: bool = False
    """Whether a network engine may be chosen unasked."""
    voices: dict[str, Voice] = field(default_factory=dict, compare=False)
    """Those settled so far, by language; for posts told one after the other."""


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


def source_stem(source: str) -> str:
    """What a file made from *source* is called, without its suffix."""
    if source == "-":
        return "stdin"
    name = source.rstrip("/").rpartition("/")[2].partition("?")[0] if "://" in source else Path(source).name
    return Path(name).stem or "post"
