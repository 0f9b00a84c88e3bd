"""Bad input: one clear line, the right exit code, no traceback, the show as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, snapshot

Run = Callable[..., Ran]


def assert_refused(result: Ran, code: int, *words: str) -> None:
    assert result.code == code, result
    assert result.out == ""
    assert len(result.err.strip().splitlines()) == 1, result.err
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err


def test_missing_file(run_narrator: Run, show: Path) -> None:
    assert_refused(run_narrator("make", "nowhere.txt", "--show", show), 4, "nowhere.txt", "no such file")
    assert not show.exists()


@pytest.mark.parametrize("content", [b"", b" \n\n \t\n", b"\xef\xbb\xbf\n", b"* * *\n---\n"])
def test_text_with_nothing_in_it(run_narrator: Run, show: Path, tmp_path: Path, content: bytes) -> None:
    post = tmp_path / "empty.txt"
    post.write_bytes(content)
    assert_refused(run_narrator("make", post, "--show", show), 4, "empty.txt")
    assert not show.exists()


def test_page_without_an_article(run_narrator: Run, show: Path, tmp_path: Path) -> None:
    page = tmp_path / "login.html"
    page.write_text(
        "<html><title>Sign in</title><body><form><input type=password>"
        "<button>Sign in</button></form></body></html>"
    )
    assert_refused(run_narrator("make", page, "--show", show), 4, "login.html")
    assert not show.exists()


def test_unknown_voice_names_the_nearest(run_narrator: Run, story: Path, show: Path) -> None:
    result = run_narrator("make", story, "--show", show, "--voice", "en-gb-espaek")
    assert_refused(result, 16, "en-gb-espaek", "en-gb-espeak", "narrator voices")
    assert not show.exists()


def test_unknown_engine(run_narrator: Run, story: Path, show: Path) -> None:
    assert_refused(run_narrator("make", story, "--show", show, "--engine", "espaek"), 16, "espaek", "espeak")
    assert not show.exists()


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("title = 'one\n", ("show.toml", "TOML")),
        ("titel = 'A show'\n", ("line 1", 'Did you mean "title"')),
        ("\ncaptions = 'inlne'\n", ("line 2", 'Did you mean "inline"')),
        ("bitrate_kbps = 'high'\n", ("line 1", "whole number")),
    ],
)
def test_wrong_settings_are_named_with_the_line(
    run_narrator: Run, story: Path, show: Path, toml: str, words: tuple[str, ...]
) -> None:
    show.mkdir()
    (show / "show.toml").write_text(toml)
    assert_refused(run_narrator("make", story, "--show", show, "--engine", "tone"), 2, *words)
    assert [path.name for path in show.iterdir()] == ["show.toml"]


def test_folder_that_cannot_be_written(run_narrator: Run, story: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    result = run_narrator("make", story, "--show", in_the_way / "show", "--engine", "tone")
    assert_refused(result, 64, "cannot be written")


def test_source_over_the_size_limit(run_narrator: Run, show: Path, tmp_path: Path) -> None:
    post = tmp_path / "long.txt"
    post.write_text("A sentence of some length.\n\n" * 40_000)
    assert_refused(run_narrator("make", post, "--show", show, "--max-size", "1"), 4, "long.txt")


def test_broken_script_file_names_its_line(
    run_narrator: Run, story: Path, show: Path, tmp_path: Path
) -> None:
    run_narrator("script", story, "--engine", "tone", "--show", show, "--out", tmp_path)
    script = tmp_path / "strait.md"
    script.write_text(script.read_text().replace("[analyst] ", "[analist] ", 1))
    assert_refused(run_narrator("make", script, "--show", show, "--engine", "tone"), 8, "line ", "analist")
    assert not show.exists()


def test_failed_source_leaves_the_others_and_the_show_alone(
    run_narrator: Run, story: Path, show: Path
) -> None:
    run_narrator("make", story, "--show", show, "--engine", "tone")
    before = snapshot(show)
    result = run_narrator("make", "nowhere.txt", story, "--show", show)
    assert result.code == 4
    assert snapshot(show) == before


@pytest.mark.parametrize(
    "args", [["mkae", "x"], ["make"], ["make", "x", "--colour"], ["make", "x", "--date", "soon"]]
)
def test_wrong_command_line_says_where_help_is(run_narrator: Run, args: list[str]) -> None:
    assert_refused(run_narrator(*args), 2, "--help")


@pytest.mark.parametrize("args", [["mkae", "x"], ["script", "x", "--format", "jsn"], ["make"]])
def test_wrong_command_line_is_answered_in_whole_sentences(run_narrator: Run, args: list[str]) -> None:
    said = run_narrator(*args).err
    assert "?." not in said
    assert "? Try" in said or ". Try" in said
