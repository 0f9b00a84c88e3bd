"""Fetching from a real server on loopback."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from narrator.errors import FetchFailed, NotAnArticle, SourceTooLarge
from narrator.read import web
from narrator.read.page_cache import PageCache
from narrator.read.web import FetchedPage, fetch_page

pytestmark = pytest.mark.net

PAGE = "<html><body><p>The wall fell – at noon.</p></body></html>".encode("cp1252")
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server whose pages are functions of the request's headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[dict[str, str]], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.path, headers))
                status, extra, data = site.pages.get(self.path, lambda _: (404, {}, b""))(headers)
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, data: bytes = PAGE, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = lambda _: (status, named, data)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    web._robots.cache_clear()
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


@pytest.fixture
def fetch(site: Site, tmp_path: Path) -> Callable[..., FetchedPage]:
    def run(path: str, limit: int = 1_000_000) -> FetchedPage:
        return fetch_page(
            site.address + path, max_size_bytes=limit, cache=PageCache(tmp_path), sleep=lambda seconds: None
        )

    return run


Fetch = Callable[..., FetchedPage]


def test_page_comes_with_the_encoding_its_server_names(site: Site, fetch: Fetch) -> None:
    site.put("/wall", Content_Type="text/html; charset=windows-1252")
    page = fetch("/wall")
    assert (page.data, page.charset, page.address) == (PAGE, "windows-1252", f"{site.address}/wall")
    assert site.asked[-1][1]["user-agent"].startswith("narrator/")


def test_server_that_names_no_encoding_is_not_taken_to_mean_latin_1(site: Site, fetch: Fetch) -> None:
    site.put("/wall", Content_Type="text/html")
    assert fetch("/wall").charset is None


def test_redirects_are_followed_up_to_five(site: Site, fetch: Fetch) -> None:
    for number in range(5):
        site.put(f"/{number}", b"", 302, Location=f"/{number + 1}")
    site.put("/5")
    assert fetch("/0").address == f"{site.address}/5"
    site.put("/5", b"", 301, Location="/6")
    with pytest.raises(FetchFailed, match="more than 5"):
        fetch("/0")


def test_redirect_to_a_file_is_refused(site: Site, fetch: Fetch) -> None:
    site.put("/wall", b"", 302, Location="file:///etc/passwd")
    with pytest.raises(FetchFailed, match="file"):
        fetch("/wall")


def test_robots_are_asked_and_obeyed(site: Site, fetch: Fetch) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.put("/private/wall")
    site.put("/wall")
    with pytest.raises(FetchFailed, match=r"robots\.txt"):
        fetch("/private/wall")
    assert fetch("/wall").data == PAGE
    assert site.paths() == ["/wall"]


def test_page_over_the_limit_is_given_up_also_when_it_came_packed(site: Site, fetch: Fetch) -> None:
    site.put(
        "/bomb", gzip.compress(b"<p>rain</p>" * 2_000_000), Content_Encoding="gzip", Content_Type="text/html"
    )
    with pytest.raises(SourceTooLarge, match="--max-size"):
        fetch("/bomb")


def test_passing_trouble_is_tried_again_and_lasting_trouble_is_not(site: Site, fetch: Fetch) -> None:
    answers: list[Answer] = [(503, {}, b""), (200, {}, PAGE)]
    site.pages["/busy"] = lambda _: answers.pop(0)
    assert fetch("/busy").data == PAGE
    site.put("/down", b"", 503)
    with pytest.raises(FetchFailed, match="503") as raised:
        fetch("/down")
    assert raised.value.transient
    with pytest.raises(FetchFailed, match="404") as raised:
        fetch("/gone")
    assert not raised.value.transient
    assert site.paths() == ["/busy", "/busy", "/down", "/down", "/down", "/gone"]


def test_page_behind_a_wall_says_how_to_go_on(site: Site, fetch: Fetch) -> None:
    site.put("/paid", b"", 402)
    with pytest.raises(FetchFailed, match="Save the page"):
        fetch("/paid")


def test_what_is_no_text_is_refused(site: Site, fetch: Fetch) -> None:
    site.put("/a.jpg", Content_Type="image/jpeg")
    with pytest.raises(NotAnArticle, match="image/jpeg"):
        fetch("/a.jpg")


def test_unchanged_page_comes_from_the_cache(site: Site, fetch: Fetch) -> None:
    def answer(headers: dict[str, str]) -> Answer:
        if headers.get("if-none-match") == '"v1"':
            return 304, {}, b""
        return 200, {"ETag": '"v1"', "Content-Type": "text/html; charset=windows-1252"}, PAGE

    site.pages["/wall"] = answer
    assert fetch("/wall") == fetch("/wall")
    assert [headers.get("if-none-match") for path, headers in site.asked if path == "/wall"] == [None, '"v1"']


def test_damaged_cache_is_passed_over(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.put("/wall", ETag='"v1"')
    fetch("/wall")
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert fetch("/wall").data == PAGE


def test_unreachable_server_is_a_failure_that_may_pass(tmp_path: Path) -> None:
    web._robots.cache_clear()
    with pytest.raises(FetchFailed, match="cannot be reached") as raised:
        fetch_page(
            "http://127.0.0.1:9/wall", max_size_bytes=1000, cache=PageCache(tmp_path), sleep=lambda _: None
        )
    assert raised.value.transient
