"""`narrator make` from source to show folder, on the tone engine."""

import itertools
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, snapshot
from PIL import Image

from narrator.models import Episode
from narrator.models.json import from_json

Run = Callable[..., Ran]


def manifest(show: Path) -> Episode:
    (path,) = show.glob("episodes/*/episode.json")
    return from_json(path.read_bytes(), Episode)


def make(run: Run, source: object, show: Path, *options: str) -> Ran:
    result = run("make", source, "--show", show, "--engine", "tone", *options)
    assert result.code == 0, result.err
    return result


def test_post_becomes_an_episode_with_all_its_files(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    (folder,) = (show / "episodes").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {
        "episode.json",
        "script.md",
        "transcript.vtt",
        "chapters.json",
        "index.html",
        "cover.jpg",
    } <= names
    assert {path.name for path in show.iterdir()} >= {"feed.xml", "index.html", "cover.jpg", "episodes"}
    episode = manifest(show)
    assert (show / episode.audio.path).stat().st_size == episode.audio.size_bytes
    assert episode.source == "strait.txt"


def test_story_caption_and_analysis_are_heard_and_furniture_is_not(
    run_narrator: Run, story: Path, show: Path
) -> None:
    make(run_narrator, story, show)
    heard = {line.text: (line.role, line.speaker) for line in manifest(show).lines}
    assert heard["Boats from both countries have been idle since July"][0] == "caption"
    assert heard["On paper this is a quarrel about cod."] == ("analyst", "Peter Harrow")
    assert heard["A joint commission is to meet again on 4 November."] == ("anchor", "Narrator")
    for furniture in ("Home »", "Post a Comment", "Powered by Blogger"):
        assert not any(furniture in text for text in heard)


def test_every_source_line_is_in_the_ledger(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    source = story.read_text().split("\n")
    rows = {row.line: row for row in manifest(show).ledger}
    assert set(rows) == {n for n, line in enumerate(source, 1) if line.strip()}
    assert all(rows[n].text.strip() == source[n - 1].strip() for n in rows)
    assert all(row.reason for row in rows.values() if row.fate != "spoken")


def test_second_run_makes_no_sound_and_changes_no_byte(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    before = snapshot(show)
    times = {path: path.stat().st_mtime_ns for path in show.rglob("*") if ".narrator" not in path.parts}
    result = json.loads(make(run_narrator, story, show, "--json").out)
    assert result["lines_voiced"] == 0
    assert snapshot(show) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_equal_posts_make_equal_shows(run_narrator: Run, story: Path, show: Path, tmp_path: Path) -> None:
    make(run_narrator, story, show)
    moved = tmp_path / "elsewhere" / "strait.txt"
    moved.parent.mkdir()
    shutil.copy(story, moved)
    make(run_narrator, moved, tmp_path / "other")
    assert snapshot(tmp_path / "other") == snapshot(show)


def test_nothing_is_forgotten_with_the_scratch_folder(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    before = snapshot(show)
    shutil.rmtree(show / ".narrator")
    make(run_narrator, story, show)
    assert snapshot(show) == before


def test_correction_keeps_the_guid_and_voices_only_what_changed(
    run_narrator: Run, story: Path, show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(run_narrator, story, show)
    before = manifest(show)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772442000")
    story.write_text(story.read_text().replace("more than 400 vessels", "more than 320 vessels"))
    result = json.loads(make(run_narrator, story, show, "--json").out)
    after = manifest(show)
    assert result["status"] == "corrected"
    assert result["lines_voiced"] == 2  # the sentence, and the cue that says when
    assert (after.guid, after.slug, after.added) == (before.guid, before.slug, before.added)
    assert after.audio.path != before.audio.path
    assert after.updated is not None
    assert "This story was updated on 2 March 2026." in [line.text for line in after.lines]
    assert (show / before.audio.path).exists(), "somebody may be downloading it"


def test_mended_spelling_is_not_announced(run_narrator: Run, story: Path, show: Path) -> None:
    story.write_text(story.read_text().replace("wholesalers", "wholsalers"))
    make(run_narrator, story, show)
    story.write_text(story.read_text().replace("wholsalers", "wholesalers"))
    make(run_narrator, story, show)
    after = manifest(show)
    assert after.updated is None
    assert "wholesalers" in " ".join(line.text for line in after.lines)


def test_run_after_a_correction_changes_nothing(
    run_narrator: Run, story: Path, show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(run_narrator, story, show)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772442000")
    story.write_text(story.read_text().replace("400 vessels", "320 vessels"))
    make(run_narrator, story, show)
    before = snapshot(show)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799999999")
    make(run_narrator, story, show)
    assert snapshot(show) == before


def test_edited_script_is_said_as_it_stands(
    run_narrator: Run, story: Path, show: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scripts"
    assert run_narrator("script", story, "--engine", "tone", "--show", show, "--out", out).code == 0
    script = out / "strait.md"
    text = script.read_text()
    text = text.replace("[anchor] A joint commission is to meet again on 4 November.\n", "")
    text = text.replace(
        "[analyst] I would not bet against it.", "[anchor] I would bet on it.\n    pause: 2500"
    )
    script.write_text(text)
    make(run_narrator, script, show)
    lines = {line.text: line for line in manifest(show).lines}
    assert "A joint commission is to meet again on 4 November." not in lines
    changed = lines["I would bet on it."]
    assert changed.role == "anchor"
    ordered = list(manifest(show).lines)
    following = ordered[ordered.index(changed) + 1]
    assert following.start - changed.end == pytest.approx(2.5, abs=0.002)


def test_sources_of_one_call_are_never_merged(run_narrator: Run, story: Path, show: Path) -> None:
    twin = story.with_name("twin.txt")
    shutil.copy(story, twin)
    run_narrator("make", story, twin, "--show", show, "--engine", "tone")
    assert len(list((show / "episodes").iterdir())) == 2
    before = snapshot(show)
    run_narrator("make", story, twin, "--show", show, "--engine", "tone")
    assert snapshot(show) == before


def test_show_keeps_the_voice_it_began_with(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    other = story.with_name("other.txt")
    other.write_text(
        "Ferry runs aground\n\nTwo hundred people were taken off a ferry on Tuesday.\n\n"
        "Nobody was hurt, the coastguard said.\n"
    )
    assert run_narrator("make", other, "--show", show).code == 0
    engines = {from_json(p.read_bytes(), Episode).engine for p in show.glob("episodes/*/episode.json")}
    assert engines == {"tone"}


def test_facts_fill_in_what_the_post_lacks(run_narrator: Run, show: Path, tmp_path: Path) -> None:
    post = tmp_path / "p.txt"
    post.write_text(
        "Two hundred people were taken off a ferry on Tuesday, the coastguard said.\n\n"
        "Nobody was hurt in the accident, which happened at dawn.\n"
    )
    make(
        run_narrator,
        post,
        show,
        "--title",
        "Ferry aground",
        "--byline",
        "Ada Moor, Bo Lund",
        "--date",
        "2015-09-18",
    )
    episode = manifest(show)
    assert episode.title == "Ferry aground"
    assert [person.name for person in episode.byline] == ["Ada Moor", "Bo Lund"]
    assert episode.published is not None
    assert episode.published.isoformat() == "2015-09-18T00:00:00+00:00"
    assert "First published on 18 September 2015." in [line.text for line in episode.lines]


def test_json_line_holds_what_outside_tools_read(run_narrator: Run, story: Path, show: Path) -> None:
    result = json.loads(make(run_narrator, story, show, "--json").out)
    episode = manifest(show)
    assert result["episode"] == f"episodes/{episode.slug}"
    assert result["audio"] == episode.audio.path
    assert result["guid"] == episode.guid
    assert result["lines"] == result["lines_voiced"] + result["lines_reused"] == len(episode.lines)
    assert Path(result["feed"]) == show / "feed.xml"
    assert isinstance(result["warnings"], list)


def test_offsets_are_sums_of_clips_and_pauses(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    episode = manifest(show)
    lines = episode.lines
    assert lines[0].start == pytest.approx(0.3, abs=0.001)
    assert lines[1].start - lines[0].end == pytest.approx(0.9, abs=0.002)
    assert episode.duration_seconds - lines[-1].end == pytest.approx(1.2, abs=0.002)
    assert all(a.end < b.start for a, b in itertools.pairwise(lines))


def test_script_file_comes_through_a_pipe(
    run_narrator: Run, story: Path, show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_narrator("script", story, "--engine", "tone", "--show", show, "--out", tmp_path)
    script = (tmp_path / "strait.md").open()
    with script:
        monkeypatch.setattr("sys.stdin", script)
        make(run_narrator, "-", show)
    assert manifest(show).source == "strait.txt"


def test_episode_taken_down_stays_down(run_narrator: Run, story: Path, show: Path) -> None:
    make(run_narrator, story, show)
    slug = manifest(show).slug
    assert run_narrator("remove", slug, "--yes", "--show", show).code == 0
    before = snapshot(show)
    result = run_narrator("make", story, "--show", show, "--engine", "tone")
    assert result.code == 2
    assert "taken down" in result.err
    assert snapshot(show) == before


def test_another_picture_under_the_same_name_makes_the_episode_anew(
    run_narrator: Run, story: Path, show: Path
) -> None:
    show.mkdir()
    picture = show / "harbour.png"
    Image.new("RGB", (1400, 1400), "navy").save(picture)
    (show / "show.toml").write_text('title = "Harbour Post"\nimage = "harbour.png"\n')
    make(run_narrator, story, show)
    before = manifest(show)
    picture.write_bytes(picture.read_bytes())
    make(run_narrator, story, show)
    assert manifest(show) == before
    Image.new("RGB", (1400, 1400), "teal").save(picture)
    made = json.loads(make(run_narrator, story, show, "--json").out)
    assert made["lines_voiced"] == 0
    after = manifest(show)
    assert after.audio.sha256 != before.audio.sha256  # the picture is in its tag
    assert (after.guid, after.updated) == (before.guid, None)
