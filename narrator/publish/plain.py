"""Text that is safe in XML and HTML, and short enough for what it goes into."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Control characters, lone surrogates and noncharacters: not in XML 1.0, and a single one makes
# a whole feed unreadable. (XML 1.0, production 2.)
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    """*text* on one line, without the characters XML has no place for.

    >>> plain("A\\x00 bell\\x07\\n rang")
    'A bell rang'
    """
    return " ".join(_UNSAFE.sub("", text).split())


def shorten(text: str, limit_chars: int) -> str:
    """*text*, cut between words when it is longer than *limit_chars*, with "…" for the rest.

    >>> shorten("Rain over the whole country", 16)
    'Rain over the…'
    """
    if len(text) <= limit_chars:
        return text
    cut = text[: limit_chars - 1]
    at = cut.rfind(" ")
    if at > limit_chars // 2:
        cut = cut[:at]
    return cut.rstrip(" ,;:–—-") + "…"


def cut_bytes(text: str, limit_bytes: int) -> str:
    """*text*, cut between words so that its UTF-8 form has at most *limit_bytes*."""
    data = text.encode("utf-8", "replace")
    if len(data) <= limit_bytes:
        return text
    kept = data[: limit_bytes - 3].decode("utf-8", "ignore")
    return shorten(kept, len(kept) - 1) if " " in kept else kept + "…"


def web_address(text: str | None) -> str | None:
    """*text* as an http(s) address in ASCII, else None: nothing else is ever made a link.

    >>> web_address("http://example.org/a b")
    'http://example.org/a%20b'
    >>> web_address("javascript:alert(1)") is None
    True
    """
    if not text:
        return None
    address = plain(text)
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    try:
        net = parts.netloc.encode("ascii").decode() if parts.netloc.isascii() else _idna(parts.netloc, host)
    except UnicodeError:
        return None
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe='/%:@!$&()*+,;=~?')}" if parts.fragment else ""
    return f"{parts.scheme.lower()}://{quote(net, safe='@:[]%.-_~')}{path}{query}{fragment}"


def _idna(netloc: str, host: str) -> str:
    return netloc.lower().replace(host, host.encode("idna").decode("ascii"))
