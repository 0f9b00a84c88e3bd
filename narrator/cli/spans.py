"""Days, months, years and lengths of time, as people type them behind an option."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import typer

_SECONDS = {"": 60, "s": 1, "m": 60, "h": 3600, "d": 86400}
"""Seconds of a unit; a number alone is minutes."""


def read_span(said: str, option: str) -> tuple[datetime, datetime]:
    """The first moment of the day, month or year that was named, and the first one after it.

    Args:
        said: such as "2015-09-18", "2015-09" or "2015".
        option: behind which it was said, for the message.

    Raises:
        BadParameter: it names none.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", said.strip())
    try:
        if found is None:
            raise ValueError(said)
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
        start = datetime(year, month, day, tzinfo=UTC)
        if found[3]:
            return start, start + timedelta(days=1)
        months = year * 12 + month if found[2] else (year + 1) * 12
        return start, datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(
            f'"{said}" is no date; say 2015-09-18, 2015-09 or 2015', param_hint=option
        ) from error


def read_seconds(said: str, option: str) -> float:
    """The length of time that was named ("90s", "30m", "2h", "1d"), in seconds, above 0.

    Raises:
        BadParameter: it names none.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", said.strip())
    if not found or not float(found[1]):
        raise typer.BadParameter(f'"{said}" is no length of time; say 30m or 2h', param_hint=option)
    return float(found[1]) * _SECONDS[found[2]]
