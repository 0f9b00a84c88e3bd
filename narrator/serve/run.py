"""Runs the server: a socket, uvicorn on it, and a quick end when asked to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from narrator.errors import ConfigError
from narrator.serve.app import make_app

GRACE_SECONDS = 1
"""How long downloads may go on once the server is to stop."""


def serve_show(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    base_url: str | None = None,
    token: str | None = None,
    on_ready: Callable[[str, int], None] | None = None,
) -> None:
    """Serve the show in *folder* until SIGINT or SIGTERM comes.

    Args:
        folder: the show folder.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        base_url: see `make_app`.
        token: see `make_app`.
        on_ready: called once with the host and port it answers at.

    Raises:
        ConfigError: the address or port cannot be had.
    """
    listener = listen(host, port)
    config = uvicorn.Config(
        make_app(folder, base_url=base_url, token=token),
        lifespan="off",
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    with listener:
        if on_ready:
            # The socket listens already: who connects now waits for the loop's first turn.
            on_ready(host, listener.getsockname()[1])
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at *host* and *port*.

    Raises:
        ConfigError: the address or port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
        # Connections inherit it. asyncio sets it only on sockets that name their protocol, and without
        # it every small answer waits 40 ms for an acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"cannot listen there ({reason})", where=f"{host}:{port}", hint="Choose another with --port."
        ) from error


def lan_address() -> str:
    """This machine's address in its network, as phones beside it reach it; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks the routing table. (192.0.2.0/24 is for documents.)
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
