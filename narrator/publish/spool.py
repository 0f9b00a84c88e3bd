"""Parts of large files, put aside on disk until they are written in their order."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self


class Spool:
    """Keeps bytes in a file without a name; gone when the context ends, whatever ends it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the context
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, data: bytes) -> int:
        """Put *data* behind what is there; the place it begins at."""
        place = self._file.seek(self._end)
        self._end += self._file.write(data)
        return place

    def get(self, place: int, size_bytes: int) -> bytes:
        """*size_bytes* from *place* on."""
        self._file.seek(place)
        return self._file.read(size_bytes)
