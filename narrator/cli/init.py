"""narrator init: a new show with a commented show.toml."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from narrator.cli.options import Debug, EngineName, Quiet, VoiceName

TITLE = "Title of the show"
DESCRIPTION = "What it is about"
AUTHOR = "Who publishes it"
BASE_URL = "Public address of its folder, if you have one"
QUESTIONS = {"title": TITLE, "description": DESCRIPTION, "author": AUTHOR, "base_url": BASE_URL}


@dataclass(frozen=True, slots=True)
class SettingOptions:
    """Settings of the new show; each field is a key of show.toml."""

    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help=f"{TITLE}.")] = None
    description: Annotated[
        str | None, typer.Option("--description", metavar="TEXT", help=f"{DESCRIPTION}.")
    ] = None
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help=f"{AUTHOR}.")] = None
    email: Annotated[
        str | None, typer.Option("--email", metavar="ADDRESS", help="Contact for directories; made public.")
    ] = None
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Language of the show: en, pt-BR.")
    ] = None
    base_url: Annotated[str | None, typer.Option("--base-url", metavar="URL", help=f"{BASE_URL}.")] = None
    category: Annotated[
        str | None,
        typer.Option("--category", metavar="NAME", help='Apple Podcasts category: "News > Politics".'),
    ] = None
    image: Annotated[
        str | None,
        typer.Option("--image", metavar="FILE", help="Cover picture, a path in the show's folder."),
    ] = None
    voice: VoiceName = None
    engine: EngineName = None

    def with_answers(self) -> dict[str, Any]:
        """The settings, with a person's answers where one that matters was not said."""
        said = asdict(self)
        for key, question in QUESTIONS.items():
            if said[key] is None:
                said[key] = typer.prompt(question, default="", show_default=False, err=True) or None
        return said


def command(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="The show's folder. Otherwise ./podcast.", show_default=False),
    ] = None,
    show: Annotated[
        Path | None, typer.Option("--show", metavar="DIR", help="The same, as other commands have it.")
    ] = None,
    *,
    settings: SettingOptions,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Begin a show: asks for the essentials and writes a show.toml in which every setting is explained.

    What is given as an option is not asked for; nothing is asked when no person is there to answer.
    """
    from narrator.cli.errors import say
    from narrator.publish.start import start_show

    place = folder or show or Path("podcast")
    path = start_show(place, asdict(settings) if yes or not sys.stdin.isatty() else settings.with_answers())
    if not quiet:
        say(f"Wrote {path}. Every setting is explained in it.")
        say(f"Next: narrator make POST --show {place}")
    return 0
