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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from narrator.config import Settings
from narrator.errors import ConfigError, PublishError, ShowNotWritable
from narrator.models import Episode
from narrator.models.json import from_json

LONGEST_S = 7 * 24 * 3600
"""No episode is longer than a week, nor is its manifest believed that says so."""
LOCAL_BASE = "http://127.0.0.1:8000"
"""Base address of a show that has no ``base_url``: where `narrator serve` answers."""


@dataclass(frozen=True, slots=True)
class Show:
    """A show folder as it stands: its settings and the manifests of its whole episodes."""

    folder: Path
    settings: Settings
    episodes: tuple[Episode, ...]
    """Newest first: by `published`, else by `added`, then by slug."""

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
        first = min(self.episodes, key=lambda episode: episode.added, default=None)
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


def read_episodes(show: Path) -> list[Episode]:
    """Every whole episode of the folder, newest first.

    Raises:
        PublishError: a manifest is damaged; the message names it.
    """
    return newest_first(iter_episodes(show))


def iter_episodes(show: Path) -> Iterator[Episode]:
    """Every whole episode of the folder, one at a time, in order of their slugs.

    Raises:
        PublishError: a manifest is damaged; the message names it.
    """
    for path in sorted((show / "episodes").glob("*/episode.json")):
        try:
            episode = from_json(path.read_bytes(), Episode)
            check_manifest(episode, path.parent.name)
            yield episode
        except (OSError, ValueError) as error:
            raise PublishError(
                f"manifest cannot be read ({error})",
                where=str(path),
                hint="Delete that episode's folder and make it again.",
            ) from error


def check_manifest(episode: Episode, slug: str) -> None:
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


def newest_first(episodes: Iterable[Episode]) -> list[Episode]:
    """*episodes* by the day they are listed under: `published`, else `added`; then by slug."""
    return sorted(episodes, key=lambda one: (one.published or one.added, one.slug), reverse=True)


def open_show(folder: Path, settings: Settings) -> Show:
    """The show in *folder* with its episodes; an absent folder is an empty show."""
    return Show(folder=folder, settings=settings, episodes=tuple(read_episodes(folder)))


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
