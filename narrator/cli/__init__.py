"""The command line: one file per command, each parses, calls and prints.

Only the command asked for is imported, so that every start is quick; ``--help`` imports them all.
"""

from __future__ import annotations

import atexit
import gc
import sys

from narrator import __version__

RARELY = 50_000
"""Objects more than before when Python looks for cycles among them: at its 700 it looks some hundred
times while modules load, of which nothing goes away; never looking saves 4 % of a make, this 2 %."""
COMMANDS = {
    "make": "Turn posts into episodes, and update the feed and the site.",
    "batch": "Turn an archive of posts into episodes with their own dates.",
    "bulletin": "Tell several posts as one episode, headlines first.",
    "script": "Write what would be said, for reading and editing.",
    "say": "Hear, or see, how a line will be said.",
    "voices": "List, hear and install voices.",
    "init": "Begin a show: write a show.toml that explains itself.",
    "serve": "Serve feed and site, here or to a phone nearby.",
    "publish": "Upload the show: audio first, the feed last.",
    "check": "Check the feed by the rules of apps and directories.",
    "feed": "Rebuild feed and site; no audio is touched.",
    "remove": "Take an episode down for good.",
    "cache": "See or clear the voiced lines a show keeps.",
    "doctor": "Look at this machine and the show: what lacks, what to do.",
}
"""Commands and what the list of them says; a command is the function `command` of ``cli/NAME.py``."""


def version_line() -> str:
    """What ``--version`` prints."""
    return f"narrator {__version__}"


def main(argv: list[str] | None = None) -> None:
    """Run the command line and leave the process with the right exit code."""
    gc.set_threshold(RARELY)
    atexit.register(gc.freeze)  # what is left goes with the process; looking it through takes 0.1 s
    args = sys.argv[1:] if argv is None else argv
    if args == ["--version"]:  # typer is not needed for it
        print(version_line())
        return
    asked = next((word for word in args if not word.startswith("-")), "")
    if argv is None and len(args) > 1 and "--help" not in args:
        _begin_processes(asked, args)
    from narrator.cli.app import run_app
    from narrator.cli.errors import guarded

    names = [asked] if asked in COMMANDS else list(COMMANDS)
    sys.exit(guarded(lambda: run_app(names, args), debug="--debug" in args))


def _begin_processes(asked: str, args: list[str]) -> None:
    """Start what works beside this process first of all, so that both load side by side."""
    if asked == "make":
        from narrator.run.desk import DESK

        DESK.open()
    elif asked == "batch" and not any(word.startswith("--cluster") for word in args):
        from narrator.run.local import prepare_workers

        prepare_workers()
