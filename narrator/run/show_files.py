"""What a show's settings name in its folder: music and picture, which are part of every episode."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from narrator.config import Settings

_NAMED = ("intro_music", "outro_music", "sidebar_sound", "image")
LARGEST_BYTES = 100_000_000
"""What is larger is refused where it is used, and not looked through here."""


def show_files(settings: Settings, folder: Path) -> dict[str, Path]:
    """The files there are, by the setting that names them."""
    named = {name: getattr(settings, name) for name in _NAMED}
    return {name: folder / path for name, path in named.items() if path and (folder / path).is_file()}


def show_file_digests(settings: Settings, folder: Path) -> dict[str, str]:
    """A digest of each of them: another piece of music under the same name is another one."""
    found = {}
    for name, path in show_files(settings, folder).items():
        facts = path.stat()
        if facts.st_size <= LARGEST_BYTES:
            found[name] = _digest(path, facts.st_mtime_ns, facts.st_size)
    return found


@lru_cache(maxsize=16)
def _digest(path: Path, mtime_ns: int, size_bytes: int) -> str:
    """Of a file that has these facts, read once as long as it keeps them: a batch asks for every post."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
