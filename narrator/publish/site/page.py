"""The page of one episode, and the files that every page needs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from narrator.files import write_bytes, write_text
from narrator.models import Episode
from narrator.publish.feed import page_address, show_title, when
from narrator.publish.notes import byline, host_of, opening
from narrator.publish.plain import plain, shorten, web_address
from narrator.publish.site.qr import kept_qr_svg
from narrator.publish.site.render import render
from narrator.publish.site.story import tell
from narrator.publish.wording import direction, wording
from narrator.shows import Show, episode_folder, scratch_folder

_STATIC = ("style.css", "player.js", "feed.css", "embed.js", "frame.js")
_HERE = Path(__file__).parent


def write_assets(show: Show) -> None:
    """Write style sheets, scripts and the code of the feed's address."""
    scratch = scratch_folder(show.folder)
    for name in _STATIC:
        write_bytes(show.folder / "site" / name, (_HERE / "static" / name).read_bytes(), scratch)
    write_text(show.folder / "site" / "qr.svg", kept_qr_svg(show.feed_url), scratch)


def write_page(show: Show, episode: Episode) -> None:
    """Write the page of *episode*."""
    page = episode_folder(show.folder, episode.slug) / "index.html"
    write_text(page, episode_page(show, episode), scratch_folder(show.folder))


def episode_page(show: Show, episode: Episode) -> str:
    """The page of one episode as HTML. It names no other episode, so it need not change with them."""
    words = wording(episode.language)
    folder = f"episodes/{episode.slug}/"
    source = web_address(episode.address)
    ui = Markup(f'lang="{words.language}" dir="{direction(words.language)}"')
    # By itself, since text passed up through nested templates piece by piece takes twice the time.
    story = Markup(render("story.html", parts=tell(episode), words=words, ui=ui))
    return render(
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
