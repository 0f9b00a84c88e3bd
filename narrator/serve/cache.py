"""Small public files in memory, as they were last on disk and for the address that asked."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from narrator.serve.addresses import exchange, written_base

LIMIT_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A file ready to be sent."""

    body: bytes
    etag: str
    last_modified: str


class PageCache:
    """Pages by file and base address; a file that changed on disk is read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: OrderedDict[tuple[str, str], tuple[tuple[int, int], Page]] = OrderedDict()
        self._size_bytes = 0

    def find(self, path: str, base: str, state: os.stat_result) -> Page | None:
        """The page when it is here and still as on disk."""
        found = self._pages.get((path, base))
        if found is None or found[0] != (state.st_mtime_ns, state.st_size):
            return None
        self._pages.move_to_end((path, base))
        return found[1]

    def load(self, path: str, base: str, state: os.stat_result) -> Page:
        """Read the file, with its addresses exchanged for those at *base*.

        Raises:
            OSError: the file is gone.
        """
        body = (self._folder / path).read_bytes()
        if path == "site/qr.svg":
            from narrator.publish.site.qr import qr_svg

            body = qr_svg(f"{base}/feed.xml").encode()
        elif path.endswith((".xml", ".html", ".json")):
            body = exchange(body, written_base(self._folder), base)
        page = Page(
            body=body,
            etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            last_modified=formatdate(state.st_mtime, usegmt=True),
        )
        self._keep((path, base), (state.st_mtime_ns, state.st_size), page)
        return page

    def _keep(self, key: tuple[str, str], state: tuple[int, int], page: Page) -> None:
        old = self._pages.pop(key, None)
        if old:
            self._size_bytes -= len(old[1].body)
        self._pages[key] = (state, page)
        self._size_bytes += len(page.body)
        while self._size_bytes > LIMIT_BYTES and len(self._pages) > 1:
            _, (_, dropped) = self._pages.popitem(last=False)
            self._size_bytes -= len(dropped.body)
