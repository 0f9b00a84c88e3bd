"""The templates: loaded once, and given what every one of them may call."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from narrator.publish.notes import host_of
from narrator.publish.plain import plain
from narrator.publish.site.asides import label_of, shows_author
from narrator.publish.site.story import timed
from narrator.publish.wording import clock, direction, megabytes

_TEMPLATES = Path(__file__).parent / "templates"
_PIECES = 200
"""What a template yields is mostly a few characters; so many pieces make a part."""


def render(template: str, **values: object) -> str:
    """The template called *template* with *values*."""
    return str(_template(template).render(values))


def render_parts(template: str, **values: object) -> Iterator[bytes]:
    """`render` as UTF-8, part by part, for pages that grow with the show."""
    stream = _template(template).stream(values)
    stream.enable_buffering(_PIECES)
    for text in stream:
        yield text.encode("utf-8", "replace")


def load_templates() -> None:
    """Load every template; one that was not loaded before is when it is first needed."""
    for template in _TEMPLATES.glob("*.html"):
        _template(template.name)


@cache
def _template(name: str) -> Any:
    return _environment().get_template(name)


@cache
def _environment() -> Any:
    from narrator.publish.site.compiled import make_environment

    environment = make_environment(_TEMPLATES)
    environment.globals.update(
        clock=clock,
        direction=direction,
        host_of=host_of,
        label_of=label_of,
        megabytes=megabytes,
        plain=plain,
        shows_author=shows_author,
        timed=timed,
    )
    environment.filters["seconds"] = lambda value: f"{value:.3f}"
    return environment
