"""The show's cover: the picture a person chose, else one drawn from the title."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from narrator.errors import ConfigError
from narrator.files import read_limited, write_bytes, write_text
from narrator.publish.feed import show_title
from narrator.shows import Show, scratch_folder

COVER = "cover.jpg"
LARGEST_BYTES = 50_000_000
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
    target = show.folder / COVER
    if not is_drawn(show):
        # Drawing takes longer than everything else a new episode changes, so it is done once.
        write_bytes(target, drawn_cover(show_title(show)), scratch_folder(show.folder))
        write_text(_note(show), _key(show), scratch_folder(show.folder))
    return COVER


def is_drawn(show: Show) -> bool:
    """Whether the cover is there already, or is a picture that a person chose."""
    try:
        return bool(show.settings.image) or _note(show).read_text(encoding="utf-8") == _key(show)
    except OSError:
        return False


@lru_cache(maxsize=1)
def drawn_cover(title: str) -> bytes:
    """The cover that is drawn for a show called *title*."""
    from narrator.cover import draw_cover

    return draw_cover(title, title, SIZE_PX)


def _copy(show: Show, image: str) -> str:
    source = show.folder / image
    try:
        data = read_limited(source, LARGEST_BYTES)
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


def _note(show: Show) -> Path:
    """Where it is written down what the cover was drawn from."""
    return scratch_folder(show.folder) / "cover.key"


def _key(show: Show) -> str:
    drawn = (show.folder / COVER).read_bytes()
    return hashlib.sha256(f"{SIZE_PX}\n{show_title(show)}\n".encode() + drawn).hexdigest()
