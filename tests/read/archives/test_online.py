"""Feeds by address: every page of them, whole posts or pages that have to be fetched."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from read.archives import exports
from read.archives.exports import sample
from run.batches import counts, run

from narrator.errors import FetchFailed, ReadError
from narrator.read.archives import open_archive, read_entry
from narrator.read.archives.online import read_online

pytestmark = pytest.mark.net
NOW = datetime(2026, 3, 1, tzinfo=UTC)
Answer = Callable[[str], bytes | None]


class Site:
    """A web site on loopback that remembers what it was asked for."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[str] = []
        self.answer = answer
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                data = None if self.path == "/robots.txt" else site.answer(self.path)
                self.send_response(404 if data is None else 200)
                self.send_header(
                    "Content-Type", "text/xml" if data and b"<rss" in data else "text/html; charset=utf-8"
                )
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], Site]]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("narrator.read.archives.online.PAUSE_S", 0.0)
    sites: list[Site] = []

    def start(answer: Answer) -> Site:
        sites.append(Site(answer))
        return sites[-1]

    yield start
    for site in sites:
        site.server.shutdown()
        site.server.server_close()


def ids(address: str) -> list[str | None]:
    return [entry.post_id for entry in read_online(address, max_size_bytes=10**7)]


def test_pages_that_a_feed_links_are_followed_to_the_end(serve: Callable[[Answer], Site]) -> None:
    site: list[Site] = []

    def answer(path: str) -> bytes:
        start = int(parse_qs(urlsplit(path).query).get("start", ["0"])[0])
        following = f"{site[0].address}/feed?start={start + 3}" if start < 9 else ""
        return exports.rss(
            [sample(n) for n in range(start, start + 3)], following=following.replace("&", "&amp;")
        )

    site.append(serve(answer))
    assert ids(f"{site[0].address}/feed") == [f"dispatch-{n}" for n in range(12)]


def test_pages_of_wordpress_are_asked_for_until_there_are_none(serve: Callable[[Answer], Site]) -> None:
    def answer(path: str) -> bytes | None:
        page = int(parse_qs(urlsplit(path).query).get("paged", ["1"])[0])
        if page > 3:
            return None
        return exports.rss(
            [sample(10 * page + n) for n in range(2)], generator="https://wordpress.org/?v=6.4"
        )

    site = serve(answer)
    assert len(ids(f"{site.address}/feed/")) == 6
    assert site.asked[-1] == "/feed/?paged=4"


def test_feed_that_repeats_itself_comes_to_an_end(serve: Callable[[Answer], Site]) -> None:
    site = serve(lambda path: exports.rss([sample(1)], generator="https://wordpress.org/?v=6.4"))
    assert ids(f"{site.address}/feed/") == ["dispatch-1"]


def test_page_that_names_its_feed_leads_to_it(serve: Callable[[Answer], Site]) -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/rss">'
    link = b"<html><head>" + link + b"</head><body>Hi</body></html>"
    site = serve(lambda path: exports.rss([sample(1), sample(2)]) if path == "/rss" else link)
    assert len(ids(site.address)) == 2
    lonely = serve(lambda path: b"<html><body>No feed here</body></html>")
    with pytest.raises(ReadError, match="no feed"):
        ids(lonely.address)
    with pytest.raises(FetchFailed):
        ids(f"{serve(lambda path: None).address}/feed")


def test_posts_of_a_feed_of_summaries_are_fetched(serve: Callable[[Answer], Site]) -> None:
    site: list[Site] = []

    def answer(path: str) -> bytes | None:
        if path == "/feed":
            feed = exports.rss([sample(n) for n in range(3)], full=False)
            return feed.replace(b"https://dispatch.example/20", f"{site[0].address}/20".encode())
        found = [sample(n) for n in range(3) if sample(n).path == path]
        return exports.page(found[0]) if found else None

    site.append(serve(answer))
    articles = [read_entry(entry, now=NOW) for entry in open_archive(f"{site[0].address}/feed", now=NOW)]
    assert [article.title for article in articles] == [sample(n).title for n in range(3)]
    for number, article in enumerate(articles):
        assert [block.text for block in article.blocks] == sample(number).text.split("\n\n")
        assert article.post_id == f"dispatch-{number}"


def test_following_a_feed_makes_only_new_and_corrected_posts(
    serve: Callable[[Answer], Site], tmp_path: Path
) -> None:
    posts = [sample(n) for n in range(3)]
    site = serve(lambda path: exports.rss(posts))
    address = f"{site.address}/feed"
    show = tmp_path / "show"
    assert counts(run(address, show)) == {"made": 3}  # type: ignore[arg-type]
    assert counts(run(address, show)) == {"unchanged": 3}  # type: ignore[arg-type]
    posts[:] = [sample(3), sample(2), sample(1, html=sample(1).html.replace("on Friday", "on Monday"))]
    assert counts(run(address, show)) == {"made": 2, "unchanged": 1}  # type: ignore[arg-type]
