"""Writes docs/reference/ from the program itself: commands from their help, settings from their schema.

Run by `make docs`; a test fails while the pages are stale.
"""

from __future__ import annotations

import ast
import inspect
import sys
import typing
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer

from narrator import config, voices
from narrator.cli import COMMANDS
from narrator.cli.app import build_app

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/reference.py; change the program, then run `make docs`. -->\n"


def field_docs(kind: type) -> dict[str, str]:
    """The docstring under each field of a dataclass, on one line."""
    tree = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(tree, ast.ClassDef)
    found: dict[str, str] = {}
    name = ""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            found[name] = " ".join(str(node.value.value).split())
    return found


def describe_type(hint: Any) -> str:
    """A field's type in words a person who writes TOML knows."""
    options = [one for one in typing.get_args(hint) or (hint,) if one is not type(None)]
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(f'`"{one}"`' for one in typing.get_args(hint))
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return " or ".join(
        names.get(one, describe_type(one) if typing.get_args(one) else str(one)) for one in options
    )


def show_default(value: object) -> str:
    """A default as TOML writes it; nothing for absent ones."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def settings_page() -> str:
    """All keys of show.toml."""
    hints = typing.get_type_hints(config.Settings)
    docs = field_docs(config.Settings)
    rows = ["| key | value | default | what it does |", "|---|---|---|---|"]
    for field in fields(config.Settings):
        said = docs.get(field.name, "").replace("|", "\\|")
        kind, default = describe_type(hints[field.name]), show_default(field.default)
        rows.append(f"| `{field.name}` | {kind} | {default} | {said} |")
    return (
        "# Settings\n\n"
        + NOTE
        + "\nKeys of `show.toml`, all optional. An environment variable `NARRATOR_KEY` wins over"
        " the file, an option of the command line over both.\n\n" + "\n".join(rows) + "\n"
    )


def voice_page() -> str:
    """All keys of a voice file."""
    parts = ["# Voice files\n\n", NOTE, "\n", (inspect.getdoc(voices) or "") + "\n"]
    for title, kind in (
        ("The file", voices.Voice),
        ("[roles.NAME]", voices.Casting),
        ("[pauses]", voices.Pauses),
    ):
        docs = field_docs(kind)
        rows = [f"| `{field.name}` | {docs.get(field.name, '')} |" for field in fields(kind)]
        parts += [f"\n## {title}\n\n| key | what it does |\n|---|---|\n", "\n".join(rows), "\n"]
    return "".join(parts)


def command_page() -> str:
    """Every command with its help, as printed 100 columns wide."""
    parts = ["# Commands\n\n", NOTE]
    for name in COMMANDS:
        group: Any = typer.main.get_command(build_app(name))
        command = group.commands[name]
        with typer.Context(group, info_name="narrator") as above:
            context = typer.Context(
                command, info_name=name, parent=above, terminal_width=100, max_content_width=100
            )
            command.rich_markup_mode = None
            parts += [f"\n## narrator {name}\n\n```\n", command.get_help(context).strip(), "\n```\n"]
    return "".join(parts)


PAGES = {"settings.md": settings_page, "voices.md": voice_page, "commands.md": command_page}


def main() -> None:
    """Write the pages; with --check say which are stale instead, and exit with 1."""
    FOLDER.mkdir(exist_ok=True)
    stale = []
    for name, page in PAGES.items():
        path = FOLDER / name
        text = page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(stale)}; run make docs")


if __name__ == "__main__":
    main()
