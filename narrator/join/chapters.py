"""Chapters from the lines that begin one, and chapters.json of the podcast namespace."""

from __future__ import annotations

from collections.abc import Sequence

from narrator.join.timeline import Timeline
from narrator.models import Chapter
from narrator.models.json import to_json

VERSION = "1.2.0"
"""Of the podcast namespace's JSON chapters."""


def make_chapters(timeline: Timeline, title: str) -> tuple[Chapter, ...]:
    """The chapters of an episode, the first at 0, no two with one title.

    Args:
        timeline: lines with their chapter marks.
        title: the episode's, for what is heard before the first mark.
    """
    chapters: list[Chapter] = []
    seen: set[str] = set()
    for placed in timeline.lines:
        named = placed.line.chapter or (title if not chapters else "")
        if named:
            start = timeline.seconds(placed.start) if chapters else 0.0
            chapters.append(Chapter(start, _distinct(" ".join(named.split()), seen)))
    return tuple(chapters)


def _distinct(title: str, seen: set[str]) -> str:
    """*title*, with the first number that makes it unlike those *seen*, to which it is added."""
    number, distinct = 1, title
    while distinct.casefold() in seen:
        number += 1
        distinct = f"{title} ({number})"
    seen.add(distinct.casefold())
    return distinct


def chapters_json(chapters: Sequence[Chapter], title: str) -> bytes:
    """``chapters.json``: podcast-namespace chapters, times in seconds.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
    """
    marks = [{"startTime": chapter.start, "title": chapter.title} for chapter in chapters]
    return to_json({"version": VERSION, "title": title, "chapters": marks})
