"""Which files of a show folder the public may have: one list for the server and for uploads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from narrator.config import Settings

# Named one by one rather than by what is hidden: a file somebody drops into the folder stays private.
_PUBLIC = re.compile(
    r"""feed\.xml | index\.html | embed\.html | episodes\.json | cover\.(jpg|png)
    | feeds/[a-z0-9-]+\.xml
    | site/[a-z]+\.(css|js|svg)
    | episodes/[A-Za-z0-9][A-Za-z0-9._-]*/(
          [A-Za-z0-9][A-Za-z0-9._-]*\.(mp3|m4a)
        | transcript\.(vtt|srt|json|txt)
        | chapters\.json
        | cover\.(jpg|png)
        | index\.html
      )""",
    re.VERBOSE,
)


def is_public(path: str) -> bool:
    """Whether *path*, relative to the show folder with forward slashes, is for everyone.

    >>> is_public("episodes/rain/index.html"), is_public("episodes/rain/episode.json")
    (True, False)
    """
    return _PUBLIC.fullmatch(path) is not None


def public_files(folder: Path) -> Iterator[Path]:
    """Every public file of the show in *folder*, by name."""
    for pattern in ("*", "feeds/*", "site/*", "episodes/*/*"):
        for path in sorted(folder.glob(pattern)):
            if is_public(path.relative_to(folder).as_posix()) and path.is_file():
                yield path


def file_stamps(folder: Path, settings: Settings) -> list[tuple[str, int, int]]:
    """Name, size and time of the files that `publish_show` writes for the whole show, and of its picture.

    Equal stamps mean that nobody has touched them in between.
    """
    found = [path for pattern in ("*", "feeds/*", "site/*") for path in sorted(folder.glob(pattern))]
    made = [path for path in found if is_public(path.relative_to(folder).as_posix())]
    picture = [folder / settings.image] if settings.image else []
    stats = [(path.name, path.stat()) for path in (*made, *picture) if path.is_file()]
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]


_TYPES = {
    # Browsers show application/rss+xml as source text, and application/xml with its style sheet.
    ".xml": "application/xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


def media_type(path: str) -> str:
    """Media type a public file is served and uploaded with, with its charset when it is text."""
    if path.endswith("chapters.json"):
        return "application/json+chapters; charset=utf-8"
    return _TYPES.get(Path(path).suffix.lower(), "application/octet-stream")
