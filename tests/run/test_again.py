"""Running a batch again: what is as it should be costs next to nothing, and nothing else is believed."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import wave
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import snapshot
from read.archives.exports import sample
from run.batches import HereCrew, check_show, counts, episodes, run, write_posts

from narrator.config import Settings
from narrator.errors import PublishError
from narrator.run.local import Done

FRAME = """
from datetime import UTC, datetime
from pathlib import Path
from narrator.config import Settings
from narrator.run.tellers import Tellers
print(Tellers(Path("show"), Settings(engine="espeak"), [], datetime(2026, 3, 1, tzinfo=UTC)).of("en").frame)
"""

POSTS = [sample(number) for number in range(3)]
VOICE = """
engine = "tone"
language = "en"

[pauses]
sentence_ms = 350

[roles.anchor]
voice = "tone"
options = { pitch_hz = 200 }
"""


@contextmanager
def counted() -> Iterator[list[str]]:
    """The names of what crews are asked to do, as they are asked."""
    asked: list[str] = []
    plain = HereCrew.run

    def watched(
        crew: HereCrew, function: Callable[[Any], Any], tasks: Iterable[Any]
    ) -> Iterator[Done[Any, Any]]:
        for done in plain(crew, function, tasks):
            asked.append(function.__name__)
            yield done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HereCrew, "run", watched)
        yield asked


def test_what_shapes_an_episode_has_one_digest_in_every_process(tmp_path: Path) -> None:
    frames = {
        subprocess.run(
            [sys.executable, "-c", FRAME],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(frames) == 1


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_posts(tmp_path / "wp.xml", POSTS)


@pytest.fixture
def show(tmp_path: Path, archive: Path) -> Path:
    """A show in which everything is as it should be."""
    run(archive, tmp_path / "show")
    return tmp_path / "show"


def test_a_second_run_reads_no_post_and_writes_nothing(archive: Path, show: Path) -> None:
    with counted() as tasks:
        assert counts(run(archive, show)) == {"unchanged": 3}
    assert tasks == []


def test_another_version_reads_every_post_again_and_makes_none(
    archive: Path, show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("run.session", "run.batch", "run.tellers"):
        monkeypatch.setattr(f"narrator.{module}.__version__", "99.0")
    with counted() as tasks:
        assert counts(run(archive, show)) == {"unchanged": 3}
    assert tasks == ["read_post"] * 3 + ["make_post"] * 3


def test_an_edited_lexicon_makes_what_it_changes(archive: Path, show: Path) -> None:
    (show / "lexicon.toml").write_text('Merrow = "Merra"\n')
    assert counts(run(archive, show)) == {"made": 1, "unchanged": 2}
    (said,) = [
        line.say
        for one in episodes(show)
        for line in one.lines
        if line.kind == "headline" and "Merra" in line.say
    ]
    assert said.startswith("Merra keeps")
    with counted() as tasks:
        assert counts(run(archive, show)) == {"unchanged": 3}
    assert tasks == []


def test_an_edited_voice_file_makes_every_episode_anew(tmp_path: Path, archive: Path) -> None:
    show, voice = tmp_path / "other", tmp_path / "other" / "voices" / "mine.toml"
    voice.parent.mkdir(parents=True)
    voice.write_text(VOICE)
    settings = Settings(voice="mine")
    assert counts(run(archive, show, settings=settings)) == {"made": 3}
    assert counts(run(archive, show, settings=settings)) == {"unchanged": 3}
    voice.write_text(VOICE.replace("350", "900"))
    session = run(archive, show, settings=settings)
    assert counts(session) == {"made": 3}
    assert {row.reason for row in session.rows} == {"made anew"}


def test_settings_of_the_feed_alone_change_no_episode_but_the_feed(archive: Path, show: Path) -> None:
    settings = Settings(engine="tone", base_url="https://cast.example/news")
    with counted() as tasks:
        assert counts(run(archive, show, settings=settings)) == {"unchanged": 3}
    assert tasks == []
    assert b"https://cast.example/news/episodes/" in (show / "feed.xml").read_bytes()


@pytest.mark.parametrize("name", ["*.mp3", "transcript.vtt", "script.md", "cover.jpg", "chapters.json"])
def test_an_episode_that_lost_a_file_is_made_again_under_its_guid(
    name: str, archive: Path, show: Path
) -> None:
    whole, guids = snapshot(show), check_show(show)
    (lost,) = (show / "episodes" / episodes(show)[0].slug).glob(name)
    lost.unlink()
    session = run(archive, show)
    assert counts(session) == {"made": 1, "unchanged": 2}
    assert check_show(show) == guids
    assert snapshot(show) == whole


def test_a_cut_sound_file_is_made_again_without_what_was_remembered(archive: Path, show: Path) -> None:
    whole = snapshot(show)
    sound = show / episodes(show)[1].audio.path
    sound.write_bytes(sound.read_bytes()[:-100])
    shutil.rmtree(show / ".narrator")
    assert counts(run(archive, show)) == {"made": 1, "unchanged": 2}
    assert snapshot(show) == whole


def test_a_deleted_episode_is_made_again(archive: Path, show: Path) -> None:
    whole = snapshot(show)
    shutil.rmtree(show / "episodes" / episodes(show)[2].slug)
    assert counts(run(archive, show)) == {"made": 1, "unchanged": 2}
    assert snapshot(show) == whole


@pytest.mark.parametrize(
    "name", ["feed.xml", "index.html", "episodes.json", "site/player.js", "feeds/2011.xml"]
)
@pytest.mark.parametrize("edited", [False, True])
def test_a_file_of_the_show_that_was_deleted_or_edited_is_written_again(
    name: str, edited: bool, archive: Path, show: Path
) -> None:
    whole = snapshot(show)
    if edited:
        (show / name).write_bytes(whole[name].replace(b"e", b"E"))
    else:
        (show / name).unlink()
    with counted() as tasks:
        assert counts(run(archive, show)) == {"unchanged": 3}
    assert tasks == []
    assert snapshot(show) == whole


def test_a_corrected_post_alone_is_read_and_made(archive: Path, show: Path) -> None:
    changed = sample(2, html=sample(2).html.replace("on Friday", "on Saturday night"))
    write_posts(archive, [*POSTS[:2], changed])
    with counted() as tasks:
        session = run(archive, show)
    assert tasks == ["read_post", "make_post"]
    assert counts(session) == {"made": 1, "unchanged": 2}
    assert [row.reason for row in session.rows if row.status == "made"] == ["corrected"]


def test_a_manifest_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "wp.xml", [sample(1)]), tmp_path / "show"
    run(archive, show)
    (path,) = show.glob("episodes/*/episode.json")
    path.write_text(path.read_text().replace('"path": "episodes/', '"path": "../'))
    with pytest.raises(PublishError, match="is no file of this episode"):
        run(archive, show)


def test_other_music_under_the_same_name_makes_every_episode_anew(tmp_path: Path) -> None:
    archive, show = write_posts(tmp_path / "posts.xml", POSTS), tmp_path / "show"
    settings = Settings(engine="tone", intro_music="theme.wav")
    show.mkdir()
    write_music(show / "theme.wav", period=60)
    run(archive, show, settings=settings)
    assert counts(run(archive, show, settings=settings)) == {"unchanged": 3}
    write_music(show / "theme.wav", period=50)
    assert counts(run(archive, show, settings=settings)) == {"made": 3}
    assert all(one.updated is None for one in episodes(show))


def write_music(path: Path, *, period: int) -> None:
    """Two seconds of a square wave, *period* samples long."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        half = period // 2
        file.writeframes(
            b"".join((struct.pack("<h", 8000) * half, struct.pack("<h", -8000) * half)) * (44100 // period)
        )
