"""Rows of buttons and of sections, which read like names and headlines once a page is flattened."""

from __future__ import annotations

import re

from narrator.read.markers import Markers
from narrator.read.passages import closes, fold

_LONGEST = 24
"""Words of a row; the longest headline a row is mistaken for is shorter."""
_BAR = re.compile(r"\s+[|•·]\s+")
_DIGITS = re.compile(r"\d")


def is_buttons(text: str, markers: Markers) -> bool:
    """Whether a line is buttons and nothing else: "Read Later", "Hören Merken Drucken Teilen".

    >>> from narrator.read.markers import read_markers
    >>> [is_buttons(line, read_markers("en")) for line in ("Share Save for later", "Save the bees")]
    [True, False]
    """
    words = _words(text)
    if not 2 <= len(words) <= _LONGEST or closes(text.rstrip(".…") if text.endswith(("...", "…")) else text):
        return False
    buttons = sum(1 for word in words if word in markers.words["interface"])
    if buttons < 2:
        return False
    fillers = markers.words_of("stopwords", "place_particles")
    small = sum(1 for word in words if word in fillers or word.isdigit())
    return buttons + small >= len(words) and buttons >= small


def cut_buttons(text: str, markers: Markers) -> str:
    """*text* without the buttons behind it: "Ann Bell Follow" is Ann Bell.

    >>> from narrator.read.markers import read_markers
    >>> cut_buttons("Ann Bell Follow", read_markers("en"))
    'Ann Bell'
    """
    words = text.split()
    small = markers.words["stopwords"]
    while (
        len(words) > 1
        and words[-1].casefold() in markers.words["interface"]
        and words[-2].casefold() not in small
    ):
        words.pop()
    return " ".join(words)


def is_section_bar(text: str, markers: Markers) -> bool:
    """Whether a line is the names of a site's sections, which nothing parts: "News Sport Weather".

    Short rows must be nothing else; longer ones may hold sections that no table knows, but hardly a
    word that joins others.

    >>> from narrator.read.markers import read_markers
    >>> is_section_bar("opinião política mercado cotidiano", read_markers("pt"))
    True
    """
    words = _words(text)
    if not 2 <= len(words) <= _LONGEST or closes(text) or _DIGITS.search(text):
        return False
    joining = sum(1 for word in words if word in markers.words["stopwords"])
    named = sum(1 for word in words if is_section(word, markers))
    content = len(words) - joining
    if len(words) < 5:
        return joining == 0 and named == content
    return joining <= 1 and named >= 3 and 2 * named >= content


def is_section(text: str, markers: Markers) -> bool:
    """Whether *text* as a whole is the name of a section, such as "Wirtschaft"."""
    return markers.furniture.find(fold(text)) in {"sections", "navigation"}


def is_link_bar(text: str) -> bool:
    """Whether a line is links in a row with bars between: "Weather | Traffic | Gold rate today".

    >>> is_link_bar("Also check: Lomar weather | Lomar traffic | Gold rate")
    True
    """
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) < 3 or closes(text):
        return False
    few = all(len(part.split()) <= 6 for part in parts) and len(text) < 250
    return few and not _DIGITS.search(text)


def _words(text: str) -> list[str]:
    if len(text) > 250:
        return []
    kept = (word.strip(".,:;|•·/»›()[]\"'’‘“”…!-–—>+").casefold() for word in text.split())
    return [word for word in kept if word]
