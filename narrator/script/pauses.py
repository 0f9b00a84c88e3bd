"""How long it is silent after each line, by what comes next."""

from __future__ import annotations

from typing import Literal

from narrator.voices import Pauses

Boundary = Literal[
    "headline", "sentence", "paragraph", "heading", "caption", "sidebar", "cue", "caption_cue", "end"
]


def pause_ms(boundary: Boundary, pauses: Pauses) -> int:
    """Silence at *boundary* in milliseconds, as the voice file sets it.

    >>> pause_ms("headline", Pauses())
    900
    """
    return int(getattr(pauses, f"{boundary}_ms"))
