"""The server as a process of its own, with real connections on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from asgi_client import run_apart

from narrator.cli.serve import AddressOptions, announce
from narrator.serve.run import listen
from narrator.shows import Show

pytestmark = pytest.mark.net

StartServer = Callable[..., tuple[subprocess.Popen[str], str]]


async def fetch(base: str, path: str, times: int = 1) -> list[bytes]:
    """*path* over one kept connection, *times* over."""
    parts = urlsplit(base)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    bodies = []
    for _ in range(times):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200")
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        bodies.append(await reader.readexactly(length))
    writer.close()
    await writer.wait_closed()
    return bodies


def test_sixty_four_downloads_at_once_are_exact(tmp_path: Path, start_server: StartServer) -> None:
    folder = tmp_path / "episodes" / "one"
    folder.mkdir(parents=True)
    data = os.urandom(3_000_001)
    (folder / "one.mp3").write_bytes(data)
    (tmp_path / "feed.xml").write_text("<rss/>")
    _, base = start_server(tmp_path)

    async def all_at_once() -> list[list[bytes]]:
        return await asyncio.gather(*(fetch(base, "/episodes/one/one.mp3") for _ in range(64)))

    digests = {hashlib.sha256(bodies[0]).hexdigest() for bodies in run_apart(all_at_once())}
    assert digests == {hashlib.sha256(data).hexdigest()}


def test_idle_and_half_sent_connections_hold_nobody_up(served_show: Show, start_server: StartServer) -> None:
    _, base = start_server(served_show.folder)
    parts = urlsplit(base)
    idle = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(200)]
    for number, connection in enumerate(idle):
        if number % 2:
            connection.sendall(b"GET /feed.xml HTTP/1.1\r\nHost:")
    started = time.monotonic()
    assert run_apart(fetch(base, "/feed.xml"))[0].startswith(b"<?xml")
    assert time.monotonic() - started < 5
    for connection in idle:
        connection.close()


def cpu_seconds(pid: int) -> float:
    """What a process has used of the processors so far, whoever else was at work."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to read a process's time from")
def test_a_thousand_small_requests_take_less_than_a_second_of_one_core(
    served_show: Show, start_server: StartServer
) -> None:
    process, base = start_server(served_show.folder)

    async def many() -> None:
        await asyncio.gather(*(fetch(base, "/episodes/sea-wall-1/chapters.json", 125) for _ in range(8)))

    run_apart(many())
    before = cpu_seconds(process.pid)
    run_apart(many())
    assert cpu_seconds(process.pid) - before < 1


def test_small_answers_do_not_wait_to_be_acknowledged() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_sigterm_ends_it_within_three_seconds_in_the_middle_of_downloads(
    tmp_path: Path, start_server: StartServer
) -> None:
    folder = tmp_path / "episodes" / "one"
    folder.mkdir(parents=True)
    (folder / "one.mp3").write_bytes(os.urandom(20_000_000))
    (tmp_path / "feed.xml").write_text("<rss/>")
    process, base = start_server(tmp_path)
    parts = urlsplit(base)
    slow = [http.client.HTTPConnection(parts.hostname or "", parts.port) for _ in range(4)]
    for connection in slow:
        connection.request("GET", "/episodes/one/one.mp3")
        connection.getresponse().read(1000)
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) == 143
    assert time.monotonic() - started < 3
    for connection in slow:
        connection.close()


def test_ctrl_c_ends_it_with_its_own_code_and_no_traceback(
    served_show: Show, start_server: StartServer
) -> None:
    process, _ = start_server(served_show.folder)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 130
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()


def test_a_taken_port_is_one_line_and_exit_code_2(
    served_show: Show, start_server: StartServer, run_narrator: Callable[..., object]
) -> None:
    _, base = start_server(served_show.folder)
    ran = run_narrator("serve", "--show", served_show.folder, "--port", urlsplit(base).port)
    assert ran.code == 2  # type: ignore[attr-defined]
    assert "Choose another with --port." in ran.err  # type: ignore[attr-defined]


@pytest.mark.parametrize("options", [["--token", "a/b"], ["--base-url", "ftp://example.org"]])
def test_wrong_options_are_refused(
    served_show: Show, run_narrator: Callable[..., object], options: list[str]
) -> None:
    assert run_narrator("serve", "--show", served_show.folder, *options).code == 2  # type: ignore[attr-defined]


def test_a_folder_without_a_feed_is_not_served(tmp_path: Path, run_narrator: Callable[..., object]) -> None:
    ran = run_narrator("serve", "--show", tmp_path)
    assert ran.code == 2  # type: ignore[attr-defined]
    assert "narrator feed" in ran.err  # type: ignore[attr-defined]


def test_for_the_network_it_shows_the_address_as_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    announce(AddressOptions(token="s3cret-token", lan=True), 8000)
    said = capsys.readouterr().err
    assert "/s3cret-token/feed.xml" in said
    assert "█" in said or "▀" in said
