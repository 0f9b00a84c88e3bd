from __future__ import annotations

import json
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from asgi_client import Client
from sample_show import build_show

from narrator.publish import publish_show
from narrator.serve import make_app
from narrator.shows import Show

TOKEN = "s3cret-token"


@pytest.fixture
def client(served_show: Show) -> Client:
    return Client(make_app(served_show.folder))


@pytest.fixture
def private(served_show: Show) -> Client:
    return Client(make_app(served_show.folder, token=TOKEN))


def audio_path(show: Show) -> str:
    return f"/{show.episodes[0].audio.path}"


def test_every_address_in_the_feed_is_that_of_the_host_that_asked_and_answers(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/feed.xml").content)
    addresses = [
        value
        for element in root.iter()
        for value in (*element.attrib.values(), element.text or "")
        if value.startswith("http") and "/2020/" not in value and "xmlns" not in value
    ]
    assert len(addresses) > 20
    for address in set(addresses):
        assert address.startswith("http://192.168.1.9:8000/")
        assert client.head(address).status == 200


def test_links_to_the_posts_stay_though_the_show_shares_their_host(client: Client) -> None:
    feed = client.get("/feed.xml").text
    assert "https://blog.example.org/2020/sea-wall-1.html" in feed
    assert "https://blog.example.org/episodes" not in feed


def test_the_index_and_its_code_lead_to_the_host_that_asked(client: Client) -> None:
    page = client.get("/").text
    assert 'alt="http://192.168.1.9:8000/feed.xml"' in page
    assert "podcast://192.168.1.9:8000/feed.xml" in page
    assert quote("http://192.168.1.9:8000/feed.xml", safe="") in page
    assert "blog.example.org/feed.xml" not in page
    assert "<title>http://192.168.1.9:8000/feed.xml</title>" in client.get("/site/qr.svg").text


@pytest.mark.parametrize(
    "host",
    [
        'x"/><script>',
        "a b",
        "evil.example/path",
        "user@evil.example",
        "[::1",
        "a\tb",
        "",
        "a.example:99999999",
        "ex%61mple",
        "münchen.example",
    ],
)
def test_a_host_header_that_is_no_host_writes_nothing(client: Client, host: str) -> None:
    answer = client.get("/feed.xml", host=host)
    assert answer.status == 400
    assert "script" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8000", "[fe80::1]:8000", "pod.example.org", "my_box"])
def test_proper_hosts_are_written_into_the_feed(client: Client, host: str) -> None:
    assert f'href="http://{host}/feed.xml"' in client.get("/feed.xml", host=host).text


def test_a_fixed_base_address_wins_over_the_host(served_show: Show) -> None:
    client = Client(make_app(served_show.folder, base_url="https://pod.example.org/x/"))
    assert 'href="https://pod.example.org/x/feed.xml"' in client.get("/feed.xml").text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("episodes/sea-wall-1/transcript.vtt", "text/vtt; charset=utf-8"),
        ("episodes/sea-wall-1/transcript.srt", "application/x-subrip; charset=utf-8"),
        ("episodes/sea-wall-1/transcript.json", "application/json; charset=utf-8"),
        ("episodes/sea-wall-1/transcript.txt", "text/plain; charset=utf-8"),
        ("episodes/sea-wall-1/chapters.json", "application/json+chapters; charset=utf-8"),
        ("episodes/sea-wall-1/cover.jpg", "image/jpeg"),
        ("site/style.css", "text/css; charset=utf-8"),
        ("site/player.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_have_their_media_types_and_are_not_to_be_sniffed(client: Client, path: str, kind: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_browser_gets_the_feed_in_a_type_it_shows_with_its_style_sheet(client: Client) -> None:
    answer = client.get("/feed.xml", accept="text/html,application/xml;q=0.9")
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    assert "Accept" in answer.headers["vary"]


def test_pages_forbid_all_that_is_not_theirs(client: Client) -> None:
    policy = client.get("/episodes/sea-wall-1/index.html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "frame-ancestors *" in client.get("/embed.html").headers["content-security-policy"]


def test_audio_comes_whole_in_parts_and_not_beyond_its_end(client: Client, served_show: Show) -> None:
    path = audio_path(served_show)
    whole = (served_show.folder / path[1:]).read_bytes()
    assert client.get(path).content == whole
    for asked, start, end in (
        ("0-1", 0, 2),
        ("100-199", 100, 200),
        ("500-", 500, len(whole)),
        ("-100", len(whole) - 100, len(whole)),
    ):
        part = client.get(path, range=f"bytes={asked}")
        assert part.status == 206
        assert part.content == whole[start:end]
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"
    beyond = client.get(path, range=f"bytes={len(whole)}-")
    assert beyond.status == 416
    assert beyond.headers["content-range"] == f"bytes */{len(whole)}"


def test_small_files_come_in_parts_too(client: Client) -> None:
    path = "/episodes/sea-wall-1/transcript.txt"
    whole = client.get(path)
    part = client.get(path, range="bytes=5-9")
    assert (part.status, part.content) == (206, whole.content[5:10])
    assert part.headers["content-range"] == f"bytes 5-9/{len(whole.content)}"
    assert client.get(path, range=f"bytes={len(whole.content)}-").status == 416
    for odd in ("bytes=9-5", "lines=1-2", "bytes=0-1,4-5", "bytes=-", "bytes=a-b"):
        assert client.get(path, range=odd).status == 200
    assert client.get(path, range="bytes=0-1", if_range='"another"').content == whole.content
    assert client.get(path, range="bytes=0-1", if_range=whole.headers["etag"]).status == 206


def test_head_says_what_get_would_send(client: Client, served_show: Show) -> None:
    for path in ("/feed.xml", "/index.html", audio_path(served_show)):
        head, get = client.head(path), client.get(path)
        assert head.status == 200
        assert head.content == b""
        assert head.headers["content-length"] == str(len(get.content))
        assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize("path", ["/feed.xml", "/episodes/sea-wall-1/index.html", "audio"])
def test_what_a_client_has_is_not_sent_again(client: Client, served_show: Show, path: str) -> None:
    path = audio_path(served_show) if path == "audio" else path
    first = client.get(path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"if_none_match": tag}, {"if_none_match": f'"x", W/{tag}'}, {"if_modified_since": date}):
        again = client.get(path, **headers)
        assert again.status == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    before = format_datetime(parsedate_to_datetime(date) - timedelta(days=1), usegmt=True)
    for headers in ({"if_none_match": '"other"', "if_modified_since": date}, {"if_modified_since": before}):
        assert client.get(path, **headers).status == 200


def test_a_changed_feed_is_served_at_once(tmp_path: Path, served_show: Show) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss>one</rss>")
    client = Client(make_app(tmp_path))
    first = client.get("/feed.xml")
    feed.write_text("<rss>another</rss>")
    second = client.get("/feed.xml", if_none_match=first.headers["etag"])
    assert (first.text, second.text) == ("<rss>one</rss>", "<rss>another</rss>")


def test_settings_changed_or_broken_since_do_not_matter(tmp_path: Path) -> None:
    show = build_show(tmp_path, 1, base_url="https://old.example.org/pod")
    publish_show(show)
    for settings in ('base_url = "https://new.example.org"\n', "base_url = [broken\n"):
        (tmp_path / "show.toml").write_text(settings)
        feed = Client(make_app(tmp_path)).get("/feed.xml").text
        assert "http://192.168.1.9:8000/episodes/" in feed
        assert "old.example.org" not in feed


PRIVATE = [
    ".narrator/journal.jsonl",
    ".env",
    "show.toml",
    "notes.txt",
    "episodes/sea-wall-1/episode.json",
    "episodes/sea-wall-1/script.md",
    "episodes/sea-wall-1/outside.mp3",
    "episodes",
    "episodes/",
    "site/",
    "nothing.html",
]
TRAVERSAL = [
    "../outside.txt",
    "%2e%2e/outside.txt",
    "..%2foutside.txt",
    "%2e%2e%2foutside.txt",
    "%252e%252e%252foutside.txt",
    "..%5coutside.txt",
    "..\\outside.txt",
    "site/../../outside.txt",
    "site/..%2f..%2foutside.txt",
    "episodes/sea-wall-1/../../show.toml",
    "episodes/sea-wall-1/%2e%2e/%2e%2e/show.toml",
    "episodes/..%c0%af../show.toml",
    "%c0%ae%c0%ae/outside.txt",
    "feed.xml%00.html",
    "feed.xml/",
    "//etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "....//outside.txt",
    "index.html\n",
    "index.html%0a",
]


@pytest.mark.parametrize("path", [*PRIVATE, *TRAVERSAL])
def test_what_no_subscriber_needs_is_not_found(client: Client, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status == 404
    assert answer.content == b"not found\n"


def test_an_episode_s_folder_shows_its_page(client: Client) -> None:
    assert "<audio" in client.get("/episodes/sea-wall-1/").text
    assert client.get("/episodes/sea-wall-1").headers["location"].endswith("8000/episodes/sea-wall-1/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_allowed(client: Client, method: str) -> None:
    assert client.ask(method, "/feed.xml").status == 405


def test_with_a_token_all_is_below_it_and_nothing_beside(private: Client) -> None:
    for path in (
        "/",
        "/feed.xml",
        "/index.html",
        "/wrong-token/feed.xml",
        f"/{TOKEN}x/feed.xml",
        f"/x/{TOKEN}/feed.xml",
    ):
        assert private.get(path).status == 404
    feed = private.get(f"/{TOKEN}/feed.xml")
    assert f'href="http://192.168.1.9:8000/{TOKEN}/feed.xml"' in feed.text
    assert f'url="http://192.168.1.9:8000/{TOKEN}/episodes/' in feed.text
    assert "private" in feed.headers["cache-control"]
    assert private.get(f"/{TOKEN}/").status == 200
    assert private.get(f"/{TOKEN}").headers["location"] == f"http://192.168.1.9:8000/{TOKEN}/"


def test_the_episode_list_gives_each_post_s_player(client: Client) -> None:
    found = json.loads(client.get("/episodes.json").text)["episodes"]
    episode = found["https://blog.example.org/2020/sea-wall-1.html"]
    assert client.get(f"/{episode['page']}").status == 200
    assert client.head(f"/{episode['audio']}").status == 200
