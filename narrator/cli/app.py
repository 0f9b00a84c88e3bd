"""The application that typer runs, of the commands that are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated, Any

import typer

from narrator.cli import COMMANDS, version_line
from narrator.cli.coerce import spare_pydantic
from narrator.cli.groups import with_fields


def build_app(*names: str) -> typer.Typer:
    """The application with the commands called *names*."""
    app = typer.Typer(
        name="narrator",
        help="Turn news posts into a podcast people can subscribe to.",
        epilog="Start with: narrator make POST.  Then: narrator serve.  Details: narrator COMMAND --help.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_global_options)
    for name in names:
        function = import_module(f"narrator.cli.{name}").command
        app.command(name, short_help=COMMANDS[name])(with_fields(function))
    return app


def _global_options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", is_eager=True)
    ] = False,
) -> None:
    if version:
        print(version_line())
        raise typer.Exit


def run_app(names: Iterable[str], args: list[str]) -> Any:
    """What the command line *args* gives, of an application with the commands called *names*."""
    application: Any = typer.main.get_command(build_app(*names))
    spare_pydantic(application)
    return application(args, prog_name="narrator", standalone_mode=False)
