"""narrator check: the rules of podcast apps and directories, offline."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from narrator.cli.options import PrintOptions, ShowFolder, show_folder
from narrator.cli.words import counted


def command(
    show: ShowFolder = None,
    local: Annotated[
        bool, typer.Option("--local", help="For a show that stays in this network: no public address needed.")
    ] = False,
    *,
    output: PrintOptions,
) -> int:
    """Check the feed and its files by the rules of apps and directories, and say what to do.

    PSP-1, Apple Podcasts and the podcast namespace, without any network. "narrator publish" does it too.
    """
    from narrator.config import read_settings
    from narrator.errors import PublishError
    from narrator.publish.check import check_show
    from narrator.shows import open_show

    folder = show_folder(show)
    findings = check_show(open_show(folder, read_settings(folder)), published=not local)
    for finding in findings:
        if output.as_json:
            print(json.dumps(asdict(finding), ensure_ascii=False))
        elif not output.quiet or finding.level == "error":
            print(finding)
    errors = sum(finding.level == "error" for finding in findings)
    if output.for_people:
        print(f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}")
    return PublishError.exit_code if errors else 0
