"""How posts of each language are told in one show: voice and lexicon, settled once for a whole run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from narrator import __version__
from narrator.config import Settings
from narrator.errors import NarratorError
from narrator.models.json import to_builtins, to_stable_json
from narrator.run.prepare import settle_voice
from narrator.run.show_files import show_file_digests
from narrator.run.telling import House, Told
from narrator.say import Lexicon, read_lexicon
from narrator.voices import Voice

_FEED_ONLY = (
    "description",
    "base_url",
    "link",
    "email",
    "category",
    "explicit",
    "copyright",
    "license",
    "show_guid",
)
_ELSEWHERE = frozenset({"voice", "engine", *_FEED_ONLY})
"""Settings that shape no episode: those of the feed, and those that the voice itself tells."""


@dataclass(frozen=True, slots=True)
class Teller:
    """How posts of one language are told."""

    voice: Voice
    lexicon: Lexicon
    frame: str
    """Digest of all that shapes an episode besides its post."""


@dataclass(frozen=True, slots=True)
class _First:
    """The post that settles the voice of a language; it comes after every episode there is."""

    added: datetime
    slug: str
    language: str
    voice: str
    engine: str


class Tellers:
    """The tellers of a show, found as languages come up."""

    def __init__(self, folder: Path, settings: Settings, episodes: Iterable[Told], now: datetime) -> None:
        self._folder = folder
        self._settings = settings
        self._told: list[Told] = list(episodes)
        self._now = now
        self._found: dict[str, Teller | NarratorError] = {}

    def of(self, language: str) -> Teller:
        """The teller for posts in *language*.

        Raises:
            NarratorError: no voice here speaks it; the same for every post.
        """
        if language not in self._found:
            try:
                self._found[language] = self._find(language)
            except NarratorError as error:
                self._found[language] = error
        found = self._found[language]
        if isinstance(found, NarratorError):
            raise found
        return found

    def engine(self) -> str | None:
        """The engine of the teller that was asked for first."""
        return next((one.voice.engine for one in self._found.values() if isinstance(one, Teller)), None)

    def _find(self, language: str) -> Teller:
        voice = settle_voice(language, House(self._settings, self._folder, self._told))
        self._told.append(_First(self._now, "\uffff", language, voice.name, voice.engine))
        lexicon = read_lexicon(self._folder, language)
        settings = to_builtins(self._settings)
        shape = {
            "version": __version__,
            "settings": {key: value for key, value in settings.items() if key not in _ELSEWHERE},
            "voice": voice,
            "lexicon": list(lexicon.entries.values()),
            "files": show_file_digests(self._settings, self._folder),
        }
        return Teller(voice, lexicon, hashlib.blake2b(to_stable_json(shape), digest_size=12).hexdigest())
