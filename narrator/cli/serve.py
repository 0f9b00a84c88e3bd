"""narrator serve: feed and site on a local web server."""

from __future__ import annotations

from typing import Annotated

import typer

from narrator.cli.options import Debug, Quiet, ShowFolder, show_folder


def command(
    show: ShowFolder = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", help="Port to listen on; 0 takes a free one.", min=0, max=65535),
    ] = 8000,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="Address to put into feed and pages. Otherwise that of the host that asks.",
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="T",
            envvar="NARRATOR_TOKEN",
            help="Serve everything under /T/ only: whoever lacks the address finds nothing.",
        ),
    ] = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Let phones in the same network in; shows the address as a QR code.")
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Serve the feed and the site, for listening here or on a phone in the same network.

    Feed and pages get the addresses of whoever asks, so the show need not know its own. Stop with Ctrl-C.
    """
    from narrator.cli.errors import INTERRUPTED, TERMINATED, Terminated, say
    from narrator.errors import ConfigError
    from narrator.publish.plain import web_address
    from narrator.serve import serve_show
    from narrator.serve.tokens import GUESSABLE_CHARS, checked_token

    folder = show_folder(show)
    if not (folder / "feed.xml").is_file():
        raise ConfigError(
            "there is no feed.xml", where=str(folder), hint='Make an episode first, or run "narrator feed".'
        )
    if base_url is not None and web_address(base_url) is None:
        raise ConfigError("--base-url is not an http(s) address", where=base_url)
    key = checked_token(token)
    if key and len(key) < GUESSABLE_CHARS and not quiet:
        say(f"serve: a token of {len(key)} characters can be guessed; take {GUESSABLE_CHARS} or more.")

    def ready(_host: str, found: int) -> None:
        if not quiet:
            announce(host, found, key, base_url, lan=lan)

    try:
        serve_show(
            folder, host="0.0.0.0" if lan else host, port=port, base_url=base_url, token=key, on_ready=ready
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    return 0


def announce(host: str, port: int, token: str | None, base_url: str | None, *, lan: bool) -> None:
    """Print where the show is, on stderr; with *lan* also as a QR code."""
    from narrator.cli.errors import say
    from narrator.serve.run import lan_address

    name = lan_address() if lan else "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    if ":" in name:
        name = f"[{name}]"
    base = base_url.rstrip("/") if base_url else f"http://{name}:{port}" + (f"/{token}" if token else "")
    say(f"Site: {base}/")
    say(f"Feed: {base}/feed.xml")
    if lan:
        from narrator.publish.site.qr import qr_terminal

        say(qr_terminal(f"{base}/feed.xml"))
    say("Ctrl-C stops.")
