"""Settings that are well-formed and still wrong for a podcast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from narrator.config import Settings
from narrator.nearest import nearest
from narrator.publish.check.finding import Finding, error, warning
from narrator.publish.plain import plain, web_address
from narrator.toml import parse_toml

UUID5 = r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
"""What podcast:guid looks like."""
_WHERE = "show.toml"
_DEFAULT_TITLE = Settings().title


@cache
def categories() -> dict[str, list[str]]:
    """Apple's categories and their subcategories."""
    return parse_toml((Path(__file__).parent / "categories.toml").read_text(encoding="utf-8"))


def check_settings(settings: Settings, *, published: bool = True) -> Iterator[Finding]:
    """What directories would refuse or listeners miss.

    Args:
        settings: of the show.
        published: the show is meant for the public, so that what only matters there counts.
    """
    yield from _category(settings.category)
    if settings.language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", settings.language):
        yield error(
            _WHERE, f'language "{settings.language}" is not a BCP 47 code', 'Write it as "en" or "pt-BR".'
        )
    if settings.email and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", settings.email):
        yield error(_WHERE, f'email "{settings.email}" is not an address', "Correct it or leave it out.")
    if len(settings.description.encode()) > 4000:
        yield warning(_WHERE, "the description is over 4,000 bytes", "Shorten it; the feed cuts it there.")
    if settings.link and not web_address(settings.link):
        yield error(
            _WHERE, f'link "{settings.link}" is not an http(s) address', "Correct it or leave it out."
        )
    if settings.show_guid and not re.fullmatch(UUID5, settings.show_guid):
        yield error(
            _WHERE,
            "show_guid is not a lower-case UUIDv5",
            "Copy podcast:guid from the earlier feed as it is.",
        )
    yield from _base_url(settings.base_url, published=published)
    if published:
        yield from _presentation(settings)


def _category(setting: str) -> Iterator[Finding]:
    name, _, sub = (part.strip() for part in setting.partition(">"))
    known = categories()
    if name not in known:
        near = nearest(name, known, n=1)
        meant = f'Did you mean "{near[0]}"?' if near else f"Choose from: {', '.join(known)}."
        yield error(_WHERE, f'"{name}" is not an Apple Podcasts category', meant)
    elif sub and sub not in known[name]:
        near = nearest(sub, known[name], n=1)
        choices = ", ".join(known[name]) or "it has none"
        meant = f'Did you mean "{name} > {near[0]}"?' if near else f"Subcategories of {name}: {choices}."
        yield error(_WHERE, f'"{sub}" is not a subcategory of {name}', meant)


def _base_url(base_url: str | None, *, published: bool) -> Iterator[Finding]:
    if not base_url:
        if published:
            yield error(
                _WHERE,
                "base_url is not set, so the feed's addresses lead to this machine",
                'Set it to where the folder will be, such as "https://example.org/podcast".',
            )
        return
    address = web_address(base_url)
    if address is None:
        yield error(_WHERE, f'base_url "{base_url}" is not an http(s) address', "Correct it.")
        return
    if address.rstrip("/") != base_url.rstrip("/") or re.search(r"[?#]", base_url):
        yield error(_WHERE, f'base_url "{base_url}" is not plain', f'Write it as "{address.rstrip("/")}".')
    parts = urlsplit(address)
    if published and parts.hostname in {"localhost", "127.0.0.1", "::1"}:
        yield error(_WHERE, "base_url leads to this machine only", "Set it to the public address.")
    elif parts.scheme == "http":
        yield warning(
            _WHERE,
            "base_url is not https",
            "Apple and browsers want https; change it before the first upload.",
        )


def _presentation(settings: Settings) -> Iterator[Finding]:
    if settings.title == _DEFAULT_TITLE:
        yield warning(_WHERE, "the show still has the default title", "Set title.")
    if not plain(settings.description):
        yield warning(_WHERE, "the show has no description", "Say in description what it is about.")
    if not settings.author:
        yield warning(_WHERE, "no author is set", "Set author to whoever publishes the show.")
