"""narrator publish: upload the show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.options import Debug, Quiet, ShowFolder, existing_show

if TYPE_CHECKING:
    from narrator.publish.upload import Plan
    from narrator.shows import Show


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
    from narrator.publish import publish_show
    from narrator.publish.target import Target
    from narrator.publish.upload import plan_upload, upload
    from narrator.shows import locked_show, open_shelf

    folder = existing_show(show)
    settings = read_settings(folder)
    with locked_show(folder):
        standing = open_shelf(folder, settings)
        publish_show(standing)
        _check(standing)
        target = Target(destination)
        plan = plan_upload(folder, target)
        if dry_run:
            _print_plan(plan, delete=delete)
        else:
            upload(folder, target, plan, delete=delete, on_file=None if quiet else say)
    if not quiet:
        say(f"{target.name}: {_summary(plan, dry_run=dry_run, delete=delete)}")
        if not dry_run:
            say(f"Subscribe: {standing.feed_url}")
    return 0


def _check(show: Show) -> None:
    """Refuse a show that apps would refuse, each reason on stderr."""
    from narrator.cli.errors import say
    from narrator.errors import FeedInvalid
    from narrator.publish.check import check_show

    errors = [finding for finding in check_show(show) if finding.level == "error"]
    for finding in errors:
        say(str(finding))
    if errors:
        raise FeedInvalid(
            "not published, apps would refuse it",
            where=str(show.folder),
            hint='Put right what is said above; "narrator check" shows it again.',
        )


def _print_plan(plan: Plan, *, delete: bool) -> None:
    for name in plan.paths:
        print(f"send {name}")
    for name in plan.stale if delete else ():
        print(f"delete {name}")


def _summary(plan: Plan, *, dry_run: bool, delete: bool) -> str:
    from narrator.publish.wording import megabytes

    size = megabytes(plan.size_bytes) if plan.paths else "0 kB"
    told = f"{len(plan.paths)} {'to send' if dry_run else 'sent'} ({size}), {plan.unchanged} unchanged"
    if plan.stale:
        told += f", {len(plan.stale)} {'deleted' if delete and not dry_run else 'stale'}"
    return told
