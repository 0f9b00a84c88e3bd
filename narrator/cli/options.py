"""Options that several commands share, spelt once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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


class Place(StrEnum):
    """Where captions or sidebars are spoken."""

    inline = "inline"
    end = "end"
    skip = "skip"


CaptionsPlace = Annotated[
    Place | None, typer.Option("--captions", help="Captions: in place, gathered at the end, or left out.")
]
SidebarsPlace = Annotated[
    Place | None, typer.Option("--sidebars", help="Sidebars: in place, after the story, or left out.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per result on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in the program an error came from.")]
MaxSize = Annotated[
    int,
    typer.Option("--max-size", metavar="MB", help="Refuse sources larger than this many megabytes.", min=1),
]


def show_folder(given: Path | None) -> Path:
    """The folder the command works on."""
    from narrator.shows import find_show

    return given if given is not None else find_show(Path.cwd())


def told_flags(
    voice: str | None, engine: str | None, captions: Place | None, sidebars: Place | None
) -> dict[str, object]:
    """The settings that the command line overrides, for `read_settings`."""
    return {
        "voice": voice,
        "engine": engine,
        "captions": captions.value if captions else None,
        "sidebars": sidebars.value if sidebars else None,
    }
