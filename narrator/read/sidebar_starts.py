"""Whether a line announces a sidebar or heads the story's next part: what the line itself says of it.

In flattened text both are short lines over paragraphs. A label or an author tells them apart, else
only evidence does: whether the piece has other crossheads and this one is set as they are, what stands
below, and in which voice the story had been told. `find_end` weighs it with what the paragraphs say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrator.read.bylines import read_meta
from narrator.read.interviews import find_speakers
from narrator.read.kinds import is_dated, is_heading
from narrator.read.markers import Markers
from narrator.read.passages import LONGEST_SIGN, Passage, fold, opens_quote
from narrator.read.sidebar_labels import Opening
from narrator.read.sidebar_signs import Setting, read_signs

_MANY = 4
"""Crossheads from which on a piece is made of sections."""
_READ_BACK = 12
"""Paragraphs above the line in which the story's own voice is listened to."""
_UNHEARD = 2
"""Paragraphs without any sign that are counted in, so that one or two say little."""
_ENOUGH = 4
"""Paragraphs after which a piece that reports nobody's words is no news story."""
_VOICE = ("first_person", "second_person", "present", "question", "own_view", "unsourced", "dialogue")
"""Signs that tell a sidebar's paragraph only where the story has them seldom."""
_NOTHING = Setting()
_WORD = re.compile(r"[^\s|/–—,:-]+")
_FOLLOWED = re.compile(r",?\s+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Crossheads:
    """The lines of a piece that read as crossheads, sidebars' headings among them."""

    places: tuple[int, ...]
    styles: tuple[str, ...]
    """How each is set: in capitals, with capital words, as a sentence begins."""
    named: int
    """How many name a person with a role; several are a list of people, or of who took the pictures."""
    interview: bool
    """The piece consists of somebody's answers."""


def read_crossheads(passages: Sequence[Passage], start: int, markers: Markers) -> Crossheads:
    """The crossheads below *start*, known labels left out."""
    stand = [
        (index, _style(one.text))
        for index, (one, below) in enumerate(pairwise(passages))
        if index > start and one.open and is_heading(one, below) and not markers.labels.find(one.key)
    ]
    named = sum(1 for index, _ in stand if _is_named(passages[index].text, markers))
    return Crossheads(
        places=tuple(index for index, _ in stand),
        styles=tuple(style for _, style in stand),
        named=named,
        interview=bool(find_speakers(passages[start:])),
    )


def _is_named(text: str, markers: Markers) -> bool:
    if len(text) > LONGEST_SIGN or text.count(" ") > 13:
        return False
    meta = read_meta(text, markers, bare_names=True)
    return meta is not None and any(one.role for one in meta.people)


def _style(text: str) -> str:
    if text.isupper():
        return "capitals"
    long = [word for word in re.findall(r"[^\W\d_]+", text)[1:] if len(word) > 3]
    return "title" if long and all(word[0].isupper() for word in long) else "sentence"


def read_start(
    passages: Sequence[Passage],
    opening: Opening,
    crossheads: Crossheads,
    before: Sequence[Passage],
    markers: Markers,
) -> dict[str, float]:
    """What speaks (by the weight's sign) against a sidebar at *opening*, each 0 to 1.

    Args:
        passages: the whole source.
        opening: the heading in question.
        crossheads: those of the piece.
        before: the story's paragraphs above it.
        markers: the language's words.
    """
    text = passages[opening.index].text
    signs = {"heading": 1.0, f"by_{opening.told_by}": 1.0}
    taken = {opening.index, *opening.lines}
    others = [
        style for index, style in zip(crossheads.places, crossheads.styles, strict=True) if index not in taken
    ]
    signs["crossheads"] = min(len(others), _MANY) / _MANY
    if not others:
        signs["alone"] = 1.0
    elif _style(text) not in others and (len(others) > 1 or text.isupper() or text[-1] == "?"):
        signs["set_apart"] = 1.0
    if opening.author and crossheads.named > 2:
        signs["named_often"] = 1.0
    if isinstance(passages[opening.index].items[0].where, str):
        signs["on_page"] = 1.0
    if crossheads.interview:
        signs["interview"] = 1.0
    below = _below_signs(passages, opening)
    # "Chronology of a failure" over prose is no more of a label than "Analysis of a failure".
    is_loose = opening.told_by == "word" or (
        opening.told_by == "label" and opening.kind == "timeline" and not below
    )
    signs.update(_heading_signs(text, opening, markers, is_loose=is_loose))
    signs.update(below)
    if len(before) < 3:
        signs["early"] = 1.0
    signs.update(_voice(before, markers))
    return signs


def _heading_signs(text: str, opening: Opening, markers: Markers, *, is_loose: bool) -> dict[str, float]:
    found = {
        "word_goes_on": is_loose and _goes_on(text, markers),
        "refers_back": bool(markers.words["subject_pronouns"].intersection(fold(text).rstrip("?").split())),
        "capitals": text.isupper(),
        "quoted": opens_quote(text),
        "colon": text.endswith(":"),
        "named": opening.author is not None and not opening.signed,
        "signed": opening.signed,
    }
    return {name: 1.0 for name, is_so in found.items() if is_so}


def _goes_on(text: str, markers: Markers) -> bool:
    """Words follow a label's word, so that it is of what they name: "Analysis of the bridge".

    A label ends with its word, or parts it from what follows: "Expert view | Beth Oram".
    """
    places = [match for match in _WORD.finditer(text) if fold(match[0]) in markers.label_words]
    return bool(places) and _FOLLOWED.match(text, places[-1].end()) is not None


def _below_signs(passages: Sequence[Passage], opening: Opening) -> dict[str, float]:
    below = passages[opening.body : opening.body + 3]
    listed = [one for one in below if one.kind == "list-item"]
    if len(listed) < min(2, len(below)) or not below:
        return {}
    return {"over_dates" if all(map(is_dated, listed)) else "over_list": 1.0}


def _voice(before: Sequence[Passage], markers: Markers) -> dict[str, float]:
    """How often the story above has what would tell a sidebar, such as the first person."""
    read = [one for one in before[-_READ_BACK:] if one.kind in {None, "paragraph"} and one.prose]
    if not read:
        return {}
    found = [read_signs(read, index, _NOTHING, markers) for index in range(len(read))]
    reported = any(one.keys() & {"reporting", "attributed_quote"} for one in found)
    unreported = {} if reported or len(read) < _ENOUGH else {"unreported": 1.0}
    rates = {name: sum(one.get(name, 0.0) for one in found) / (len(found) + _UNHEARD) for name in _VOICE}
    return unreported | {f"story_{name}": rate for name, rate in rates.items() if rate}
