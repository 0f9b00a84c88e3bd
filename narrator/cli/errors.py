"""Errors to exit codes: a known failure is one line on stderr, a bug says how to see more."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any

import typer

from narrator.errors import NarratorError
from narrator.redact import redact

UsageError: Any = typer.BadParameter.__mro__[1]
"""The base of everything typer says about a wrong command line; it has no public name there."""

INTERRUPTED = 130
TERMINATED = 143


class Terminated(BaseException):
    """SIGTERM came; raised so that work in hand is put away as on Ctrl-C."""


def guarded(run: Callable[[], Any], *, debug: bool) -> int:
    """Run the application; what comes back is the exit code of the process.

    Known failures print one line, a traceback only with *debug*.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        result = run()
        if result == INTERRUPTED:  # how typer tells of Ctrl-C
            raise KeyboardInterrupt
    except NarratorError as error:
        report(error, debug=debug)
        return error.exit_code
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message())
            return 0
        command = error.ctx.command_path if error.ctx else "narrator"
        message = error.format_message().rstrip(".")
        stop = "" if message.endswith("?") else "."
        say(f"{command}: {message}{stop} Try '{command} --help'.")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        say("narrator: interrupted. What was finished is kept; run the same command to go on.")
        return INTERRUPTED
    except Terminated:
        say("narrator: stopped. What was finished is kept; run the same command to go on.")
        return TERMINATED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is one line too
        if debug:
            say(_traced(error))
        say(
            f"narrator: a bug: {type(error).__name__}: {' '.join(redact(str(error)).split())[:200]}."
            " Run it again with --debug and report what it prints."
        )
        return 1
    return result if isinstance(result, int) else 0


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def report(error: NarratorError, *, debug: bool = False) -> None:
    """Print a known failure as one line on stderr."""
    if debug:
        say(_traced(error))
    say(str(error))


def _traced(error: Exception) -> str:
    """The traceback with its causes, which may quote addresses and keys, without what is secret."""
    return redact("".join(traceback.format_exception(error))).rstrip()


def say(message: str) -> None:
    """One line on stderr."""
    print(message, file=sys.stderr)
