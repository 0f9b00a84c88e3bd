"""What an archive is, seen from its content, and its entries one at a time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from narrator.errors import ReadError, SourceNotFound
from narrator.read.archives.blogger import is_blogger, read_blogger
from narrator.read.archives.entry import Entry
from narrator.read.archives.feeds import is_feed, read_feed
from narrator.read.archives.files import is_post_name, read_file
from narrator.read.archives.index import Index
from narrator.read.archives.packed import (
    DAMAGE,
    folder_files,
    is_tar,
    stored_file,
    tar_files,
    zip_files,
)
from narrator.read.archives.stored import Stored
from narrator.read.archives.warc import is_warc, read_warc
from narrator.read.archives.wordpress import is_wordpress, read_wordpress

_EXPORTS = (".xml", ".atom", ".rss", ".wxr", ".rdf", ".warc", ".warc.gz", ".xml.gz")


def open_archive(
    source: str | Path, *, now: datetime, max_size_bytes: int = 20_000_000, index: Index | None = None
) -> Iterator[Entry]:
    """The entries of an archive in its order, in memory that does not grow with it.

    Args:
        source: a folder, a zip or tar file, a WARC file, an export of Blogger or WordPress, a feed as a
            file or by its address, or a single post.
        now: when this run counts as; posts that an export dates later are scheduled ones.
        max_size_bytes: the largest post.
        index: what a person said of posts that do not say it themselves.

    Raises:
        SourceNotFound: there is nothing at *source*.
        FetchFailed: a feed could not be fetched.
        ReadError: it is not an archive, or damaged; whole entries before the damage have come by then.
    """
    for entry in _entries(source, now, max_size_bytes):
        found = index.find(entry) if index else None
        yield replace(entry, lacking=found) if found else entry


def _entries(source: str | Path, now: datetime, max_size_bytes: int) -> Iterator[Entry]:
    if re.match(r"https?://", str(source), re.I):
        from narrator.read.archives.online import read_online

        yield from read_online(str(source), max_size_bytes=max_size_bytes)
        return
    path = Path(source)
    try:
        if path.is_dir():
            yield from _files(folder_files(path), now, max_size_bytes)
        elif zipfile.is_zipfile(path):
            yield from _files(zip_files(path), now, max_size_bytes)
        elif not path.name.lower().endswith(".warc.gz") and is_tar(path):
            yield from _files(tar_files(path), now, max_size_bytes)
        else:
            yield from _one_file(path, now, max_size_bytes)
    except FileNotFoundError as error:
        raise SourceNotFound("no such file or folder", where=str(source), hint="Check the path.") from error
    except PermissionError as error:
        raise ReadError(f"cannot be read ({error.strerror})", where=str(error.filename or source)) from error
    except DAMAGE as error:
        raise ReadError(f"is damaged ({error})", where=path.name, hint="Download it again.") from error


def _one_file(path: Path, now: datetime, max_size_bytes: int) -> Iterator[Entry]:
    file = stored_file(path)
    entries = _export(file, now, max_size_bytes)
    if entries is not None:
        yield from entries
    elif is_post_name(path.name):
        yield read_file(file, max_size_bytes=max_size_bytes)
    else:
        raise ReadError(
            "is no archive that narrator knows",
            where=path.name,
            hint="Give a folder, zip, tar, Blogger or WordPress export, RSS or Atom feed, or WARC file.",
        )


def _files(files: Iterator[Stored], now: datetime, max_size_bytes: int) -> Iterator[Entry]:
    """The entries of many files: posts, and exports among them."""
    for file in files:
        try:
            entries = _export(file, now, max_size_bytes) if file.name.lower().endswith(_EXPORTS) else None
            if entries is not None:
                yield from entries
            elif is_post_name(file.name):
                yield read_file(file, max_size_bytes=max_size_bytes)
        except ReadError as error:
            yield Entry(name=file.name, source=file.base, damage=error.message)
        except (*DAMAGE, RuntimeError) as error:  # RuntimeError: it has a password
            yield Entry(name=file.name, source=file.base, damage=f"cannot be read ({error})")


def _export(file: Stored, now: datetime, max_size_bytes: int) -> Iterator[Entry] | None:
    """The entries of *file* when it is an export, a feed or a WARC file; None when it is not."""
    head = file.head()
    if is_warc(head, file.name):
        return read_warc(file, max_size_bytes=max_size_bytes)
    text = head.replace(b"\0", b"")
    if is_blogger(text):
        return read_blogger(file, max_size_bytes=max_size_bytes, now=now)
    if is_wordpress(text):
        return read_wordpress(file, max_size_bytes=max_size_bytes)
    if is_feed(text):
        return read_feed(file, max_size_bytes=max_size_bytes)
    return None
