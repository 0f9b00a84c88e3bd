"""Workers on other machines: the same tasks on Dask distributed. The only module that knows Dask.

Workers need this package and nothing else: no shared disk, no show folder. What they make comes back as
bytes, and only the coordinator writes the show. A worker that is lost loses nothing: Dask gives its tasks
to others, and a task that keeps taking workers down fails alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

from narrator.errors import ConfigError, NarratorError, SpeechFailed
from narrator.run.local import ATTEMPTS, Done, portable

Task = TypeVar("Task")
Result = TypeVar("Result")

WAIT_S = 10
"""How long a scheduler may take to answer, and to have a worker."""
AHEAD = 2
"""Tasks for each worker thread that are under way, so that none waits for the network."""


class ClusterCrew:
    """The workers of a Dask scheduler."""

    is_here = False

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at *address*, such as ``tcp://10.0.0.1:8786``.

        Raises:
            ConfigError: Dask is not installed, or no scheduler with a worker answers there.
        """
        try:
            self._dask: Any = import_module("distributed")
        except ImportError as error:
            raise ConfigError(
                "Dask is not installed", where="--cluster", hint="pip install 'narrator-podcast[cluster]'."
            ) from error
        try:
            self._client: Any = self._dask.Client(address, timeout=WAIT_S)
            self._client.wait_for_workers(1, timeout=WAIT_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise ConfigError(
                f"no Dask scheduler with a worker answers ({' '.join(str(error).split())[:120]})",
                where=f"--cluster {address}",
                hint="Start one: dask scheduler; then on each machine: dask worker ADDRESS.",
            ) from error

    @property
    def size(self) -> int:
        """Tasks that all workers do at the same time."""
        return max(1, sum(int(count) for count in self._client.nthreads().values()))

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Done[Task, Result]]:
        """See `Crew.run`."""
        source = iter(tasks)
        under_way: dict[Any, tuple[Task, int]] = {}
        exhausted = False
        while True:
            while not exhausted and len(under_way) < AHEAD * self.size:
                task = next(source, _NO_MORE)
                if task is _NO_MORE:
                    exhausted = True
                else:
                    under_way[self._submit(function, task)] = (task, 1)
            if not under_way:
                return
            for future in self._dask.wait(list(under_way), return_when="FIRST_COMPLETED").done:
                task, attempts = under_way.pop(future)
                done = _collect(future, task)
                if done is None and attempts < ATTEMPTS:
                    under_way[self._submit(function, task)] = (task, attempts + 1)
                else:
                    yield done or Done(task, error=_lost())

    def close(self) -> None:
        """Leave the cluster; what is under way there is given up."""
        self._client.close()

    def _submit(self, function: Callable[[Task], Result], task: Task) -> Any:
        return self._client.submit(_do, function, task, pure=False)


_NO_MORE: Any = object()


def _do(function: Callable[[Any], Any], task: Any) -> tuple[Any, Exception | None]:
    """Run on a worker: errors come back as values, so that Dask takes them for no fault of its own."""
    try:
        return function(task), None
    except Exception as error:  # noqa: BLE001 - the coordinator tells what happened to this post
        return None, portable(error)


def _collect(future: Any, task: Task) -> Done[Task, Any] | None:
    """What came of a task; None when it was lost with its worker."""
    from distributed.scheduler import KilledWorker

    try:
        result, error = future.result()
    except KilledWorker:
        return None
    except Exception as failure:  # noqa: BLE001 - cancelled or lost: Dask has many names for it
        return None if future.status in {"cancelled", "lost"} else Done(task, error=portable(failure))
    finally:
        future.release()
    return Done(task, result, error)


def _lost() -> NarratorError:
    return SpeechFailed(
        "its workers were lost again and again",
        hint="See the workers' logs; then narrator batch --retry-failed.",
        transient=True,
    )
