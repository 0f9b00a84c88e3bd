"""The page of the show, which lists every episode, and what a blog asks to find the episode of a post."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from narrator.files import write_parts, write_text
from narrator.models import Episode
from narrator.publish.feed import show_title, when
from narrator.publish.notes import opening
from narrator.publish.plain import plain, shorten, web_address
from narrator.publish.site.render import render, render_parts
from narrator.publish.spool import Spool
from narrator.publish.wording import Wording, direction, wording
from narrator.shows import Show, scratch_folder


class Rows:
    """The rows of the show's page, put aside until all of them are known."""

    class _Kept(NamedTuple):
        year: int
        place: int
        size_bytes: int

    def __init__(self, show: Show, spool: Spool) -> None:
        self._language = show.language
        self._words = wording(show.language)
        self._spool = spool
        self._kept: list[Rows._Kept] = []

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, episode: Episode) -> None:
        """Put the row of *episode* behind those that are newer."""
        row = json.dumps(_row(episode, self._language, self._words)).encode()
        self._kept.append(self._Kept(when(episode).year, self._spool.put(row), len(row)))

    def by_year(self) -> Iterator[tuple[int, Iterator[dict[str, Any]]]]:
        """The rows of each year, newest first; to be taken in this order."""
        for year, kept in groupby(self._kept, key=lambda one: one.year):
            yield year, (json.loads(self._spool.get(one.place, one.size_bytes)) for one in kept)

    def years(self) -> int:
        """How many years there are."""
        return len({one.year for one in self._kept})


def write_index(show: Show, cover: str, rows: Rows) -> None:
    """Write the page of the show, the one for frames, and the list of episodes by address."""
    scratch = scratch_folder(show.folder)
    write_parts(show.folder / "index.html", index_page(show, cover, rows), scratch)
    write_text(show.folder / "embed.html", _embed_page(show), scratch)
    write_parts(show.folder / "episodes.json", episode_list(show), scratch)


def index_page(show: Show, cover: str, rows: Rows) -> Iterator[bytes]:
    """The page of the show as HTML: how to subscribe, and every episode by year."""
    language = show.language
    words = wording(language)
    return render_parts(
        "index.html",
        show=show,
        show_title=show_title(show),
        description=plain(show.settings.description) or words("disclosure_show"),
        words=words,
        language=language,
        cover=cover,
        root="",
        years=rows.by_year(),
        several_years=rows.years() > 1,
        count=len(rows),
        link=web_address(show.settings.link),
        apps=_apps(show.feed_url),
    )


def _embed_page(show: Show) -> str:
    """The page that stands in a frame under a blog's post; its script finds the episode."""
    language = show.language
    return render(
        "embed.html",
        show=show,
        show_title=show_title(show),
        words=wording(language),
        language=language,
        root="",
    )


def _row(episode: Episode, language: str, words: Wording) -> dict[str, Any]:
    return {
        "href": f"episodes/{quote(episode.slug)}/index.html",
        "title": plain(episode.title) or episode.slug,
        "language": episode.language if episode.language != language else None,
        "direction": direction(episode.language),
        # An undated post is listed by when it was made, and says so: that is no date of the post.
        "date": words.date(when(episode))
        if episode.published
        else words("added", date=words.date(when(episode))),
        "iso": when(episode).date().isoformat(),
        "length": words.length(episode.duration_seconds),
        "byline": ", ".join(plain(person.name) for person in episode.byline),
        "summary": shorten(opening(episode, 200)[0], 200),
    }


def _apps(feed_url: str) -> list[tuple[str, str]]:
    """(app, address that opens the feed in it)."""
    bare = feed_url.split("://", 1)[-1]
    encoded = quote(feed_url, safe="")
    return [
        ("Apple Podcasts", f"podcast://{bare}"),
        ("AntennaPod", f"antennapod-subscribe://{bare}"),
        ("Overcast", f"overcast://x-callback-url/add?url={encoded}"),
        ("Pocket Casts", f"pktc://subscribe/{bare}"),
        ("Podcast Addict", f"podcastaddict://{bare}"),
    ]


def episode_list(show: Show) -> Iterator[bytes]:
    """Every episode by the address of its post, as JSON with a line for each.

    For a blog that shows the player under its posts. Of two episodes of one address the newer counts.
    """
    head = json.dumps({"title": show_title(show), "feed": show.feed_url}, ensure_ascii=False)
    yield f'{head[:-1]}, "episodes": {{'.encode("utf-8", "replace")
    seen: set[str] = set()
    for episode in show.listed:
        address = web_address(episode.address)
        if not address or address in seen:
            continue
        row = {
            "title": plain(episode.title) or episode.slug,
            "page": f"episodes/{quote(episode.slug)}/index.html",
            "audio": quote(episode.audio.path),
            "cover": quote(episode.cover) if episode.cover else None,
            "duration_seconds": episode.duration_seconds,
        }
        said = f"{json.dumps(address)}: {json.dumps(row, ensure_ascii=False)}"
        yield f"{',' if seen else ''}\n{said}".encode("utf-8", "replace")
        seen.add(address)
    yield b"\n}}\n"
