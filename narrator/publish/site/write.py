"""Renders the pages of a show; templates do the looks, the values they get are made here."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from narrator.files import write_bytes, write_text
from narrator.models import Episode
from narrator.models.json import to_json
from narrator.publish.feed import page_address, show_title, when
from narrator.publish.notes import byline, host_of, opening
from narrator.publish.plain import plain, shorten, web_address
from narrator.publish.site.asides import label_of, shows_author
from narrator.publish.site.qr import qr_svg
from narrator.publish.site.story import tell, timed
from narrator.publish.wording import Wording, clock, direction, megabytes, wording
from narrator.shows import Show, scratch_folder

_STATIC = ("style.css", "player.js", "feed.css", "embed.js", "frame.js")
_HERE = Path(__file__).parent


def write_site(show: Show, cover: str, *, only: Collection[str] | None = None) -> None:
    """Write index, episode pages and what they need; pages of episodes not in *only* stay as they are."""
    scratch = scratch_folder(show.folder)
    for name in _STATIC:
        write_bytes(show.folder / "site" / name, (_HERE / "static" / name).read_bytes(), scratch)
    write_text(show.folder / "site" / "qr.svg", qr_svg(show.feed_url), scratch)
    for episode in show.episodes:
        if only is None or episode.slug in only:
            page = show.folder / "episodes" / episode.slug / "index.html"
            write_text(page, episode_page(show, episode), scratch)
    write_text(show.folder / "index.html", index_page(show, cover), scratch)
    write_text(show.folder / "embed.html", embed_page(show), scratch)
    write_bytes(show.folder / "episodes.json", to_json(episode_list(show)), scratch)


def episode_page(show: Show, episode: Episode) -> str:
    """The page of one episode as HTML. It names no other episode, so it need not change with them."""
    words = wording(episode.language)
    folder = f"episodes/{episode.slug}/"
    source = web_address(episode.address)
    ui = Markup(f'lang="{words.language}" dir="{direction(words.language)}"')
    # By itself, since text passed up through nested templates piece by piece takes twice the time.
    story = Markup(_render("story.html", parts=tell(episode), words=words, ui=ui))
    return _render(
        "episode.html",
        show=show,
        show_title=show_title(show),
        episode=episode,
        title=plain(episode.title) or episode.slug,
        page_address=page_address(show, episode),
        words=words,
        language=words.language,
        ui=ui,
        root="../../",
        audio=quote(episode.audio.path.removeprefix(folder)),
        cover=quote(episode.cover.removeprefix(folder)) if episode.cover else None,
        byline=byline(episode),
        date=words.date(when(episode)) if episode.published else None,
        source=source,
        source_host=host_of(source) if source else None,
        story=story,
        chapter_lines=_chapter_lines(episode),
        text_bytes=_size(show.folder / folder / "transcript.txt"),
        summary=shorten(opening(episode, 300)[0], 300),
    )


def _chapter_lines(episode: Episode) -> list[str]:
    """For each chapter the id of the line it begins with."""
    last = episode.lines[-1].id if episode.lines else ""
    return [
        next((line.id for line in episode.lines if line.end > chapter.start), last)
        for chapter in episode.chapters
    ]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def index_page(show: Show, cover: str) -> str:
    """The page of the show as HTML: how to subscribe, and every episode by year."""
    language = show.language
    words = wording(language)
    years = [
        (year, [_row(episode, language, words) for episode in group])
        for year, group in groupby(show.episodes, key=lambda one: when(one).year)
    ]
    return _render(
        "index.html",
        show=show,
        show_title=show_title(show),
        description=plain(show.settings.description) or words("disclosure_show"),
        words=words,
        language=language,
        cover=cover,
        root="",
        years=years,
        count=len(show.episodes),
        link=web_address(show.settings.link),
        apps=_apps(show.feed_url),
    )


def embed_page(show: Show) -> str:
    """The page that stands in a frame under a blog's post; its script finds the episode."""
    language = show.language
    return _render(
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


def episode_list(show: Show) -> dict[str, Any]:
    """Every episode by the address of its post, for a blog that shows the player under its posts."""
    rows: dict[str, dict[str, Any]] = {}
    for episode in show.episodes:
        address = web_address(episode.address)
        if address:
            rows[address] = {
                "title": plain(episode.title) or episode.slug,
                "page": f"episodes/{quote(episode.slug)}/index.html",
                "audio": quote(episode.audio.path),
                "cover": quote(episode.cover) if episode.cover else None,
                "duration_seconds": episode.duration_seconds,
            }
    return {"title": show_title(show), "feed": show.feed_url, "episodes": rows}


def _render(template: str, **values: object) -> str:
    return str(_template(template).render(values))


def load_templates() -> None:
    """Compile every template; one that was not compiled before is when it is first needed."""
    for template in (_HERE / "templates").glob("*.html"):
        _template(template.name)


@cache
def _template(name: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        clock=clock,
        direction=direction,
        host_of=host_of,
        label_of=label_of,
        megabytes=megabytes,
        plain=plain,
        shows_author=shows_author,
        timed=timed,
    )
    environment.filters["seconds"] = lambda value: f"{value:.3f}"
    return environment.get_template(name)
