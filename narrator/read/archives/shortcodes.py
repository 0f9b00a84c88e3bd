"""WordPress's own markup: shortcodes, block comments, and line breaks that stand for paragraphs.

What is in brackets is a shortcode only when it looks like one, for "[sic]" and "[laughs]" are words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.I | re.S)
_GALLERY = re.compile(r"\[gallery\b([^\]]*)\]", re.I)
_EMBED = re.compile(
    r"\[(embed|youtube|vimeo|video|audio|playlist|soundcloud|tweet|instagram|facebook|wpvideo|dailymotion|googlemaps|"
    r"slideshow|twitter|tiktok|spotify)\b([^\]]*)\](?:([^\[\]]{0,500})\[/\1\])?",
    re.I,
)
_EMBEDDED_ADDRESS = re.compile(
    r"^[ \t]*(?:<p>\s*)?(https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|wordpress\.tv|ted\.com|"
    r"soundcloud\.com|spotify\.com|mixcloud\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com|bsky\.app|"
    r"reddit\.com|flickr\.com|scribd\.com|slideshare\.net)/[^\s<]+)(?:\s*</p>)?[ \t]*$",
    re.I | re.M,
)
"""An address on a line of its own, in the place of which WordPress shows what is there (oEmbed)."""
_PAIR = re.compile(r"(?<!\[)\[([A-Za-z][\w-]{1,40})((?:\s[^\[\]]*)?)\](.*?)\[/\1\](?!\])", re.S)
_SINGLE = re.compile(
    r"(?<!\[)\[/?[A-Za-z][\w-]{1,40}(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|&quot;.*?&quot;|[^\s\]]+))+\s*/?\](?!\])"
)
_ESCAPED = re.compile(r"\[(\[/?[A-Za-z][^\[\]]*\])\]")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))")
_PICTURE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BLOCK = (
    r"(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    r"header|hr|iframe|li|main|nav|ol|p|pre|section|script|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio)"
)
_OPENS = re.compile(rf"<{_BLOCK}\b", re.I)
_CLOSES = re.compile(rf"</{_BLOCK}\s*>", re.I)
_KEPT = re.compile(r"<(pre|script|style|table|figure|iframe)\b.*?</\1\s*>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture of the media library."""

    address: str
    caption: str | None = None
    alt: str | None = None


@dataclass(slots=True)
class Attachments:
    """The media library of an export."""

    _by_id: dict[str, Attachment] = field(default_factory=dict)
    _by_post: dict[str, list[str]] = field(default_factory=dict)

    def add(self, number: str, post: str, attachment: Attachment) -> None:
        """Take in *attachment*, whose id is *number*, uploaded to *post*."""
        self._by_id[number] = attachment
        self._by_post.setdefault(post, []).append(number)

    def find(self, number: str) -> Attachment | None:
        """The attachment called *number*, if the export has it."""
        return self._by_id.get(number)

    def of_post(self, post: str) -> list[str]:
        """Ids of what was uploaded to *post*."""
        return self._by_post.get(post, [])


def read_shortcodes(text: str, attachments: Attachments, post: str) -> str:
    """The content of a WordPress post as plain HTML.

    Args:
        text: the content as stored.
        attachments: the media library, for galleries.
        post: the post's id, whose own attachments a gallery without ids shows.
    """
    is_blocks = "<!-- wp:" in text
    text = _CAPTION.sub(_figure, text)
    text = _GALLERY.sub(lambda match: _gallery(_attributes(match[1]), attachments, post), text)
    text = _EMBED.sub(_embed, text)
    text = _EMBEDDED_ADDRESS.sub(r'\n\n<iframe src="\1"></iframe>\n\n', text)
    before = None
    while before != text:  # pairs may stand in pairs
        before, text = text, _PAIR.sub(r"\3", text)
    text = _ESCAPED.sub(r"\1", _SINGLE.sub("", text))
    text = _COMMENT.sub("\n\n", text)
    return text if is_blocks else make_paragraphs(text)


def make_paragraphs(text: str) -> str:
    r"""HTML in which a blank line ends a paragraph, as WordPress shows what authors typed.

    >>> make_paragraphs("One.\n\nTwo,\nthree.<ul><li>Four</li></ul>")
    '<p>One.</p>\n<p>Two,<br>three.</p>\n<ul>\n<li>Four</li>\n</ul>'
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n\x00{len(kept) - 1}\x00\n\n"

    text = _KEPT.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _CLOSES.sub(r"\g<0>\n\n", _OPENS.sub(r"\n\n\g<0>", text))
    parts = [part.strip() for part in re.split(r"\n\s*\n", text)]
    made = "\n".join(_paragraph(part) for part in parts if part)
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], made)


def _paragraph(part: str) -> str:
    if part.startswith("\x00") or _OPENS.match(part) or _CLOSES.match(part):
        return part
    closing = _CLOSES.search(part)
    inner, rest = (part[: closing.start()], part[closing.start() :]) if closing else (part, "")
    if rest:  # text that ends an element opened before it
        return inner.replace("\n", "<br>") + rest
    return f"<p>{inner}</p>".replace("\n", "<br>")


def _attributes(text: str) -> dict[str, str]:
    text = text.replace("&quot;", '"').replace("&#8221;", '"').replace("”", '"').replace("“", '"')
    return {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(text)}


def _figure(match: re.Match[str]) -> str:
    """A captioned picture, its words behind the picture or, until WordPress 3.4, in an attribute."""
    picture = _PICTURE.search(match[2])
    said = match[2][picture.end() :] if picture else match[2]
    words = said.strip() or html.unescape(_attributes(match[1]).get("caption", ""))
    return _captioned(picture[0] if picture else "", words)


def _captioned(picture: str, words: str) -> str:
    caption = f'<figcaption class="wp-caption-text">{words}</figcaption>' if words else ""
    return f'\n\n<figure class="wp-caption">{picture}{caption}</figure>\n\n'


def _gallery(attributes: dict[str, str], attachments: Attachments, post: str) -> str:
    numbers = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
    return "".join(_pictures(numbers or attachments.of_post(attributes.get("id") or post), attachments))


def _pictures(numbers: list[str], attachments: Attachments) -> Iterator[str]:
    for number in numbers:
        if found := attachments.find(number):
            address, alt = html.escape(found.address), html.escape(found.alt or "")
            yield _captioned(f'<img src="{address}" alt="{alt}">', html.escape(found.caption or ""))


def _embed(match: re.Match[str]) -> str:
    """Something to see or hear, which the page reader lists as not in the audio."""
    attributes = _attributes(match[2])
    address = (match[3] or "").strip() or next(
        (attributes[name] for name in ("src", "url", "mp4", "mp3", "id") if attributes.get(name)), ""
    )
    address = address or match[2].strip(' ="')
    return f'\n\n<iframe src="{html.escape(address)}" title="{match[1].lower()}"></iframe>\n\n'
