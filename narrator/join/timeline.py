"""When everything is heard: clips, pauses and music to offsets, in whole samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from narrator.errors import NotAcceptable
from narrator.models import Clip, Line, Script

AFTER_SOUND_MS = 300
"""Silence between a piece of music and the line that follows it."""

MusicName = Literal["intro", "outro", "sidebar"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, its clip, and when it is heard."""

    line: Line
    clip: Clip
    start: int
    """Samples from the start of the episode."""
    samples: int
    """Length at the episode's rate."""

    @property
    def id(self) -> str:
        """The line's."""
        return self.line.id

    @property
    def end(self) -> int:
        """The first sample after it."""
        return self.start + self.samples


@dataclass(frozen=True, slots=True)
class PlacedMusic:
    """A piece of music and when it is heard."""

    name: MusicName
    start: int
    samples: int

    @property
    def id(self) -> str:
        """Its name, marked so that it is no line's id."""
        return f"music:{self.name}"

    @property
    def end(self) -> int:
        """The first sample after it."""
        return self.start + self.samples


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that is heard, in order and without overlaps; between the pieces is silence."""

    rate_hz: int
    pieces: tuple[Placed | PlacedMusic, ...]
    samples: int
    """Length of the whole, end silence included."""

    @property
    def lines(self) -> tuple[Placed, ...]:
        """The pieces that are lines."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Placed))

    def seconds(self, samples: int) -> float:
        """*samples* in seconds, to the millisecond."""
        return round(samples / self.rate_hz, 3)


def lay_out(
    script: Script, clips: Sequence[Clip], rate_hz: int, music: dict[MusicName, int] | None = None
) -> Timeline:
    """Place every clip after the one before it and its pause.

    Clips without samples (of lines with nothing to say, such as "***") take no time, nor does the
    pause after them; a chapter that would begin with one begins with the next line.

    Args:
        script: the lines, with the silence after each, and that before the first.
        clips: one for each line, in order.
        rate_hz: samples per second of the episode.
        music: lengths in samples of the music there is.

    Raises:
        NotAcceptable: the clips are not those of the script; the message names the line.
    """
    _check_pairs(script.lines, clips)
    music = music or {}
    lead = script.start_ms * rate_hz // 1000
    pieces: list[Placed | PlacedMusic] = []
    if "intro" in music:
        pieces.append(PlacedMusic("intro", 0, music["intro"]))
        lead += music["intro"]
    at, before, chapter = lead, None, None
    for line, clip in zip(script.lines, clips, strict=True):
        chapter = chapter or line.chapter
        if not clip.samples:
            continue
        if "sidebar" in music and before and before.sidebar != line.sidebar:
            pieces.append(PlacedMusic("sidebar", at, music["sidebar"]))
            at += music["sidebar"] + AFTER_SOUND_MS * rate_hz // 1000
        before = replace(line, chapter=chapter) if chapter != line.chapter else line
        chapter = None
        placed = Placed(before, clip, at, converted(clip, rate_hz))
        pieces.append(placed)
        at = placed.end + line.pause_ms * rate_hz // 1000
    if "outro" in music:
        pieces.append(PlacedMusic("outro", at, music["outro"]))
        at += music["outro"]
    return Timeline(rate_hz, tuple(pieces), at)


def converted(clip: Clip, rate_hz: int) -> int:
    """Length of *clip* in samples at *rate_hz*."""
    return clip.samples if clip.rate_hz == rate_hz else round(clip.samples * rate_hz / clip.rate_hz)


def _check_pairs(lines: Sequence[Line], clips: Sequence[Clip]) -> None:
    """Every line has its clip, in the script's order."""
    for line, clip in zip(lines, clips, strict=False):
        if line.id != clip.line_id:
            raise NotAcceptable(f"the clip for this line is that of {clip.line_id}", where=f"line {line.id}")
    if len(lines) > len(clips):
        raise NotAcceptable("no sound for this line", where=f"line {lines[len(clips)].id}")
    if len(clips) > len(lines):
        raise NotAcceptable("a clip that no line of the script asks for", where=clips[len(lines)].line_id)
