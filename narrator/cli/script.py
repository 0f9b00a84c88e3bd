"""narrator script: the narration script; nothing is spoken."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from narrator.cli.options import (
    CaptionsPlace,
    Debug,
    EngineName,
    MaxSize,
    Quiet,
    ShowFolder,
    SidebarsPlace,
    Sources,
    VoiceName,
    show_folder,
    told_flags,
)


class Format(StrEnum):
    """Forms a script can be written in."""

    markdown = "markdown"
    json = "json"
    text = "text"
    ssml = "ssml"


SUFFIXES = {Format.markdown: ".md", Format.json: ".json", Format.text: ".txt", Format.ssml: ".ssml"}


def command(
    sources: Sources,
    form: Annotated[Format, typer.Option("--format", help="Form of the script.")] = Format.markdown,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Write DIR/STEM.md (or .json …) per source, not to the screen."
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what became of every source line instead.")
    ] = False,
    show: ShowFolder = None,
    voice: VoiceName = None,
    engine: EngineName = None,
    captions: CaptionsPlace = None,
    sidebars: SidebarsPlace = None,
    max_size: MaxSize = 20,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Write what would be said, line by line, for reading and editing.

    Nothing is spoken and no show is touched. Edit the markdown and give it to "narrator make": it says
    exactly what stands there.
    """
    from narrator.cli.errors import report, say
    from narrator.config import read_settings
    from narrator.errors import ConfigError, NarratorError
    from narrator.files import write_text
    from narrator.run.prepare import expand_sources, read_source, script_in_form, source_stem, tell
    from narrator.shows import now, read_episodes

    folder = show_folder(show)
    settings = read_settings(folder, told_flags(voice, engine, captions, sidebars))
    episodes = read_episodes(folder)
    moment = now()
    paths = expand_sources(sources)
    code = 0
    for source in paths:
        try:
            post = read_source(source, max_size_bytes=max_size * 1_000_000, now=moment)
            telling = tell(
                post,
                settings=settings,
                folder=folder,
                episodes=episodes,
                now=moment,
                where=source,
                for_make=False,
            )
        except NarratorError as error:
            report(error, debug=debug)
            code |= error.exit_code
            continue
        text = script_in_form(telling, "explain" if explain else form.value)
        if out is None:
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
        else:
            suffix = ".txt" if explain else SUFFIXES[form]
            try:
                write_text(out / f"{source_stem(source)}{suffix}", text)
            except OSError as error:
                raise ConfigError(
                    f"scripts cannot be written there ({error.strerror})", where=str(out)
                ) from error
    if out is not None and not quiet:
        say(f"{len(paths)} source{'s' if len(paths) != 1 else ''} → {out}")
    return code
