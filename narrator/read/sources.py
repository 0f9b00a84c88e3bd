"""A path, an address or "-" → `Article`: picks the reader that fits."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from narrator.errors import NotAnArticle, ReadError, SourceNotFound, SourceTooLarge
from narrator.models import Article
from narrator.read.draft import Draft
from narrator.read.encodings import decode_text
from narrator.read.front_matter import apply_front_matter, split_front_matter
from narrator.read.moments import date_in_address
from narrator.read.plaintext import draft_text
from narrator.shows import now as clock

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAGS = re.compile(r"<(?:/p|/div|br|/h[1-6]|/li|/td|/article)\b[^<>]*>", re.I)
_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive or office document",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"ID3": "an MP3 file",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
}


@dataclass(slots=True)
class Source:
    """A source as it came."""

    data: bytes
    name: str
    """Its address, the name of the local file, or "-"."""
    address: str | None = None
    charset: str | None = None
    """What a server said its encoding is."""
    origin: str = ""
    """The path or address it was asked for by."""


def read_article(
    source: str | Path, *, max_size_bytes: int = 20_000_000, now: datetime | None = None
) -> Article:
    """The post that *source* holds, every line of it accounted for.

    Args:
        source: an http(s) address, the path of a web page, text or Markdown file, or "-" for
            standard input.
        max_size_bytes: the largest source that is read, before and after decompression.
        now: the moment against which dates are believed; the clock's when None.

    Raises:
        SourceNotFound: there is no such file, or it is a folder.
        SourceTooLarge: it is larger than *max_size_bytes*.
        FetchFailed: the address could not be fetched.
        NotAnArticle: there is no article in it; the message says what there is instead.
    """
    return read_loaded(load_source(source, max_size_bytes=max_size_bytes), now=now)


def read_loaded(loaded: Source, *, now: datetime | None = None) -> Article:
    """`read_article` for a source whose bytes are here already."""
    from narrator.read.assemble import assemble

    moment = now or clock()
    try:
        article = assemble(make_draft(loaded), now=moment)
    except NotAnArticle as error:
        error.where = error.where or loaded.name
        raise
    if article.published is None and (day := date_in_address(loaded.origin)) and day <= moment:
        article = replace(article, published=day)
    return article


def load_source(source: str | Path, *, max_size_bytes: int) -> Source:
    """The bytes of *source* and what is known of them; see `read_article`."""
    name = str(source)
    if name == "-":
        return _checked(Source(_read_stdin(max_size_bytes), "-", origin=name), max_size_bytes)
    if re.match(r"https?://", name, re.I):
        from narrator.read.web import fetch_page

        page = fetch_page(name, max_size_bytes=max_size_bytes)
        return _checked(Source(page.data, page.address, page.address, page.charset, name), max_size_bytes)
    return _checked(
        Source(_read_file(Path(source), max_size_bytes), Path(source).name, origin=name), max_size_bytes
    )


def make_draft(source: Source) -> Draft:
    """*source* as a draft, read as the page or the text that its content shows it to be."""
    for mark, what in _BINARY.items():
        if source.data.startswith(mark):
            raise NotAnArticle(f"it is {what}, not a page or text", where=source.name)
    head = decode_text(source.data[:60_000])
    if is_page(head, source.name):
        from narrator.read.pages import draft_page

        return draft_page(source.data, source=source.name, address=source.address, charset=source.charset)
    text = decode_text(source.data)
    facts, count = split_front_matter(text, source.name)
    lines = text.split("\n")
    # Line numbers stay those of the file: front matter leaves empty lines behind.
    draft = draft_text("\n" * count + "\n".join(lines[count:]), source.name)
    if facts:
        apply_front_matter(draft, facts, lines[:count])
    return draft


def is_page(head: str, name: str) -> bool:
    """Whether a source that begins with *head* is a web page, or a piece of one.

    >>> is_page("<!doctype html><title>Rain</title>", "rain.txt"), is_page("Rain <b>fell</b>.", "rain.txt")
    (True, False)
    """
    if _PAGE.match(head.removeprefix("\ufeff")):
        return True
    tags = len(_TAGS.findall(head))
    if name.lower().endswith((".html", ".htm", ".xhtml", ".shtml", ".php", ".asp")):
        return tags > 0 or "<" in head
    return tags >= 3 and head.lstrip().startswith("<")


def _checked(source: Source, max_size_bytes: int) -> Source:
    if len(source.data) > max_size_bytes:
        raise _too_large(source.name, max_size_bytes)
    if not source.data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise NotAnArticle("it is empty", where=source.name)
    return source


def _read_file(path: Path, max_size_bytes: int) -> bytes:
    where = path.name or str(path)
    try:
        if path.is_dir():
            raise SourceNotFound(
                "is a folder, not a post",
                where=where,
                hint=f'Run "narrator batch {where}" for a folder of posts.',
            )
        with path.open("rb") as file:
            return file.read(max_size_bytes + 1)
    except FileNotFoundError as error:
        raise SourceNotFound("no such file", where=str(path), hint="Check the path.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"cannot be read ({reason})", where=where) from error


def _read_stdin(max_size_bytes: int) -> bytes:
    return sys.stdin.buffer.read(max_size_bytes + 1)


def _too_large(name: str, max_size_bytes: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"is larger than {max_size_bytes / 1e6:g} MB", where=name, hint="Raise the limit with --max-size."
    )
