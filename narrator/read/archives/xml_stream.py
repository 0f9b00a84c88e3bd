"""XML read in flat memory: one element at a time, forgotten when the next is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO

from lxml import etree

from narrator.errors import ReadError, SourceTooLarge
from narrator.read.archives.xml_repair import XmlRepair

CHUNK_BYTES = 65_536
_CLOSED = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--[^>]*-->\s*)?\Z", re.I)
"""How a feed or export ends that was not cut off."""


def read_elements(
    stream: IO[bytes], tags: Collection[str], *, name: str, max_size_bytes: int
) -> Iterator[etree._Element]:
    """Every element of the document whose local name is in *tags*, in document order.

    An element may be used until the next is asked for; then it and what stands before it in its
    parent are forgotten, so the head of a feed is there with the first one only. Entities are not
    expanded, nothing outside the document is loaded, and what is not well formed is read as far as it
    makes sense.

    Args:
        stream: the document.
        tags: local names, whatever the name space; such elements must not stand in each other.
        name: what to call the document in errors.
        max_size_bytes: the most that may stand between the ends of two such elements.

    Raises:
        ReadError: the document ends in the middle; every whole element has come by then.
        SourceTooLarge: one element is over the limit.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tuple(f"{{*}}{tag}" for tag in tags),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    chunk = stream.read(CHUNK_BYTES)
    repair = XmlRepair(chunk[:400])
    held: list[etree._Element] = []
    size, tail = 0, b""
    while chunk:
        mended = repair.feed(chunk)
        tail = (tail + mended)[-200:]
        parser.feed(mended)
        size += len(chunk)
        for element in _ended(parser):
            size = 0
            yield from _given(held)
            held = [element]  # the last one may be cut off, which shows only at the end
        if size > max_size_bytes:
            raise SourceTooLarge(
                f"a post is larger than {max_size_bytes / 1e6:g} MB",
                where=name,
                hint="Raise the limit with --max-size.",
            )
        chunk = stream.read(CHUNK_BYTES)
    last = repair.feed(b"", final=True)
    parser.feed(last)
    yield from _at_the_end(parser, held, tail + last, name)


def _ended(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def _at_the_end(
    parser: etree.XMLPullParser, held: list[etree._Element], tail: bytes, name: str
) -> Iterator[etree._Element]:
    """The last elements; a document that was cut off loses the one that the parser closed for it."""
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise ReadError(f"not XML ({error.msg})", where=name) from error
    last = [*held, *_ended(parser)]
    whole = _CLOSED.search(tail) is not None
    yield from _given(last if whole else last[:-1])
    if not whole:
        raise ReadError(
            "ends in the middle: its last post is cut off and the rest is missing",
            where=name,
            hint="Export or download it again.",
        )


def _given(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """Each of *elements*; once used it is forgotten with all that stands before it."""
    for element in elements:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def local_name(element: etree._Element) -> str:
    """The element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


class Fields:
    """The children of an element by local name, where a part of the name space may tell them apart."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def all(self, name: str, space: str = "") -> Iterator[etree._Element]:
        """The children called *name* whose name space contains *space*."""
        for child in self.element:
            if isinstance(child.tag, str) and local_name(child) == name and space in child.tag:
                yield child

    def text(self, name: str, space: str = "") -> str:
        """The text of the first such child, stripped; "" when there is none."""
        child = next(self.all(name, space), None)
        return "" if child is None else "".join(map(str, child.itertext())).strip()

    def texts(self, name: str, space: str = "") -> list[str]:
        """The texts of all such children, without empty ones."""
        return [
            text for child in self.all(name, space) if (text := "".join(map(str, child.itertext())).strip())
        ]
