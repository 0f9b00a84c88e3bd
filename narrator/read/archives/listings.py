"""Pages that list posts rather than tell one: front pages, archives by month or label, search results."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from narrator.address import split_address

_FOLDERS = re.compile(
    r"/(?:tags?|category|categories|categorie|kategorie|label|labels|topics?|authors?|search|archives?|page|"
    r"feeds?|comments|wp-json|wp-admin|wp-login\.php)(?:/|$)",
    re.I,
)
_DATES = re.compile(
    r"/(?:19|20)\d\d(?:/[01]?\d(?:/[0-3]?\d)?)?/?(?:index\.x?html?)?$|/(?:19|20)\d\d_[01]\d_[0-3]\d_archive\.html?$"
)
_QUERIES = {
    "paged",
    "s",
    "q",
    "cat",
    "tag",
    "author",
    "m",
    "feed",
    "replytocom",
    "search",
    "label",
    "updated-max",
    "page_id",
}
_BODY = re.compile(rb"<body\b[^>]*\bclass\s*=\s*[\"']([^\"']*)", re.I)
_BODY_CLASSES = {
    "home",
    "blog",
    "archive",
    "search",
    "search-results",
    "category",
    "tag",
    "author",
    "paged",
    "date",
}
_ARTICLE_TYPE = re.compile(
    rb"""og:type["'][^>]*content\s*=\s*["']article|["']@type["']\s*:\s*["'](?:News|Blog|Reportage)?(?:Article|Posting)""",
    re.I,
)
_ARTICLES = re.compile(rb"<article\b|class\s*=\s*[\"'](?:[^\"']*\s)?(?:hentry|post-outer)(?=[\s\"'])", re.I)
_HEADS = re.compile(rb"<h[1-3]\b[^>]*>\s*<a\b", re.I)


_INDEX_NAMES = re.compile(
    r"(?:.*/)?(?:index|default|home|blog|news|posts|all-?posts|archives?|site-?map|contents)\.x?html?", re.I
)
_LINK = re.compile(rb"<a\b[^>]*?\bhref\s*=\s*[\"']?([^\"'\s>#?]+)", re.I)
_ANCHOR = re.compile(rb"<a\b.*?</a\s*>", re.I | re.S)
_PARAGRAPH = re.compile(rb"<p\b[^>]*>(.*?)(?=</?p\b|</?div\b|<h\d|<[uo]l\b|</body)", re.I | re.S)
_TAG = re.compile(rb"<[^<>]*>")
_PAGE = re.compile(r"(?:[^.]+|.*\.(?:x?html?|php))/?")
_SECTIONS = re.compile(
    r"(?:index|home|about|contact|imprint|impressum|privacy|search|feed|rss|atom|tags?|categor(?:y|ies)|archives?)"
    r"(?:\.\w+)?/?",
    re.I,
)
LISTED = 3
"""A page that links to so many others below it lists them, when it hardly tells anything else."""
PROSE_CHARS = 120


def is_listing_address(address: str) -> bool:
    """Whether *address* is one where sites list posts.

    >>> is_listing_address("https://example.org/2015/09/"), is_listing_address("https://example.org/2015/09/rain.html")
    (True, False)
    """
    parts = split_address(address)
    path = parts.path or "/"
    if any(name.lower() in _QUERIES for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return True
    if path in {"/", "/index.html", "/index.htm", "/index.php"} and "p=" not in parts.query:
        return bool(parts.netloc)
    return bool(_FOLDERS.search(path) or _DATES.search(path))


def is_listing_page(data: bytes) -> bool:
    """Whether the page in *data* lists posts, by its body's class or by several headlines that are links."""
    if _ARTICLE_TYPE.search(data):
        return False
    body = _BODY.search(data)
    classes = set(body[1].decode("ascii", "replace").lower().split()) if body else set()
    if classes & {"single", "single-post", "item-view"}:
        return False
    if classes & _BODY_CLASSES:
        return True
    return len(_ARTICLES.findall(data)) >= 3 and len(_HEADS.findall(data)) >= 3


def lists_its_folder(data: bytes, name: str) -> bool:
    """Whether the page called *name* in a folder of pages is its table of contents.

    It is when it has the name of one and leads to several pages below it, more than it has paragraphs.

    >>> page = b"".join(b"<li><a href=%d.html>Rain again</a>" % number for number in range(3))
    >>> lists_its_folder(page, "index.html"), lists_its_folder(page, "rain.html")
    (True, False)
    """
    if not _INDEX_NAMES.fullmatch(name) or _ARTICLE_TYPE.search(data):
        return False
    at_top = "/" not in name
    hrefs = (href.decode("ascii", "replace") for href in _LINK.findall(data))
    links = {href for href in hrefs if _leads_down(href, at_top=at_top)}
    told = sum(
        len(_TAG.sub(b"", _ANCHOR.sub(b"", text)).strip()) >= PROSE_CHARS for text in _PARAGRAPH.findall(data)
    )
    return len(links) >= LISTED and told <= len(links)


def _leads_down(href: str, *, at_top: bool) -> bool:
    """Whether *href* is a page of the same folder or one below; from the top, of a folder of the same site.

    ``/news/`` stands in the menu of every page, ``/news/rain/`` in a list.
    """
    if re.match(r"[a-z][a-z0-9+.-]*:|//|\.\./", href, re.I):
        return False
    path = href.removeprefix("./").strip("/")
    if href.startswith("/") and not (at_top and "/" in path):
        return False
    return bool(_PAGE.fullmatch(path)) and not _SECTIONS.fullmatch(path)
