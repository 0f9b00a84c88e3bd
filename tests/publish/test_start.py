from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from narrator.config import Settings, read_settings
from narrator.errors import ConfigError
from narrator.publish.start import start_show
from narrator.showfile import setting_notes, show_toml


def test_what_was_said_is_set_and_all_else_explained(tmp_path: Path) -> None:
    said = {"title": 'The "Post" \\ ü', "base_url": "https://example.org/p", "explicit": True}
    start_show(tmp_path / "new", said)
    settings = read_settings(tmp_path / "new", environ={})
    assert settings == Settings(title='The "Post" \\ ü', base_url="https://example.org/p", explicit=True)


def test_every_setting_stands_in_the_file_with_what_it_means() -> None:
    text = show_toml({})
    for field in fields(Settings):
        assert f"\n# {field.name} = " in text
        assert setting_notes()[field.name], field.name


def test_every_commented_line_is_valid_when_its_mark_is_taken_off(tmp_path: Path) -> None:
    lines = [
        line.removeprefix("# ") for line in show_toml({}).splitlines() if " = " in line and line[0] == "#"
    ]
    settings = [line for line in lines if line.split(" = ")[0] in Settings.__dataclass_fields__]
    assert len(settings) == len(fields(Settings))
    (tmp_path / "show.toml").write_text("\n".join(settings))
    assert tomllib.loads("\n".join(settings))
    read_settings(tmp_path, environ={})


def test_a_show_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text("title = 'Kept'\n")
    with pytest.raises(ConfigError, match="there is a show already"):
        start_show(tmp_path, {"title": "New"})
    assert (tmp_path / "show.toml").read_text() == "title = 'Kept'\n"


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"category": "Polytics"}, "category"),
        ({"base_url": "example.org"}, "http"),
        ({"image": "nowhere.jpg"}, "cover picture is not there"),
    ],
)
def test_what_no_podcast_can_have_is_refused_before_anything_is_made(
    tmp_path: Path, said: dict[str, object], match: str
) -> None:
    with pytest.raises(ConfigError, match=match):
        start_show(tmp_path / "new", said)
    assert not (tmp_path / "new").exists()


def test_the_command_asks_nothing_where_nobody_can_answer(
    tmp_path: Path, run_narrator: Callable[..., object]
) -> None:
    ran = run_narrator("init", tmp_path / "new", "--title", "Rain", "--category", "News > Politics")
    assert ran.code == 0  # type: ignore[attr-defined]
    assert "narrator make POST" in ran.err  # type: ignore[attr-defined]
    settings = read_settings(tmp_path / "new", environ={})
    assert (settings.title, settings.category) == ("Rain", "News > Politics")
    assert run_narrator("feed", "--show", tmp_path / "new").code == 0  # type: ignore[attr-defined]
