"""The episodes a show has: of each what it takes to know its post again; texts are read when asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from narrator.likeness import plain_title, told_texts, words_of
from narrator.models import Episode, Listed
from narrator.shows import episode_folder, list_episodes, read_episode

_FILES = frozenset(
    {
        "script.md",
        "chapters.json",
        "transcript.json",
        "transcript.srt",
        "transcript.txt",
        "transcript.vtt",
    }
)
"""What every episode's folder holds besides manifest, sound and picture; the page is made by publishing."""


def is_whole(show: Path, known: Listed) -> bool:
    """Whether everything the manifest speaks of is there, the sound in its full length."""
    folder, sound = episode_folder(show, known.slug), show / known.audio.path
    try:
        names = set(os.listdir(folder))  # noqa: PTH208 - names are all it takes, and there are thousands
        whole = sound.stat().st_size == known.audio.size_bytes
    except OSError:
        return False
    return whole and names >= _FILES and (known.cover is None or PurePosixPath(known.cover).name in names)


class KnownEpisodes:
    """The whole episodes of a show folder, found by guid, id, address or title."""

    def __init__(self, folder: Path) -> None:
        """Read the manifests of *folder*.

        Raises:
            PublishError: one of them is damaged; the message names it.
        """
        self.folder = folder
        self._by_guid: dict[str, Listed] = {}
        self._by_key: dict[tuple[str, str], list[str]] = {}
        for known in list_episodes(folder):
            self.add(known)
        self._words = lru_cache(maxsize=64)(self._read_words)

    def __len__(self) -> int:
        return len(self._by_guid)

    def __iter__(self) -> Iterator[Listed]:
        return iter(self._by_guid.values())

    def add(self, known: Listed) -> None:
        """Take in an episode, in the place of the one that has its guid."""
        old = self._by_guid.get(known.guid)
        if old is not None:
            for key in _keys(old):
                self._by_key[key].remove(old.guid)
        self._by_guid[known.guid] = known
        for key in _keys(known):
            self._by_key.setdefault(key, []).append(known.guid)

    def get(self, guid: str | None) -> Listed | None:
        """The episode with this guid."""
        return self._by_guid.get(guid or "")

    def by_id(self, post_id: str | None, address: str | None) -> Listed | None:
        """The episode of the post with this id, else of the one at this address."""
        for key in (("id", post_id or ""), ("address", address or "")):
            for guid in self._by_key.get(key, ()) if key[1] else ():
                return self._by_guid[guid]
        return None

    def by_title(self, title: str) -> list[Listed]:
        """The episodes of this title, whatever its case and punctuation."""
        return [self._by_guid[guid] for guid in self._by_key.get(("title", plain_title(title)), ())]

    def words(self, guid: str) -> list[str]:
        """The words an episode tells, in order."""
        return self._words(guid)

    def episode(self, guid: str) -> Episode:
        """The whole manifest.

        Raises:
            PublishError: it cannot be read.
        """
        return read_episode(self.folder, self._by_guid[guid].slug)

    def _read_words(self, guid: str) -> list[str]:
        return words_of(told_texts(self.episode(guid)))


def _keys(known: Listed) -> Iterable[tuple[str, str]]:
    yield "title", plain_title(known.title)
    if known.post_id:
        yield "id", known.post_id
    if known.address:
        yield "address", known.address
