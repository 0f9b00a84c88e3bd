"""`narrator batch`: what is missing or changed is made, nothing else, and every post is accounted for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Ran
from read.archives.exports import page, sample, wordpress
from run.batches import NOW, check_show, counts, episodes, listed, reasons, run, write_posts, write_texts

from narrator.config import Settings
from narrator.errors import ShowNotWritable
from narrator.run.selection import Selection

Run = Callable[..., Ran]
SIX = [sample(number) for number in range(6)]


def test_archive_becomes_episodes_with_their_own_dates(tmp_path: Path) -> None:
    session = run(write_posts(tmp_path / "wp.xml", SIX), tmp_path / "show")
    assert counts(session) == {"made": 6}
    made = {episode.title: episode for episode in episodes(tmp_path / "show")}
    for one in SIX:
        assert made[one.title].published == datetime.fromisoformat(one.published)
        assert made[one.title].address == one.address
        assert made[one.title].added == NOW
    assert sorted(listed(tmp_path / "show")) == sorted(check_show(tmp_path / "show"))


def test_second_run_makes_nothing_and_changes_no_byte(tmp_path: Path) -> None:
    archive = write_posts(tmp_path / "wp.xml", SIX)
    show = tmp_path / "show"
    run(archive, show)
    before = {path: path.stat().st_mtime_ns for path in show.rglob("*") if ".narrator" not in path.parts}
    assert counts(run(archive, show)) == {"unchanged": 6}
    shutil.rmtree(show / ".narrator")
    assert counts(run(archive, show)) == {"unchanged": 6}
    after = {path: path.stat().st_mtime_ns for path in show.rglob("*") if ".narrator" not in path.parts}
    assert {path: when for path, when in after.items() if path.is_file()} == {
        path: when for path, when in before.items() if path.is_file()
    }


def test_only_what_is_missing_or_new_is_made(tmp_path: Path) -> None:
    show = tmp_path / "show"
    run(write_posts(tmp_path / "wp.xml", SIX[:4]), show)
    kept = check_show(show)
    shutil.rmtree(next((show / "episodes").iterdir()))
    session = run(write_posts(tmp_path / "wp.xml", SIX), show)
    assert counts(session) == {"made": 3, "unchanged": 3}
    assert set(kept) < set(check_show(show))


def test_corrected_post_keeps_guid_and_address_and_says_so(tmp_path: Path) -> None:
    show = tmp_path / "show"
    run(write_posts(tmp_path / "wp.xml", SIX), show)
    before = {episode.guid: episode for episode in episodes(show)}
    changed = sample(2, html=sample(2).html.replace("on Friday", "on Saturday night"))
    session = run(write_posts(tmp_path / "wp.xml", [*SIX[:2], changed, *SIX[3:]]), show)
    assert counts(session) == {"made": 1, "unchanged": 5}
    (row,) = [row for row in session.rows if row.status == "made"]
    assert row.reason == "corrected"
    assert 0 < row.voiced <= 3
    assert row.reused >= 5
    after = {episode.guid: episode for episode in episodes(show)}
    assert set(after) == set(before)
    (guid,) = [guid for guid in after if after[guid].audio.path != before[guid].audio.path]
    assert after[guid].updated == NOW
    assert any("updated" in line.text for line in after[guid].lines)


def test_posts_are_known_in_another_export_and_a_renamed_folder(tmp_path: Path) -> None:
    show = tmp_path / "show"
    run(write_posts(tmp_path / "wp.xml", SIX), show)
    assert counts(run(write_posts(tmp_path / "new" / "export-2.xml", SIX), show)) == {"unchanged": 6}
    other = tmp_path / "other"
    run(write_texts(tmp_path / "posts", range(4)), other)
    (tmp_path / "posts").rename(tmp_path / "renamed")
    for number in range(4):
        (tmp_path / "renamed" / f"post-{number}.txt").rename(tmp_path / "renamed" / f"x{9 - number}.txt")
    assert counts(run(tmp_path / "renamed", other)) == {"unchanged": 4}


def test_copies_under_other_titles_are_passed_over_for_the_earliest_dated_one(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    text = sample(3).text + "\n\n" + sample(33).text
    early, late, undated = "---\ndate: 2015-09-18\n---\n", "---\ndate: 2016-01-02\n---\n", ""
    for name, head, title in (
        ("a.md", undated, "Repost Daily - Council keeps the mill open"),
        ("b.md", late, "Council keeps the mill open"),
        ("c.md", early, "Dispatch News: Council keeps the mill open"),
    ):
        (posts / name).write_text(f"{head}# {title}\n\n{text}\n")
    session = run(posts, tmp_path / "show")
    assert counts(session) == {"made": 1, "skipped": 2}
    assert set(reasons(session, "made")) == {"c.md"}
    for reason in reasons(session, "skipped").values():
        assert reason.startswith("re-post of “")
        assert "2015-09-18" in reason
    again = run(posts, tmp_path / "show")
    assert counts(again) == {"unchanged": 1, "skipped": 2}
    assert reasons(again, "skipped") == reasons(session, "skipped")
    (posts / "c.md").unlink()
    assert counts(run(posts, tmp_path / "show")) == {"skipped": 2}


def test_other_stories_under_a_standing_title_are_posts_of_their_own(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    for number in range(4):
        (posts / f"{number}.txt").write_text(f"Morning briefing\n\n{sample(number * 17).text}\n")
    assert counts(run(posts, tmp_path / "show")) == {"made": 4}
    assert counts(run(posts, tmp_path / "show")) == {"unchanged": 4}
    shutil.rmtree(tmp_path / "show" / ".narrator")
    assert counts(run(posts, tmp_path / "show")) == {"unchanged": 4}


def test_episode_that_was_taken_down_stays_down(tmp_path: Path, run_narrator: Run) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", SIX[:3]), tmp_path / "show"
    run(archive, show)
    assert run_narrator("remove", SIX[1].title, "--yes", "--show", show).code == 0
    session = run(archive, show)
    assert counts(session) == {"unchanged": 2, "skipped": 1}
    assert set(reasons(session, "skipped").values()) == {"its episode was taken down"}


def test_selection_by_date_label_words_and_title(tmp_path: Path) -> None:
    posts = [
        sample(1, published="2014-12-31T23:59:00Z", labels=("Ports",)),
        sample(2, published="2015-01-01T00:00:00Z", labels=("Ports", "Council")),
        sample(3, published="2015-12-31T23:59:00Z", labels=("Schools",)),
        sample(4, published="2016-01-01T00:00:00Z"),
        sample(
            5, published="2015-06-01T00:00:00Z", html="<p>" + "Only nine words stand in this short post. </p>"
        ),
    ]
    archive = write_posts(tmp_path / "wp.xml", posts)

    def titles(**selection: object) -> set[int]:
        show = tmp_path / "show"
        shutil.rmtree(show, ignore_errors=True)
        run(archive, show, selection=Selection(**selection))  # type: ignore[arg-type]
        return {one.number for one in posts if one.title in {episode.title for episode in episodes(show)}}

    year = {"since": datetime(2015, 1, 1, tzinfo=UTC), "until": datetime(2016, 1, 1, tzinfo=UTC)}
    assert titles(**year) == {2, 3, 5}
    assert titles(**year, min_words=20) == {2, 3}
    assert titles(labels=frozenset({"ports"})) == {1, 2}
    assert titles(match="ashdale|corran", min_words=20) == {3, 4}


def test_limit_leaves_the_rest_for_the_next_run(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", SIX), tmp_path / "show"
    first = run(archive, show, limit=2)
    assert counts(first) == {"made": 2}
    assert first.totals.waiting == 4
    assert counts(run(archive, show, limit=3)) == {"made": 3, "unchanged": 2}
    assert counts(run(archive, show)) == {"made": 1, "unchanged": 5}


def test_samples_differ_in_kind(tmp_path: Path) -> None:
    listing = "<ul><li>The first of several things to do.</li><li>Another one that matters too.</li></ul>"
    posts = [*SIX, sample(7, html=sample(7).html + listing), sample(8, html=sample(8).html * 6)]
    session = run(write_posts(tmp_path / "wp.xml", posts), tmp_path / "show", sample=3)
    made = {row.title for row in session.rows if row.status == "made"}
    assert len(made) == 3
    assert {posts[6].title, posts[7].title} < made


def test_pictures_and_videos_without_text_are_skips(tmp_path: Path) -> None:
    bare = [sample(1, html='<img src="a.jpg">'), sample(2, html="[youtube https://youtu.be/x]"), sample(3)]
    session = run(
        write_posts(tmp_path / "wp.xml", bare), tmp_path / "show", selection=Selection(min_words=15)
    )
    assert counts(session) == {"skipped": 2, "made": 1}
    assert session.totals.code == 0


def test_a_post_without_spaces_between_its_words_is_long_enough(tmp_path: Path) -> None:
    text = "古い連絡船が二年間の修理を終えて月曜日から再び運航すると港湾事務所が木曜日に発表した。"
    archive = write_posts(
        tmp_path / "wp.xml", [sample(1, html=f"<p>{text}</p>"), sample(2, html="<p>船。</p>")]
    )
    session = run(archive, tmp_path / "show", selection=Selection(min_words=15))
    assert counts(session) == {"made": 1, "skipped": 1}


def test_a_page_of_teasers_is_a_skip_and_no_failure(tmp_path: Path) -> None:
    posts = write_texts(tmp_path / "posts", range(2))
    teasers = "".join(
        f"<h3><a href=/{n}>{sample(n).title}</a></h3><p>{sample(n).text[:150]}.</p>" for n in range(9)
    )
    (posts / "latest.html").write_text(f"<html><body><h1>News</h1>{teasers}</body></html>")
    session = run(posts, tmp_path / "show")
    assert counts(session) == {"made": 2, "skipped": 1}
    assert reasons(session, "skipped") == {"latest.html": "listing page"}
    assert session.totals.code == 0


def test_posts_that_cannot_be_read_fail_alone_and_can_be_tried_again(
    tmp_path: Path, run_narrator: Run
) -> None:
    posts = write_texts(tmp_path / "posts", range(2))
    (posts / "broken.txt").write_bytes(b"%PDF-1.7 no text")
    command = ("batch", posts, "--show", tmp_path / "show", "--engine", "tone", "--jobs", 1)
    first = run_narrator(*command)
    assert first.code == 4
    assert "read: broken.txt: it is a PDF file" in first.err
    assert len(check_show(tmp_path / "show")) == 2
    (posts / "broken.txt").write_text(f"{sample(5).title}\n\n{sample(5).text}\n")
    write_texts(posts, [7])
    again = run_narrator(*command, "--retry-failed")
    assert again.code == 0
    assert {episode.source for episode in episodes(tmp_path / "show")} == {
        "post-0.txt",
        "post-1.txt",
        "broken.txt",
    }


def test_every_post_is_told_as_json_and_in_the_journal(tmp_path: Path, run_narrator: Run) -> None:
    posts = [*SIX[:2], sample(8, status="draft")]
    archive = write_posts(tmp_path / "wp.xml", posts)
    ran = run_narrator(
        "batch", archive, "--show", tmp_path / "show", "--engine", "tone", "--jobs", 1, "--json"
    )
    assert ran.code == 0
    *told, totals = [json.loads(line) for line in ran.out.splitlines()]
    assert sorted(row["status"] for row in told) == ["made", "made", "skipped"]
    assert totals["totals"] == {"made": 2, "unchanged": 0, "skipped": 1, "failed": 0}
    (skip,) = [row for row in told if row["status"] == "skipped"]
    assert skip["reason"] == "draft"
    assert f"skipped: {skip['post']}: draft" in ran.err
    made = next(row for row in told if row["status"] == "made")
    assert (tmp_path / "show" / made["audio"]).is_file()
    assert made["lines"] == made["lines_voiced"] + made["lines_reused"] > 0
    journal = [
        json.loads(line) for line in (tmp_path / "show/.narrator/journal.jsonl").read_text().splitlines()
    ]
    assert [row["status"] for row in journal if "status" in row] == [row["status"] for row in told]


def test_dry_run_weighs_and_leaves_the_show_alone(tmp_path: Path, run_narrator: Run) -> None:
    archive = write_posts(tmp_path / "wp.xml", SIX)
    command = ("batch", archive, "--show", tmp_path / "show", "--engine", "tone", "--jobs", 1)
    ran = run_narrator(*command, "--dry-run", "--json")
    estimate = json.loads(ran.out.splitlines()[-1])
    assert estimate["posts"] == 6
    assert not (tmp_path / "show" / "episodes").exists()
    assert not (tmp_path / "show" / "feed.xml").exists()
    assert run_narrator(*command).code == 0
    spoken = sum(len(line.say) for episode in episodes(tmp_path / "show") for line in episode.lines)
    assert estimate["characters"] == spoken
    assert json.loads(run_narrator(*command, "--dry-run", "--json").out.splitlines()[-1])["posts"] == 0


@pytest.mark.parametrize("name", ["report.json", "report.html"])
def test_report_says_what_became_of_every_post(name: str, tmp_path: Path, run_narrator: Run) -> None:
    archive = write_posts(tmp_path / "wp.xml", [SIX[0], sample(8, status="private")])
    report = tmp_path / name
    options = ("--show", tmp_path / "show", "--engine", "tone", "--jobs", 1, "--report", report)
    assert run_narrator("batch", archive, *options).code == 0
    told = report.read_text()
    assert SIX[0].title in told
    assert "private" in told


def test_report_that_cannot_be_written_loses_no_episode(tmp_path: Path, run_narrator: Run) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", [SIX[0]]), tmp_path / "show"
    report = archive / "report.json"
    result = run_narrator(
        "batch", archive, "--show", show, "--engine", "tone", "--jobs", 1, "--report", report
    )
    assert result.code == 2
    assert "the report cannot be written" in result.err
    assert len(list(show.glob("episodes/*/episode.json"))) == 1


def test_damaged_clip_is_voiced_again(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", SIX[:2]), tmp_path / "show"
    run(archive, show)
    audio = {episode.guid: episode.audio.sha256 for episode in episodes(show)}
    for clip in (show / ".narrator" / "clips").rglob("*.clip"):
        data = bytearray(clip.read_bytes())
        data[len(data) // 2] ^= 0xFF
        clip.write_bytes(data)
    shutil.rmtree(show / "episodes")
    assert counts(run(archive, show)) == {"made": 2}
    assert {episode.guid: episode.audio.sha256 for episode in episodes(show)} == audio


def test_full_disk_stops_the_run_and_room_lets_it_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    archive, show = write_posts(tmp_path / "wp.xml", SIX), tmp_path / "show"
    run(archive, show, limit=2)
    taken = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "transcript.json":
            raise OSError(errno.ENOSPC, "No space left on device")
        return taken(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(ShowNotWritable, match="No space left"):
            run(archive, show)
    assert len(check_show(show)) == 2
    assert not list((show / ".narrator").rglob("work/*"))
    assert counts(run(archive, show)) == {"made": 4, "unchanged": 2}


def test_changed_settings_make_every_episode_anew_under_its_guid(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", SIX[:3]), tmp_path / "show"
    run(archive, show)
    before = check_show(show)
    session = run(archive, show, settings=Settings(engine="tone", bitrate_kbps=96))
    assert counts(session) == {"made": 3}
    assert check_show(show) == before


def test_pages_of_a_folder_and_an_export_of_one_blog_are_the_same_posts(tmp_path: Path) -> None:
    show = tmp_path / "show"
    run(write_posts(tmp_path / "wp.xml", SIX[:2]), show)
    before = check_show(show)
    folder = tmp_path / "pages"
    folder.mkdir()
    for one in SIX[:2]:
        (folder / f"{one.number}.html").write_bytes(page(one))
    run(folder, show)
    assert check_show(show) == before


def test_broken_archive_fails_with_its_name_after_its_whole_posts(tmp_path: Path, run_narrator: Run) -> None:
    data = wordpress([sample(number) for number in range(8)])
    (tmp_path / "wp.xml").write_bytes(data[: len(data) * 2 // 3])
    ran = run_narrator(
        "batch", tmp_path / "wp.xml", "--show", tmp_path / "show", "--engine", "tone", "--jobs", 1
    )
    assert ran.code == 4
    assert "wp.xml: ends in the middle" in ran.err
    assert len(check_show(tmp_path / "show")) >= 4


def test_audit_lists_names_worth_a_look_and_makes_nothing(tmp_path: Path, run_narrator: Run) -> None:
    posts = [sample(n, html=sample(n).html + "<p>Mayor Xzyqwolt spoke next.</p>") for n in range(3)]
    archive = write_posts(tmp_path / "wp.xml", posts)
    ran = run_narrator("batch", archive, "--show", tmp_path / "show", "--jobs", 1, "--audit")
    assert ran.code == 0
    assert "en\t3\tXzyqwolt" in ran.out.splitlines()
    assert not (tmp_path / "show" / "episodes").exists()


def test_feed_that_a_killed_run_left_behind_is_caught_up(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", SIX), tmp_path / "show"
    run(archive, show, limit=2)
    behind = (show / "feed.xml").read_bytes()
    run(archive, show)
    # Killed between pages and feed: the pages are there, the feed is the old one.
    (show / "feed.xml").write_bytes(behind)
    (show / ".narrator" / "published").unlink()
    assert counts(run(archive, show)) == {"unchanged": 6}
    assert sorted(listed(show)) == sorted(check_show(show))
    run(archive, show, settings=Settings(engine="tone", description="Read aloud, twice a week."))
    assert b"twice a week" in (show / "feed.xml").read_bytes()
