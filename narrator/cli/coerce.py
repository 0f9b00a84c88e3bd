"""Words of the command line to values, without the library typer would load for it.

typer from 0.20 on coerces every parameter through pydantic, whose import takes 60 ms: half of the start
of a command, and as long as `python -c pass` six times over. The types our commands use need none of
it. Parameters of other types, and other versions of typer, are left to typer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import typer

from narrator.nearest import nearest

try:
    from typer._coercion import RuntimeParam
except ImportError:  # a typer that works otherwise, and without pydantic
    RuntimeParam = None  # type: ignore[assignment, misc]

PLAIN = (str, int, float, bool, Path, datetime)


def spare_pydantic(command: Any) -> None:
    """Let *command*, and the commands below it, coerce its plain parameters by the functions here."""
    for below in getattr(command, "commands", {}).values():
        spare_pydantic(below)
    if RuntimeParam is None:
        return
    for param in command.get_params(typer.Context(command)):
        descriptor = getattr(param, "type_descriptor", None)
        if descriptor is not None and _is_plain(descriptor.annotation):
            param._runtime_param = _make(descriptor)


def _is_plain(annotation: Any) -> bool:
    if getattr(annotation, "__origin__", None) is list:
        return _is_plain(get_args(annotation)[0])
    return isinstance(annotation, type) and (annotation in PLAIN or issubclass(annotation, Enum))


def _make(descriptor: Any) -> Any:
    class PlainParam(RuntimeParam):
        """Coercion by `coerce_word`."""

        def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
            kind, facts = self.annotation, self.parameter_info
            try:
                if getattr(kind, "__origin__", None) is list:
                    return [coerce_word(word, get_args(kind)[0], facts) for word in value]
                return coerce_word(value, kind, facts)
            except ValueError as error:
                raise typer.BadParameter(str(error), ctx=ctx, param=param) from error

    return PlainParam(parameter_info=descriptor.parameter_info, annotation=descriptor.annotation)


def coerce_word(word: Any, kind: type, facts: Any) -> Any:
    """*word* as a *kind*.

    Args:
        word: what was typed, or a default that is of the kind already.
        kind: one of `PLAIN`, or an enumeration.
        facts: typer's own description of the parameter: formats, min, max.

    Raises:
        ValueError: it cannot be one; the message says what could.
    """
    if isinstance(word, kind) and kind is not str:
        return _in_range(word, facts)
    if issubclass(kind, Enum):
        return _choice(str(word), kind)
    if kind is datetime:
        return _moment(str(word), facts.formats or ["%Y-%m-%d"])
    makers: dict[type, Callable[[Any], Any]] = {int: int, float: float, Path: Path, str: str, bool: _truth}
    try:
        return _in_range(makers[kind](word), facts)
    except ValueError as error:
        if kind in (int, float) and "must" not in str(error):
            raise ValueError(f'"{word}" is not a {"whole " if kind is int else ""}number') from error
        raise


def _in_range(value: Any, facts: Any) -> Any:
    least, most = getattr(facts, "min", None), getattr(facts, "max", None)
    if least is not None and value < least:
        raise ValueError(f"it must be at least {least}, not {value}")
    if most is not None and value > most:
        raise ValueError(f"it must be at most {most}, not {value}")
    return value


def _choice(word: str, kind: type[Enum]) -> Enum:
    values = [str(member.value) for member in kind]
    for member in kind:
        if str(member.value) == word:
            return member
    near = nearest(word, values, n=1)
    meant = f', did you mean "{near[0]}"?' if near else ""
    raise ValueError(f'"{word}" is not one of {", ".join(values)}{meant}')


def _moment(word: str, formats: list[str]) -> datetime:
    for form in formats:
        try:
            return datetime.strptime(word, form)
        except ValueError:
            continue
    raise ValueError(f'"{word}" is not a date such as 2015-09-18')


def _truth(word: Any) -> bool:
    low = str(word).lower()
    if low in ("true", "yes", "1", "on", "false", "no", "0", "off"):
        return low in ("true", "yes", "1", "on")
    raise ValueError(f'"{word}" is neither true nor false')
