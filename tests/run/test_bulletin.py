"""`narrator bulletin`: several posts, one episode."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran
from read.archives.exports import sample
from run.batches import episodes, write_posts

Run = Callable[..., Ran]
POSTS = [sample(1, published="2026-02-28T20:00:00Z"), sample(2, published="2026-03-01T08:00:00Z"), sample(3)]


def test_headlines_come_first_and_every_story_is_a_chapter(
    tmp_path: Path, show: Path, run_narrator: Run
) -> None:
    archive = write_posts(tmp_path / "wp.xml", POSTS)
    command = ("bulletin", archive, "--show", show, "--engine", "tone", "--title", "The morning")
    assert run_narrator(*command).code == 0
    (episode,) = episodes(show)
    newest_first = [POSTS[1].title, POSTS[0].title, POSTS[2].title]
    assert [chapter.title for chapter in episode.chapters] == ["The morning", *newest_first]
    told = [line.text for line in episode.lines]
    assert told[1:4] == [f"{title}." for title in newest_first]
    for post in POSTS:
        assert post.text.split("\n\n")[0] in " ".join(told)
    assert {row.fate for row in episode.ledger} >= {"spoken"}


def test_bulletin_made_again_with_a_story_more_is_a_correction(
    tmp_path: Path, show: Path, run_narrator: Run
) -> None:
    command = (
        "bulletin",
        tmp_path / "wp.xml",
        "--show",
        show,
        "--engine",
        "tone",
        "--title",
        "News",
    )
    write_posts(tmp_path / "wp.xml", POSTS[:2])
    run_narrator(*command)
    (before,) = episodes(show)
    write_posts(tmp_path / "wp.xml", POSTS)
    run_narrator(*command)
    (after,) = episodes(show)
    assert after.guid == before.guid
    assert len(after.chapters) == len(before.chapters) + 1


def test_only_posts_that_were_asked_for_are_told(tmp_path: Path, show: Path, run_narrator: Run) -> None:
    archive = write_posts(tmp_path / "wp.xml", POSTS)
    command = (
        "bulletin",
        archive,
        "--show",
        show,
        "--engine",
        "tone",
        "--title",
        "Today",
        "--today",
    )
    assert run_narrator(*command).code == 0
    (episode,) = episodes(show)
    assert [chapter.title for chapter in episode.chapters][1:] == [POSTS[1].title, POSTS[0].title]
    none = run_narrator(
        "bulletin", archive, "--show", tmp_path / "none", "--label", "Nothing", "--title", "None"
    )
    assert none.code == 4
    assert "no posts to make a bulletin of" in none.err
