"""Options that several commands share, spelt once; those that belong together are one object."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from narrator.config import Settings

MEGABYTE = 1_000_000

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="A post: an address, a saved page, a text (.txt, .md), a script file, a folder of them, or -.",
        show_default=False,
    ),
]
ShowFolder = Annotated[
    Path | None,
    typer.Option(
        "--show",
        metavar="DIR",
        help="The show folder. Otherwise the nearest one upwards with a show.toml, else ./podcast.",
    ),
]
VoiceName = Annotated[
    str | None,
    typer.Option("--voice", metavar="NAME", help="A voice file by name or path; see narrator voices."),
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="What speaks: espeak, gtts, piper, openai, tone; over the voice's own.",
    ),
]
Labels = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="L", help="Only posts with this label or category; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per result on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in the program an error came from.")]
"""Also looked for by `narrator.cli.main` itself, since an error may come before options are read."""
MaxSize = Annotated[
    int,
    typer.Option("--max-size", metavar="MB", help="Refuse sources larger than this many megabytes.", min=1),
]


class Place(StrEnum):
    """Where captions or sidebars are spoken."""

    inline = "inline"
    end = "end"
    skip = "skip"


@dataclass(frozen=True, slots=True)
class TellingOptions:
    """Which show, and how posts are told in it."""

    show: ShowFolder = None
    voice: VoiceName = None
    engine: EngineName = None
    captions: Annotated[
        Place | None, typer.Option("--captions", help="Captions: in place, gathered at the end, or left out.")
    ] = None
    sidebars: Annotated[
        Place | None, typer.Option("--sidebars", help="Sidebars: in place, after the story, or left out.")
    ] = None

    @property
    def folder(self) -> Path:
        """The folder the command works on."""
        return show_folder(self.show)

    def settings(self) -> Settings:
        """The show's settings, over which goes what was said here.

        Raises:
            ConfigError: ``show.toml``, or what was said, is not valid.
        """
        from narrator.config import read_settings

        said = {"captions": self.captions, "sidebars": self.sidebars}
        places = {key: place.value if place else None for key, place in said.items()}
        return read_settings(self.folder, {"voice": self.voice, "engine": self.engine, **places})


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What is printed, and how."""

    as_json: AsJson = False
    quiet: Quiet = False
    debug: Debug = False

    @property
    def for_people(self) -> bool:
        """Whether results are told in sentences."""
        return not (self.as_json or self.quiet)


def show_folder(given: Path | None) -> Path:
    """The folder the command works on."""
    from narrator.shows import find_show

    return given if given is not None else find_show(Path.cwd())


def existing_show(given: Path | None) -> Path:
    """The folder the command works on, which has to be there.

    Raises:
        ConfigError: there is none.
    """
    from narrator.errors import ConfigError

    folder = show_folder(given)
    if not folder.is_dir():
        raise ConfigError("there is no such show", where=str(folder), hint="Name one with --show DIR.")
    return folder
