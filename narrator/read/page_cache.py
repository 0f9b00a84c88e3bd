"""Fetched pages on disk, so that an unchanged page is not sent twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from narrator.files import write_bytes
from narrator.redact import without_userinfo

_MOST_FILES = 500
"""Pages kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it was fetched."""

    data: bytes
    charset: str | None = None
    validators: dict[str, str] = field(default_factory=dict)
    """Request headers that ask whether it has changed since."""


class PageCache:
    """Pages by address in one folder. A damaged or unwritable cache is as good as none."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            import platformdirs

            folder = Path(platformdirs.user_cache_dir("narrator")) / "pages"
        self._folder = folder

    def find(self, address: str) -> CachedPage | None:
        """The page fetched from *address* before, or None."""
        try:
            head, _, data = self._path(address).read_bytes().partition(b"\n")
            facts = json.loads(head)
            if (
                facts["address"] != without_userinfo(address)
                or facts["sha256"] != hashlib.sha256(data).hexdigest()
            ):
                return None
            return CachedPage(data, facts["charset"], dict(facts["validators"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, address: str, page: CachedPage) -> None:
        """Keep *page*, unless the server gave nothing to ask after it with."""
        if not page.validators:
            return
        facts = {
            "address": without_userinfo(address),
            "charset": page.charset,
            "validators": page.validators,
            "sha256": hashlib.sha256(page.data).hexdigest(),
        }
        try:
            write_bytes(self._path(address), json.dumps(facts).encode() + b"\n" + page.data)
            self._prune()
        except OSError:
            return

    def _path(self, address: str) -> Path:
        return self._folder / hashlib.sha256(address.encode()).hexdigest()[:32]

    def _prune(self) -> None:
        kept = [path for path in self._folder.iterdir() if not path.name.startswith(".")]
        if len(kept) > _MOST_FILES:
            for path in sorted(kept, key=lambda one: one.stat().st_mtime)[:-_MOST_FILES]:
                path.unlink(missing_ok=True)
