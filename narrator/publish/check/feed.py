"""The feed as a file: what apps and directories refuse in it (PSP-1, Apple, podcast namespace)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any

from lxml import etree, html

from narrator.publish.check.finding import Finding, error, warning
from narrator.publish.check.settings import UUID5
from narrator.publish.namespaces import ATOM, CONTENT, ITUNES, PODCAST
from narrator.publish.pages import FEED_BYTES
from narrator.publish.plain import web_address

_NAMES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "content": CONTENT}
_AGAIN = "Run narrator feed."
_UNSAFE = "//script | //style | //iframe | //object | //embed | //form"
_TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a"}


def read_feed(name: str, data: bytes) -> tuple[Any | None, list[Finding]]:
    """The channel element of a feed file, or None with the reason."""
    if len(data) > FEED_BYTES:
        return None, [error(name, f"{len(data):,} bytes; validators refuse feeds over 5 MB", _AGAIN)]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        return None, [error(name, f"not well-formed XML ({fault})", _AGAIN)]
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return None, [error(name, "not an RSS 2.0 feed", _AGAIN)]
    return channel, []


def own_address(channel: Any) -> str | None:
    """The one address the feed calls its own (atom:link rel=self)."""
    links = channel.xpath("atom:link[@rel='self']/@href", namespaces=_NAMES)
    return str(links[0]) if len(links) == 1 else None


def check_channel(name: str, channel: Any, address: str) -> Iterator[Finding]:
    """Faults of the channel's own elements.

    Args:
        name: the feed file.
        channel: its channel element.
        address: public address the feed is to have.
    """
    for tag in ("title", "description", "link", "language"):
        if not (channel.findtext(tag) or "").strip():
            yield error(name, f"no {tag}", _AGAIN)
    if own_address(channel) != address:
        said = own_address(channel) or "nothing"
        yield error(name, f"it calls itself {said}, and will stand at {address}", _AGAIN)
    explicit = channel.findtext(f"{{{ITUNES}}}explicit")
    if explicit not in {"true", "false"}:
        yield error(name, f"itunes:explicit is {explicit!r}, not true or false", _AGAIN)
    if channel.find(f"{{{ITUNES}}}category") is None:
        yield error(name, "no itunes:category", "Set category in show.toml.")
    if channel.find(f"{{{ITUNES}}}image") is None:
        yield error(name, "no itunes:image", _AGAIN)
    if len((channel.findtext("description") or "").encode()) > 4000:
        yield error(name, "the description is over 4,000 bytes", "Shorten description in show.toml.")
    part = (channel.findtext(f"{{{PODCAST}}}block") or "") == "yes"
    if not part and not re.fullmatch(UUID5, channel.findtext(f"{{{PODCAST}}}guid") or ""):
        yield warning(name, "no podcast:guid by which directories know the show again", _AGAIN)
    if not channel.findall("item"):
        yield warning(name, "no episodes", "Directories list a show once it has one.")


def check_items(name: str, channel: Any) -> Iterator[Finding]:
    """Faults of the items, each by itself and among each other."""
    items = channel.findall("item")
    guids = Counter(item.findtext("guid") for item in items)
    sounds = Counter(address for item in items for address in item.xpath("enclosure/@url"))
    now = datetime.now(UTC)
    for item in items:
        where = f"{name}, “{(item.findtext('title') or 'untitled')[:60]}”"
        faults = (
            _item_text(item),
            _item_sound(item),
            _item_date(item, now),
            _item_links(item),
            _item_notes(item),
        )
        for fault in chain.from_iterable(faults):
            yield error(where, fault, _AGAIN)
        if guids[item.findtext("guid")] > 1:
            yield error(
                where, "another episode has the same guid", "Remove one of the two and make it again."
            )
        for address in item.xpath("enclosure/@url"):
            if sounds[address] > 1:
                yield error(where, "another episode has the same audio file", "Make one of the two again.")
        if item.find(f"{{{PODCAST}}}transcript") is None:
            yield warning(where, "no transcript", "Make the episode again.")


def _item_text(item: Any) -> Iterator[str]:
    for tag in ("title", "guid", "description", "link"):
        if not (item.findtext(tag) or "").strip():
            yield f"no {tag}"
    if len(item.findtext("title") or "") > 255:
        yield "the title is over 255 characters"
    if len((item.findtext("description") or "").encode()) > 4000:
        yield "the description is over 4,000 bytes"
    if not re.fullmatch(r"[1-9]\d*", item.findtext(f"{{{ITUNES}}}duration") or ""):
        yield "itunes:duration is not a number of seconds"


def _item_sound(item: Any) -> Iterator[str]:
    sounds = item.findall("enclosure")
    if len(sounds) != 1:
        yield f"{len(sounds)} enclosures where one belongs"
        return
    address, kind = sounds[0].get("url", ""), sounds[0].get("type")
    suffix = address[address.rfind(".") :]
    if web_address(address) != address:
        yield f"the audio address is not plain http(s): {address}"
    if _TYPES.get(suffix) != kind:
        yield f"a {suffix} file cannot be {kind}"
    if not re.fullmatch(r"[1-9]\d*", sounds[0].get("length") or ""):
        yield "the enclosure has no length"


def _item_date(item: Any, now: datetime) -> Iterator[str]:
    try:
        date = parsedate_to_datetime(item.findtext("pubDate") or "")
    except (TypeError, ValueError):
        yield "no proper pubDate"
        return
    if date.tzinfo is not None and date > now:
        yield "its date is in the future, and apps hide it until then"


def _item_links(item: Any) -> Iterator[str]:
    for tag in ("transcript", "chapters"):
        for element in item.findall(f"{{{PODCAST}}}{tag}"):
            if web_address(element.get("url")) != element.get("url") or not element.get("type"):
                yield f"podcast:{tag} without a proper url and type"


def _item_notes(item: Any) -> Iterator[str]:
    for tag in ("description", f"{{{CONTENT}}}encoded"):
        text = item.findtext(tag) or ""
        if "<" not in text:
            continue
        notes = html.fragment_fromstring(text, create_parent=True)
        for element in notes.xpath(_UNSAFE):
            yield f"<{element.tag}> in the notes, which apps take out"
        for address in notes.xpath("//@href | //@src"):
            if not re.match(r"(?:https?|mailto|tel):", address):
                yield f"a link in the notes leads nowhere: {address}"
