"""JSON-LD of a page: the objects in it that describe the article, also from JSON that is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Column|Review)$")
_COMMENT = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|/\*\s*<?\!?\[?CDATA\[?\s*\*/")
_TRAILING = re.compile(r",(\s*[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_LOOSE_KEYS = ("headline", "datePublished", "dateModified", "inLanguage", "articleSection")
_LONGEST = 2_000_000
"""Characters of one script that are parsed; no page describes itself at greater length."""


def read_json_ld(tree: HtmlElement) -> list[dict[str, Any]]:
    """Every object of the page's JSON-LD, those that describe an article first."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            objects.extend(_objects(_parse(script.text[:_LONGEST])))
    return sorted(objects, key=lambda one: not is_article(one))


def is_article(thing: dict[str, Any]) -> bool:
    """*thing* is of one of schema.org's kinds of article."""
    return any(_ARTICLE.search(str(kind)) for kind in as_list(thing.get("@type")))


def as_list(value: object) -> list[Any]:
    """*value* as a list: itself, nothing for None, else alone in one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def name_of(value: object) -> str:
    """The name of a person or organisation given as text or as an object; "" when there is none."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    return unescape(" ".join(value.split())) if isinstance(value, str) else ""


def _parse(text: str) -> object:
    text = _COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, _CONTROL.sub(" ", _TRAILING.sub(r"\1", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _loose(text)


def _loose(text: str) -> dict[str, Any]:
    """The plain facts of JSON that no parser takes, read one by one."""
    facts: dict[str, Any] = {}
    for key in _LOOSE_KEYS:
        if found := re.search(rf'"{key}"\s*:\s*"((?:[^"\\]|\\.){{1,400}})"', text):
            facts[key] = found.group(1).replace('\\"', '"').replace("\\/", "/")
    if author := re.search(r'"author"[^}]{0,300}?"name"\s*:\s*"([^"\\]{1,200})"', text):
        facts["author"] = {"@type": "Person", "name": author.group(1)}
    if publisher := re.search(r'"publisher"[^}]{0,300}?"name"\s*:\s*"([^"\\]{1,200})"', text):
        facts["publisher"] = {"name": publisher.group(1)}
    if "headline" in facts:
        facts["@type"] = "Article"
    return facts


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (dict, list)):
                yield from _objects(value[key], depth + 1)
