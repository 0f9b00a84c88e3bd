"""The picture of an episode: the one the show has, else one drawn from the titles."""

from __future__ import annotations

from pathlib import Path

from narrator.config import Settings
from narrator.cover import draw_cover, fit_cover
from narrator.errors import ConfigError
from narrator.files import read_limited

LARGEST_BYTES = 50_000_000
COVER_PX = 1400
"""The smallest side podcast apps take, so that episodes stay small."""


def episode_cover(title: str, show_title: str, settings: Settings, folder: Path | None) -> bytes:
    """A square JPEG for the episode called *title*.

    Args:
        title: of the episode.
        show_title: of the show.
        settings: whose `image` is used when it is set.
        folder: what that is relative to.

    Raises:
        ConfigError: the show's picture is absent or no picture; the message names it.
    """
    if not settings.image:
        return draw_cover(title, show_title, COVER_PX)
    path = (folder or Path()) / settings.image
    hint = "Set image in show.toml to a JPEG or PNG in the show folder."
    try:
        return fit_cover(read_limited(path, LARGEST_BYTES), COVER_PX)
    except OSError as error:
        reason = f"the cover picture cannot be read ({error.strerror})"
        raise ConfigError(reason, where=str(path), hint=hint) from error
    except ValueError as error:
        raise ConfigError(f"the cover picture is {error}", where=str(path), hint=hint) from error
