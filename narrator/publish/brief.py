"""Episodes without what only their own pages tell, so that a show of thousands fits in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from narrator.config import Settings
from narrator.models import Episode, SpokenLine
from narrator.publish.notes import OPENING_CHARS
from narrator.shows import Show, iter_episodes, newest_first


def open_brief_show(folder: Path, settings: Settings, *, whole: Collection[str]) -> Show:
    """The show in *folder*, good for publishing the pages of the episodes in *whole* and no others.

    Feed and index come out as they do of the whole show, in a tenth of the memory.

    Args:
        folder: the show folder.
        settings: the show's.
        whole: slugs of the episodes whose pages are to be written.

    Raises:
        PublishError: a manifest is damaged; the message names it.
    """
    episodes = (one if one.slug in whole else brief(one) for one in iter_episodes(folder))
    return Show(folder=folder, settings=settings, episodes=tuple(newest_first(episodes)))


def brief(episode: Episode) -> Episode:
    """*episode* with the lines that notes quote, and no ledger."""
    return replace(episode, lines=tuple(_quoted(episode)), ledger=(), sidebars=())


def _quoted(episode: Episode) -> Iterator[SpokenLine]:
    """The opening of the story and the captions, without the times of their words."""
    left = OPENING_CHARS + 200
    for line in episode.lines:
        opens = left > 0 and line.sidebar is None
        if opens or line.kind == "caption":
            yield replace(line, words=(), say="")
        if opens:
            left -= len(line.text)
