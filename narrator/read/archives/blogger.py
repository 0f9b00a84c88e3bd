"""Blogger's exports: the classic Atom backup and the ``feed.atom`` of Google Takeout.

The classic one tells kinds apart by a category of the scheme ``schemas.google.com/g/2005#kind`` (post,
page, comment, template, settings); Takeout by ``blogger:type`` and ``blogger:status``. Both give a post
the same id, "tag:blogger.com,1999:blog-N.post-M", which makes it the same post in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from narrator.read.archives.entry import Entry
from narrator.read.archives.moments import read_date
from narrator.read.archives.persons import read_author
from narrator.read.archives.stored import Stored
from narrator.read.archives.xml_stream import Fields, read_elements

_KIND = "http://schemas.google.com/g/2005#kind"
_SPACE = "schemas.google.com/blogger"
_KINDS = {
    "page": "static page",
    "comment": "comment",
    "template": "template",
    "settings": "blog settings",
}
_STATES = {
    "DRAFT": "draft",
    "SCHEDULED": "scheduled",
    "SOFT_TRASHED": "trashed",
    "HARD_TRASHED": "trashed",
    "TRASHED": "trashed",
}


def is_blogger(head: bytes) -> bool:
    """Whether a file that begins with *head* is an export of Blogger."""
    return b"<feed" in head and (b"tag:blogger.com" in head or b"schemas.google.com/blogger" in head)


def read_blogger(file: Stored, *, max_size_bytes: int, now: datetime) -> Iterator[Entry]:
    """The entries of a Blogger export in its order.

    Args:
        file: the export.
        max_size_bytes: the largest post that is read.
        now: posts dated later are scheduled ones.

    Raises:
        ReadError: the export is cut off.
    """
    outlet = ""
    with file.open() as stream:
        for element in read_elements(stream, ("entry",), name=file.name, max_size_bytes=max_size_bytes):
            parent = element.getparent()
            outlet = outlet or (Fields(parent).text("title") if parent is not None else "")
            yield read_entry(element, file, outlet, now)


def read_entry(element: etree._Element, file: Stored, outlet: str, now: datetime) -> Entry:
    """One Atom entry of a Blogger export."""
    fields = Fields(element)
    post_id, title = fields.text("id"), fields.text("title")
    published = read_date(fields.text("published"))
    address = next(
        (
            link.get("href")
            for link in fields.all("link")
            if link.get("rel") == "alternate" and _is_page(link)
        ),
        None,
    )
    name = f"{file.base}: {_short(post_id)}{f' “{title}”' if title else ''}"
    skip = _kind(fields) or _state(fields)
    if skip is None and published and published > now:
        skip = "scheduled"
    if skip:
        return Entry(name=name, source=address or file.base, title=title or None, post_id=post_id, skip=skip)
    author = next((Fields(one).text("name") for one in fields.all("author")), "")
    return Entry(
        name=name,
        source=address or file.base,
        body=fields.text("content") or fields.text("summary"),
        format="fragment",
        title=title or None,
        byline=read_author(author, outlet=outlet),
        published=published,
        address=address,
        post_id=post_id or None,
        outlet=outlet or None,
        labels=tuple(_labels(fields)),
    )


def _kind(fields: Fields) -> str | None:
    kinds = [
        (one.get("term") or "").rpartition("#")[2]
        for one in fields.all("category")
        if one.get("scheme") == _KIND
    ]
    kinds += [fields.text("type", _SPACE).lower()]
    if next(fields.all("in-reply-to"), None) is not None or fields.text("parent", _SPACE):
        return "comment"
    named = next(filter(None, kinds), "post")
    return None if named == "post" else _KINDS.get(named, f"not a post ({named})")


def _state(fields: Fields) -> str | None:
    for control in fields.all("control"):
        if Fields(control).text("draft").lower() == "yes":
            return "draft"
    if fields.text("trashed", _SPACE):
        return "trashed"
    status = fields.text("status", _SPACE).upper()
    return None if status in {"", "LIVE"} else _STATES.get(status, f"not published ({status.lower()})")


def _labels(fields: Fields) -> Iterator[str]:
    for category in fields.all("category"):
        if category.get("scheme") != _KIND and category.get("term"):
            yield str(category.get("term"))


def _is_page(link: etree._Element) -> bool:
    return (link.get("type") or "text/html") == "text/html"


def _short(post_id: str) -> str:
    """The part of an id that tells posts apart: "post-123"."""
    return post_id.rpartition(".")[2] or post_id
