"""An index file: titles, dates and bylines for posts that do not state them, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from narrator.errors import ConfigError
from narrator.files import read_limited
from narrator.read.archives.entry import Entry, Lacking
from narrator.read.encodings import decode_text
from narrator.read.markers import read_markers
from narrator.read.moments import read_moment

COLUMNS = ("file", "title", "date", "byline")
LARGEST_BYTES = 500_000_000
"""A row for each of a million posts takes a third of it."""


@dataclass(frozen=True, slots=True)
class Index:
    """What an index file says, by the path or the name of the post's file."""

    rows: Mapping[str, Lacking]

    def find(self, entry: Entry) -> Lacking | None:
        """What it says of *entry*: by its path in the archive, its file's name, address or id."""
        base = entry.name.rpartition("/")[2]
        keys = (entry.name, base, base.rpartition(".")[0], entry.address, entry.post_id)
        return next((self.rows[key] for key in keys if key and key in self.rows), None)


def read_index(path: Path) -> Index:
    """The index file at *path*: a line of column names (file, title, date, byline), then one for each post.

    Raises:
        ConfigError: it cannot be read, lacks the column "file", or a date in it is none; the
            message names the line.
    """
    try:
        text = decode_text(read_limited(path, LARGEST_BYTES))
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", where=str(path)) from error
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    names = {(name or "").strip().lower(): name for name in _header(reader, path)}
    if "file" not in names:
        raise ConfigError(
            'has no column "file"',
            where=str(path),
            hint=f"Its first line names the columns: {','.join(COLUMNS)}.",
        )
    try:
        return Index(_rows(reader, names, path))
    except csv.Error as error:
        raise ConfigError(f"is no CSV ({error})", where=f"{path}, line {reader.line_num}") from error


def _header(reader: csv.DictReader[str], path: Path) -> Sequence[str]:
    try:
        return reader.fieldnames or ()
    except csv.Error as error:
        raise ConfigError(f"is no CSV ({error})", where=str(path)) from error


def _rows(reader: csv.DictReader[str], names: Mapping[str, str], path: Path) -> dict[str, Lacking]:
    rows: dict[str, Lacking] = {}
    for row in reader:
        said = {key: (row.get(name) or "").strip() for key, name in names.items()}
        if said["file"]:
            rows[said["file"].removeprefix("./")] = _facts(said, f"{path}, line {reader.line_num}")
    return rows


def _facts(said: Mapping[str, str], where: str) -> Lacking:
    published = None
    if date := said.get("date"):
        published = read_moment(date, read_markers("en"))
        if published is None:
            raise ConfigError(f'"{date}" is not a date', where=where, hint="Write it as 2015-09-18.")
    return Lacking(said.get("title") or None, said.get("byline") or None, published)
