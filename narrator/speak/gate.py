"""How many requests are under way at once: as many as the other side bears."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from narrator.speak.patience import Patience, Trouble
from narrator.speak.slots import AllTaken, Slots

GOODS_FOR_ONE_MORE = 8
"""That many good replies let one more request run at once again."""
FEWEST = 2
"""Requests at once, however often the other side asks for less: one that hangs must not stop all."""
HANGING_S = 30.0
"""A request that was given up counts as under way for so long: the other side may still be at it."""
FIRST_PAUSE_S = 0.3
LONGEST_PAUSE_S = 8.0


class Gate:
    """Lets through as many requests at once as the other side bears.

    Halves when told to slow down (once per pause, however many replies say so), and lets one more
    through after `GOODS_FOR_ONE_MORE` good replies.
    """

    def __init__(self, most: int, slots: Slots | None = None) -> None:
        """*most* at once here; *slots* bound what all processes of this machine do together."""
        self._most = most
        self._slots = slots
        self._limit = most
        self._inside = 0
        self._hanging: list[float] = []
        self._good = 0
        self._slowdowns = 0
        self._closed_until = 0.0
        self._changed = threading.Condition()

    @contextmanager
    def place(self, patience: Patience) -> Iterator[None]:
        """A place for one request, waited for as long as *patience* lasts.

        Raises:
            Trouble: patience ended first.
        """
        with self._changed:
            while self._inside >= self._open_places() or time.monotonic() < self._closed_until:
                if not patience.left_s():
                    raise Trouble("throttled", "lets no more requests through")
                pause_s = self._closed_until - time.monotonic()
                self._changed.wait(min(max(pause_s, 0.0) or 1.0, 1.0))
            self._inside += 1
        failed: Trouble | None = None
        begun = time.monotonic()
        try:
            if self._slots is None:
                yield
            else:
                with self._slots.take(patience.left_s()):
                    yield
        except AllTaken as error:
            raise Trouble("hanging", "is busy with other runs of this machine") from error
        except Trouble as trouble:
            failed = trouble
            raise
        finally:
            with self._changed:
                self._inside -= 1
                if failed:
                    self._bad(failed, time.monotonic() - begun)
                self._changed.notify_all()

    def _open_places(self) -> int:
        now = time.monotonic()
        self._hanging = [until for until in self._hanging if until > now]
        return min(self._limit, self._most - len(self._hanging))

    def good(self) -> None:
        """A reply was good."""
        with self._changed:
            self._good += 1
            if self._good >= GOODS_FOR_ONE_MORE:
                self._good = 0
                self._slowdowns = 0
                if self._limit < self._most:
                    self._limit += 1
                    self._changed.notify_all()

    def _bad(self, trouble: Trouble, waited_s: float) -> None:
        """An attempt failed after *waited_s*; when the other side asked for less, send less."""
        if trouble.kind == "hanging":
            self._hanging.append(time.monotonic() + max(0.0, HANGING_S - waited_s))
        elif trouble.kind == "throttled":
            self._slow_down(trouble.retry_after_s)

    def _slow_down(self, retry_after_s: float | None) -> None:
        now = time.monotonic()
        if now < self._closed_until:
            return
        self._good = 0
        self._limit = max(FEWEST, self._limit // 2)
        pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**self._slowdowns)
        self._slowdowns += 1
        self._closed_until = now + (pause_s if retry_after_s is None else retry_after_s)
