"""Files that appear whole or not at all: made aside on the same disk, then renamed into place."""

from __future__ import annotations

import errno
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

TEXT_BYTES = 10_000_000
"""Nobody writes more by hand; what is larger is a device or a mistake."""
MANIFEST_BYTES = 200_000_000
"""A hundred times the manifest of an hour."""

BLOCK_BYTES = 1 << 18


@contextmanager
def aside(target: Path, scratch: Path | None = None) -> Iterator[Path]:
    """A path to write to; at the end of the block it is renamed to *target*.

    Whatever goes wrong inside the block leaves *target* as it was and no scrap behind. Works for
    files and for folders (a folder replaces only an absent or empty one).

    Args:
        target: where the finished file or folder will be.
        scratch: a folder on the same disk to work in; the target's own folder when None.
    """
    made = _scrap(target, scratch)
    try:
        yield made
        if scratch is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
    except BaseException:
        _remove(made)
        raise


def _scrap(target: Path, scratch: Path | None) -> Path:
    """A path to make *target* at, in a folder that is there."""
    folder = scratch or target.parent
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    return folder / f".{target.name[:80]}.{secrets.token_hex(4)}.part"


def _remove(made: Path) -> None:
    """Delete the file or folder *made*, if it is there."""
    try:
        made.unlink(missing_ok=True)
    except OSError:  # it is a folder
        shutil.rmtree(made, ignore_errors=True)


def read_limited(path: Path, limit_bytes: int) -> bytes:
    """What stands in the file at *path*, which somebody else may have chosen.

    Raises:
        OSError: it cannot be read, or holds more than *limit_bytes*, as devices do.
    """
    blocks, size_bytes = [], 0
    with path.open("rb") as file:
        # Block by block, for room is made at once for all that is asked for, be the file ever so small.
        while block := file.read(BLOCK_BYTES):
            blocks.append(block)
            size_bytes += len(block)
            if size_bytes > limit_bytes:
                raise OSError(errno.EFBIG, f"larger than {limit_bytes / 1e6:g} MB", str(path))
    return b"".join(blocks)


def read_text(path: Path) -> str:
    """The text of a file that people write: settings, voices, word lists.

    Raises:
        OSError: it cannot be read, or is larger than a person's writing.
        UnicodeDecodeError: it is not UTF-8.
    """
    return read_limited(path, TEXT_BYTES).decode("utf-8")


def write_bytes(target: Path, data: bytes, scratch: Path | None = None) -> bool:
    """Write *data* to *target* in one step; False when it already held just that.

    A file whose content does not change keeps its time stamp, so that a second run changes
    nothing a web server or an upload would see.
    """
    try:
        if target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
    except OSError:
        pass
    with aside(target, scratch) as made:
        made.write_bytes(data)
    return True


def write_parts(target: Path, parts: Iterable[bytes], scratch: Path | None = None) -> bool:
    """`write_bytes` for a file that comes in *parts*, so that it is never in memory as a whole."""
    import filecmp

    made = _scrap(target, scratch)
    try:
        with made.open("wb") as file:
            file.writelines(parts)
        if target.is_file() and filecmp.cmp(made, target, shallow=False):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
    finally:
        _remove(made)
    return True


def write_text(target: Path, text: str, scratch: Path | None = None) -> bool:
    """`write_bytes` for text: UTF-8, line feeds as they are, lone surrogates replaced."""
    return write_bytes(target, text.encode("utf-8", "replace"), scratch)
