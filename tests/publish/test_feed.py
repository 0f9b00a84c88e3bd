from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sample_show import SHOW_GUID, build_episode, build_show, one_line

from narrator.errors import FeedInvalid, ShowNotWritable
from narrator.models import Person
from narrator.publish import publish_show
from narrator.shows import Show

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ATOM = "{http://www.w3.org/2005/Atom}"

MakeShow = Callable[..., Show]
ChannelOf = Callable[..., ElementTree.Element]


def test_equal_shows_give_equal_bytes(tmp_path: Path) -> None:
    feeds = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        show = build_show(folder, 3)
        publish_show(show)
        feeds.append([(folder / path).read_bytes() for path in ("feed.xml", "index.html", "episodes.json")])
    assert feeds[0] == feeds[1]


def test_publishing_again_writes_no_file(make_show: MakeShow) -> None:
    show = make_show(3)
    before = {path: path.stat().st_mtime_ns for path in show.folder.rglob("*") if path.is_file()}
    publish_show(show)
    after = {path: path.stat().st_mtime_ns for path in show.folder.rglob("*") if path.is_file()}
    assert before == after


def test_one_more_episode_leaves_the_pages_of_the_others_alone(make_show: MakeShow) -> None:
    show = make_show(3)
    page = show.folder / "episodes" / "sea-wall-1" / "index.html"
    page.write_text("kept")
    publish_show(show, only={"sea-wall-2"})
    assert page.read_text() == "kept"


def test_items_stand_newest_first_and_undated_ones_by_when_they_were_made(
    make_show: MakeShow, channel_of: ChannelOf
) -> None:
    episodes = [
        build_episode(0, published=datetime(2015, 9, 18, 14, 39, tzinfo=UTC)),
        build_episode(1, published=None, added=datetime(2026, 2, 1, tzinfo=UTC)),
        build_episode(2, published=datetime(2016, 1, 1, tzinfo=UTC)),
    ]
    channel = channel_of(make_show(episodes=episodes))
    assert [item.findtext("pubDate") for item in channel.iter("item")] == [
        "Sun, 01 Feb 2026 00:00:00 +0000",
        "Fri, 01 Jan 2016 00:00:00 +0000",
        "Fri, 18 Sep 2015 14:39:00 +0000",
    ]


def test_the_build_date_is_that_of_the_newest_change_and_not_now(
    make_show: MakeShow, channel_of: ChannelOf
) -> None:
    corrected = datetime(2026, 4, 2, 7, 0, tzinfo=UTC)
    channel = channel_of(make_show(episodes=[build_episode(0), build_episode(1, updated=corrected)]))
    assert channel.findtext("lastBuildDate") == "Thu, 02 Apr 2026 07:00:00 +0000"


def test_an_item_says_where_its_sound_is_and_who_it_is(standing_show: Show, channel_of: ChannelOf) -> None:
    item = channel_of(standing_show).findall("item")[-1]
    episode = standing_show.episodes[-1]
    enclosure, guid = item.find("enclosure"), item.find("guid")
    assert enclosure is not None
    assert guid is not None
    assert enclosure.attrib == {
        "url": f"http://127.0.0.1:8000/{episode.audio.path}",
        "length": str((standing_show.folder / episode.audio.path).stat().st_size),
        "type": "audio/mpeg",
    }
    assert (guid.text, guid.get("isPermaLink")) == (episode.guid, "false")
    assert item.findtext(f"{ITUNES}duration") == "20"
    assert item.findtext(f"{ITUNES}explicit") == "false"
    assert [person.text for person in item.iter(f"{PODCAST}person")] == ["Rosa Tarn"]
    assert [one.get("type") for one in item.iter(f"{PODCAST}transcript")] == [
        "text/vtt",
        "application/x-subrip",
        "application/json",
        "text/plain",
    ]
    chapters = item.find(f"{PODCAST}chapters")
    assert chapters is not None
    assert chapters.get("type") == "application/json+chapters"


def test_a_sidebar_s_author_is_no_person_of_the_episode(standing_show: Show) -> None:
    assert "Ida Quill</podcast:person>" not in (standing_show.folder / "feed.xml").read_text()


def test_the_channel_carries_what_directories_ask_for(make_show: MakeShow, channel_of: ChannelOf) -> None:
    channel = channel_of(
        make_show(
            category="News > Politics",
            email="desk@example.org",
            copyright="© 2026 Merrow Haven Press",
            license="cc-by-4.0",
            language="en-GB",
        )
    )
    category = channel.find(f"{ITUNES}category")
    assert category is not None
    assert (category.get("text"), category[0].get("text")) == ("News", "Politics")
    locked = channel.find(f"{PODCAST}locked")
    assert locked is not None
    assert (locked.text, locked.get("owner")) == ("yes", "desk@example.org")
    assert channel.findtext(f"{PODCAST}guid") == SHOW_GUID
    assert channel.findtext(f"{PODCAST}medium") == "podcast"
    assert channel.findtext(f"{PODCAST}license") == "cc-by-4.0"
    assert channel.findtext("copyright") == "© 2026 Merrow Haven Press"
    assert channel.findtext("language") == "en-GB"
    assert channel.findtext("link") == "http://127.0.0.1:8000/index.html"
    links = [link.attrib for link in channel.findall(f"{ATOM}link")]
    assert links == [{"href": "http://127.0.0.1:8000/feed.xml", "rel": "self", "type": "application/rss+xml"}]


def test_guids_survive_another_address_another_title_and_another_voice(
    make_show: MakeShow, channel_of: ChannelOf, tmp_path: Path
) -> None:
    show = make_show(2)
    moved = replace(
        show,
        settings=replace(show.settings, base_url="https://example.org/elsewhere", title="Renamed"),
        episodes=tuple(replace(one, voice="other") for one in show.episodes),
    )
    before = (
        [guid.text for guid in channel_of(show).iter("guid")],
        channel_of(show).findtext(f"{PODCAST}guid"),
    )
    publish_show(moved)
    after = (
        [guid.text for guid in channel_of(moved).iter("guid")],
        channel_of(moved).findtext(f"{PODCAST}guid"),
    )
    assert before == after


def test_a_show_without_manifests_has_a_guid_of_its_address(
    make_show: MakeShow, channel_of: ChannelOf
) -> None:
    show = make_show(0, base_url="https://example.org/p/")
    # uuid5 in the namespace's own space of "example.org/p/feed.xml".
    assert channel_of(show).findtext(f"{PODCAST}guid") == "c756cd5a-f6a1-5046-8a02-19f68850e37f"


@pytest.mark.parametrize(
    "title",
    [
        "A bell\x07 rang\x00 at 9",
        "A lone \ud83d surrogate",
        "<script>alert(1)</script> & ]]> friends",
        "word " * 100,
        "長" * 400,
        "\x00",
        "A\u2028B\x85C\ufffeD",
    ],
)
def test_any_title_and_text_make_a_feed_that_can_be_read(
    title: str, tmp_path: Path, channel_of: ChannelOf
) -> None:
    folder = tmp_path / "podcast"
    folder.mkdir()
    # The manifest itself cannot hold a surrogate, so this one is published straight from memory.
    episode = build_episode(0, title=title, slug="odd", lines=one_line(f"Opening ]]> {title}"))
    show = replace(build_show(folder, 1), episodes=(episode,))
    publish_show(show)
    item = channel_of(show).find("item")
    assert item is not None
    said = item.findtext("title") or ""
    assert 0 < len(said) <= 255
    assert said[:5].isprintable()
    notes = item.findtext(f"{CONTENT}encoded") or ""
    assert "<script>" not in notes
    assert "Opening ]]&gt;" in notes


def test_descriptions_keep_to_four_thousand_bytes(make_show: MakeShow, channel_of: ChannelOf) -> None:
    long = "Über die Brücke geht es weiter. " * 400
    show = make_show(episodes=[build_episode(0, lines=one_line(long))], description=long)
    channel = channel_of(show)
    texts = [
        channel.findtext("description"),
        *(item.findtext("description") for item in channel.iter("item")),
    ]
    assert all(0 < len((text or "").encode()) <= 4000 for text in texts)


def test_the_author_of_an_undersigned_post_is_the_show_s(make_show: MakeShow, channel_of: ChannelOf) -> None:
    show = make_show(episodes=[build_episode(0, byline=()), build_episode(1, byline=(Person("  "),))])
    authors = [item.findtext(f"{ITUNES}author") for item in channel_of(show).iter("item")]
    assert authors == ["Merrow Haven Press", "Merrow Haven Press"]


def test_a_show_without_a_title_has_one(make_show: MakeShow, channel_of: ChannelOf) -> None:
    assert channel_of(make_show(1, title=" \x07")).findtext("title") == "My narrated posts"


def test_copies_of_an_episode_are_refused_before_anything_is_written(make_show: MakeShow) -> None:
    show = make_show(2)
    before = (show.folder / "feed.xml").read_bytes()
    twin = replace(show.episodes[0], slug="copy", title="Another")
    with pytest.raises(FeedInvalid, match="sea-wall-2 and copy have the same guid"):
        publish_show(replace(show, episodes=(*show.episodes, twin)))
    assert (show.folder / "feed.xml").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_one_line(make_show: MakeShow) -> None:
    show = make_show(1)
    (show.folder / "feed.xml").unlink()
    (show.folder / "feed.xml").mkdir()
    with pytest.raises(ShowNotWritable, match=r"feed\.xml.*run narrator feed"):
        publish_show(show)
