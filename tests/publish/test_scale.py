from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from sample_show import build_episode, build_show

from narrator.publish import publish_show
from narrator.shows import Show


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


def test_two_thousand_episodes_fill_one_feed_under_four_megabytes(tmp_path: Path) -> None:
    episodes = tuple(build_episode(number) for number in reversed(range(2000)))
    show = Show(tmp_path, replace(build_show(tmp_path, episodes=[]).settings), episodes)
    feed = publish_show(show, only=())
    assert feed.stat().st_size <= 4_000_000
    assert feed.read_bytes().count(b"<item>") > 1500
