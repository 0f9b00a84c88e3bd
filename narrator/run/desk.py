"""The desk: where posts are read and scripts are written, in a process of its own if there may be one.

Loading what reads and writes takes as long as loading what makes sound, pages and feeds, and neither
needs the other. `narrator make` opens the desk first of all; while a post is read there, this process
loads the rest. The process of the desk is forked before any thread or library is there, keeps nothing
that this one does not know, and ends with it. Where nothing can be forked, the same is done here.
"""

from __future__ import annotations

import atexit
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from narrator.errors import ReadError

if TYPE_CHECKING:
    from narrator.models import Article
    from narrator.run.telling import Facts, House, Telling

HOME = "narrator.run.prepare"
"""The module whose functions are called."""


class _Earlier(NamedTuple):
    """What the desk has to know of an episode that is there already; see `Told`."""

    added: datetime
    slug: str
    language: str
    voice: str
    engine: str


class Desk:
    """Reads posts and writes their scripts, here or in the process that `open` begins."""

    def __init__(self) -> None:
        self._line: _Line | None = None

    def open(self) -> None:
        """Begin a process for what is to come, where that is safe: on Linux, and before there are threads."""
        if self._line is None and sys.platform == "linux" and threading.active_count() == 1:
            self._line = _fork()
            atexit.register(self.close)

    @property
    def is_apart(self) -> bool:
        """Whether there is another process, and this one has time for other things."""
        return self._line is not None

    def close(self) -> None:
        """End the process, whatever it is at."""
        if self._line is not None:
            self._line.end()
            self._line = None

    def read(
        self, source: str, *, max_size_bytes: int, now: datetime, facts: Facts | None = None
    ) -> Callable[[], Article | str]:
        """Begin `narrator.run.prepare.read_source`; what comes back waits for it.

        Nothing else may be asked before that.
        """
        return self._ask("read_source", source, max_size_bytes=max_size_bytes, now=now, facts=facts)

    def tell(
        self,
        source: Article | str,
        house: House,
        *,
        now: datetime,
        where: str,
        updated: datetime | None = None,
    ) -> Telling:
        """See `narrator.run.prepare.tell`."""
        known = [_Earlier(one.added, one.slug, one.language, one.voice, one.engine) for one in house.episodes]
        house = replace(house, episodes=known)
        telling: Telling = self._ask("tell", source, house, now=now, where=where, updated=updated)()
        return telling

    def write_file(self, telling: Telling, folder: Path) -> Callable[[], str]:
        """Begin to write the script as the file people edit; what comes back waits for it, as in `read`."""
        return self._ask("script_in_form", telling, "markdown", folder)

    def _ask(self, name: str, *args: Any, **named: Any) -> Callable[[], Any]:
        if self._line is None:
            result = getattr(import_module(HOME), name)(*args, **named)
            return lambda: result
        self._line.send((name, args, named))
        return self._answer

    def _answer(self) -> Any:
        """The answer to what was asked; what was logged on the way is logged here."""
        assert self._line is not None
        while True:
            try:
                kind, said = self._line.receive()
            except EOFError:
                self.close()
                raise ReadError("the process that read it died", hint="Run it again with --debug.") from None
            if kind == "logged":
                name, level, message = said
                logging.getLogger(name).log(level, "%s", message)
            elif kind == "failed":
                raise said
            else:
                return said


class _Line:
    """Objects to and from another process."""

    def __init__(self, reading: int, writing: int, pid: int = 0) -> None:
        self._reading = os.fdopen(reading, "rb")
        self._writing = os.fdopen(writing, "wb")
        self._pid = pid

    def send(self, said: object) -> None:
        """Hand *said* over, unless nobody is there any more, which `receive` tells."""
        import pickle

        try:
            self._writing.write(pickle.dumps(said))
            self._writing.flush()
        except BrokenPipeError:
            return

    def receive(self) -> Any:
        """What the other side sends next.

        Raises:
            EOFError: nothing more will come.
        """
        import pickle

        try:
            return pickle.load(self._reading)
        except pickle.UnpicklingError as error:  # it died in the middle
            raise EOFError from error

    def end(self) -> None:
        """End the other process and wait until it is gone."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        for file in (self._reading, self._writing):
            with suppress(BrokenPipeError):  # of what it did not take any more
                file.close()


class _Relay(logging.Handler):
    """Logs in the other process what is logged in this one."""

    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record."""
        self._line.send(("logged", (record.name, record.levelno, record.getMessage())))


def _fork() -> _Line:
    from_here, asked = os.pipe()
    answered, to_here = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(asked)
        os.close(answered)
        _serve(_Line(from_here, to_here))
    os.close(from_here)
    os.close(to_here)
    return _Line(answered, asked, pid)


def _serve(line: _Line) -> NoReturn:
    """Do what is asked until nobody asks any more; then the process is over, without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process is interrupted too, and ends this one
    try:
        root = logging.getLogger()
        root.addHandler(_Relay(line))
        home = import_module(HOME)
        while True:
            name, args, named = line.receive()
            try:
                line.send(("done", getattr(home, name)(*args, **named)))
            except Exception as error:  # noqa: BLE001 - raised again where it was asked
                line.send(("failed", _told(error)))
    except BaseException:  # noqa: BLE001 - the other side sees that this one is gone
        os._exit(1)
    os._exit(0)


def _told(error: Exception) -> Exception:
    """*error* with where it happened, which does not survive the way."""
    import traceback

    error.add_note("".join(traceback.format_exception(error)).rstrip())
    return error


DESK = Desk()
"""The command line's own."""
