"""narrator serve: feed and site on a local web server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from narrator.cli.options import Debug, Quiet, ShowFolder, show_folder


@dataclass(frozen=True, slots=True)
class AddressOptions:
    """Where the server listens, and what address it goes by."""

    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = (
        "127.0.0.1"
    )
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", help="Port to listen on; 0 takes a free one.", min=0, max=65535),
    ] = 8000
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="Address to put into feed and pages. Otherwise that of the host that asks.",
        ),
    ] = None
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="T",
            envvar="NARRATOR_TOKEN",
            help="Serve everything under /T/ only: whoever lacks the address finds nothing.",
        ),
    ] = None
    lan: Annotated[
        bool, typer.Option("--lan", help="Let phones in the same network in; shows the address as a QR code.")
    ] = False

    def public(self, port: int) -> str:
        """The address of the site without a slash at the end, once the server listens on *port*."""
        from narrator.serve.run import lan_address

        if self.base_url:
            return self.base_url.rstrip("/")
        everywhere = self.host in {"0.0.0.0", "::"}
        name = lan_address() if self.lan else "127.0.0.1" if everywhere else self.host
        host = f"[{name}]" if ":" in name else name
        return f"http://{host}:{port}" + (f"/{self.token}" if self.token else "")


def command(
    show: ShowFolder = None,
    *,
    address: AddressOptions,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Serve the feed and the site, for listening here or on a phone in the same network.

    Feed and pages get the addresses of whoever asks, so the show need not know its own. Stop with Ctrl-C.
    """
    from narrator.cli.errors import INTERRUPTED, TERMINATED, Terminated
    from narrator.serve import serve_show

    folder = show_folder(show)
    key = _check(folder, address, quiet=quiet)

    def ready(_host: str, port: int) -> None:
        if not quiet:
            announce(address, port)

    try:
        serve_show(
            folder,
            host="0.0.0.0" if address.lan else address.host,
            port=address.port,
            base_url=address.base_url,
            token=key,
            on_ready=ready,
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    return 0


def _check(folder: Path, address: AddressOptions, *, quiet: bool) -> str | None:
    """Refuse what cannot be served; what comes back is the token."""
    from narrator.cli.errors import say
    from narrator.errors import ConfigError
    from narrator.publish.plain import web_address
    from narrator.serve.tokens import GUESSABLE_CHARS, checked_token

    if not (folder / "feed.xml").is_file():
        raise ConfigError(
            "there is no feed.xml", where=str(folder), hint='Make an episode first, or run "narrator feed".'
        )
    if address.base_url is not None and web_address(address.base_url) is None:
        raise ConfigError("--base-url is not an http(s) address", where=address.base_url)
    key = checked_token(address.token)
    if key and len(key) < GUESSABLE_CHARS and not quiet:
        say(f"serve: a token of {len(key)} characters can be guessed; take {GUESSABLE_CHARS} or more.")
    return key


def announce(address: AddressOptions, port: int) -> None:
    """Print where the show is, on stderr; for phones in the network also as a QR code."""
    from narrator.cli.errors import say

    base = address.public(port)
    say(f"Site: {base}/")
    say(f"Feed: {base}/feed.xml")
    if address.lan:
        from narrator.publish.site.qr import qr_terminal

        say(qr_terminal(f"{base}/feed.xml"))
    say("Ctrl-C stops.")
