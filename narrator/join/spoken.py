"""The timeline as the manifest tells it: each line with its speaker and its times in seconds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from narrator.join.timeline import Placed, Timeline
from narrator.models import SpokenLine
from narrator.toml import parse_toml


def spoken_lines(timeline: Timeline, narrator: str) -> tuple[SpokenLine, ...]:
    """The lines that are heard, in order.

    Args:
        timeline: when.
        narrator: what to call the story's own voice.
    """
    return tuple(_spoken(placed, timeline, narrator) for placed in timeline.lines)


def narrator_name(language: str) -> str:
    """What the story's own voice is called in *language*; "Narrator" where nobody has told us.

    >>> narrator_name("fr-CA"), narrator_name("tlh")
    ('Narrateur', 'Narrator')
    """
    names = _names()
    return names.get(language.partition("-")[0].lower(), names["en"])


@cache
def _names() -> dict[str, str]:
    return parse_toml((Path(__file__).parent / "speakers.toml").read_text(encoding="utf-8"))


def _spoken(placed: Placed, timeline: Timeline, narrator: str) -> SpokenLine:
    line, clip = placed.line, placed.clip
    offset = placed.start / timeline.rate_hz
    return SpokenLine(
        id=line.id,
        role=line.role,
        kind=line.kind,
        text=line.text,
        say=line.say,
        speaker=line.speaker or narrator,
        start=timeline.seconds(placed.start),
        end=timeline.seconds(placed.end),
        block=line.block,
        sidebar=line.sidebar,
        language=line.language,
        words=tuple((round(offset + word.start / clip.rate_hz, 3), word.text) for word in clip.words),
    )
