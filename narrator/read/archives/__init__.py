"""Archives → entries → articles: folders, zip, tar, exports, feeds and WARC files, one post at a time."""

from narrator.read.archives.entry import Entry, Lacking
from narrator.read.archives.index import Index, read_index
from narrator.read.archives.opening import open_archive
from narrator.read.archives.reading import fetch_entry, read_entry

__all__ = ["Entry", "Index", "Lacking", "fetch_entry", "open_archive", "read_entry", "read_index"]
