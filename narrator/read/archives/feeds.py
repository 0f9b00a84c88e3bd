"""RSS 2.0, RSS 1.0 and Atom: the entries of one feed document."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from narrator.models import Picture
from narrator.read.archives.entry import Entry
from narrator.read.archives.moments import read_date
from narrator.read.archives.persons import read_author
from narrator.read.archives.stored import Stored
from narrator.read.archives.xml_stream import Fields, local_name, read_elements

_TAGS = re.compile(r"<[^<>]+>")
_BLOCKS = re.compile(r"<(?:p|div|br|h[1-6]|li|blockquote)\b", re.I)
_CUT = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\]|…|\.\.\.|&hellip;|&#8230;"
    r"|\b(?:continue reading|read (?:more|the rest|the full)|weiterlesen|lire la suite|seguir leyendo)"
    r"\b.{0,120})"
    r"(?:\s|<[^<>]*>|&nbsp;|[»→])*$",
    re.I | re.S,
)
_APPENDED = re.compile(
    r"<p>\s*The post <a [^<>]*>.{0,300}?</a> (?:first )?appeared (?:first )?on <a [^<>]*>.{0,200}?</a>"
    r"\.?\s*</p>\s*$",
    re.I | re.S,
)
"""What WordPress adds to each entry of its feeds."""
SUMMARY_WORDS = 60
"""A description in one paragraph of fewer words is a summary; a story is longer, or has paragraphs."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself."""

    title: str
    language: str | None
    following: str | None
    """Address of the page with older entries (RFC 5005), when it names one."""
    generator: str


def is_feed(head: bytes) -> bool:
    """Whether a document that begins with *head* is a feed."""
    return re.search(rb"<(?:rss|feed|rdf:RDF)\b", head) is not None and b"<html" not in head.lower()


def read_feed(file: Stored, *, max_size_bytes: int) -> Iterator[Entry]:
    """The entries of a feed in its order.

    Raises:
        ReadError: the feed is cut off.
    """
    channel: Channel | None = None
    with file.open() as stream:
        for element in read_elements(
            stream, ("item", "entry"), name=file.name, max_size_bytes=max_size_bytes
        ):
            channel = channel or read_channel(element)
            yield read_item(element, file.base, channel)


def read_channel(first: etree._Element) -> Channel:
    """What stands above the *first* entry of a feed."""
    parent = first.getparent()
    fields = Fields(parent if parent is not None else first)
    if not fields.text("title") and parent is not None:  # RSS 1.0: items stand beside the channel
        fields = next((Fields(one) for one in parent if local_name(one) == "channel"), fields)
    following = next((one.get("href") for one in fields.all("link") if one.get("rel") == "next"), None)
    language = fields.text("language") or (
        parent.get("{http://www.w3.org/XML/1998/namespace}lang") if parent is not None else ""
    )
    return Channel(fields.text("title"), language or None, following, fields.text("generator"))


def read_item(element: etree._Element, name: str, channel: Channel) -> Entry:
    """One entry of a feed; marked to be fetched when the feed has only its summary."""
    fields = Fields(element)
    title = plain_title(fields.text("title", _space(element)))
    address = _address(fields)
    post_id = fields.text("guid") or fields.text("id") or None
    body = fields.text("encoded", "content") or _atom_text(fields, "content")
    summary = fields.text("description") or _atom_text(fields, "summary")
    full = body if body and not _CUT.search(body) else ""
    if not full and not is_summary(summary):
        full = summary
    author = fields.text("creator") or next((Fields(one).text("name") for one in fields.all("author")), "")
    return Entry(
        name=address or f"{name}: {post_id or title or 'an entry'}",
        source=address or name,
        body=_APPENDED.sub("", full or body or summary),
        format="fragment",
        title=title or None,
        byline=read_author(author or fields.text("author"), outlet=channel.title, language=channel.language),
        published=read_date(
            fields.text("pubDate")
            or fields.text("published")
            or fields.text("date")
            or fields.text("updated")
        ),
        address=address,
        post_id=post_id or address,
        outlet=channel.title or None,
        language=channel.language,
        labels=tuple(_labels(fields)),
        pictures=tuple(_pictures(element)),
        skip=_no_post(fields),
        fetch=not full and address is not None,
    )


def _no_post(fields: Fields) -> str | None:
    return "comment" if next(fields.all("in-reply-to"), None) is not None else None


def is_summary(text: str) -> bool:
    """Whether a description tells less than the whole post: cut off, or a short single paragraph."""
    if not text or _CUT.search(text):
        return True
    words = len(_TAGS.sub(" ", text).split())
    return words < SUMMARY_WORDS and len(_BLOCKS.findall(text)) < 2


def plain_title(text: str) -> str:
    """A title without the HTML that feeds put into it, once or twice escaped."""
    for _ in range(2):
        text = html.unescape(_TAGS.sub("", text))
    return " ".join(text.split())


def _space(element: etree._Element) -> str:
    """The name space of the entry itself, for media:title is another thing than title."""
    space = str(element.tag).rpartition("}")[0]
    return f"{space}}}" if space else ""


def _atom_text(fields: Fields, name: str) -> str:
    """The HTML of an Atom text construct."""
    for child in fields.all(name, "Atom"):
        kind = child.get("type") or "text"
        if kind == "xhtml":
            inner = [child.text or "", *(etree.tostring(one, encoding="unicode") for one in child)]
            return re.sub(r"(</?)\w+:", r"\1", "".join(inner))
        text = "".join(map(str, child.itertext())).strip()
        return (
            text
            if "html" in kind
            else "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
        )
    return ""


def _address(fields: Fields) -> str | None:
    links = list(fields.all("link"))
    chosen = next(
        (one.get("href") for one in links if one.get("rel") in (None, "alternate") and one.get("href")), None
    )
    texts = [(one.text or "").strip() for one in links if not one.get("href")]
    original = fields.text("origLink")  # FeedBurner's, of the post behind its own redirection
    guid = next(iter(fields.all("guid")), None)
    permalink = (guid.text or "").strip() if guid is not None and guid.get("isPermaLink") != "false" else ""
    found = next((one for one in (original, chosen, *texts, permalink) if one), None)
    return found if found and found.startswith(("http://", "https://")) else None


def _labels(fields: Fields) -> Iterator[str]:
    for category in fields.all("category"):
        label = category.get("label") or category.get("term") or (category.text or "").strip()
        if label and category.get("scheme") != "http://schemas.google.com/g/2005#kind":
            yield label
    yield from fields.texts("subject")


def _pictures(element: etree._Element) -> Iterator[Picture]:
    """Pictures that stand beside the text: media:content, enclosures, media:thumbnail when alone."""
    seen: set[str] = set()
    thumbnails = []
    for child in element.iter():
        if not isinstance(child.tag, str):
            continue
        name, address = (
            local_name(child),
            child.get("url") or (child.get("href") if child.get("rel") == "enclosure" else None),
        )
        kind = child.get("type") or child.get("medium") or ""
        if name == "thumbnail" and address:
            thumbnails.append(address)
        elif (
            address
            and name in {"content", "enclosure", "link"}
            and kind.startswith("image")
            and address not in seen
        ):
            seen.add(address)
            yield Picture(address, alt=Fields(child).text("description") or None)
    if not seen and thumbnails:
        yield Picture(thumbnails[0])
