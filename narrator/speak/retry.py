"""What to do about failures that may pass: wait, try again, and know when to stop.

Engines that send text over a network call `persist`, which needs three things: a `Gate` (how many
requests are under way at once), the run's `Patience` (how long trouble may last), and an attempt that
raises `Trouble` when it failed in a way that may pass.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeVar

from narrator.errors import SpeechFailed
from narrator.speak.slots import AllTaken, Slots

Kind = Literal["unreachable", "failing", "throttled", "hanging"]
Result = TypeVar("Result")

GOOD_IN_A_ROW = 5
"""That many good replies running end a stretch of trouble."""
GOODS_FOR_ONE_MORE = 8
"""That many good replies let one more request run at once again."""
FEWEST = 2
"""Requests at once, however often the other side asks for less: one that hangs must not stop all."""
HANGING_S = 30.0
"""A request that was given up counts as under way for so long: the other side may still be at it."""
FIRST_PAUSE_S = 0.3
LONGEST_PAUSE_S = 8.0
FIRST_TIMEOUT_S = 5.0
LONGER_TIMEOUT_S = 3.0
"""What each further attempt may take longer, for a service that is only slow."""


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
        self, *, failing_s: float = 50.0, waiting_s: float = 75.0, unreachable_s: float = 5.0
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


def persist(attempt: Callable[[float], Result], *, gate: Gate, patience: Patience, what: str) -> Result:
    """What *attempt* returns, tried again until it works or *patience* ends.

    Args:
        attempt: called with the seconds it may take; raises `Trouble` when it failed in a way that
            may pass.
        gate: how many run at once.
        patience: the run's.
        what: names the service in the error.

    Raises:
        SpeechFailed: it did not work in time. Transient.
    """
    tries = 0
    while patience.left_s():
        try:
            with gate.place(patience):
                timeout_s = FIRST_TIMEOUT_S + LONGER_TIMEOUT_S * tries
                result = attempt(max(0.1, min(timeout_s, patience.left_s())))
        except Trouble as trouble:
            if not patience.left_s():
                break
            patience.bad(trouble)
            if (trouble.retry_after_s or 0.0) > patience.left_s():
                trouble.detail += f", to be asked again in {trouble.retry_after_s:.0f} s"
                break
        else:
            gate.good()
            patience.good()
            return result
        tries += 1
        pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(tries, 6))
        patience.wait(pause_s * random.uniform(0.5, 1.0))
    waited_s = round(patience.lasted_s())
    patience.end()
    raise SpeechFailed(
        f"{what} {patience.last.detail}; gave up after {waited_s} s",
        hint='What was voiced is kept: run it again later, or use "--engine espeak", which needs no network.',
        transient=True,
    ) from patience.last
