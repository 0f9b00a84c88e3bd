from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

from sample_show import build_episode, build_show, one_line

from narrator.publish import publish_show
from narrator.shows import Show, open_shelf


def publishing_seconds(folder: Path, count: int) -> float:
    folder.mkdir()
    show = build_show(folder, episodes=[])
    episodes = tuple(build_episode(number) for number in reversed(range(count)))
    show = replace(show, episodes=episodes)
    started = time.process_time()
    publish_show(show)
    return time.process_time() - started


def test_four_times_the_episodes_take_about_four_times_as_long(tmp_path: Path) -> None:
    publishing_seconds(tmp_path / "warm", 10)
    small = publishing_seconds(tmp_path / "small", 100)
    large = publishing_seconds(tmp_path / "large", 400)
    assert large / small < 6


def publishing_peak_bytes(folder: Path, count: int) -> tuple[int, int]:
    """Most memory in use while a show is published from its folder, and the size of its manifests."""
    text = one_line("The wall grows by a metre every week. " * 1500)
    episodes = [build_episode(number, lines=text) for number in range(count)]
    settings = build_show(folder, episodes=episodes, files=False).settings
    size = sum(path.stat().st_size for path in folder.glob("episodes/*/episode.json"))
    del episodes
    tracemalloc.start()
    try:
        publish_show(open_shelf(folder, settings))
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


def test_publishing_keeps_next_to_nothing_of_an_episode(tmp_path: Path) -> None:
    for name in ("warm", "small", "large"):
        (tmp_path / name).mkdir()
    publishing_peak_bytes(tmp_path / "warm", 5)
    small, few = publishing_peak_bytes(tmp_path / "small", 20)
    large, many = publishing_peak_bytes(tmp_path / "large", 100)
    assert large - small < (many - few) / 5


def test_two_thousand_episodes_fill_one_feed_under_four_megabytes(tmp_path: Path) -> None:
    episodes = tuple(build_episode(number) for number in reversed(range(2000)))
    show = Show(tmp_path, replace(build_show(tmp_path, episodes=[]).settings), episodes)
    feed = publish_show(show, only=())
    assert feed.stat().st_size <= 4_000_000
    assert feed.read_bytes().count(b"<item>") > 1500
