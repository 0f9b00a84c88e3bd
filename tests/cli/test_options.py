"""Options in groups: what typer sees, and what a command gets."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from typing import Annotated

import pytest
import typer

from narrator.cli import COMMANDS, main
from narrator.cli.app import build_app
from narrator.cli.groups import with_fields
from narrator.cli.spans import read_seconds, read_span


@dataclass(frozen=True)
class Wind:
    """A group of two options."""

    force: Annotated[int, typer.Option("--force", min=0)] = 3
    gusts: Annotated[bool, typer.Option("--gusts")] = False


def sail(
    port: Annotated[str, typer.Argument()], wind: Wind, *, sails: Annotated[int, typer.Option()] = 2
) -> int:
    """Leave for a port."""
    return wind.force * 10 + sails + (100 if wind.gusts else 0) + len(port)


def test_a_group_becomes_its_fields_where_it_stood() -> None:
    shown = inspect.signature(with_fields(sail)).parameters
    assert list(shown) == ["port", "force", "gusts", "sails"]
    assert shown["port"].default is inspect.Parameter.empty
    assert (shown["force"].default, shown["gusts"].default) == (3, False)
    assert with_fields(sail).__doc__ == "Leave for a port."


def test_a_command_gets_the_group_back_with_what_was_said() -> None:
    assert with_fields(sail)(port="Skarn", force=4, gusts=True, sails=1) == 146


def test_typer_reads_words_into_a_group_and_checks_them() -> None:
    app = typer.Typer()
    app.command()(with_fields(sail))
    command = typer.main.get_command(app)
    assert command.main(["Skarn", "--force", "5", "--gusts"], standalone_mode=False) == 157
    with pytest.raises(typer.BadParameter):
        command.main(["Skarn", "--force", "-1"], standalone_mode=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_of_a_command_is_spelt_twice(name: str) -> None:
    command = typer.main.get_command(build_app(name)).commands[name]  # type: ignore[attr-defined]
    spelt = [word for param in command.params for word in param.opts if word.startswith("-")]
    assert sorted(set(spelt)) == sorted(spelt)


def test_the_version_needs_no_command_line_library(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "narrator.cli.app", None)
    main(["--version"])
    assert capsys.readouterr().out.startswith("narrator ")


@pytest.mark.parametrize(
    ("said", "first", "after"),
    [
        ("2015-09-18", "2015-09-18", "2015-09-19"),
        ("2015-12", "2015-12-01", "2016-01-01"),
        ("2015", "2015-01-01", "2016-01-01"),
        ("2016-2-29", "2016-02-29", "2016-03-01"),
    ],
)
def test_a_span_runs_to_the_first_moment_after_it(said: str, first: str, after: str) -> None:
    start, end = read_span(said, "--since")
    assert (start.date().isoformat(), end.date().isoformat()) == (first, after)
    assert start.utcoffset() == end.utcoffset()


@pytest.mark.parametrize(
    "said", ["soon", "2015-13", "2015-02-30", "0000", "9999", "9999-12-31", "18.9.2015", ""]
)
def test_what_is_no_span_is_said_so(said: str) -> None:
    with pytest.raises(typer.BadParameter, match="no date"):
        read_span(said, "--since")


@pytest.mark.parametrize(
    ("said", "seconds"), [("90s", 90), ("30m", 1800), ("2 h", 7200), ("1d", 86400), ("5", 300)]
)
def test_lengths_of_time_are_seconds(said: str, seconds: float) -> None:
    assert read_seconds(said, "--watch") == seconds


@pytest.mark.parametrize("said", ["0", "0h", "-5m", "h", "1w", ""])
def test_what_is_no_length_of_time_is_said_so(said: str) -> None:
    with pytest.raises(typer.BadParameter, match="no length of time"):
        read_seconds(said, "--watch")
