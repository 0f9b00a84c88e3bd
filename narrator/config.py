"""Settings of a show: defaults < ``show.toml`` < ``NARRATOR_*`` < flags.

`Settings` is the schema: each field's docstring is what the reference and `narrator init` print.
"""

from __future__ import annotations

import os
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from narrator.address import split_address
from narrator.errors import ConfigError
from narrator.files import read_text
from narrator.nearest import nearest
from narrator.toml import parse_toml

Policy = Literal["inline", "end", "skip"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a show is and how its posts are told. Keys of ``show.toml``, all optional."""

    title: str = "My narrated posts"
    """Name of the show, as podcast apps list it."""
    description: str = ""
    """What the show is about, up to 4,000 bytes."""
    language: str | None = None
    """BCP 47 code of the show ("en-GB"). None: that of its first episode."""
    base_url: str | None = None
    """Public address of the show folder, such as "https://example.org/podcast"."""
    link: str | None = None
    """Web site of the show. None: the show's own page."""
    author: str = ""
    """Who publishes the show."""
    email: str | None = None
    """Contact for directories; published in the feed."""
    category: str = "News"
    """Apple Podcasts category, with " > " before a subcategory: "News > Politics"."""
    explicit: bool = False
    """Whether the show is labelled as having strong language or themes."""
    image: str | None = None
    """Cover picture, a path in the show folder. None: one is drawn from the title."""
    copyright: str | None = None
    """Copyright line of the feed."""
    license: str | None = None
    """An SPDX name or a phrase, for podcast:license."""
    show_guid: str | None = None
    """The show's podcast:guid, when it is to be one an earlier feed had."""
    voice: str | None = None
    """Name of a voice file. None: chosen by the first episode's language."""
    engine: str | None = None
    """Engine that overrides the voice file's: espeak, gtts, piper, openai, tone."""
    captions: Policy = "inline"
    """Picture captions: spoken in place, gathered at the end, or left out."""
    sidebars: Policy = "inline"
    """Sidebars: spoken in place, after the story, or left out."""
    headings: Literal["speak", "skip"] = "speak"
    """Crossheads: spoken, or left out (chapters then are only the sidebars)."""
    lists: Literal["speak", "skip"] = "speak"
    """Lists: spoken or left out."""
    intro: str = ""
    """Said before the headline; {show}, {title}, {byline}, {outlet} and {date} are filled in."""
    outro: str = ""
    """Said at the very end, with the same placeholders."""
    spoken_date: Literal["old", "always", "never"] = "old"
    """When "First published on …" is said: for old posts, for all dated ones, never."""
    spoken_source: bool = True
    """Say "From OUTLET." at the end when the page states its outlet."""
    spoken_disclosure: bool = True
    """Say "Read by synthetic voices." at the end."""
    spoken_update: bool = True
    """Say "This story was updated on …" in a corrected episode."""
    bitrate_kbps: int = 64
    """MP3 bit rate, constant."""
    rate_hz: int | None = None
    """Sample rate of the episodes. None: the engine's own."""
    loudness_lufs: float = -16.0
    """Loudness as a stereo listener hears it; a mono file is metered 3 LU below."""
    intro_music: str | None = None
    """Sound file before the first line, a path in the show folder."""
    outro_music: str | None = None
    """Sound file after the last line."""
    sidebar_sound: str | None = None
    """Short sound file at the start and the end of each sidebar."""


def read_settings(
    show: Path | None,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force for the show in folder *show*.

    Args:
        show: the show folder; its ``show.toml`` may be absent.
        flags: what the command line said; None values are not said.
        environ: variables to look for ``NARRATOR_TITLE`` … in; the process's own when None.

    Raises:
        ConfigError: ``show.toml`` is unreadable, or a key or value does not belong; the message
            names the line and the nearest right one.
    """
    settings = Settings()
    path = show / "show.toml" if show else None
    if path and path.exists():
        settings = replace(settings, **_from_toml(path))
    said = os.environ if environ is None else environ
    for name, hint in _schema().items():
        word = said.get(f"NARRATOR_{name.upper()}")
        if word is not None:
            value = _from_word(word, hint)
            settings = replace(settings, **{name: _checked(name, value, hint, f"NARRATOR_{name.upper()}")})
    for name, value in (flags or {}).items():
        if value is not None:
            settings = replace(settings, **{name: _checked(name, value, _schema()[name], f"--{name}")})
    return settings


def _schema() -> dict[str, Any]:
    hints = typing.get_type_hints(Settings)
    return {field.name: hints[field.name] for field in fields(Settings)}


def _from_toml(path: Path) -> dict[str, Any]:
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigError(f"cannot be read ({reason})", where=str(path)) from error
    try:
        data = parse_toml(text)
    except ValueError as error:
        raise ConfigError(
            f"not valid TOML: {error}", where=str(path), hint="Texts stand in double quotes."
        ) from error
    schema = _schema()
    for key, value in data.items():
        where = f"{path}{_line_of(text, key)}"
        if key not in schema:
            near = nearest(key, schema, n=1)
            meant = f'Did you mean "{near[0]}"?' if near else f"Known keys: {', '.join(schema)}."
            raise ConfigError(f'unknown key "{key}"', where=where, hint=meant)
        data[key] = _checked(key, value, schema[key], where)
    return data


def _line_of(text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf'\s*\[*\s*["\']?{re.escape(key)}["\']?\s*[=.\]]', line):
            return f", line {number}"
    return ""


_RANGES: dict[str, tuple[float, float]] = {
    "bitrate_kbps": (8, 320),
    "rate_hz": (8000, 48_000),
    "loudness_lufs": (-50.0, -5.0),
}
"""Least and most of what MP3 and ears can take."""


def _checked(name: str, value: object, hint: Any, where: str) -> Any:
    """*value* when it fits the field, else a `ConfigError` that says what would."""
    fitting = _typed(name, value, hint, where)
    low, high = _RANGES.get(name, (0, 0))
    if high and fitting is not None and not low <= fitting <= high:  # not so either for nan
        raise ConfigError(f"{name} must be from {low:g} to {high:g}, not {fitting}", where=where)
    if name == "language" and fitting and not _LANGUAGE.fullmatch(fitting):
        raise ConfigError(f'"{fitting}" is not a language', where=where, hint='Write "en" or "pt-BR".')
    if name == "base_url" and fitting and not _is_web(fitting):
        raise ConfigError(
            f'base_url "{fitting}" is not an http(s) address',
            where=where,
            hint='Write where the folder will be, such as "https://example.org/podcast".',
        )
    return fitting


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")


def _is_web(address: str) -> bool:
    parts = split_address(address)
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)


def _typed(name: str, value: object, hint: Any, where: str) -> Any:
    """*value* when it is of the field's type."""
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        if typing.get_origin(option) is Literal:
            choices = typing.get_args(option)
            if value in choices:
                return value
            near = nearest(str(value), choices, n=1)
            meant = f'Did you mean "{near[0]}"?' if near else f"Choose from: {', '.join(choices)}."
            raise ConfigError(f'{name} cannot be "{value}"', where=where, hint=meant)
        if option is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if (
            isinstance(option, type)
            and isinstance(value, option)
            and (option is bool) == isinstance(value, bool)
        ):
            return value
    kinds = " or ".join(
        {
            "str": "a text in quotes",
            "int": "a whole number",
            "float": "a number",
            "bool": "true or false",
        }.get(getattr(option, "__name__", ""), "")
        for option in options
        if option is not type(None)
    )
    raise ConfigError(f"{name} must be {kinds}, not {value!r}", where=where)


def _from_word(word: str, hint: Any) -> object:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if bool in options and word.lower() in {"true", "yes", "1", "false", "no", "0"}:
        return word.lower() in {"true", "yes", "1"}
    for kind in (int, float):
        if kind in options:
            try:
                return kind(word)
            except ValueError:
                continue
    return word
