"""A voice with a tone of its own: its file, its variant's and the tone as one file.

espeak-ng shapes the harmonics it makes by a curve over frequency, which a voice file may draw anew. That
costs nothing, where a filter behind it would take a third of the time of speaking. It acts on voiced
sounds only: hiss and bursts are recordings.
"""

from __future__ import annotations

import os
import re
import tempfile
from bisect import bisect
from functools import cache
from itertools import pairwise
from pathlib import Path

from narrator.speak.engines._espeak_data import installed, voice_path

OWN = ((0, 170), (600, 170), (1200, 135), (2000, 110), (3000, 110), (8000, 110))
"""The library's own curve: Hz and height; amplitudes are in proportion to heights."""
HIGHEST = 255
MOST_POINTS = 5
_HEADING = ("language", "name", "gender")
"""What a variant says of itself, and its voice has said already."""

_POINT = re.compile(r"(\d{1,4}):([+-]?\d{1,2}(?:\.\d+)?)")

Tone = tuple[tuple[float, float], ...]


@cache
def read_tone(text: str) -> Tone:
    """A casting's option ``tone``: what to add at some frequencies; the curve is straight between them.

    Raises:
        ValueError: it is something else; the message says what it has to be.

    >>> read_tone("250:+3 1600:-3")
    ((250.0, 3.0), (1600.0, -3.0))
    """
    points = [_POINT.fullmatch(word) for word in text.split()]
    tone = tuple((float(point[1]), float(point[2])) for point in points if point)
    rising = all(one[0] < other[0] for one, other in pairwise(tone))
    if len(tone) != len(points) or not rising or not 0 < len(tone) <= MOST_POINTS:
        raise ValueError(f'up to {MOST_POINTS} points of Hz and dB, rising, such as "250:+3 1600:-3"')
    return tone


def tone_line(tone: Tone) -> str:
    """*tone* on top of the library's own curve, as a voice file says it.

    >>> tone_line(((250.0, 3.0), (1600.0, -3.0)))
    'tone 250 240 1600 87'
    """
    heights = ((hz, _own_height(hz) * 10 ** (db / 20)) for hz, db in tone)
    return "tone " + " ".join(f"{round(hz)} {min(round(height), HIGHEST)}" for hz, height in heights)


def _own_height(hz: float) -> float:
    at = min(max(bisect([point[0] for point in OWN], hz), 1), len(OWN) - 1)
    (low, before), (high, after) = OWN[at - 1], OWN[at]
    return before + (after - before) * min(max((hz - low) / (high - low), 0), 1)


@cache
def toned_voice(voice: str, tone: Tone) -> bytes:
    """The path of a file for *voice* ("en-gb+f2") with *tone*; it goes away with this process.

    Raises:
        SpeakError: there is no such voice or variant.
    """
    name, _, variant = os.fsdecode(voice_path(voice)).partition("+")
    data = installed()[1]
    lines = (data / "lang" / name).read_text("utf-8", "replace").splitlines()
    if variant:
        own = (data / "voices" / "!v" / variant).read_text("utf-8", "replace").splitlines()
        lines += [line for line in own if line.partition(" ")[0] not in _HEADING]
    return _kept("\n".join([*lines, tone_line(tone), ""]).encode())


def _kept(text: bytes) -> bytes:
    """A short path of a file that holds *text* as long as this process lives."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("voice")
        with open(descriptor, "wb", closefd=False) as made:
            made.write(text)
        return os.fsencode(f"/proc/self/fd/{descriptor}")
    folder = tempfile.TemporaryDirectory(prefix="narrator-")
    _folders.append(folder)
    path = Path(folder.name) / "voice"
    path.write_bytes(text)
    return os.fsencode(path)


_folders: list[tempfile.TemporaryDirectory[str]] = []
