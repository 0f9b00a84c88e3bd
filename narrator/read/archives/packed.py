"""Folders, zip and tar files as their files, in the order of their names; nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from narrator.errors import ReadError, SourceTooLarge
from narrator.read.archives.stored import Stored

MAX_FILES = 2_000_000
MAX_RATIO = 200
"""Zip files that unpack to more than this times their size are bombs; text packs 3 to 20 times."""
SMALL_BYTES = 10_000_000
"""Up to this size no ratio matters."""
LONGEST_NAME_BYTES = 1_000_000
"""Of a name or a set of attributes in a tar file, which `tarfile` reads whole: a header may announce
gigabytes of it."""
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
"""What unpacking raises when a file is not what its headers say."""


def folder_files(folder: Path) -> Iterator[Stored]:
    """The files below *folder*; hidden ones, links that lead in circles and show folders are passed over."""
    for path, folders, names in os.walk(folder):
        here = Path(path)
        if (here / "show.toml").is_file() or ((here / "episodes").is_dir() and (here / "feed.xml").is_file()):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and (here / name).is_file():
                yield stored_file(here / name, (here / name).relative_to(folder).as_posix())


def stored_file(path: Path, name: str | None = None) -> Stored:
    """The file at *path*; one that is packed by gzip alone is seen unpacked."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        is_gzip = stream.read(2) == b"\x1f\x8b"
    if is_gzip and not path.name.lower().endswith(".warc.gz"):
        return Stored(name or path.name, size, partial(_unpacked, path))
    return Stored(
        name or path.name,
        size,
        cast(Callable[[], AbstractContextManager[IO[bytes]]], partial(path.open, "rb")),
    )


def _unpacked(path: Path) -> AbstractContextManager[IO[bytes]]:
    return cast(AbstractContextManager[IO[bytes]], gzip.open(path, "rb"))


def zip_files(path: Path) -> Iterator[Stored]:
    """The files of the zip file at *path*.

    Raises:
        ReadError: it is damaged.
        SourceTooLarge: it is made to unpack to far more than it holds.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _refuse_bomb(members, path)
            for member in sorted(members, key=lambda one: one.filename):
                name = _clean(member.filename)
                if name:
                    yield Stored(name, member.file_size, partial(archive.open, member))
    except zipfile.BadZipFile as error:
        raise ReadError(
            f"not a whole zip file ({error})", where=path.name, hint="Download it again."
        ) from error


def _refuse_bomb(members: list[zipfile.ZipInfo], path: Path) -> None:
    unpacked = sum(one.file_size for one in members)
    packed = max(1, path.stat().st_size)
    if len(members) > MAX_FILES or (unpacked > SMALL_BYTES and unpacked > packed * MAX_RATIO):
        raise SourceTooLarge(
            f"{packed:,} bytes that unpack to {unpacked:,} are no archive of posts", where=path.name
        )


class _Member(tarfile.TarInfo):
    """A member whose header is believed only as far as it makes sense."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Member:
        made = super().frombuf(buf, encoding, errors)
        # Regular files and links of all kinds are "0" to "7"; the others hold what belongs to the next one.
        if made.type not in _OWN_TYPES and not 0 <= made.size <= LONGEST_NAME_BYTES:
            raise tarfile.ReadError(f"a header announces {made.size:,} bytes of attributes")
        return made


_OWN_TYPES = frozenset({*tarfile.REGULAR_TYPES, *(b"%d" % number for number in range(8))})


def is_tar(path: Path) -> bool:
    """Whether the file at *path* is a tar file, packed or not, with something in it.

    Raises:
        ReadError: it is one, with a header that makes no sense.
    """
    try:
        with tarfile.open(path, tarinfo=_Member) as archive:
            return archive.next() is not None
    except tarfile.ReadError as error:
        if "announces" in str(error):
            raise ReadError(f"not a whole tar file ({error})", where=path.name) from error
        return False
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError):
        return False


def tar_files(path: Path) -> Iterator[Stored]:
    """The regular files of the tar file at *path*, in its own order; links are passed over.

    Raises:
        ReadError: it is damaged.
        SourceTooLarge: it unpacks to far more than it holds.
    """
    allowed = max(SMALL_BYTES, path.stat().st_size * MAX_RATIO)
    try:
        with tarfile.open(path, tarinfo=_Member) as archive:
            for member in archive:
                allowed -= member.size
                if allowed < 0:
                    raise SourceTooLarge("unpacks to far more than it holds", where=path.name)
                name = _clean(member.name)
                if member.isfile() and name:
                    yield Stored(name, member.size, partial(_open_member, archive, member))
    except DAMAGE as error:
        raise ReadError(
            f"not a whole tar file ({error})", where=path.name, hint="Download it again."
        ) from error


@contextmanager
def _open_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[IO[bytes]]:
    stream = archive.extractfile(member)
    if stream is None:
        raise OSError(f"{member.name} is no file")
    with stream:
        yield stream


def _clean(name: str) -> str:
    """*name* without a way out of the archive, which only messages show anyway; "" for hidden files."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."}]
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return ""
    return "/".join(parts)
