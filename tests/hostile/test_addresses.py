"""Servers that lead in circles, never end, or send what is no page."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hostile.conftest import House
from hostile.test_pages import PARAGRAPHS, page

from narrator.read import web

pytestmark = pytest.mark.net

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Answer]], str]]:
    """A server on loopback; pages that are asked for in vain are 404."""
    monkeypatch.setattr(web, "DEADLINE_S", 3.0)
    monkeypatch.setattr(web, "ATTEMPTS", 1)
    web._robots.cache_clear()
    servers: list[ThreadingHTTPServer] = []

    def run(pages: dict[str, Answer]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    pages.get(self.path.partition("?")[0], lambda one: one.send_error(404))(self)
                except OSError:
                    return

            def log_message(self, *args: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


def send(data: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def endless(chunk: bytes, pause_s: float = 0.0) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(chunk)
            time.sleep(pause_s)

    return answer


def endless_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: more\r\n")
        time.sleep(0.2)


BOMB = gzip.compress(bytes(120_000_000), 9)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("redirect-to-itself", send(b"", 302, Location="/page")),
        ("redirect-to-a-file", send(b"", 302, Location="file:///etc/passwd")),
        ("redirect-to-no-address", send(b"", 302, Location="http://[bad")),
        ("redirect-to-a-script", send(b"", 302, Location="javascript:alert(1)")),
        ("redirect-to-ftp", send(b"", 302, Location="ftp://127.0.0.1/x")),
        ("redirect-to-a-port", send(b"", 302, Location="http://127.0.0.1:99999/")),
        ("redirect-with-breaks", send(b"", 302, Location="/a%0d%0ab")),
        ("endless", endless(b"<p>rain</p>" * 5000)),
        ("trickle", endless(b"x", 0.1)),
        ("endless-head", endless_head),
        ("silent", lambda _: time.sleep(10)),
        ("packed-bomb", send(BOMB, Content_Encoding="gzip")),
        ("packed-twice", send(gzip.compress(BOMB), Content_Encoding="gzip, gzip")),
        ("unknown-packing", send(b"xx", Content_Encoding="snake")),
        ("no-gzip", send(b"not gzip at all", Content_Encoding="gzip")),
        ("long-header", send(b"x", X_Long="y" * 70_000)),
        ("no-http", lambda handler: handler.wfile.write(b"\x16\x03\x01 no http here\r\n")),
        ("closed", lambda handler: handler.connection.close()),
        ("bad-length", send(b"x", Content_Length="-5")),
        ("cut", send(b"x" * 10, Content_Length="5000")),
        ("bad-chunks", send(b"zz\r\nrain", Transfer_Encoding="chunked")),
        ("picture", send(b"\x89PNG\r\n\x1a\n", Content_Type="image/png")),
        ("hidden-pdf", send(b"%PDF-1.7 rain")),
        ("odd-type", send(b"PK\x03\x04rain", Content_Type="text/html; charset=\xff")),
        ("nothing", send(b"")),
        ("no-content", send(b"", 204)),
        ("no-such-status", send(b"rain", 799)),
    ],
)
def test_server_made_to_harm_ends_in_one_line_within_seconds(
    house: House, serve: Callable[[dict[str, Answer]], str], name: str, answer: Answer
) -> None:
    site = serve({"/page": answer})
    started = time.monotonic()
    house.refused_with((4,), by=("make", f"{site}/page", "--engine", "tone", "--max-size", 2))
    assert time.monotonic() - started < 15


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"Disallow: /x\n" * 1000),
        endless(b"x", 0.1),
        send(BOMB, Content_Encoding="gzip"),
        send(b"not gzip", Content_Encoding="gzip"),
        send(b"", 302, Location="/robots.txt"),
        send(b"", 302, Location="http://[bad"),
        send(b"\xff\0" * 5000),
        send(b"User-agent: *\nDisallow: http://[bad\nCrawl-delay: x\nAllow: %%%\n"),
    ],
    ids=["endless", "trickle", "bomb", "no-gzip", "loop", "no-address", "noise", "odd-rules"],
)
def test_robots_file_made_to_harm_holds_nobody_up(
    house: House, serve: Callable[[dict[str, Answer]], str], answer: Answer
) -> None:
    site = serve({"/robots.txt": answer, "/page": send(page(PARAGRAPHS).encode())})
    result = house.run("script", f"{site}/page", "--engine", "tone")
    assert result.code in (0, 4), result


@pytest.mark.parametrize(
    "address",
    [
        "http://[bad/",
        "http://",
        "http:///etc/passwd",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:port/",
        "https://a b.example/",
        "http://\u2100.example/",
        "http://" + "a" * 300 + ".example/",
        "http://..example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "data:text/html,<p>rain",
    ],
)
def test_address_that_is_none_is_refused(house: House, address: str) -> None:
    house.refused_with((4,), by=("make", address, "--engine", "tone"))


def test_password_of_an_address_is_written_nowhere(
    house: House, serve: Callable[[dict[str, Answer]], str]
) -> None:
    site = serve({"/page": send(page(PARAGRAPHS).encode(), ETag='"1"')}).replace(
        "http://", "http://ann:pa55-of-ann@"
    )
    result = house.run("make", f"{site}/page", "--engine", "tone")
    assert result.code == 0, result
    assert "pa55" not in result.err
    for path in house.folder.rglob("*"):
        assert not path.is_file() or b"pa55" not in path.read_bytes(), path
