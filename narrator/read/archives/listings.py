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
