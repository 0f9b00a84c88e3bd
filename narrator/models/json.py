"""Models to JSON and back, strictly typed; extra keys are passed over."""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar

import msgspec

Model = TypeVar("Model")


def to_builtins(model: object) -> Any:
    """*model* as dicts, lists and strings, dates in ISO 8601, fields in declared order."""
    return msgspec.to_builtins(model)


def to_json(model: object) -> bytes:
    """*model* as indented UTF-8 JSON that ends in a line feed; equal models give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n"


def to_stable_json(value: object) -> bytes:
    """*value* as JSON for a digest: sets and dicts in the order of what is in them.

    The order of a set differs from process to process, and with it what `to_json` writes.
    """
    return msgspec.json.encode(value, order="deterministic")


def from_json(data: bytes, kind: type[Model]) -> Model:
    """*data* as a *kind*.

    Raises:
        ValueError: not JSON, or not of that shape; the message names the place.
    """
    _know(kind)
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def from_builtins(data: object, kind: type[Model]) -> Model:
    """Dicts and lists (of TOML, say) as a *kind*.

    Raises:
        ValueError: not of that shape; the message names the place, as ``$.roles.anchor.pace``.
    """
    _know(kind)
    return msgspec.convert(data, kind)


_known: set[object] = set()
_getting_to_know = Lock()


def _know(kind: object) -> None:
    """Let msgspec work out the type *kind*, in one thread at a time: two at the same moment crash it.

    Found with `sys.setswitchinterval(0.0003)` in msgspec 0.21: a type is entered as known before all of its
    fields are.
    """
    if kind not in _known:
        with _getting_to_know:
            msgspec.json.Decoder(kind)
        _known.add(kind)
