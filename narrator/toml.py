"""TOML of people, whoever they are: whatever is wrong with it is a `ValueError`."""

from __future__ import annotations

import tomllib
from typing import Any


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of *text*.

    Raises:
        ValueError: it is not valid, or what `tomllib` cannot hold: nested thousands deep, or a number
            of thousands of digits.
    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
