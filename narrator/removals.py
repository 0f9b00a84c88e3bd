"""Episodes taken down for good: what stays of them is enough to know the post again, and no more.

``episodes/SLUG/removed.json`` keeps the guid, the post's ids and title, and a sketch of its text:
a sample of digests by which an equal text is recognised, but from which nothing can be read.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from narrator.errors import ConfigError, PublishError
from narrator.files import MANIFEST_BYTES, read_limited, write_bytes
from narrator.likeness import SAME_TEXT, plain_title, told_texts, word_runs, words_of
from narrator.models import Article, Episode, Script
from narrator.models.json import from_json, to_json
from narrator.nearest import nearest
from narrator.shows import episode_folder, scratch_folder

RECORD = "removed.json"
SKETCH_SIZE = 64
"""Digests kept: the share two texts have in common is then right to about a sixteenth."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What is kept of an episode that was taken down."""

    guid: str
    slug: str
    title_digest: str
    """Digest of the plain title: a removed title is not to be read here either."""
    removed: datetime
    address: str | None = None
    post_id: str | None = None
    sketch: tuple[str, ...] = ()
    """The smallest digests of runs of four words of the text."""


def pick_episode(episodes: Iterable[Episode], name: str) -> Episode:
    """The episode a person means by *name*: its folder, guid, address, or title.

    Raises:
        ConfigError: there is none; the message names the nearest.
    """
    known = list(episodes)
    slug = name.rstrip("/").removesuffix("/index.html").rpartition("/")[2]
    for episode in known:
        if slug == episode.slug or name in {episode.guid, episode.address, episode.title}:
            return episode
    names = [one.slug for one in known] + [one.title for one in known]
    near = nearest(name, names, n=1)
    meant = f'Did you mean "{near[0]}"?' if near else "Folder names are those in episodes/."
    raise ConfigError(f'no episode "{name}"', hint=meant)


def remove_episode(show: Path, episode: Episode, *, now: datetime) -> Removal:
    """Take *episode* down: leave its record, delete all else in its folder.

    The record is written first, so that a run that is stopped half-way can be done again and no batch
    makes the episode anew in between. Feed and site are the caller's to make again.
    """
    removal = Removal(
        guid=episode.guid,
        slug=episode.slug,
        title_digest=_digest(plain_title(episode.title)),
        removed=now,
        address=episode.address,
        post_id=episode.post_id,
        sketch=sketch(told_texts(episode)),
    )
    folder = episode_folder(show, episode.slug)
    write_bytes(folder / RECORD, to_json(removal), scratch_folder(show))
    # The manifest goes before the files it names, as it came after them.
    (folder / "episode.json").unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != RECORD:
            path.unlink()
    return removal


def read_removals(show: Path) -> list[Removal]:
    """The record of every episode taken down, by folder name.

    Raises:
        PublishError: a record is damaged; the message names it.
    """
    removals = []
    for path in sorted((show / "episodes").glob(f"*/{RECORD}")):
        try:
            removals.append(from_json(read_limited(path, MANIFEST_BYTES), Removal))
        except (OSError, ValueError) as error:
            raise PublishError(
                f"record of a removed episode cannot be read ({error})",
                where=str(path),
                hint="Delete it to let the post be made again.",
            ) from error
    return removals


def find_removal(post: Article | Script, removals: Iterable[Removal]) -> Removal | None:
    """The record of *post*, when its episode was taken down.

    A post is known as in making it: by its id or address, else by its title with a mostly equal text.
    """
    known = list(removals)
    for removal in known:
        if (post.post_id and post.post_id == removal.post_id) or (
            post.address and post.address == removal.address
        ):
            return removal
    title, text = _digest(plain_title(post.title)), sketch(block.text for block in post.blocks)
    for removal in known:
        if removal.title_digest == title and resemblance(text, removal.sketch) >= SAME_TEXT:
            return removal
    return None


def sketch(texts: Iterable[str]) -> tuple[str, ...]:
    """A sample of *texts*' word runs as digests; equal texts give equal samples (bottom-k sketch)."""
    return tuple(sorted(map(_digest, set(word_runs(words_of(texts)))))[:SKETCH_SIZE])


def resemblance(one: Collection[str], other: Collection[str]) -> float:
    """About how much two sketched texts share, 0 to 1.

    >>> resemblance(sketch(["it rained all day"]), sketch(["It rained all day!"]))
    1.0
    """
    smallest = sorted({*one, *other})[:SKETCH_SIZE]
    return len({*one} & {*other} & {*smallest}) / (len(smallest) or 1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
