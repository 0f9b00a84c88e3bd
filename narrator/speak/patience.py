"""Trouble that may pass, and how long a run bears with it."""

from __future__ import annotations

import threading
import time
from typing import Literal

Kind = Literal["unreachable", "failing", "throttled", "hanging"]

GOOD_IN_A_ROW = 5
"""That many good replies running end a stretch of trouble."""


class Trouble(Exception):
    """One attempt failed in a way that may pass."""

    def __init__(self, kind: Kind, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.kind: Kind = kind
        self.detail = detail
        self.retry_after_s = retry_after_s


class Patience:
    """How long one run bears with trouble; shared by all its lines and safe among threads.

    Trouble starts with a failure and is over after `GOOD_IN_A_ROW` good replies running. Only its
    length counts, not the number of failures: a thousand lines may each fail once.
    """

    def __init__(
        self, *, failing_s: float = 50.0, waiting_s: float = 68.0, unreachable_s: float = 5.0
    ) -> None:
        """Set the limits; the defaults are those of `narrator make`.

        Args:
            failing_s: for wrong answers and lost connections.
            waiting_s: when told to slow down, or kept waiting for an answer.
            unreachable_s: for a service that never answered in this run.
        """
        self._limits: dict[Kind, float] = {
            "failing": failing_s,
            "throttled": waiting_s,
            "hanging": waiting_s,
            "unreachable": unreachable_s,
        }
        self._lock = threading.Lock()
        self._since: float | None = None
        self._kinds: set[Kind] = set()
        self._good = 0
        self._ever_good = False
        self._last: Trouble | None = None
        self._over = threading.Event()

    @classmethod
    def for_batch(cls) -> Patience:
        """That of a batch, which may wait for hours of throttling, but not for a dead network."""
        return cls(failing_s=300.0, waiting_s=3600.0, unreachable_s=120.0)

    def good(self) -> None:
        """A reply was good."""
        with self._lock:
            self._ever_good = True
            self._good += 1
            if self._good >= GOOD_IN_A_ROW:
                self._since = None
                self._kinds.clear()

    def bad(self, trouble: Trouble) -> None:
        """An attempt failed."""
        with self._lock:
            self._good = 0
            self._kinds.add(trouble.kind)
            self._last = trouble
            if self._since is None:
                self._since = time.monotonic()

    def left_s(self) -> float:
        """Seconds until it is time to give up; the longest limit while there is no trouble."""
        if self._over.is_set():
            return 0.0
        with self._lock:
            if self._since is None:
                return max(self._limits.values())
            kinds: set[Kind] = set(self._kinds)
            if self._ever_good and "unreachable" in kinds:
                kinds.add("failing")
            limit = max(self._limits[kind] for kind in kinds)
            return max(0.0, self._since + limit - time.monotonic())

    def lasted_s(self) -> float:
        """How long the present trouble has lasted."""
        with self._lock:
            return 0.0 if self._since is None else time.monotonic() - self._since

    @property
    def last(self) -> Trouble:
        """What went wrong last, in whatever line."""
        return self._last or Trouble("unreachable", "it was stopped")

    def end(self) -> None:
        """Let nobody wait any longer: the run is over."""
        self._over.set()

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the run."""
        self._over.wait(max(0.0, min(seconds, self.left_s())))
