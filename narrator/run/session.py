"""What the parts of one batch share: the show as it stands, what was asked for, what came of it so far."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from narrator import __version__
from narrator.config import Settings
from narrator.errors import ShowNotWritable
from narrator.files import write_bytes
from narrator.models import Article
from narrator.models.json import from_json, to_json
from narrator.read.archives import Index
from narrator.removals import read_removals
from narrator.run.cards import Card, CardFile
from narrator.run.journal import Journal
from narrator.run.known import KnownEpisodes
from narrator.run.local import Crew
from narrator.run.pipeline import Progress
from narrator.run.report import Row, Totals
from narrator.run.selection import Selection
from narrator.run.tellers import Tellers
from narrator.shows import episode_folder, locked_show, scratch_folder

Phase = Literal["reading", "making", "publishing"]


class Watcher(Progress):
    """Told how a batch goes; this one keeps quiet."""

    def phase(self, phase: Phase, total: int | None) -> None:
        """*phase* begins, with *total* posts where that is known."""

    def step(self) -> None:
        """One more post is read."""

    def started(self, title: str) -> None:
        """A worker has begun with a post."""

    def ended(self, row: Row) -> None:
        """A post came to its end."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a batch."""

    selection: Selection = field(default_factory=Selection)
    limit: int | None = None
    """Episodes made in this run at most."""
    sample: int | None = None
    """Make so many posts of different kinds only."""
    index: Index | None = None
    max_size_bytes: int = 20_000_000


@contextmanager
def open_session(
    folder: Path, settings: Settings, options: Options, *, now: datetime, crew: Crew, watcher: Watcher
) -> Iterator[Session]:
    """A batch over the show in *folder*, whose lock is held until the context ends.

    Raises:
        ShowNotWritable: the folder cannot be written.
        PublishError: a manifest, or the record of a removed episode, is damaged.
    """
    with locked_show(folder, watcher.note):
        yield Session(folder, settings, options, now=now, crew=crew, watcher=watcher)


class Session:
    """One batch over one show, whose lock `open_session` holds."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        options: Options,
        *,
        now: datetime,
        crew: Crew,
        watcher: Watcher,
    ) -> None:
        """Read what the show has.

        Raises:
            PublishError: a manifest, or the record of a removed episode, is damaged.
        """
        self.folder = folder
        self.settings = settings
        self.options = options
        self.now = now
        self.crew = crew
        self.watcher = watcher
        self.scratch = scratch_folder(folder)
        self.totals = Totals(feed=folder / "feed.xml")
        self.rows: list[Row] = []
        self.known = KnownEpisodes(folder)
        self.removals = read_removals(folder)
        # What another version of narrator has read may read differently now.
        self._memory = self.scratch / "batch" / __version__
        self.cards = CardFile(self._memory / "cards.jsonl")
        self.tellers = Tellers(folder, settings, self.known, now)
        self.taken: set[str] = set()
        """Guids of the episodes that posts of this run are."""
        self.changed = {one.slug for one in self.known if not self._has_page(one.slug)}
        """Slugs whose pages have to be written."""
        self.journal = Journal(folder)
        shutil.rmtree(self.scratch / "work", ignore_errors=True)

    def close(self, *, finished: bool) -> None:
        """Let the workers go and clear away what they had in hand; texts too when the run is *finished*."""
        self.crew.close()
        self.cards.close()
        shutil.rmtree(self.scratch / "work", ignore_errors=True)
        if finished:
            shutil.rmtree(self._memory / "articles", ignore_errors=True)

    def end(self, row: Row) -> None:
        """A post came to its end: count it, write it down, tell it."""
        self.totals.take(row)
        self.rows.append(row)
        if row.status != "unchanged":
            self.journal.write(row.as_json(self.folder / "feed.xml"))
        self.watcher.ended(row)

    def skip(self, name: str, reason: str, title: str | None) -> None:
        """A post is passed over for *reason*."""
        self.end(Row(name, "skipped", reason, title))

    def keep_article(self, card: Card, article: Article) -> None:
        """Put a text aside until its turn comes, so that memory does not grow with the archive.

        It outlives a run that is stopped, and is forgotten when its episode is made.

        Raises:
            ShowNotWritable: there is no room for it.
        """
        path = self._article_path(card)
        try:
            write_bytes(path, to_json(article))
        except OSError as error:
            raise ShowNotWritable(
                f"writing failed ({error.strerror})",
                where=str(self.folder),
                hint="Make room, then run the same command again; what was finished is kept.",
            ) from error

    def article(self, card: Card) -> Article:
        """The text that was put aside."""
        return from_json(self._article_path(card).read_bytes(), Article)

    def has_article(self, card: Card) -> bool:
        """Whether its text was put aside, now or by a run that was stopped."""
        return self._article_path(card).is_file()

    def forget_article(self, card: Card) -> None:
        """Drop a text whose episode is made."""
        self._article_path(card).unlink(missing_ok=True)

    def _article_path(self, card: Card) -> Path:
        return self._memory / "articles" / f"{card.digest}.json"

    def _has_page(self, slug: str) -> bool:
        return (episode_folder(self.folder, slug) / "index.html").is_file()
