"""The public address of a show, exchanged in its text files for the one a client asked at."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

_HEAD_BYTES = 40_000
_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
# Only addresses of the show's own files: a show at the root of a host shares its base with the posts.
_OWN = r"(?=/(?:feed\.xml|index\.html|embed\.html|episodes\.json|cover\.|feeds/|site/|episodes/))"


def is_host(text: str) -> bool:
    """Whether *text* is a host with an optional port and nothing else, fit to stand in a feed.

    >>> is_host("192.168.1.5:8000"), is_host('x"><script>')
    (True, False)
    """
    return _HOST.fullmatch(text) is not None


def written_base(folder: Path) -> str | None:
    """The base address the show's files were written with, as its feed says; None when it does not.

    The feed is asked and not the settings: those may have changed since, or be broken by an editor at work.
    """
    with (folder / "feed.xml").open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8", "replace")
    link = re.search(r"<atom:link\b[^>]*\brel=\"self\"[^>]*>", head)
    found = re.search(r"\bhref=\"([^\"]+)/feed\.xml\"", link[0]) if link else None
    return unescape(found[1]) if found else None


def exchange(data: bytes, old: str | None, new: str) -> bytes:
    """*data* with the show's own addresses at *old* changed into addresses at *new*."""
    if old is None or old == new:
        return data
    data = re.sub(re.escape(old.encode()) + _OWN.encode(), lambda _: new.encode(), data)
    # The "open in" links of the index hold the feed's address without its scheme, or escaped.
    for form in (_bare, _escaped):
        data = data.replace(form(old).encode(), form(new).encode())
    return data


def _bare(base: str) -> str:
    return f"/{base.split('://', 1)[-1]}/feed.xml"


def _escaped(base: str) -> str:
    return quote(f"{base}/feed.xml", safe="")
