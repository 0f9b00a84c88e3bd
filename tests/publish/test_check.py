from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from narrator.config import Settings
from narrator.publish.check import check_show
from narrator.publish.check.settings import check_settings
from narrator.shows import Show

MakeShow = Callable[..., Show]

PUBLIC = {"base_url": "https://example.org/podcast", "description": "News read aloud."}


@pytest.fixture
def show(make_show: MakeShow) -> Show:
    """A show with nothing to complain of."""
    return make_show(2, **PUBLIC)


def said(show: Show, level: str = "error") -> list[str]:
    return [f"{one.where}: {one.what}" for one in check_show(show) if one.level == level]


def test_a_good_show_has_no_findings(show: Show) -> None:
    assert check_show(show) == []


def test_a_show_without_an_address_is_good_at_home_only(make_show: MakeShow) -> None:
    show = make_show(1, description="News read aloud.")
    assert [one.what for one in check_show(show)] == [
        "base_url is not set, so the feed's addresses lead to this machine"
    ]
    assert check_show(show, published=False) == []


@pytest.mark.parametrize(
    ("setting", "value", "what", "hint"),
    [
        ("category", "Newss", "is not an Apple Podcasts category", 'Did you mean "News"?'),
        ("category", "News > Politic", "is not a subcategory", 'Did you mean "News > Politics"?'),
        ("category", "History > Rome", "is not a subcategory", "it has none"),
        ("language", "English", "BCP 47", '"en"'),
        ("email", "nobody", "is not an address", "Correct it"),
        ("link", "example.org", "not an http(s) address", "Correct it"),
        ("show_guid", "917393E3-1B1E-5CEF-ACE4-EDAA54E1F810", "UUIDv5", "earlier feed"),
        ("base_url", "example.org/podcast", "not an http(s) address", "Correct it"),
        ("base_url", "https://example.org/my show", "not plain", "https://example.org/my%20show"),
        ("base_url", "https://example.org/?x=1", "not plain", "Write it as"),
        ("base_url", "http://localhost:8000", "this machine only", "public address"),
    ],
)
def test_wrong_settings_are_named_with_what_to_do(setting: str, value: str, what: str, hint: str) -> None:
    settings = replace(Settings(**PUBLIC), **{setting: value})  # type: ignore[arg-type]
    (finding,) = [one for one in check_settings(settings) if one.level == "error"]
    assert what in finding.what
    assert hint in finding.hint


@pytest.mark.parametrize("category", ["News", "News > Politics", "TV & Film > Film History", "Technology"])
def test_apple_s_categories_are_known(category: str) -> None:
    settings = Settings(category=category, **PUBLIC)  # type: ignore[arg-type]
    assert not [one for one in check_settings(settings) if one.level == "error"]


EDITS = [
    ("no title", r"(<item>\s*)<title>.*?</title>", r"\1", "no title"),
    ("no guid", r"<guid.*?</guid>", "", "no guid"),
    ("date", r"<pubDate>.*?</pubDate>", "<pubDate>soon</pubDate>", "no proper pubDate"),
    ("future", r"<pubDate>.*?</pubDate>", "<pubDate>Mon, 01 Jan 2120 00:00:00 +0000</pubDate>", "future"),
    ("type", 'type="audio/mpeg"', 'type="audio/x-m4a"', "cannot be audio/x-m4a"),
    ("length", r'length="\d+"', 'length="12"', "the feed says 12"),
    ("no length", r'length="\d+"', 'length=""', "no length"),
    ("no enclosure", r"<enclosure [^>]*>", "", "0 enclosures"),
    ("duration", r"<itunes:duration>\d+", "<itunes:duration>0:20", "number of seconds"),
    ("explicit", r"<itunes:explicit>false", "<itunes:explicit>no", "not true or false"),
    ("long title", r"(<item>\s*)<title>", r"\1<title>" + "x" * 300, "over 255 characters"),
    ("image", r"<itunes:image [^>]*>", "", "no itunes:image"),
    ("category", r"<itunes:category [^>]*>", "", "no itunes:category"),
    ("self", r'rel="self"', 'rel="alternate"', "it calls itself nothing"),
    (
        "away",
        r"https://example.org/podcast/episodes/[^<]*index.html",
        "https://elsewhere.example/x",
        "leads away",
    ),
    ("script", r"<p>Work", "<script>x</script><p>Work", "<script> in the notes"),
    ("link", r'<p><a href="https://blog', '<p><a href="/blog', "leads nowhere: /blog"),
    ("not XML", "</channel>", "", "not well-formed"),
    ("not RSS", '<rss ([^>]*)version="2.0"', r'<rss \1version="0.91"', "not an RSS 2.0 feed"),
]


@pytest.mark.parametrize(
    ("pattern", "into", "what"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS]
)
def test_a_feed_that_breaks_a_rule_is_found_out(show: Show, pattern: str, into: str, what: str) -> None:
    feed = show.folder / "feed.xml"
    text = feed.read_text()
    broken = re.sub(pattern, into, text, flags=re.DOTALL)
    assert broken != text
    feed.write_text(broken)
    assert any(what in one for one in said(show))


def test_a_feed_without_a_guid_is_warned_of(show: Show) -> None:
    feed = show.folder / "feed.xml"
    feed.write_text(re.sub(r"<podcast:guid>.*?</podcast:guid>", "", feed.read_text()))
    assert said(show, "warning") == ["feed.xml: no podcast:guid by which directories know the show again"]


def test_equal_guids_are_found_out(show: Show) -> None:
    feed = show.folder / "feed.xml"
    feed.write_text(feed.read_text().replace("sea-wall-1</guid>", "sea-wall-2</guid>"))
    assert any("the same guid" in one for one in said(show))


def test_a_feed_that_lacks_an_episode_is_out_of_date(show: Show) -> None:
    feed = show.folder / "feed.xml"
    feed.write_text(re.sub(r"<item>.*?</item>", "", feed.read_text(), count=1, flags=re.DOTALL))
    assert any("lacks 1 of the episodes" in one for one in said(show))


def test_an_absent_feed_is_an_error(show: Show) -> None:
    (show.folder / "feed.xml").unlink()
    assert said(show) == ["feed.xml: is absent"]


FILES: list[tuple[str, bytes | None, str]] = [
    ("transcript.vtt", None, "absent"),
    ("transcript.vtt", b"hello", "WEBVTT"),
    ("transcript.vtt", b"WEBVTT\n\n", "no cues"),
    ("transcript.txt", b"\xff\xfe", "not UTF-8"),
    ("transcript.txt", b"  \n", "empty"),
    ("transcript.json", b"{}", "no segments"),
    ("chapters.json", b"[]", "not a chapters file"),
    ("chapters.json", json.dumps({"chapters": [{"startTime": 1}]}).encode(), "no chapter at 0"),
    (
        "chapters.json",
        json.dumps({"chapters": [{"startTime": 0}, {"startTime": 9}, {"startTime": 5}]}).encode(),
        "out of order",
    ),
    (
        "chapters.json",
        json.dumps({"chapters": [{"startTime": 0}, {"startTime": 900}]}).encode(),
        "after the end",
    ),
    ("cover.jpg", b"no picture", "not a picture"),
    ("index.html", None, "absent"),
]


@pytest.mark.parametrize(("name", "data", "what"), FILES)
def test_a_file_that_is_not_what_it_claims_is_found_out(
    show: Show, name: str, data: bytes | None, what: str
) -> None:
    path = show.folder / "episodes" / "sea-wall-1" / name
    path.unlink() if data is None else path.write_bytes(data)
    assert any(f"sea-wall-1/{name}" in one and what in one for one in said(show))


def test_sound_that_is_no_mp3_is_found_out(show: Show) -> None:
    path = show.folder / show.episodes[0].audio.path
    path.write_bytes(b"RIFF" + path.read_bytes()[4:])
    assert said(show) == [f"{show.episodes[0].audio.path}: is not an MP3"]


def test_a_cover_apple_refuses_is_found_out(show: Show) -> None:
    Image.new("RGB", (1200, 1400)).save(show.folder / "cover.jpg")
    assert said(show) == ["cover.jpg: is 1200×1400"]


def test_the_command_says_what_to_do_and_ends_in_64(
    show: Show, run_narrator: Callable[..., object], tmp_path: Path
) -> None:
    good = run_narrator("check", "--show", show.folder)
    assert (good.code, good.out) == (0, "0 errors, 0 warnings\n")  # type: ignore[attr-defined]
    (show.folder / "feed.xml").unlink()
    bad = run_narrator("check", "--show", show.folder, "--json")
    assert bad.code == 64  # type: ignore[attr-defined]
    assert json.loads(bad.out) == {  # type: ignore[attr-defined]
        "level": "error",
        "where": "feed.xml",
        "what": "is absent",
        "hint": "Run narrator feed.",
    }
