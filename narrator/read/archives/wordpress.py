"""WordPress exports (WXR 1.0 to 1.2): posts, with the pictures that stand elsewhere in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from narrator.errors import ReadError
from narrator.models import Picture
from narrator.read.archives.entry import Entry
from narrator.read.archives.feeds import plain_title
from narrator.read.archives.moments import read_date
from narrator.read.archives.persons import read_author
from narrator.read.archives.shortcodes import Attachment, Attachments, read_shortcodes
from narrator.read.archives.stored import Stored
from narrator.read.archives.xml_stream import Fields, read_elements

_WP = "wordpress.org/export"
_TYPES = {
    "page": "static page",
    "attachment": "attachment",
    "nav_menu_item": "menu item",
    "revision": "revision",
    "custom_css": "template",
    "customize_changeset": "template",
    "wp_template": "template",
    "wp_template_part": "template",
    "wp_global_styles": "template",
    "wp_navigation": "template",
    "wp_block": "template",
}
_STATES = {
    "draft": "draft",
    "auto-draft": "draft",
    "pending": "draft",
    "private": "private",
    "future": "scheduled",
    "trash": "trashed",
    "inherit": "revision",
}


@dataclass(slots=True)
class _Site:
    """What an export says of its site."""

    title: str = ""
    address: str = ""
    language: str | None = None
    authors: dict[str, str] = field(default_factory=dict)
    """Display names by login."""


def is_wordpress(head: bytes) -> bool:
    """Whether a file that begins with *head* is a WordPress export."""
    return b"<rss" in head and b"wordpress.org/export/" in head


def read_wordpress(file: Stored, *, max_size_bytes: int) -> Iterator[Entry]:
    """The items of a WordPress export in its order.

    The file is gone through twice: attachments may stand after the posts that show them.

    Raises:
        ReadError: the export is cut off.
    """
    attachments = _read_attachments(file, max_size_bytes)
    site: _Site | None = None
    with file.open() as stream:
        for element in read_elements(stream, ("item",), name=file.name, max_size_bytes=max_size_bytes):
            site = site or _read_site(element.getparent())
            yield _read_item(element, file, site, attachments)


def _read_attachments(file: Stored, max_size_bytes: int) -> Attachments:
    found = Attachments()
    with file.open() as stream:
        try:
            for element in read_elements(stream, ("item",), name=file.name, max_size_bytes=max_size_bytes):
                fields = Fields(element)
                if fields.text("post_type", _WP) == "attachment":
                    address = fields.text("attachment_url", _WP) or fields.text("guid")
                    caption = plain_title(fields.text("encoded", "excerpt"))
                    alt = dict(_meta(fields)).get("_wp_attachment_image_alt")
                    found.add(
                        fields.text("post_id", _WP),
                        fields.text("post_parent", _WP),
                        Attachment(address, caption or None, alt or None),
                    )
        except ReadError:
            return found  # said when the posts are read
    return found


def _read_site(channel: etree._Element | None) -> _Site:
    if channel is None:
        return _Site()
    fields = Fields(channel)
    site = _Site(
        fields.text("title"),
        fields.text("base_blog_url", _WP) or fields.text("link"),
        fields.text("language") or None,
    )
    for author in fields.all("author", _WP):
        one = Fields(author)
        full = " ".join(filter(None, (one.text("author_first_name"), one.text("author_last_name"))))
        site.authors[one.text("author_login")] = one.text("author_display_name") or full
    return site


def _read_item(element: etree._Element, file: Stored, site: _Site, attachments: Attachments) -> Entry:
    fields = Fields(element)
    number, title = fields.text("post_id", _WP), plain_title(fields.text("title"))
    post_id = fields.text("guid") or f"{site.address.rstrip('/')}/?p={number}"
    link = fields.text("link")
    address = link if link.startswith(("http://", "https://")) else None
    name = f"{file.base}: post {number}{f' “{title}”' if title else ''}"
    skip = _why_not(fields)
    if skip:
        return Entry(name=name, source=address or file.base, title=title or None, post_id=post_id, skip=skip)
    creator = fields.text("creator")
    return Entry(
        name=name,
        source=address or file.base,
        body=read_shortcodes(fields.text("encoded", "/content/"), attachments, number),
        format="fragment",
        title=title or None,
        byline=read_author(site.authors.get(creator) or creator, outlet=site.title, language=site.language),
        published=read_date(f"{fields.text('post_date_gmt', _WP)}")
        or read_date(fields.text("pubDate"))
        or read_date(fields.text("post_date", _WP)),
        address=address,
        post_id=post_id,
        outlet=site.title or None,
        language=site.language,
        labels=tuple(dict.fromkeys(_labels(fields))),
        pictures=tuple(_lead(fields, attachments)),
    )


def _why_not(fields: Fields) -> str | None:
    kind = fields.text("post_type", _WP) or "post"
    if kind != "post":
        return _TYPES.get(kind, f"not a post ({kind})")
    if fields.text("post_password", _WP):
        return "private (it has a password)"
    state = fields.text("status", _WP) or "publish"
    return None if state == "publish" else _STATES.get(state, f"not published ({state})")


def _labels(fields: Fields) -> Iterator[str]:
    for category in fields.all("category"):
        label = (category.text or "").strip()
        if category.get("domain", "category") in {"category", "post_tag"} and label:
            yield label


def _meta(fields: Fields) -> Iterator[tuple[str, str]]:
    for meta in fields.all("postmeta", _WP):
        one = Fields(meta)
        yield one.text("meta_key"), one.text("meta_value")


def _lead(fields: Fields, attachments: Attachments) -> Iterator[Picture]:
    """The featured picture, which stands only in the post's metadata."""
    found = attachments.find(dict(_meta(fields)).get("_thumbnail_id", ""))
    if found:
        yield Picture(found.address, alt=found.alt or found.caption)
