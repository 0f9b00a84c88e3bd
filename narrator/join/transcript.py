"""Transcripts of an episode from its lines: WebVTT, SRT, JSON and plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import wrap

from narrator.models import SpokenLine
from narrator.models.json import to_json

SRT_WIDTH = 32
SRT_ROWS = 2
"""The podcast namespace: SRT cues are at most two rows of 32 characters, for small screens.
https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md"""
JSON_VERSION = "1.0.0"


def vtt(lines: Sequence[SpokenLine]) -> str:
    """WebVTT: one cue for each line, with its id, its times and its speaker."""
    cues = (
        f"{line.id}\n{_clock(line.start, '.')} --> {_clock(line.end, '.')}\n"
        f"<v {_escaped(line.speaker)}>{_escaped(line.text)}"
        for line in lines
    )
    return "\n\n".join(("WEBVTT", *cues)) + "\n"


def srt(lines: Sequence[SpokenLine]) -> str:
    """SRT: lines cut to cues of two short rows; a speaker is named where they begin."""
    cues: list[str] = []
    speaker = None
    for line in lines:
        named = f"{line.speaker}: " if line.speaker != speaker else ""
        speaker = line.speaker
        for start, end, rows in _cut(line, named):
            cues.append(f"{len(cues) + 1}\n{_clock(start, ',')} --> {_clock(end, ',')}\n" + "\n".join(rows))
    return "\n\n".join(cues) + "\n"


def json(lines: Sequence[SpokenLine]) -> bytes:
    """JSON of the podcast namespace: one segment for each line, times in seconds."""
    segments = [
        {"speaker": line.speaker, "startTime": line.start, "endTime": line.end, "body": line.text}
        for line in lines
    ]
    return to_json({"version": JSON_VERSION, "segments": segments})


def plain(title: str, lines: Sequence[SpokenLine]) -> str:
    """Plain text: paragraphs as they were written, a speaker named where they begin."""
    paragraphs: list[str] = [title]
    before: SpokenLine | None = None
    for line in lines:
        if before is None or before.speaker != line.speaker:
            paragraphs.append(f"{line.speaker}:\n{line.text}")
        elif line.block is not None and line.block == before.block:
            paragraphs[-1] += f" {line.text}"
        else:
            paragraphs.append(line.text)
        before = line
    return "\n\n".join(paragraphs) + "\n"


def _cut(line: SpokenLine, named: str) -> Iterator[tuple[float, float, list[str]]]:
    """Start, end and rows of each cue that *line* is cut to; together they last as long as it does."""
    rows = wrap(named + line.text, SRT_WIDTH, break_on_hyphens=False) or [line.text]
    cues = [rows[at : at + SRT_ROWS] for at in range(0, len(rows), SRT_ROWS)]
    words = [len(" ".join(cue).split()) for cue in cues]
    starts = _starts(line, len(named.split()), words) or _even_starts(line, cues)
    for cue, (start, end) in zip(cues, pairwise((*starts, line.end)), strict=True):
        yield start, end, cue


def _starts(line: SpokenLine, spoken_before: int, words: Sequence[int]) -> list[float] | None:
    """When cues of that many *words* begin, as the engine timed them.

    None when it did not, or says other words than are shown ("2015" is three).
    """
    if sum(words) - spoken_before != len(line.words):
        return None
    starts, seen = [line.start], -spoken_before
    for count in words[:-1]:
        seen += count
        starts.append(line.words[max(seen, 0)][0])
    return starts if all(a < b for a, b in pairwise((*starts, line.end))) else None


def _even_starts(line: SpokenLine, cues: Sequence[Sequence[str]]) -> list[float]:
    """When cues begin if every character takes the same time."""
    lengths = [sum(map(len, cue)) for cue in cues]
    per_character = (line.end - line.start) / max(sum(lengths), 1)
    return [line.start + per_character * sum(lengths[:count]) for count in range(len(cues))]


def _clock(seconds: float, point: str) -> str:
    """*seconds* as ``00:01:02.345``."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
