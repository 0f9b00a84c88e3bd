"""Worker processes of this machine, one task each at a time; one that dies costs no more than that."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from narrator.errors import NarratorError, SpeechFailed
from narrator.machine import share_cores
from narrator.redact import redact

Task = TypeVar("Task")
Result = TypeVar("Result")

ATTEMPTS = 2
"""How often a task may take its worker down before it counts as failed."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Task, Result]):
    """A task that came to its end."""

    task: Task
    result: Result | None = None
    error: Exception | None = None


class Crew(Protocol):
    """Those who do the work: processes here, or machines elsewhere."""

    is_here: bool
    """Whether the work is done on this machine, and may write to its disk."""

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Done[Task, Result]]:
        """Do *function* for each of *tasks*; they come back as they end, in no order.

        Tasks are taken from their iterator only when somebody is free to do them.
        """
        ...

    def close(self) -> None:
        """Let everybody go; what is under way is lost."""
        ...


@dataclass(slots=True, eq=False)
class _Worker:
    process: Any
    pipe: Connection
    job: _Job[Any] | None = None


@dataclass(slots=True)
class _Job(Generic[Task]):
    task: Task
    attempts: int = field(default=0)


def prepare_workers() -> Any:
    """Begin the process that workers come from, where there can be one; what comes back starts them.

    It is a small server that has imported the stages but runs no thread, so that starting a worker takes
    milliseconds and inherits neither locks nor open files. Begun early, it is ready when there is work.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing.forkserver import ensure_running

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["narrator.run.preload"])
    ensure_running()
    return context


class LocalCrew:
    """Up to *size* processes, started when there is work for them."""

    is_here = True

    def __init__(self, size: int) -> None:
        self.size = max(1, size)
        self._context = prepare_workers()
        self._workers: list[_Worker] = []

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Done[Task, Result]]:
        """See `Crew.run`. A task whose worker died is given to another one once."""
        waiting = _Waiting(tasks)
        self._give_all(function, waiting)
        while busy := {one.pipe: one for one in self._workers if one.job is not None}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                job = worker.job
                assert job is not None
                try:
                    result, error = worker.pipe.recv()
                except (EOFError, OSError):
                    self._bury(worker)
                    if job.attempts < ATTEMPTS:
                        waiting.put_back(job)
                        self._give_all(function, waiting)
                        continue
                    result, error = None, _lost(worker)
                worker.job = None
                self._give_all(function, waiting)  # before this one is told of, which may take a while
                yield Done(job.task, result, error)

    def close(self) -> None:
        """End every worker at once."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
        self._workers.clear()

    def _give_all(self, function: Callable[[Task], Result], waiting: _Waiting[Task]) -> None:
        """Give everybody who is free something to do."""
        while sum(one.job is not None for one in self._workers) < self.size:
            job = waiting.next()
            if job is None:
                return
            self._give(function, job)

    def _give(self, function: Callable[[Task], Result], job: _Job[Task]) -> None:
        worker = self._idle_worker() or self._hire()
        job.attempts += 1
        worker.job = job
        # One that died idle has a pipe that reads as ended, and its task is given to another.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send((function, job.task))

    def _idle_worker(self) -> _Worker | None:
        """One that waits for work and lives: a job must not count the death of a worker it never reached."""
        for worker in [one for one in self._workers if one.job is None]:
            if worker.process.is_alive():
                return worker
            self._bury(worker)
        return None

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self.size), daemon=True, name="narrator-worker"
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _bury(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(5)
        self._workers.remove(worker)


class _Waiting(Generic[Task]):
    """What nobody has begun with, and what has to be begun with again."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._source = iter(tasks)
        self._again: list[_Job[Task]] = []

    def next(self) -> _Job[Task] | None:
        """A job for somebody who is free; None when there is none."""
        if self._again:
            return self._again.pop()
        for task in self._source:
            return _Job(task)
        return None

    def put_back(self, job: _Job[Task]) -> None:
        """*job* has to be done by another one."""
        self._again.append(job)


def _lost(worker: _Worker) -> NarratorError:
    code = worker.process.exitcode
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return SpeechFailed(
        f"the worker process ended on it twice ({how})",
        hint="Free some memory, or try it alone: narrator batch --retry-failed --jobs 1.",
        transient=True,
    )


def _work(pipe: Connection, workers: int) -> None:
    """What one of *workers* does until its pipe closes, which it does too when the coordinator is killed."""
    # Ctrl-C reaches the whole process group; the coordinator alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    share_cores(workers)
    while True:
        try:
            function, task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[Any, Exception | None] = (function(task), None)
        except Exception as error:  # noqa: BLE001 - the coordinator tells what happened to this post
            answer = (None, portable(error))
        try:
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            return


def portable(error: Exception) -> Exception:
    """*error* in a form that survives the pipe, a bug with its traceback as a note.

    Secrets go out of it here, where the keys are known that may stand in it.
    """
    import traceback

    if isinstance(error, NarratorError):
        return error
    told = RuntimeError(redact(f"{type(error).__name__}: {error}"))
    told.add_note(redact("".join(traceback.format_exception(error))))
    return told
