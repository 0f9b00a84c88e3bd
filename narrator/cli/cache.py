"""narrator cache: what the clip store of a show holds, and how to empty it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from narrator.cli.options import PrintOptions, ShowFolder, show_folder


def command(
    clear: Annotated[bool, typer.Option("--clear", help="Remove every clip.")] = False,
    shrink: Annotated[
        int | None,
        typer.Option(
            "--shrink",
            metavar="MB",
            help="Remove clips unused for longest until this many megabytes stay.",
            min=0,
        ),
    ] = None,
    show: ShowFolder = None,
    *,
    output: PrintOptions,
) -> int:
    """Show how many voiced lines a show keeps, or remove them.

    Each line is kept as it was voiced, so that a corrected post costs only its changed lines. The clips
    can be removed at any time: what is missing is voiced again when it is needed.
    """
    from narrator.shows import scratch_folder
    from narrator.speak import ClipStore

    folder = scratch_folder(show_folder(show)) / "clips"
    store = ClipStore(folder)
    removed = 0
    if clear:
        removed = store.clear().size_bytes
    elif shrink is not None:
        removed = ClipStore(folder, limit_bytes=shrink * 1_000_000).shrink(keep_seconds=0)
    facts = store.facts()
    if output.as_json:
        row = {
            "folder": str(folder),
            "clips": facts.clips,
            "size_bytes": facts.size_bytes,
            "removed_bytes": removed,
        }
        print(json.dumps(row, ensure_ascii=False))
    elif not output.quiet:
        note = f" ({removed / 1e6:.1f} MB removed)" if clear or shrink is not None else ""
        print(f"{folder}: {facts.clips} clips, {facts.size_bytes / 1e6:.1f} MB{note}")
    return 0
