"""Show notes: what an app shows beside an episode, as the little HTML that apps take.

Only p, br, ul, li, a, strong, figure, img and figcaption; every address absolute.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from narrator.address import split_address
from narrator.models import Episode
from narrator.publish.plain import cut_bytes, plain, shorten, web_address
from narrator.publish.wording import Wording, clock

OPENING_CHARS = 1200
"""How much of the story the full notes quote."""
TEASER_CHARS = 300
"""How much of it the short notes quote."""
PICTURES = 8
"""At most so many pictures in the notes; the page has them all."""


def opening(episode: Episode, limit_chars: int) -> list[str]:
    """The first paragraphs of the story proper, the last one cut where *limit_chars* are full."""
    paragraphs: list[str] = []
    left = limit_chars
    for text in _paragraphs(episode):
        if left < 40 and paragraphs:
            break
        paragraphs.append(shorten(text, left))
        left -= len(text)
        if left <= 0:
            break
    return paragraphs or [plain(episode.title) or episode.slug]


def _paragraphs(episode: Episode) -> Iterator[str]:
    block: str | None = None
    sentences: list[str] = []
    for line in episode.lines:
        if line.kind not in {"paragraph", "quote", "list-item"} or line.sidebar is not None:
            continue
        if line.block != block and sentences:
            yield plain(" ".join(sentences))
            sentences = []
        block = line.block
        sentences.append(line.text)
    if sentences:
        yield plain(" ".join(sentences))


def short_notes(episode: Episode, page: str, words: Wording) -> str:
    """The opening of the story and where to read on, well under Apple's 4,000 bytes."""
    parts = [f"<p>{_text(text)}</p>" for text in opening(episode, TEASER_CHARS)]
    parts.append(_links(episode, page, words))
    return "\n".join(parts)


def full_notes(episode: Episode, page: str, words: Wording) -> str:
    """Everything worth knowing before and while listening.

    Args:
        episode: the episode described.
        page: absolute address of its page.
        words: wording of the episode's language.
    """
    parts = [f"<p>{_text(text)}</p>" for text in opening(episode, OPENING_CHARS)]
    names = byline(episode)
    if names:
        parts.append(f"<p>{_text(words('byline', names=', '.join(names)))}</p>")
    if episode.updated:
        parts.append(f"<p>{_text(words('updated_note', date=words.date(episode.updated)))}</p>")
    parts.extend(_pictures(episode))
    if episode.omissions:
        items = "".join(f"<li>{_text(shorten(plain(text), 200))}</li>" for text in episode.not_in_audio)
        parts.append(f"<p><strong>{_text(words('not_in_audio'))}</strong></p>\n<ul>{items}</ul>")
    if len(episode.chapters) > 1:
        rows = "<br>".join(f"{clock(one.start)} {_text(plain(one.title))}" for one in episode.chapters)
        parts.append(f"<p><strong>{_text(words('chapters'))}</strong></p>\n<p>{rows}</p>")
    parts.append(_links(episode, page, words))
    parts.append(f"<p>{_text(words('disclosure'))}</p>")
    return "\n".join(parts)


def _text(text: str) -> str:
    """*text* between tags; quotation marks may stand as they are there."""
    return escape(text, quote=False)


def byline(episode: Episode) -> list[str]:
    """The authors with what the byline says of them: "Ann Example, science editor"."""
    return [
        ", ".join(plain(part) for part in (one.name, one.role or "") if plain(part)) for one in episode.byline
    ]


def host_of(address: str) -> str:
    """The host a reader would recognise: without "www."."""
    return (split_address(address).hostname or "").removeprefix("www.")


def _links(episode: Episode, page: str, words: Wording) -> str:
    links = [f'<a href="{escape(page)}">{_text(words("more_notes"))}</a>']
    source = web_address(episode.address)
    if source:
        said = words("read_source", host=host_of(source))
        links.insert(0, f'<a href="{escape(source)}">{_text(said)}</a>')
    return f"<p>{'<br>'.join(links)}</p>"


def _pictures(episode: Episode) -> Iterator[str]:
    captions: dict[str, list[str]] = {}
    for line in episode.lines:
        if line.kind == "caption" and line.block:
            captions.setdefault(line.block, []).append(line.text)
    seen: set[str] = set()
    for picture in episode.pictures:
        address = web_address(picture.address)
        if not address or address in seen or len(seen) == PICTURES:
            continue
        seen.add(address)
        caption = plain(" ".join(captions.get(picture.caption or "", ())))
        said = f"<figcaption>{_text(caption)}</figcaption>" if caption else ""
        alt = escape(shorten(plain(picture.alt or caption), 250))
        yield f'<figure><img src="{escape(address)}" alt="{alt}">{said}</figure>'


def channel_description(description: str, title: str, words: Wording) -> str:
    """What the show is about, in plain text of at most 4,000 bytes (Apple's and PSP-1's limit)."""
    said = plain(description) or words("show_description", show=title)
    return cut_bytes(said, 4000)
