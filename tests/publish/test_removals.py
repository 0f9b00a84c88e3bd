from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sample_show import build_episode

from narrator.errors import ConfigError, PublishError
from narrator.models import Article, Block
from narrator.removals import (
    find_removal,
    pick_episode,
    read_removals,
    remove_episode,
    resemblance,
    sketch,
)
from narrator.shows import Show, read_episodes

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TEXT = (
    "The ferry to the outer islands stopped on Tuesday after a crack was found in its rudder. "
    "Islanders will be flown to the mainland in small planes until a spare one arrives from the yard."
)


def post(title: str, text: str, **facts: object) -> Article:
    return Article(title=title, blocks=(Block("p1", "paragraph", text),), source="x.txt", **facts)  # type: ignore[arg-type]


@pytest.fixture
def removed(make_show: Callable[..., Show]) -> Show:
    """A show whose second of three episodes was taken down."""
    show = make_show(3)
    remove_episode(show.folder, show.episodes[1], now=NOW)
    return show


def test_what_is_taken_down_leaves_its_record_and_nothing_else(removed: Show) -> None:
    folder = removed.folder / "episodes" / "sea-wall-2"
    assert [path.name for path in folder.iterdir()] == ["removed.json"]
    assert [one.slug for one in read_episodes(removed.folder)] == ["sea-wall-3", "sea-wall-1"]
    record = (folder / "removed.json").read_text()
    assert "Harbour" not in record
    assert "wall will cost" not in record


def test_the_record_keeps_the_guid_and_the_post_s_ids(removed: Show) -> None:
    (record,) = read_removals(removed.folder)
    assert (record.guid, record.address, record.removed) == (
        removed.episodes[1].guid,
        removed.episodes[1].address,
        NOW,
    )


def test_a_removed_post_is_known_again_by_its_address(removed: Show) -> None:
    records = read_removals(removed.folder)
    address = removed.episodes[1].address
    assert find_removal(post("Another title", "Another text.", address=address), records) == records[0]
    assert find_removal(post("Another title", "Another text.", address="https://x.example"), records) is None


def test_a_removed_post_without_ids_is_known_by_its_title_and_text(make_show: Callable[..., Show]) -> None:
    show = make_show(0)
    base = build_episode(0)
    line = replace(base.lines[1], text=TEXT)
    remove_episode(show.folder, replace(base, title="Ferry stops", address=None, lines=(line,)), now=NOW)
    records = read_removals(show.folder)
    assert find_removal(post("Ferry  STOPS!", TEXT), records)
    assert find_removal(post("Ferry stops", TEXT.replace("Tuesday", "Wednesday")), records)
    assert (
        find_removal(post("Ferry stops", "A wholly different story under a standing title."), records) is None
    )
    assert find_removal(post("Ferries stop", TEXT), records) is None


def test_a_damaged_record_says_what_to_do(removed: Show) -> None:
    (removed.folder / "episodes" / "sea-wall-2" / "removed.json").write_text("{")
    with pytest.raises(PublishError, match=r"sea-wall-2/removed\.json.*Delete it"):
        read_removals(removed.folder)


def test_texts_that_share_half_their_words_in_order_resemble_each_other_by_half() -> None:
    words = [f"w{number}" for number in range(2000)]
    one, other = sketch([" ".join(words[:1500])]), sketch([" ".join(words[500:])])
    assert resemblance(one, other) == pytest.approx(0.5, abs=0.2)
    assert resemblance(one, one) == 1
    assert resemblance(one, sketch(["nothing in common at all"])) == 0
    assert resemblance((), ()) == 0


@pytest.mark.parametrize(
    "name",
    [
        "sea-wall-2",
        "tag:example.org,2020:sea-wall-2",
        "https://blog.example.org/2020/sea-wall-2.html",
        "Harbour town rebuilds its sea wall, part 2",
        "episodes/sea-wall-2/",
        "podcast/episodes/sea-wall-2/index.html",
    ],
)
def test_a_person_may_name_an_episode_in_many_ways(name: str) -> None:
    episodes = [build_episode(number) for number in range(3)]
    assert pick_episode(episodes, name).slug == "sea-wall-2"


def test_a_name_that_fits_none_brings_the_nearest() -> None:
    with pytest.raises(ConfigError, match='Did you mean "sea-wall-1"'):
        pick_episode([build_episode(0)], "sea-wal-1")


def test_the_command_takes_it_out_of_feed_and_site(
    make_show: Callable[..., Show], run_narrator: Callable[..., object]
) -> None:
    show = make_show(3)
    ran = run_narrator("remove", "sea-wall-2", "--yes", "--show", show.folder)
    assert ran.code == 0  # type: ignore[attr-defined]
    for name in ("feed.xml", "index.html", "episodes.json"):
        text = (show.folder / name).read_text()
        assert "sea-wall-2" not in text
        assert "sea-wall-3" in text


def test_removing_nothing_known_changes_nothing(
    make_show: Callable[..., Show], run_narrator: Callable[..., object]
) -> None:
    show = make_show(1)
    before = sorted(show.folder.rglob("*"))
    assert run_narrator("remove", "nonesuch", "--yes", "--show", show.folder).code == 2  # type: ignore[attr-defined]
    assert [path for path in sorted(show.folder.rglob("*")) if path.name != "lock"] == before
