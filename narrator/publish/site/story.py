"""An episode's lines as a page shows them: paragraphs, figures and asides with timed lines inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from narrator.models import Episode, Picture, Sidebar, SpokenLine
from narrator.publish.plain import plain, web_address
from narrator.publish.site.asides import names


@dataclass(slots=True)
class Passage:
    """The lines of one block, in a box of their own on the page."""

    kind: str
    """A block kind, or "headline" or "cue"."""
    lines: list[SpokenLine]
    speaker: str | None = None
    """Named only where another speaker takes over whom the sidebar's heading does not name."""
    language: str | None = None
    cue: list[SpokenLine] = field(default_factory=list)
    """The cue that announces it, where it belongs inside (the "Caption." before a caption)."""
    picture: Picture | None = None
    address: str | None = None
    """The picture's address, when it is one a browser can open."""


@dataclass(slots=True)
class Part:
    """Passages of the story, or of one sidebar."""

    sidebar: Sidebar | None
    passages: list[Passage] = field(default_factory=list)
    number: int = 0
    """Distinguishes the sidebars of a page."""


def tell(episode: Episode) -> list[Part]:
    """The lines of *episode* in the order they are heard, none left out."""
    parts: list[Part] = []
    speaker: str | None = None
    pictures = {one.caption: one for one in episode.pictures if one.caption}
    waiting: list[SpokenLine] = []
    for sidebar, group, announces_caption in _blocks(episode.lines):
        if announces_caption:
            waiting = group
            continue
        if not parts or parts[-1].number != sidebar:
            known = 0 < sidebar <= len(episode.sidebars)
            parts.append(Part(sidebar=episode.sidebars[sidebar - 1] if known else None, number=sidebar))
        first = group[0]
        passage = Passage(kind=first.kind, lines=group, language=first.language, cue=waiting)
        waiting = []
        said_by = (passage.cue or group)[0].speaker
        if said_by != speaker:
            speaker = said_by
            passage.speaker = None if _needs_no_name(parts[-1], passage) else said_by
        picture = pictures.get(first.block) if first.kind == "caption" and first.block else None
        if picture:
            passage.picture, passage.address = picture, web_address(picture.address)
        parts[-1].passages.append(passage)
    return parts


def _needs_no_name(part: Part, passage: Passage) -> bool:
    """Whether *passage*, still to be put into *part*, is announced well enough by the sidebar's heading.

    It is when the heading names its speaker and nobody else was named in between; and the cue that
    opens a sidebar is part of that heading.
    """
    if part.sidebar is None or any(one.speaker for one in part.passages):
        return False
    if passage.kind == "cue" and not part.passages:
        return True
    return names(part.sidebar, (passage.cue or passage.lines)[0].speaker)


def _blocks(lines: Sequence[SpokenLine]) -> Iterator[tuple[int, list[SpokenLine], bool]]:
    """Runs of lines of one block: number of the sidebar, the lines, whether it is a cue before a caption.

    Sidebars are counted from 1; 0 is the story. Every cue is a run of its own.
    """
    start = 0
    for end in range(1, len(lines) + 1):
        last, after = lines[end - 1], lines[end] if end < len(lines) else None
        if after and last.kind != "cue" and _same_block(last, after):
            continue
        cue = last.kind == "cue"
        # A cue with no sidebar of its own stands where the line it announces stands.
        sidebar = after.sidebar if cue and last.sidebar is None and after else last.sidebar
        yield (
            0 if sidebar is None else sidebar + 1,
            list(lines[start:end]),
            cue and after is not None and after.kind == "caption",
        )
        start = end


def _same_block(one: SpokenLine, other: SpokenLine) -> bool:
    return one.block == other.block and one.kind == other.kind and one.sidebar == other.sidebar


def timed(lines: Sequence[SpokenLine]) -> Markup:
    """*lines* as HTML, one element per line that says when it is heard.

    Made here and not in a template: it is most of every page, and this takes a third of the time.
    """
    return Markup(
        " ".join(
            f'<span class="line" id="l-{escape(line.id)}" data-start="{line.start:.3f}"'
            f' data-end="{line.end:.3f}"{_lang(line)}>{escape(plain(line.text), quote=False)}</span>'
            for line in lines
        )
    )


def _lang(line: SpokenLine) -> str:
    return f' lang="{escape(line.language)}"' if line.language else ""
