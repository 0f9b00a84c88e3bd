"""WARC files: the pages that a crawler kept, each address once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlunsplit

from narrator.address import split_address
from narrator.errors import ReadError
from narrator.read.archives.entry import Entry
from narrator.read.archives.listings import is_listing_address, is_listing_page
from narrator.read.archives.packed import DAMAGE
from narrator.read.archives.stored import Stored

_PAGES = ("text/html", "application/xhtml+xml")


def is_warc(head: bytes, name: str) -> bool:
    """Whether a file that begins with *head* is a WARC file, packed or not."""
    return head.startswith(b"WARC/") or (name.lower().endswith(".warc.gz") and head.startswith(b"\x1f\x8b"))


def read_warc(file: Stored, *, max_size_bytes: int) -> Iterator[Entry]:
    """The pages of a WARC file in its order; of several captures of one address the last one.

    Pictures, scripts, redirects and errors are no entries.

    Raises:
        ReadError: the file is damaged.
    """
    last = {hash(address): number for number, address, _ in _captures(file)}
    for number, address, record in _captures(file):
        if last[hash(address)] != number:
            continue
        data = record.content_stream().read(max_size_bytes + 1)
        if is_listing_address(address) or is_listing_page(data):
            yield Entry(name=address, source=address, skip="listing page")
            continue
        kind = record.http_headers.get_header("Content-Type") or ""
        yield Entry(name=address, source=address, body=data, charset=_charset(kind), address=address)


def _captures(file: Stored) -> Iterator[tuple[int, str, Any]]:
    """(number of the record, address, record) of every page that was there."""
    from warcio.archiveiterator import ArchiveIterator

    with file.open() as stream, _whole(file.name):
        for number, record in enumerate(ArchiveIterator(stream)):
            if record.rec_type not in {"response", "resource"} or record.http_headers is None:
                continue
            kind = (record.http_headers.get_header("Content-Type") or "").lower()
            if record.http_headers.get_statuscode() == "200" and kind.startswith(_PAGES):
                yield number, _plain(record.rec_headers.get_header("WARC-Target-URI") or ""), record


@contextmanager
def _whole(name: str) -> Iterator[None]:
    from warcio.exceptions import ArchiveLoadFailed

    try:
        yield
    except (ArchiveLoadFailed, *DAMAGE, AttributeError, ValueError) as error:
        # AttributeError: warcio takes for granted that a record names its address
        raise ReadError(f"not a whole WARC file ({error})", where=name, hint="Copy it again.") from error


def _plain(address: str) -> str:
    """*address* without its fragment, nor the angle brackets of early crawlers."""
    bare = address.strip("<> ")
    try:
        return urlunsplit(split_address(bare)._replace(fragment=""))
    except ValueError:
        return bare


def _charset(kind: str) -> str | None:
    value = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return value or None
