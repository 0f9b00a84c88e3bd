"""The show's cover: the picture a person chose, else one drawn from the title."""

from __future__ import annotations

import hashlib
from pathlib import Path

from narrator.errors import ConfigError
from narrator.files import write_bytes, write_text
from narrator.publish.feed import show_title
from narrator.shows import Show, scratch_folder

SIZE_PX = 3000
"""Side of the drawn cover: the largest Apple takes. Drawn once for a show, some 300 kB of flat colour."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def write_cover(show: Show) -> str:
    """Put the cover into the show folder and return its name, "cover.jpg" or "cover.png".

    Raises:
        ConfigError: the chosen picture is absent or neither JPEG nor PNG.
    """
    if show.settings.image:
        return _copy(show, show.settings.image)
    target = show.folder / "cover.jpg"
    title = show_title(show)
    # Drawing takes longer than everything else a new episode changes, so it is done once.
    note = scratch_folder(show.folder) / "cover.key"
    if _matches(note, target, title):
        return target.name
    from narrator.cover import draw_cover

    write_bytes(target, draw_cover(title, title, SIZE_PX), scratch_folder(show.folder))
    write_text(note, _key(title, target), scratch_folder(show.folder))
    return target.name


def _copy(show: Show, image: str) -> str:
    source = show.folder / image
    try:
        data = source.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"the cover picture cannot be read ({error.strerror})",
            where=str(source),
            hint="Set image in show.toml to a JPEG or PNG in the show folder.",
        ) from error
    if not data.startswith((_PNG, _JPEG)):
        raise ConfigError("the cover picture is neither JPEG nor PNG", where=str(source))
    name = "cover.png" if data.startswith(_PNG) else "cover.jpg"
    write_bytes(show.folder / name, data, scratch_folder(show.folder))
    return name


def _matches(note: Path, target: Path, title: str) -> bool:
    try:
        return note.read_text(encoding="utf-8") == _key(title, target)
    except OSError:
        return False


def _key(title: str, target: Path) -> str:
    return hashlib.sha256(f"{SIZE_PX}\n{title}\n".encode() + target.read_bytes()).hexdigest()
