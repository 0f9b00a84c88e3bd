"""A file of an archive that can be opened again: on disk, or packed in a zip or tar file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of an archive."""

    name: str
    """Its path inside the archive, with forward slashes."""
    size_bytes: int
    """Unpacked."""
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    """Its bytes from the start, each time it is called."""

    @property
    def base(self) -> str:
        """Its name without folders."""
        return self.name.rpartition("/")[2]

    def head(self, count: int = 4096) -> bytes:
        """Its first *count* bytes."""
        with self.open() as stream:
            return stream.read(count)
