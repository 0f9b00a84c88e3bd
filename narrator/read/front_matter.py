"""Front matter of a text file: what stands about the post between two ``---`` or ``+++`` lines."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from narrator.errors import NotAnArticle
from narrator.models import Person
from narrator.read.bylines import read_meta
from narrator.read.draft import Draft, Item
from narrator.read.markers import read_markers
from narrator.read.moments import read_moment
from narrator.toml import parse_toml

_KEY = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*))?$")
_ENTRY = re.compile(r"\s+-\s+(.*)$|-\s+(.*)$")
_LONGEST = 200
"""Lines; what opens with ``---`` and goes on longer is a text, not front matter."""


def split_front_matter(text: str, source: str) -> tuple[dict[str, Any], int]:
    """The facts that open *text*, and how many lines they take; ({}, 0) when there are none.

    ``+++`` encloses TOML, ``---`` the part of YAML that blogs use: ``key: value``, texts in quotes or
    without, lists in brackets or one entry a line. Keys come back in lower case.

    Raises:
        NotAnArticle: the TOML between ``+++`` lines is broken.
    """
    lines = text.removeprefix("\ufeff").split("\n", _LONGEST + 1)[: _LONGEST + 1]
    fence = lines[0].strip()
    if fence not in {"---", "+++"}:
        return {}, 0
    ends = {fence, "..."} if fence == "---" else {fence}
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ends), 0)
    body = [line.rstrip("\r") for line in lines[1:end]]
    if not end or (fence == "---" and not any(_KEY.match(line) for line in body)):
        return {}, 0
    if fence == "---":
        return _read_yaml(body), end + 1
    try:
        facts = parse_toml("\n".join(body))
    except ValueError as error:
        raise NotAnArticle(f"its front matter is not valid TOML: {error}", where=source) from error
    return {key.lower(): value for key, value in facts.items()}, end + 1


def apply_front_matter(draft: Draft, facts: dict[str, Any], lines: list[str]) -> None:
    """Write *facts* into *draft*, and *lines*, where they stood, into its items."""
    draft.title = _text(facts, "title", "headline") or draft.title
    draft.language = _text(facts, "lang", "language", "locale") or draft.language
    draft.outlet = _text(facts, "outlet", "publication", "site") or draft.outlet
    draft.address = _text(facts, "canonical", "canonical_url", "url", "link", "permalink") or draft.address
    if draft.address and not draft.address.startswith(("http://", "https://")):
        draft.address = None
    markers = read_markers(draft.language or "en")
    draft.published = _moment(facts, "date", "published", "pubdate", "publishdate") or draft.published
    draft.corrected = _moment(facts, "updated", "modified", "lastmod", "last_modified") or draft.corrected
    people: list[Person] = []
    for value in _values(facts, "author", "authors", "byline", "by"):
        line = read_meta(value, markers, bare_names=True)
        people += line.people if line and line.people else [Person(value)] if not (line and line.desk) else []
    draft.byline = people or draft.byline
    draft.items[:0] = [
        Item(number, line, furniture="front matter") for number, line in enumerate(lines, 1) if line.strip()
    ]


def _read_yaml(lines: list[str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    key = ""
    for line in lines:
        entry = _ENTRY.match(line)
        found = _KEY.match(line)
        if entry and key:
            listed = facts[key] if isinstance(facts[key], list) else []
            facts[key] = [*listed, _scalar(entry.group(1) or entry.group(2))]
        elif found:
            key, value = found.group(1).strip().lower(), (found.group(2) or "").strip()
            if value.startswith("[") and value.endswith("]"):
                facts[key] = [_scalar(part) for part in value[1:-1].split(",") if part.strip()]
            else:
                facts[key] = _scalar(value)
        elif line[:1].isspace() and key and isinstance(facts[key], str):
            # A folded or plain text that goes on, indented, on the next line.
            facts[key] = f"{facts[key].lstrip('>|-')} {line.strip()}".strip()
    return facts


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return re.sub(r"\s+#.*$", "", value)


def _values(facts: dict[str, Any], *keys: str) -> list[str]:
    for key in keys:
        value = facts.get(key)
        listed = value if isinstance(value, list) else [value]
        texts = [one.get("name") if isinstance(one, dict) else one for one in listed]
        if found := [str(text).strip() for text in texts if text is not None and str(text).strip()]:
            return found
    return []


def _text(facts: dict[str, Any], *keys: str) -> str | None:
    return next(iter(_values(facts, *keys)), None)


def _moment(facts: dict[str, Any], *keys: str) -> datetime | None:
    for key in keys:
        value = facts.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if value is not None and (moment := read_moment(str(value), read_markers("en"))):
            return moment
    return None
