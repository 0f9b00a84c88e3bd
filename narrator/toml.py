"""TOML that people write, whoever they are, and that they get to read; our word lists are TOML too.

tomli is the parser of Python's own tomllib, compiled, which takes a quarter of the time.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import tomli


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of *text*.

    Raises:
        ValueError: it is not valid, or what `tomli` cannot hold: nested thousands deep, or a number
            of thousands of digits.
    """
    try:
        return tomli.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def toml_value(value: object) -> str:
    """*value* as TOML writes it: a text, a number, a truth value, a time, or a list of those.

    >>> toml_value("Rain"), toml_value(True), toml_value(["a", 2])
    ('"Rain"', 'true', '["a", 2]')
    """
    match value:
        case str():
            # A basic string is one of JSON, but for the delete character and lone surrogates.
            text = value.encode("utf-8", "replace").decode()
            return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(toml_value, value))}]"
    return repr(value)
