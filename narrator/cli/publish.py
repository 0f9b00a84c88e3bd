"""narrator publish: upload the show."""

from __future__ import annotations

from typing import Annotated

import typer

from narrator.cli.options import Debug, Quiet, ShowFolder, show_folder


def command(
    destination: Annotated[
        str,
        typer.Argument(
            metavar="DEST", help="A folder, sftp://USER@HOST/PATH or s3://BUCKET/PATH.", show_default=False
        ),
    ],
    show: ShowFolder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")
    ] = False,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete there what the show no longer has; otherwise nothing is.")
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Upload the show: audio first, the feed last, unchanged files not at all.

    It is checked first and refused when apps would refuse it. Interrupted, it goes on where it stopped.
    """
    from narrator.cli.errors import say
    from narrator.config import read_settings
    from narrator.errors import ConfigError, FeedInvalid
    from narrator.publish import publish_show
    from narrator.publish.check import check_show
    from narrator.publish.target import Target
    from narrator.publish.upload import plan_upload, upload
    from narrator.publish.wording import megabytes
    from narrator.shows import locked_show, open_show

    folder = show_folder(show)
    settings = read_settings(folder)
    if not folder.is_dir():
        raise ConfigError("there is no such show", where=str(folder), hint="Name one with --show DIR.")
    with locked_show(folder):
        standing = open_show(folder, settings)
        publish_show(standing)
        errors = [finding for finding in check_show(standing) if finding.level == "error"]
        for finding in errors:
            say(str(finding))
        if errors:
            raise FeedInvalid(
                "not published, apps would refuse it",
                where=str(folder),
                hint='Put right what is said above; "narrator check" shows it again.',
            )
        target = Target(destination)
        plan = plan_upload(folder, target)
        for name in plan.paths if dry_run else ():
            print(f"send {name}")
        for name in plan.stale if dry_run and delete else ():
            print(f"delete {name}")
        if not dry_run:
            upload(folder, target, plan, delete=delete, on_file=None if quiet else say)
    if not quiet:
        verb = "to send" if dry_run else "sent"
        stale = (
            f", {len(plan.stale)} {'deleted' if delete and not dry_run else 'stale'}" if plan.stale else ""
        )
        size = megabytes(plan.size_bytes) if plan.paths else "0 kB"
        say(f"{target.name}: {len(plan.paths)} {verb} ({size}), {plan.unchanged} unchanged{stale}")
        if not dry_run:
            say(f"Subscribe: {standing.feed_url}")
    return 0
