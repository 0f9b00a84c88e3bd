"""Work that must end in time, whatever a server does: every wait below it has a limit of its own, or none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


def within(limit_s: float, work: Callable[[], Result]) -> Result:
    """What *work* returns or raises, if it is done after *limit_s* seconds.

    Timeouts of sockets are for each few bytes: a server that sends one every second keeps a reader for
    hours. Work that is late is left alone in a thread that does not keep the process.

    Raises:
        TimeoutError: it is not done.
    """
    job = _Job(work)
    thread = threading.Thread(target=job.run, daemon=True)
    thread.start()
    thread.join(limit_s)
    if thread.is_alive():
        raise TimeoutError(f"not done after {limit_s:g} s")
    if job.error is not None:
        raise job.error
    return job.results[0]


class _Job(Generic[Result]):
    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self.results: list[Result] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.results.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self.error = error
