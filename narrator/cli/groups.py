"""Options that belong together, as one dataclass: a command takes the object, typer sees its fields.

typer has no groups of options; it reads the signature of a function. So the function it is given is made
here: each dataclass among the parameters of the command is replaced by its fields, and put together
again when the command is called. It must not look like a wrapper: typer would follow `__wrapped__` to
the command itself, as it does with `functools.wraps`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter
from typing import Any, get_type_hints


def with_fields(command: Callable[..., int]) -> Callable[..., int]:
    """*command* as typer can take it: with the fields of its dataclasses for parameters, in their order."""
    taken = inspect.signature(command, eval_str=True).parameters.values()
    groups: dict[str, Any] = {one.name: one.annotation for one in taken if is_dataclass(one.annotation)}

    def run(**said: Any) -> int:
        for name, kind in groups.items():
            said[name] = kind(**{field.name: said.pop(field.name) for field in fields(kind)})
        return command(**said)

    shown: list[Parameter] = []
    for one in taken:
        shown += _parameters(one.annotation) if one.name in groups else [one.replace(kind=_KEYWORD)]
    run.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in shown}
    run.__doc__ = command.__doc__
    return run


_KEYWORD = Parameter.KEYWORD_ONLY


def _parameters(group: type) -> Iterator[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    for field in fields(group):
        default = Parameter.empty if field.default is MISSING else field.default
        yield Parameter(field.name, _KEYWORD, default=default, annotation=hints[field.name])
