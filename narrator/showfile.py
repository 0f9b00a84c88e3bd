"""Writes ``show.toml``: every setting with what it means, the ones that are said set."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from itertools import pairwise
from textwrap import wrap

from narrator import config
from narrator.config import Settings
from narrator.toml import toml_value

_EXAMPLES = {
    "language": "en-GB",
    "base_url": "https://example.org/podcast",
    "link": "https://example.org",
    "email": "podcast@example.org",
    "image": "art/cover.jpg",
    "copyright": "© 2026 The Example Press",
    "license": "cc-by-4.0",
    "show_guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
    "voice": "news-en",
    "engine": "espeak",
    "rate_hz": 44100,
    "intro_music": "sound/opening.mp3",
    "outro_music": "sound/closing.mp3",
    "sidebar_sound": "sound/chime.wav",
}
"""What a setting without a default may look like, for its commented line."""


@cache
def setting_notes() -> dict[str, str]:
    """What each setting means: the docstrings of `Settings`' fields, by name."""
    tree = ast.parse(inspect.getsource(config))
    body = next(
        node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == Settings.__name__
    )
    notes: dict[str, str] = {}
    for one, after in pairwise(body):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            said = after.value if isinstance(after, ast.Expr) else None
            notes[one.target.id] = " ".join(str(said.value).split()) if isinstance(said, ast.Constant) else ""
    return notes


def show_toml(said: Mapping[str, object]) -> str:
    """The text of a ``show.toml`` that sets what was *said* and shows all else commented out.

    >>> 'title = "Rain"' in show_toml({"title": "Rain"})
    True
    """
    lines = ["# Settings of this show. Lines that begin with # are the defaults, or examples.", ""]
    defaults = Settings()
    notes = setting_notes()
    for field in fields(Settings):
        name = field.name
        if notes[name]:
            # What is None in Python is a line left out in TOML.
            note = notes[name].replace("None:", "Without it:")
            lines += [f"# {line}" for line in wrap(note, 98)]
        if said.get(name) is not None:
            lines.append(f"{name} = {toml_value(said[name])}")
        else:
            default = getattr(defaults, name)
            lines.append(f"# {name} = {toml_value(_EXAMPLES.get(name, '') if default is None else default)}")
        lines.append("")
    return "\n".join(lines)
