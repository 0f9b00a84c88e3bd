from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sample_show import build_episode, build_show, one_line

from narrator.publish import pages, publish_show
from narrator.publish.feed import make_items
from narrator.publish.pages import ALWAYS_FULL, feed_pages, fit
from narrator.publish.spool import Spool
from narrator.shows import Show

FULL = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    """Where items are put aside."""
    with Spool(tmp_path / "spool") as spool:
        yield spool


@pytest.fixture
def long_show(tmp_path: Path) -> Show:
    """A hundred and twenty episodes with long openings, in memory only, over four months of one year."""
    text = "The wall grows by a metre every week while the town looks on. " * 30
    episodes = [
        build_episode(
            number,
            lines=one_line(text),
            published=datetime(2021, 1 + number // 30, 1 + number % 28, tzinfo=UTC),
        )
        for number in range(120)
    ]
    show = build_show(tmp_path, episodes=[])
    return replace(show, episodes=tuple(reversed(episodes)))


def test_a_small_show_is_one_feed_with_full_notes(
    standing_show: Show, channel_of: Callable[..., ElementTree.Element]
) -> None:
    channel = channel_of(standing_show)
    assert all(item.find(FULL) is not None for item in channel.iter("item"))
    assert not (standing_show.folder / "feeds").exists()
    assert [link.get("rel") for link in channel.findall(f"{ATOM}link")] == ["self"]


def test_older_episodes_lose_their_full_notes_before_any_loses_its_place(
    long_show: Show, spool: Spool
) -> None:
    items = make_items(long_show, spool)
    everything = sum(item.short_bytes for item in items) + pages.CHANNEL_BYTES
    extra = items[0].full_bytes - items[0].short_bytes
    count, full = fit(items, everything + 50 * extra)
    assert (count, full) == (120, 50)


def test_the_newest_keep_full_notes_where_not_all_fit(long_show: Show, spool: Spool) -> None:
    items = make_items(long_show, spool)
    count, full = fit(items, pages.CHANNEL_BYTES + sum(item.full_bytes for item in items[:60]))
    assert full == ALWAYS_FULL
    assert 60 < count < 120


def test_what_does_not_fit_goes_to_linked_pages_each_episode_once(
    long_show: Show,
    monkeypatch: pytest.MonkeyPatch,
    channel_of: Callable[..., ElementTree.Element],
    spool: Spool,
) -> None:
    items = make_items(long_show, spool)
    monkeypatch.setattr(pages, "PAGE_EPISODES", 20)
    monkeypatch.setattr(
        pages.fit, "__defaults__", (pages.CHANNEL_BYTES + sum(i.full_bytes for i in items[:50]),)
    )
    publish_show(long_show)
    name, seen, names = "feed.xml", [], []
    while name:
        channel = channel_of(long_show, name)
        names.append(name)
        seen += [guid.text for guid in channel.iter("guid")]
        links = {link.get("rel"): link.get("href") or "" for link in channel.findall(f"{ATOM}link")}
        assert links["self"] == f"{long_show.base_url}/{name}"
        assert links["first"] == f"{long_show.base_url}/feed.xml"
        assert links["last"] == f"{long_show.base_url}/feeds/older-1.xml"
        if len(names) > 1:
            assert links["previous"] == f"{long_show.base_url}/{names[-2]}"
        name = links.get("next", "").removeprefix(f"{long_show.base_url}/")
    assert len(names) > 2
    assert seen == [episode.guid for episode in long_show.episodes]


def test_a_new_episode_changes_the_newest_further_page_at_most(
    long_show: Show, monkeypatch: pytest.MonkeyPatch, spool: Spool
) -> None:
    monkeypatch.setattr(pages, "PAGE_EPISODES", 20)
    items = make_items(long_show, spool)
    monkeypatch.setattr(
        pages.fit, "__defaults__", (pages.CHANNEL_BYTES + sum(i.full_bytes for i in items[:50]),)
    )

    def contents(show: Show) -> dict[str, list[str]]:
        return {
            page.name: [item.slug for item in page.items]
            for page in feed_pages(show, make_items(show, spool))
        }

    before = contents(long_show)
    fresh = build_episode(500, published=datetime(2021, 6, 1, tzinfo=UTC))
    after = contents(replace(long_show, episodes=(fresh, *long_show.episodes)))
    changed = {name for name in before if before[name] != after.get(name)}
    newest = max(name for name in before if name != "feed.xml")
    assert changed <= {"feed.xml", newest}


def test_the_size_of_an_item_is_what_it_takes_in_the_feed(long_show: Show, spool: Spool) -> None:
    publish_show(long_show)
    data = (long_show.folder / "feed.xml").read_bytes()
    said = sum(item.full_bytes for item in make_items(long_show, spool))
    real = len(data) - len(re.sub(rb"    <item>.*</item>\n", b"", data, flags=re.DOTALL))
    assert said == real


def test_every_year_has_a_feed_of_its_own_that_directories_leave_out(
    tmp_path: Path, channel_of: Callable[..., ElementTree.Element]
) -> None:
    episodes = [build_episode(n, published=datetime(2014 + n, 5, 1, tzinfo=UTC)) for n in range(3)]
    show = build_show(tmp_path, episodes=episodes, files=False)
    publish_show(show)
    assert sorted(path.name for path in (tmp_path / "feeds").iterdir()) == [
        "2014.xml",
        "2015.xml",
        "2016.xml",
    ]
    channel = channel_of(show, "feeds/2015.xml")
    assert channel.findtext("title") == "Merrow Haven Post, 2015"
    assert [guid.text for guid in channel.iter("guid")] == [episodes[1].guid]
    assert channel.findtext("{https://podcastindex.org/namespace/1.0}block") == "yes"
    assert channel.find("{https://podcastindex.org/namespace/1.0}guid") is None


def test_feeds_of_years_that_are_gone_are_taken_away(tmp_path: Path) -> None:
    episodes = [build_episode(n, published=datetime(2014 + n, 5, 1, tzinfo=UTC)) for n in range(3)]
    show = build_show(tmp_path, episodes=episodes, files=False)
    publish_show(show)
    publish_show(replace(show, episodes=show.episodes[:2]))
    assert sorted(path.name for path in (tmp_path / "feeds").iterdir()) == ["2015.xml", "2016.xml"]
