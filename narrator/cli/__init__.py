"""The command line: one file per command, each parses, calls and prints.

Only the command asked for is imported, so that every start is quick; ``--help`` imports them all.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from narrator import __version__
from narrator.cli.coerce import spare_pydantic
from narrator.cli.errors import guarded

COMMANDS = {
    "make": "Make",
    "batch": "Make",
    "script": "Make",
    "say": "Make",
    "voices": "Make",
    "init": "Show",
    "feed": "Show",
    "check": "Show",
    "serve": "Show",
    "publish": "Show",
    "remove": "Show",
    "cache": "Show",
    "doctor": "Show",
}
"""Commands by name, each with the panel of ``--help`` it stands in; a command is ``cli/NAME.py``."""


def build_app(*names: str) -> typer.Typer:
    """The application with the commands called *names*."""
    app = typer.Typer(
        name="narrator",
        help="Turn news posts into a podcast people can subscribe to.",
        epilog="Start with: narrator make POST.  Then: narrator serve.  Details: narrator COMMAND --help.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None if len(names) == 1 else "rich",
        pretty_exceptions_enable=False,
    )
    app.callback()(_global_options)
    for name in names:
        function = import_module(f"narrator.cli.{name}").command
        app.command(name, rich_help_panel=COMMANDS[name])(function)
    return app


def _global_options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", is_eager=True)
    ] = False,
) -> None:
    if version:
        print(f"narrator {__version__}")
        raise typer.Exit


def main(argv: list[str] | None = None) -> None:
    """Run the command line and leave the process with the right exit code."""
    args = sys.argv[1:] if argv is None else argv
    if args == ["--version"]:
        print(f"narrator {__version__}")
        return
    asked: Any = next((word for word in args if not word.startswith("-")), None)
    names = [asked] if asked in COMMANDS else list(COMMANDS)

    def run() -> Any:
        application = typer.main.get_command(build_app(*names))
        spare_pydantic(application)
        return application(args, prog_name="narrator", standalone_mode=False)

    sys.exit(guarded(run, debug="--debug" in args))
