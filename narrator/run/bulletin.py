"""Several posts as one: their headlines first, then each story with its headline as a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from narrator.config import Settings
from narrator.errors import NarratorError, NotAnArticle
from narrator.models import Article, Block, LedgerRow, Person
from narrator.models.ids import block_id, unique_ids
from narrator.read.archives import open_archive, read_entry
from narrator.run.selection import Selection
from narrator.script.cues import read_cues


def read_stories(
    sources: Iterable[str],
    selection: Selection,
    *,
    now: datetime,
    limit: int,
    max_size_bytes: int,
    failed: list[NarratorError],
) -> list[Article]:
    """The posts of *sources* that are asked for, the newest *limit* of them, newest first.

    Posts without a date come last, in the order of the archive. What cannot be read is added to
    *failed*.
    """
    found: list[Article] = []
    for source in sources:
        for entry in open_archive(source, now=now, max_size_bytes=max_size_bytes):
            if entry.skip or not selection.wants_entry(entry):
                continue
            try:
                article = read_entry(entry, now=now, max_size_bytes=max_size_bytes)
            except NarratorError as error:
                failed.append(error)
                continue
            if selection.wants_article(article, entry.name):
                found.append(article)
    found.sort(key=lambda one: -one.published.timestamp() if one.published else 0.0)
    return found[:limit]


def compose_bulletin(stories: Sequence[Article], *, title: str) -> Article:
    """One article that tells *stories*, under *title*.

    It is the same post as an earlier bulletin of that title, so that a bulletin made again with a
    story more is a correction and not a second episode.

    Raises:
        NotAnArticle: there are no stories.
    """
    if not stories:
        raise NotAnArticle(
            "no posts to make a bulletin of", where=title, hint="Widen --since, --label or --match."
        )
    blocks = [*(Block("", "paragraph", _sentence(story.title)) for story in stories)]
    starts = []
    sidebars = 0
    for story in stories:
        blocks.append(Block("", "heading", story.title))
        starts.append(len(blocks))
        blocks += [
            replace(block, sidebar=None if block.sidebar is None else block.sidebar + sidebars)
            for block in story.blocks
        ]
        sidebars += len(story.sidebars)
    ids = unique_ids(block_id(block.kind, block.text) for block in blocks)
    outlets = {story.outlet for story in stories}
    pictures = [
        replace(picture, caption=_renamed(picture.caption, story, ids[start:]))
        for story, start in zip(stories, starts, strict=True)
        for picture in story.pictures
    ]
    return Article(
        title=title,
        blocks=tuple(replace(block, id=own) for block, own in zip(blocks, ids, strict=True)),
        source=title,
        language=stories[0].language,
        byline=tuple(_everyone(stories)),
        published=max((one.published for one in stories if one.published), default=None),
        sidebars=tuple(sidebar for story in stories for sidebar in story.sidebars),
        ledger=tuple(_ledgers(stories)),
        outlet=outlets.pop() if len(outlets) == 1 else None,
        post_id=f"bulletin:{' '.join(title.casefold().split())}",
        pictures=tuple(pictures),
        omissions=tuple(omission for story in stories for omission in story.omissions),
        warnings=tuple(f"“{story.title}”: {warning}" for story in stories for warning in story.warnings),
    )


def bulletin_title(stories: Sequence[Article], settings: Settings, *, now: datetime) -> str:
    """What a bulletin of *stories* is called when nobody says: the show, and the day of the newest story.

    The day is *now*'s when no story is dated.
    """
    newest = max((one.published for one in stories if one.published), default=now)
    language = stories[0].language if stories else "en"
    return f"{settings.title}, {read_cues(language).spoken_date(newest.date())}"


def _sentence(title: str) -> str:
    return title if title.rstrip("\"'”’»)").endswith((".", "!", "?", "…")) else f"{title}."


def _renamed(caption: str | None, story: Article, ids: Sequence[str]) -> str | None:
    """The id that the caption called so in *story* has in the bulletin."""
    own = [block.id for block in story.blocks]
    return ids[own.index(caption)] if caption in own else None


def _everyone(stories: Iterable[Article]) -> Iterator[Person]:
    seen: set[str] = set()
    for person in (person for story in stories for person in story.byline):
        if person.name not in seen:
            seen.add(person.name)
            yield person


def _ledgers(stories: Sequence[Article]) -> Iterator[LedgerRow]:
    """The stories' ledgers one after the other, each line with the number of its story."""
    for number, story in enumerate(stories, 1):
        for row in story.ledger:
            yield replace(row, line=f"{number}: {row.line}")
