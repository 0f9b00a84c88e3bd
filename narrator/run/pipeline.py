"""The stages in their order, for posts made here and now: read, script, speak, join; then publish.

Only this module knows the order.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from narrator.config import Settings
from narrator.errors import ConfigError
from narrator.join import prepare_joining
from narrator.models import Article, Clip, Episode, Identity, Script
from narrator.publish import prepare_publishing, publish_show
from narrator.removals import find_removal, read_removals
from narrator.run.desk import Desk
from narrator.run.finish import commit_episode, finish_episode, script_key, workbench
from narrator.run.identity import find_episode, new_identity, words_changed
from narrator.run.show_files import show_file_digests
from narrator.run.telling import Facts, House, Telling
from narrator.shows import Show, episode_folder, locked_show, open_show, scratch_folder, with_episode
from narrator.speak import ClipStore, prepare_speaking, speak_script

Stage = Literal["read", "script", "speak", "join", "publish"]


class Progress:
    """Told what is going on; this one keeps quiet."""

    def begin(self, stage: Stage, source: str) -> None:
        """*stage* begins for *source*."""

    def line(self, done: int, total: int) -> None:
        """*done* of *total* lines are spoken."""

    def note(self, message: str) -> None:
        """Something a person should know, in one sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one source became."""

    source: str
    status: Literal["made", "corrected", "unchanged"]
    episode: Episode
    voiced: int = 0
    """Lines synthesised now."""
    reused: int = 0
    """Lines that were already in the clip store, or in the episode as it stands."""


class Maker:
    """Makes episodes of one show, one source after the other; call `publish` at the end.

    Use it as a context: the show is locked from the first episode to the end, and a second maker of
    the same show waits its turn.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        now: datetime,
        progress: Progress | None = None,
        max_size_bytes: int = 20_000_000,
        desk: Desk | None = None,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.now = now
        self.progress = progress or Progress()
        self.max_size_bytes = max_size_bytes
        self._desk = desk or Desk()
        self._show: Show | None = None
        self._locked = ExitStack()
        self._taken: set[str] = set()
        self._changed: set[str] = set()
        self._warming = ThreadPoolExecutor(1, thread_name_prefix="prepare")
        self._warmed: set[Callable[..., None]] = set()

    def __enter__(self) -> Maker:
        return self

    def __exit__(self, *_: object) -> None:
        self._warming.shutdown(cancel_futures=True)
        self._desk.close()
        self._locked.close()

    @property
    def show(self) -> Show:
        """The show as it stands; locked, and its folder made, when this is first asked for."""
        if self._show is None:
            self._locked.enter_context(locked_show(self.folder, self.progress.note))
            self._show = open_show(self.folder, self.settings)
        return self._show

    def make(self, source: str, facts: Facts | None = None) -> Made:
        """Make, correct or leave alone the episode of *source*.

        Raises:
            NarratorError: a stage failed; the show is as it was.
        """
        self.progress.begin("read", source)
        reading = self._desk.read(source, max_size_bytes=self.max_size_bytes, now=self.now, facts=facts)
        if self._desk.is_apart:
            self._prepare(self._seen())
        return self.make_article(reading(), source)

    def make_article(self, post: Article | str, source: str) -> Made:
        """`make` for a post that was read already, or for the text of a script file.

        Raises:
            NarratorError: a stage failed; the show is as it was.
        """
        self.progress.begin("script", source)
        seen = self._seen()
        telling, existing = self._written(post, source, seen)
        _refuse_removed(telling.script, self.folder, source)
        if self.show.episodes != seen.episodes:  # another narrator was quicker
            telling, existing = self._written(post, source, self.show)
        files = show_file_digests(self.settings, self.folder)
        if existing and existing.script_key == script_key(telling, self.settings, files):
            self._taken.add(existing.guid)
            return Made(source, "unchanged", existing, reused=len(existing.lines))
        identity = self._identified(telling, existing)
        clips = self._spoken(telling, source)
        self.progress.begin("join", source)
        episode = self._joined(telling, clips, identity)
        if not self.show.episodes:
            self.progress.note(
                f'This show is now read by the voice "{telling.voice.name}" ({telling.voice.engine});'
                " change it in show.toml or with --voice."
            )
        self._take(episode)
        reused = sum(clip.reused for clip in clips)
        return Made(
            source, "corrected" if existing else "made", episode, voiced=len(clips) - reused, reused=reused
        )

    def publish(self) -> Path:
        """Write feed and site from the manifests; what comes back is the feed's path."""
        self.progress.begin("publish", self.show.settings.title)
        for episode in self.show.episodes:
            if not (episode_folder(self.folder, episode.slug) / "index.html").is_file():
                self._changed.add(episode.slug)
        self._desk.close()
        self._warming.shutdown()
        return publish_show(self.show, only=self._changed)

    def _seen(self) -> Show:
        """The show as it stands, locked or not."""
        return self._show or open_show(self.folder, self.settings)

    def _written(self, post: Article | str, source: str, show: Show) -> tuple[Telling, Episode | None]:
        """The script as it is to be told now, and the episode the post already has."""
        house = House(self.settings, self.folder, show.listed, for_make=True)

        def told(added: datetime, updated: datetime | None) -> Telling:
            return self._desk.tell(post, house, now=added, where=source, updated=updated)

        first = None if isinstance(post, Article) else told(self.now, None)
        existing = find_episode(first.script if first else post, show.episodes, self._taken)  # type: ignore[arg-type]
        if existing is None:
            return first or told(self.now, None), None
        telling = told(existing.added, existing.updated)
        if words_changed(existing, telling.script):
            telling = told(existing.added, self.now)
        return telling, existing

    def _identified(self, telling: Telling, existing: Episode | None) -> Identity:
        show = self.show
        if existing:
            changed = words_changed(existing, telling.script)
            return Identity(
                guid=existing.guid,
                slug=existing.slug,
                added=existing.added,
                show_guid=existing.show_guid,
                show_title=self.settings.title,
                updated=self.now if changed else existing.updated,
            )
        folders = (self.folder / "episodes").glob("*")
        return new_identity(
            telling.script,
            guids={episode.guid for episode in show.episodes},
            slugs={folder.name for folder in folders},
            added=self.now,
            show_title=self.settings.title,
            show_guid=self.settings.show_guid or next((e.show_guid for e in show.episodes), None),
            feed_url=show.feed_url if self.settings.base_url else None,
        )

    def _spoken(self, telling: Telling, source: str) -> list[Clip]:
        self.progress.begin("speak", source)
        self._prepare(self.show, for_sound=True)
        store = ClipStore(scratch_folder(self.folder) / "clips")
        return speak_script(telling.script, telling.voice, store, on_line=self.progress.line)

    def _joined(self, telling: Telling, clips: list[Clip], identity: Identity) -> Episode:
        script_file = self._desk.write_file(telling, self.folder)
        with workbench(self.folder) as bench:
            episode = finish_episode(
                telling,
                clips,
                identity,
                script_file=script_file,
                settings=self.settings,
                store=ClipStore(scratch_folder(self.folder) / "clips"),
                bench=bench,
                show_folder=self.folder,
            )
            commit_episode(bench, episode_folder(self.folder, identity.slug), episode)
        return episode

    def _prepare(self, show: Show, *, for_sound: bool = False) -> None:
        """Let a thread load what later stages need, and draw the show's cover, while others are at work.

        One after the other in the order of need, since they only take turns anyway. Sound is needed when
        there is something to make; that is sure from the start where there is no episode yet.
        """
        if for_sound or not show.listed:
            self._warm_up(prepare_speaking, self.settings.engine)
            self._warm_up(prepare_joining)
        self._warm_up(prepare_publishing, show)

    def _warm_up(self, prepare: Callable[..., None], *args: object) -> None:
        if prepare not in self._warmed:
            self._warmed.add(prepare)
            self._warming.submit(prepare, *args)  # what fails there fails again where it can be reported

    def _take(self, episode: Episode) -> None:
        self._taken.add(episode.guid)
        self._changed.add(episode.slug)
        self._show = with_episode(self.show, episode)


def _refuse_removed(script: Script, folder: Path, source: str) -> None:
    removal = find_removal(script, read_removals(folder))
    if removal is not None:
        raise ConfigError(
            f"its episode was taken down on {removal.removed.date()}, and stays down",
            where=source,
            hint=f"To bring it back, delete {episode_folder(folder, removal.slug)} first.",
        )
