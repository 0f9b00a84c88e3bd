"""The show folder: what stands where, and the episodes it holds.

::

    show.toml                          settings, the only file a person writes
    feed.xml  index.html  cover.jpg    made from the manifests, can be deleted at any time
    episodes/SLUG/episode.json         the manifest, the only state an episode has
    episodes/SLUG/SLUG-HASH8.mp3 …     what subscribers and readers fetch
    .narrator/                         clips, journal, lock; never published, safe to delete
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar, overload

from narrator.config import Settings
from narrator.errors import ConfigError, PublishError, ShowNotWritable
from narrator.files import MANIFEST_BYTES, read_limited
from narrator.models import Episode, Listed
from narrator.models.json import from_json

Kind = TypeVar("Kind", Episode, Listed)

LONGEST_S = 7 * 24 * 3600
"""No episode is longer than a week, nor is its manifest believed that says so."""
LOCAL_BASE = "http://127.0.0.1:8000"
"""Base address of a show that has no ``base_url``: where `narrator serve` answers."""


@dataclass(frozen=True, slots=True)
class Show:
    """A show folder as it stands: its settings and the manifests of its whole episodes."""

    folder: Path
    settings: Settings
    episodes: Sequence[Episode]
    """Newest first: by `published`, else by `added`, then by slug."""

    @property
    def listed(self) -> Sequence[Episode | Listed]:
        """The same in the same order, for those who do not ask what is told: never read for that alone."""
        return self.episodes.listed if isinstance(self.episodes, Shelf) else self.episodes

    @property
    def base_url(self) -> str:
        """Public address of the folder, without a slash at the end."""
        return (self.settings.base_url or LOCAL_BASE).rstrip("/")

    @property
    def feed_url(self) -> str:
        """Public address of the feed."""
        return f"{self.base_url}/feed.xml"

    @property
    def language(self) -> str:
        """BCP 47 code of the show: as set, else its oldest episode's."""
        if self.settings.language:
            return self.settings.language
        first = min(self.listed, key=lambda episode: episode.added, default=None)
        return first.language if first else "en"


def find_show(start: Path) -> Path:
    """The nearest folder from *start* upwards with a ``show.toml``, else ``./podcast``."""
    for folder in (start, *start.parents):
        if (folder / "show.toml").is_file():
            return folder
    return start / "podcast"


def scratch_folder(show: Path) -> Path:
    """Where everything is made before it is renamed into place; on the show's own disk."""
    return show / ".narrator"


def episode_folder(show: Path, slug: str) -> Path:
    """Folder of the episode called *slug*."""
    return show / "episodes" / slug


class Shelf(Sequence[Episode]):
    """The episodes of a folder, newest first, each read from its manifest when its turn comes."""

    def __init__(self, folder: Path) -> None:
        """List what is in *folder*.

        Raises:
            PublishError: a manifest is damaged; the message names it.
        """
        self._folder = folder
        self.listed: Sequence[Listed] = newest_first(_iter_manifests(folder, Listed))

    def __len__(self) -> int:
        return len(self.listed)

    @overload
    def __getitem__(self, place: int) -> Episode: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Episode]: ...
    def __getitem__(self, place: int | slice) -> Episode | Sequence[Episode]:
        if isinstance(place, slice):
            return [read_episode(self._folder, one.slug) for one in self.listed[place]]
        return read_episode(self._folder, self.listed[place].slug)


def read_episode(show: Path, slug: str) -> Episode:
    """The manifest in the folder called *slug*.

    Raises:
        PublishError: it is damaged, or not there.
    """
    return _read_manifest(episode_folder(show, slug) / "episode.json", Episode)


def read_episodes(show: Path) -> list[Episode]:
    """Every whole episode of the folder, newest first.

    Raises:
        PublishError: a manifest is damaged; the message names it.
    """
    return newest_first(_iter_manifests(show, Episode))


def list_episodes(show: Path) -> Iterator[Listed]:
    """What every whole episode of the folder is, one at a time, in order of their slugs.

    Raises:
        PublishError: a manifest is damaged; the message names it.
    """
    return _iter_manifests(show, Listed)


def _iter_manifests(show: Path, kind: type[Kind]) -> Iterator[Kind]:
    for path in sorted((show / "episodes").glob("*/episode.json")):
        yield _read_manifest(path, kind)


def _read_manifest(path: Path, kind: type[Kind]) -> Kind:
    try:
        manifest = from_json(read_limited(path, MANIFEST_BYTES), kind)
        check_manifest(manifest, path.parent.name)
    except (OSError, ValueError) as error:
        raise PublishError(
            f"manifest cannot be read ({error})",
            where=str(path),
            hint="Delete that episode's folder and make it again.",
        ) from error
    return manifest


def check_manifest(episode: Episode | Listed, slug: str) -> None:
    """Refuse a manifest that leads out of the folder called *slug* it stands in.

    Raises:
        ValueError: it names another folder, files of another, or times no calendar has.
    """
    if episode.slug != slug:
        raise ValueError(f'its slug is "{episode.slug}"')
    for path in (episode.audio.path, episode.cover or f"episodes/{slug}/cover.jpg"):
        if PurePosixPath(path).parts[:-1] != ("episodes", slug) or "\0" in path:
            raise ValueError(f'"{path}" is no file of this episode')
    if not 0 <= episode.duration_seconds <= LONGEST_S:
        raise ValueError(f"a duration of {episode.duration_seconds:g} s")
    for moment in (episode.published, episode.added, episode.updated):
        if moment is not None and not 1 < moment.year < 9999:
            raise ValueError(f"the year {moment.year}")


def newest_first(episodes: Iterable[Kind]) -> list[Kind]:
    """*episodes* by the day they are listed under: `published`, else `added`; then by slug."""
    return sorted(episodes, key=lambda one: (one.published or one.added, one.slug), reverse=True)


def open_show(folder: Path, settings: Settings) -> Show:
    """The show in *folder* with its episodes; an absent folder is an empty show."""
    return Show(folder=folder, settings=settings, episodes=tuple(read_episodes(folder)))


def open_shelf(folder: Path, settings: Settings) -> Show:
    """`open_show` for one walk through the episodes: each is read when it comes up, and not kept."""
    return Show(folder=folder, settings=settings, episodes=Shelf(folder))


def with_episode(show: Show, episode: Episode) -> Show:
    """*show* with *episode* in it, in the place of the one that had its guid."""
    others = [one for one in show.episodes if one.guid != episode.guid]
    return replace(show, episodes=tuple(newest_first([*others, episode])))


def prepare_show(folder: Path) -> None:
    """Make the folder and its scratch folder when they are absent.

    Raises:
        ShowNotWritable: it cannot be made or written.
    """
    scratch = scratch_folder(folder)
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        probe = scratch / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ShowNotWritable(
            f"the show folder cannot be written ({error.strerror})",
            where=str(folder),
            hint="Choose another with --show DIR.",
        ) from error


@contextmanager
def locked_show(folder: Path, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the show's lock, as every run does that changes it; waits for one that holds it now.

    Args:
        folder: the show; made when it is absent.
        waiting: told, once, that another run has to be waited for.

    Raises:
        ShowNotWritable: the folder cannot be written.
    """
    import filelock

    prepare_show(folder)
    lock = filelock.FileLock(scratch_folder(folder) / "lock")
    try:
        lock.acquire(timeout=0.2)
    except filelock.Timeout:
        if waiting:
            waiting("Another narrator is at work on this show; waiting for it.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def now() -> datetime:
    """The time this run counts as: ``SOURCE_DATE_EPOCH`` when it is set, else the clock's.

    Raises:
        ConfigError: the variable holds no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise ConfigError(
                f'"{epoch[:40]}" is no count of seconds since 1970', where="SOURCE_DATE_EPOCH"
            ) from error
    return datetime.now(UTC).replace(microsecond=0)
