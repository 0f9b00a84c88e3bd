"""narrator script: the narration script; nothing is spoken."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from narrator.cli.options import MEGABYTE, Debug, MaxSize, Quiet, Sources, TellingOptions
from narrator.cli.words import counted


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
    *,
    telling: TellingOptions,
    max_size: MaxSize = 20,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Write what would be said, line by line, for reading and editing.

    Nothing is spoken and no show is touched. Edit the markdown and give it to "narrator make": it says
    exactly what stands there.
    """
    from narrator.cli.errors import report, say
    from narrator.errors import NarratorError
    from narrator.run.prepare import read_source, script_in_form, tell
    from narrator.run.telling import House, expand_sources, source_stem
    from narrator.shows import now, read_episodes

    folder, moment = telling.folder, now()
    house = House(telling.settings(), folder, read_episodes(folder))
    found = expand_sources(sources)
    code = 0
    for source in found:
        try:
            post = read_source(source, max_size_bytes=max_size * MEGABYTE, now=moment)
            told = tell(post, house, now=moment, where=source)
        except NarratorError as error:
            report(error, debug=debug)
            code |= error.exit_code
            continue
        text = script_in_form(told, "explain" if explain else form.value, folder)
        suffix = ".txt" if explain else SUFFIXES[form]
        _write(text, out / f"{source_stem(source)}{suffix}" if out else None)
    if out is not None and not quiet:
        say(f"{counted(len(found), 'source')} → {out}")
    return code


def _write(text: str, path: Path | None) -> None:
    from narrator.errors import ConfigError
    from narrator.files import write_text

    if path is None:  # not print: what no encoding can write must not stop the rest
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    try:
        write_text(path, text)
    except OSError as error:
        raise ConfigError(
            f"scripts cannot be written there ({error.strerror})", where=str(path.parent)
        ) from error
