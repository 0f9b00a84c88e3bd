"""A folder for what takes long to make and is the same for every show: in the user's cache, theirs alone."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def kept_folder(name: str) -> Path | None:
    """The folder called *name* in narrator's part of the user's cache.

    None where it cannot be written, or where somebody else may write too: what is kept is believed, and
    some of it is code.
    """
    folder = Path(platformdirs.user_cache_dir("narrator")) / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except OSError:
        return None
    if hasattr(os, "getuid") and (facts.st_uid != os.getuid() or facts.st_mode & 0o022):
        return None
    return folder if os.access(folder, os.W_OK) else None
