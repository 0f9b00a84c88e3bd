"""Begins a show: its folder and its settings file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from narrator.config import read_settings
from narrator.errors import ConfigError
from narrator.files import write_text
from narrator.publish.check.settings import check_settings
from narrator.showfile import show_toml
from narrator.shows import prepare_show


def start_show(folder: Path, said: Mapping[str, object]) -> Path:
    """Make *folder* with a ``show.toml`` that sets what was *said*; the path of that file.

    Raises:
        ConfigError: there is one already, or something said is not right for a podcast.
        ShowNotWritable: the folder cannot be made.
    """
    path = folder / "show.toml"
    if path.exists():
        raise ConfigError("there is a show already", where=str(path), hint="Edit it, or name another folder.")
    # Nothing of the surroundings: what stands in the file is to be what was said.
    settings = read_settings(None, said, environ={})
    for finding in check_settings(settings, published=False):
        if finding.level == "error":
            raise ConfigError(finding.what, hint=finding.hint)
    if settings.image and not (folder / settings.image).is_file():
        raise ConfigError(
            "the cover picture is not there",
            where=str(folder / settings.image),
            hint="Put it there first, or set image later.",
        )
    prepare_show(folder)
    write_text(path, show_toml(said))
    return path
