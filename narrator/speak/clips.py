"""The clip store: every line that was ever voiced, found again by what makes it sound as it does.

A clip is one file named by its key: a line of JSON (all of the `Clip` but the line it speaks, and the
checksum of the samples), then the samples. A clip that is damaged, or that a killed run wrote half of,
does not fit its checksum: it counts as absent, and is voiced and written anew. Several processes may use
one store. Reading a clip renews its time stamp, and `shrink` removes those read longest ago.
"""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from narrator.errors import SpeakError
from narrator.files import aside
from narrator.models import Clip

LIMIT_BYTES = 4_000_000_000
"""About 25 hours of sound at 22,050 Hz; clips unused for longest make room for new ones."""
KEEP_SECONDS = 3600
"""Clips used this recently are never removed: the run they belong to may still need them."""
CHECK_SECONDS = 600
FORMAT = "clip 2"


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a clip's file."""

    format: str
    digest: str
    clip: Clip


_HEADS = msgspec.json.Decoder(_Head)
"""Made here, not when the first clip is read: two threads that make msgspec work out a type at the same
moment crash it."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store holds."""

    clips: int
    size_bytes: int


def clip_key(*parts: str) -> str:
    """Digest of all that makes a clip sound as it does; equal parts, equal sound."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


class ClipStore:
    """Clips in a folder of files; may be deleted at any time."""

    def __init__(self, folder: Path, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes

    def find(self, key: str, line_id: str) -> Clip | None:
        """The clip under *key*, to speak line *line_id*; None when it is absent or damaged."""
        try:
            head, _ = self._read(key)
            os.utime(self._path(key))
        except (OSError, ValueError):
            return None
        return replace(head.clip, line_id=line_id, reused=True)

    def read_pcm(self, key: str) -> bytes:
        """The samples under *key*: signed 16-bit little-endian, mono; none for the key "".

        Raises:
            SpeakError: they are absent or damaged.
        """
        if not key:
            return b""
        try:
            return self._read(key)[1]
        except (OSError, ValueError) as error:
            raise SpeakError(
                f"clip is gone or damaged ({error})",
                where=self._path(key),
                hint="Run it again: the line is voiced anew.",
            ) from error

    def keep(self, clip: Clip, pcm: bytes) -> None:
        """Store *clip* and its samples under its key.

        Raises:
            SpeakError: the folder cannot be written.
        """
        head = _Head(FORMAT, _digest(pcm), replace(clip, line_id="", reused=False))
        parts = (msgspec.json.encode(head), b"\n", pcm)
        try:
            try:
                _write(self._path(clip.key), parts)
            except FileNotFoundError:
                self.folder.mkdir(parents=True, exist_ok=True)
                _write(self._path(clip.key), parts)
        except OSError as error:
            raise SpeakError(
                f"the clip store cannot be written ({error.strerror})",
                where=str(self.folder),
                hint="Free some space there, or choose another show folder.",
            ) from error

    def facts(self) -> StoreFacts:
        """How many clips there are, and their size."""
        sizes = [stat.st_size for _, stat in self._files()]
        return StoreFacts(clips=len(sizes), size_bytes=sum(sizes))

    def clear(self) -> StoreFacts:
        """Remove every clip; returns what was there."""
        facts = self.facts()
        for path, _ in self._files():
            path.unlink(missing_ok=True)
        return facts

    def shrink(self, *, keep_seconds: float = KEEP_SECONDS) -> int:
        """Remove clips that were read longest ago until the rest fits the limit.

        Args:
            keep_seconds: clips used this recently stay, whatever the size.

        Returns:
            Bytes removed.
        """
        files = sorted(self._files(), key=lambda one: one[1].st_mtime)
        excess = sum(stat.st_size for _, stat in files) - self.limit_bytes
        removed = 0
        for path, stat in files:
            if removed >= excess or stat.st_mtime > time.time() - keep_seconds:
                break
            path.unlink(missing_ok=True)
            removed += stat.st_size
        return removed

    def shrink_sometimes(self) -> None:
        """`shrink`, at most every few minutes: listing a large store takes as long as voicing a post."""
        mark = self.folder / ".checked"
        try:
            if mark.exists() and time.time() - mark.stat().st_mtime < CHECK_SECONDS:
                return
            mark.touch()
            self.shrink()
        except OSError:
            return

    def _path(self, key: str) -> str:
        return f"{self.folder}/{key}.clip"

    def _read(self, key: str) -> tuple[_Head, bytes]:
        with open(self._path(key), "rb") as file:
            head = _HEADS.decode(file.readline())
            pcm = file.read()
        if head.format != FORMAT or head.clip.key != key or head.digest != _digest(pcm):
            raise ValueError("it is not what was stored")
        return head, pcm

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.rglob("*.clip"):  # those of former versions stand in folders of their own
            try:
                yield path, path.stat()
            except FileNotFoundError:
                continue


def _write(path: str, parts: Sequence[bytes]) -> None:
    """Put *parts* into the file at *path*.

    Written in place, because the checksum tells a file that is not whole: making it aside and renaming it
    takes half as long again. A file that is there already is replaced in one step, for another process may
    be reading it.
    """
    try:
        with open(path, "xb") as file:
            file.writelines(parts)
    except FileExistsError:
        with aside(Path(path)) as made:
            made.write_bytes(b"".join(parts))


def _digest(pcm: bytes) -> str:
    """A checksum: it tells damage, at a fifth of the time of a digest that would also tell forgery."""
    return f"{zlib.crc32(pcm):08x}"
