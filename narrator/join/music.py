"""Music of a show: files of any format and rate, read once for an episode."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from narrator.config import Settings
from narrator.errors import JoinError
from narrator.files import read_limited
from narrator.join.timeline import MusicName
from narrator.sound.energy import measure
from narrator.sound.ffmpeg import decode

LARGEST_BYTES = 100_000_000
LONGEST_S = 120
"""Music is held in memory, so it must be shorter than this."""


@dataclass(frozen=True, slots=True)
class Music:
    """A piece of music, ready to be mixed."""

    pcm: bytes
    """Signed 16-bit, stereo, at the episode's rate, faded at both ends."""
    samples: int
    """Length, of one channel."""
    energies: tuple[float, ...]
    """Of the mean of both channels, each 100 ms."""


def read_music(settings: Settings, folder: Path | None, rate_hz: int) -> dict[MusicName, Music]:
    """The pieces of music the settings name; none of them set, none returned.

    Args:
        settings: with paths relative to *folder*.
        folder: the show's.
        rate_hz: rate of the episode.

    Raises:
        JoinError: a file is absent, is no audio or too long; the message names it.
    """
    named: dict[MusicName, str | None] = {
        "intro": settings.intro_music,
        "outro": settings.outro_music,
        "sidebar": settings.sidebar_sound,
    }
    base = folder or Path()
    return {name: _read(base / path, rate_hz) for name, path in named.items() if path}


def _read(path: Path, rate_hz: int) -> Music:
    try:
        pcm, _ = decode(read_limited(path, LARGEST_BYTES), rate_hz, channels=2)
    except OSError as error:
        raise JoinError(f"music cannot be read ({error.strerror})", where=str(path)) from error
    except ValueError as error:
        raise JoinError(f"music cannot be decoded ({error})", where=str(path)) from error
    samples = len(pcm) // 4
    if not 0 < samples <= LONGEST_S * rate_hz:
        raise JoinError(
            f"music lasts {samples / rate_hz:.0f} s",
            where=str(path),
            hint=f"It has to be over 0 and at most {LONGEST_S} s long.",
        )
    return Music(pcm, samples, measure(pcm, rate_hz, 2).energies)
