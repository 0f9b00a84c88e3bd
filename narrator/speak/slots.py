"""Places shared by all processes of this machine, so that together they keep to one limit.

Each place is a file that is locked while it is taken. The lock is the kernel's: a process that is
killed gives its place back, and nothing has to be cleaned up.
"""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout


class AllTaken(Exception):
    """No place came free in time."""


class Slots:
    """*count* places that carry *name*, for this user on this machine."""

    def __init__(self, name: str, count: int, folder: Path | None = None) -> None:
        user = os.getuid() if hasattr(os, "getuid") else "user"
        self._folder = folder or Path(tempfile.gettempdir()) / f"narrator-{user}"
        self._paths = [self._folder / f"{name}-{number}.lock" for number in range(count)]

    @contextlib.contextmanager
    def take(self, wait_s: float) -> Iterator[None]:
        """Hold one place for the length of the block.

        Where the folder of the places cannot be written, nothing is shared and nothing is waited for.

        Raises:
            AllTaken: none came free within *wait_s*.
        """
        lock = self._acquire(wait_s)
        try:
            yield
        finally:
            if lock is not None:
                lock.release()

    def _acquire(self, wait_s: float) -> FileLock | None:
        until = time.monotonic() + wait_s
        while True:
            for path in random.sample(self._paths, len(self._paths)):
                try:
                    self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                    lock = FileLock(path, thread_local=False)
                    lock.acquire(blocking=False)
                except Timeout:
                    continue
                except OSError:
                    return None
                return lock
            if time.monotonic() >= until:
                raise AllTaken
            time.sleep(random.uniform(0.005, 0.02))
