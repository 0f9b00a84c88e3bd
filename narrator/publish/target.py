"""Where a show is uploaded to: a folder, a server, a bucket, whatever fsspec reaches."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from pathlib import Path
from typing import Any

from narrator.errors import PublishError
from narrator.publish.public import media_type
from narrator.redact import redact

_RENAMING = {"file", "local", "sftp", "ssh"}
"""Here a half-written file would be seen, so it gets its name when it is whole."""
_PLACES = "Destinations are folders, sftp://USER@HOST/PATH, s3://BUCKET/PATH and what fsspec knows."
_EXTRAS = {"s3": "s3", "s3a": "s3", "sftp": "sftp", "ssh": "sftp"}
"""Protocol → the extra of this package that brings what it needs."""


class Target:
    """One place to upload to, through fsspec.

    Every method raises `PublishError` when the other side fails, whatever kind of error its library has.
    """

    def __init__(self, destination: str) -> None:
        """Connect to *destination*; its `name` is the same without a password.

        Raises:
            PublishError: what speaks its protocol is not installed, or it cannot be reached.
        """
        from fsspec.core import url_to_fs

        self.name = redact(destination)
        if not destination.strip() or destination.startswith(":"):
            raise PublishError("this is no place to upload to", where=f'"{self.name}"', hint=_PLACES)
        protocol = destination.partition("://")[0] if "://" in destination else "file"
        options: dict[str, Any] = {}
        if protocol in {"sftp", "ssh"}:
            # Left to itself, sshfs takes any host's key; () means the user's own known_hosts.
            options["known_hosts"] = ()
        try:
            self._fs, self._root = url_to_fs(destination, **options)
        except (ImportError, ValueError) as error:
            raise _not_installed(destination, protocol, error) from error
        except Exception as error:
            raise self._failed("cannot be reached", error) from error
        kinds = self._fs.protocol
        self._protocols = {kinds} if isinstance(kinds, str) else set(kinds)
        self.concurrent = "file" not in self._protocols

    def sizes(self) -> dict[str, int]:
        """Every file there, by path below the destination, with its size in bytes."""
        try:
            self._fs.invalidate_cache()
            found = self._fs.find(self._root, detail=True)
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise self._failed("cannot be listed", error) from error
        root = self._root.rstrip("/") + "/"
        return {
            path.removeprefix(root): int(about["size"] or 0)
            for path, about in found.items()
            if path.startswith(root)
        }

    def put(self, source: Path, path: str) -> None:
        """Copy *source* to *path*; nobody there sees less than the whole file."""
        place = posixpath.join(self._root, path)
        try:
            if self._protocols & _RENAMING:
                self._put_aside(source, place)
            else:
                self._fs.put_file(str(source), place, **self._headers(path))
        except Exception as error:
            raise self._failed(f"{path} cannot be written", error) from error

    def remove(self, path: str) -> None:
        """Delete *path*."""
        try:
            self._fs.rm_file(posixpath.join(self._root, path))
        except Exception as error:
            raise self._failed(f"{path} cannot be deleted", error) from error

    def _put_aside(self, source: Path, place: str) -> None:
        folder, name = posixpath.split(place)
        part = posixpath.join(folder, f".{name}.part")
        self._fs.makedirs(folder, exist_ok=True)
        try:
            self._fs.put_file(str(source), part)
            self._fs.mv(part, place)
        except BaseException:
            with suppress(Exception):
                self._fs.rm_file(part)
            raise

    def _headers(self, path: str) -> dict[str, str]:
        """Media type and caching, as object stores take them with a file."""
        if not self._protocols & {"s3", "s3a"}:
            return {}
        return {"ContentType": media_type(path), "CacheControl": caching(path)}

    def _failed(self, what: str, error: Exception) -> PublishError:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return PublishError(
            f"{what} ({reason})",
            where=self.name,
            hint="Run it again to go on where it stopped.",
            transient=True,
        )


def caching(path: str) -> str:
    """How long a file may be kept by those who fetched it.

    >>> caching("feed.xml")
    'public, max-age=300'
    """
    if path.endswith((".mp3", ".m4a")):
        return "public, max-age=31536000, immutable"
    return "public, max-age=300"


def _not_installed(destination: str, protocol: str, error: Exception) -> PublishError:
    extra = _EXTRAS.get(protocol)
    hint = f"Install it: pip install 'narrator-podcast[{extra}]'." if extra else _PLACES
    return PublishError(f"cannot upload there ({error})", where=destination, hint=hint)
