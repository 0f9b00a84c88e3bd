"""What the tests of batches share: archives, a crew without processes, and what must hold of every show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree
from read.archives.exports import Sample, sample, wordpress

from narrator.config import Settings
from narrator.models import Episode
from narrator.models.json import from_json
from narrator.run.batch import run_batch
from narrator.run.local import Done
from narrator.run.report import Row
from narrator.run.session import Options, Session, Watcher, open_session

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


class HereCrew:
    """Does every task in this process."""

    is_here = True

    def run(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Done[Any, Any]]:
        for task in tasks:
            try:
                yield Done(task, function(task))
            except Exception as error:  # noqa: BLE001 - as the processes of a real crew do
                yield Done(task, error=error)

    def close(self) -> None:
        """Nobody is to be let go."""


def run(archive: Path, show: Path, *, settings: Settings | None = None, **options: Any) -> Session:
    """One batch in this process, on the tone engine."""
    settings = settings or Settings(engine="tone")
    with open_session(
        show, settings, Options(**options), now=NOW, crew=HereCrew(), watcher=Watcher()
    ) as session:
        run_batch(session, [str(archive)])
    return session


def write_posts(path: Path, samples: Iterable[Sample]) -> Path:
    """A WordPress export of *samples*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(wordpress(list(samples)))
    return path


def write_texts(folder: Path, numbers: Iterable[int]) -> Path:
    """A folder of texts without ids, dates or addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        one = sample(number)
        (folder / f"post-{number}.txt").write_text(f"{one.title}\n\n{one.text}\n")
    return folder


def counts(session: Session) -> dict[str, int]:
    """How many posts ended how."""
    return {status: count for status, count in session.totals.counts.items() if count}


def reasons(session: Session, status: str) -> dict[str, str]:
    """Name → reason of the posts that ended so."""
    return {row.name: row.reason for row in session.rows if row.status == status}


def rows(session: Session) -> list[Row]:
    """The rows in order of their posts' names."""
    return sorted(session.rows, key=lambda row: row.name)


def episodes(show: Path) -> list[Episode]:
    """Every manifest, each of a whole episode: its files are there, its audio is what it says."""
    found = []
    for folder in sorted((show / "episodes").glob("*")) if (show / "episodes").is_dir() else ():
        episode = from_json((folder / "episode.json").read_bytes(), Episode)
        audio = (show / episode.audio.path).read_bytes()
        assert len(audio) == episode.audio.size_bytes
        assert hashlib.sha256(audio).hexdigest() == episode.audio.sha256
        for name in ("script.md", "transcript.vtt", "transcript.json", "chapters.json", "cover.jpg"):
            assert (folder / name).is_file(), f"{folder.name} has no {name}"
        found.append(episode)
    return found


def listed(show: Path) -> list[str]:
    """Guids in the feed, each with an enclosure that is there in its full length."""
    if not (show / "feed.xml").is_file():
        return []
    guids = []
    for item in etree.parse(str(show / "feed.xml")).iter("item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        path = show / enclosure.get("url", "").partition(":8000/")[2]
        assert path.stat().st_size == int(enclosure.get("length", "0"))
        guids.append(item.findtext("guid") or "")
    return guids


def check_show(show: Path) -> list[str]:
    """The guids of the show's episodes, after making sure that they and the feed are whole."""
    guids = [episode.guid for episode in episodes(show)]
    assert len(set(guids)) == len(guids)
    assert set(listed(show)) <= set(guids)
    return guids
