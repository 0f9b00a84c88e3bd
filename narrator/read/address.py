"""Whether a text speaks to somebody in the polite form that only a capital tells from a third person."""

from __future__ import annotations

import re

from narrator.read.markers import Markers

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = " \u00a0¤\"“„«»‚('-–—"
_OPENS_SENTENCE = frozenset({"", ".", "!", "?", "…", ":"})


def speaks_politely(text: str, markers: Markers) -> bool:
    """Whether *text* has a polite "Sie" or "Lei" within a sentence; one that opens it may be "they" or "she".

    >>> from narrator.read.markers import read_markers
    >>> [speaks_politely(text, read_markers("de")) for text in ("Was haben Sie gesehen?", "Sie kosten mehr.")]
    [True, False]
    """
    polite = markers.words.get("polite", frozenset())
    return bool(polite) and any(
        match[0] in polite and text[: match.start()].rstrip(_BEFORE)[-1:] not in _OPENS_SENTENCE
        for match in _WORD.finditer(text)
    )
