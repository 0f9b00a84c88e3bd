"""One file of a folder, zip or tar as an entry: a post, or the reason why it is none."""

from __future__ import annotations

import re
from typing import Any

from narrator.errors import NarratorError
from narrator.read.archives.entry import Entry
from narrator.read.archives.listings import is_listing_page, lists_its_folder
from narrator.read.archives.stored import Stored
from narrator.read.encodings import decode_text
from narrator.read.front_matter import split_front_matter
from narrator.read.sources import is_page

POST_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".md", ".markdown")
_TEXT_SUFFIXES = (".txt", ".md", ".markdown")
_NO_POSTS = re.compile(
    r"(?:robots|humans|ads|security|license|licence|copying|readme|changelog|contributing|requirements|manifest|sitemap)"
    r"(?:[._-]\w{2,5})?\.(?:txt|md|markdown|html?)$",
    re.I,
)
_LISTINGS = re.compile(
    r"(?:^|/)(?:_index\.(?:md|html?|markdown)|archive_browser\.html|(?:tags?|categor(?:y|ies)|labels?|page)/[^/]+(?:/index)?\.html?)$",
    re.I,
)
_SAVED_PARTS = re.compile(r"(?:_files|_fichiers|-Dateien|_archivos|_bestanden|\.files)/", re.I)
_YES = {"true", "yes", "on", "1"}


def is_post_name(name: str) -> bool:
    """Whether a file of this *name* may hold a post: pages, texts and Markdown, hidden files aside."""
    return name.lower().endswith(POST_SUFFIXES) and not any(part.startswith(".") for part in name.split("/"))


def read_file(file: Stored, *, max_size_bytes: int) -> Entry:
    """*file* as an entry; one that is too large is an entry whose body ends at the limit.

    Raises:
        OSError: it cannot be read.
    """
    with file.open() as stream:
        data = stream.read(max_size_bytes + 1)
    skip = _why_not(file.name, data)
    if skip:
        return Entry(name=file.name, source=file.base, skip=skip)
    facts = _front_matter(data, file) if file.name.lower().endswith(_TEXT_SUFFIXES) else {}
    skip = _stated(facts)
    if skip:
        return Entry(name=file.name, source=file.base, title=str(facts.get("title") or "") or None, skip=skip)
    return Entry(
        name=file.name,
        source=file.base,
        body=data,
        post_id=_post_id(facts),
        labels=tuple(_labels(facts)),
    )


def _why_not(name: str, data: bytes) -> str | None:
    if _NO_POSTS.fullmatch(name.rpartition("/")[2]):
        return "not a post, by its name"
    if _SAVED_PARTS.search(name):
        return "part of a saved page"
    if _LISTINGS.search(name):
        return "listing page"
    if re.search(r"(?:^|/)_?drafts?/", name, re.I):
        return "draft"
    head = decode_text(data[:4096])
    lists = is_page(head, name) and (is_listing_page(data) or lists_its_folder(data, name))
    return "listing page" if lists else None


def _front_matter(data: bytes, file: Stored) -> dict[str, Any]:
    try:
        return split_front_matter(decode_text(data[:20_000]), file.name)[0]
    except NarratorError:
        return {}  # said when the post is read


def _stated(facts: dict[str, Any]) -> str | None:
    """What front matter of Jekyll, Hugo, Eleventy and the like says a file is."""
    said = {
        key: str(value).strip().lower() for key, value in facts.items() if not isinstance(value, list | dict)
    }
    if said.get("draft") in _YES or said.get("status") == "draft":
        return "draft"
    if (
        said.get("published") in {"false", "no"}
        or said.get("private") in _YES
        or said.get("status") == "private"
    ):
        return "private"
    kind = said.get("type") or said.get("layout") or said.get("post_type") or ""
    if kind in {"page", "static", "about"}:
        return "static page"
    if kind in {"home", "index", "archive", "archives", "category", "tag", "search", "list"}:
        return "listing page"
    return None


def _post_id(facts: dict[str, Any]) -> str | None:
    for key in ("id", "guid", "post_id", "uid", "uuid"):
        if isinstance(facts.get(key), str | int) and str(facts[key]).strip():
            return str(facts[key]).strip()
    return None


def _labels(facts: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for key in ("tags", "tag", "categories", "category", "labels", "keywords"):
        value = facts.get(key)
        listed = value if isinstance(value, list) else str(value).split(",") if value else []
        found += [str(one).strip() for one in listed if str(one).strip()]
    return list(dict.fromkeys(found))
