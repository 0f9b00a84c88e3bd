"""Interviews: whose answers a piece consists of, and which of its lines are the interviewer's questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from narrator.read.address import speaks_politely
from narrator.read.markers import Markers
from narrator.read.passages import Passage

_FEWEST = 3
"""Answers, or questions in bold, from which on a piece is an interview."""
_LABEL = re.compile(r"([^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,3})\s?:\s(?=\S)")
_WORD = re.compile(r"[^\W\d_]+")


def find_speakers(passages: Sequence[Passage]) -> frozenset[str]:
    """The labels in front of several paragraphs each: "Q", "Ann Bell", "HOST"."""
    labels = Counter(label for one in passages if one.part == "story" and (label := read_speaker(one)))
    return frozenset(label for label, count in labels.items() if count >= _FEWEST)


def read_speaker(passage: Passage) -> str:
    """The label of who speaks in *passage*, or of anything else that stands before a colon; "" for none."""
    found = _LABEL.match(passage.text[:80])
    return found[1] if found else ""


def find_questions(passages: Sequence[Passage], markers: Markers) -> frozenset[int]:
    """Where an interviewer's questions stand, which are no crossheads.

    They are set in bold, three or more, most of which say "you"; or a labelled answer stands below each.
    """
    speakers = find_speakers(passages)
    answered = {
        index
        for index, one in enumerate(passages[:-1])
        if speakers
        and one.open
        and one.text.endswith("?")
        and read_speaker(passages[index + 1]) in speakers
        and read_speaker(one) not in speakers
    }
    bold = [
        index
        for index, one in enumerate(passages)
        if one.open and one.items[0].bold and one.items[0].hint != "heading" and one.text.endswith("?")
    ]
    addressed = sum(_says_you(passages[index].text[:400], markers) for index in bold)
    return frozenset(answered.union(bold if len(bold) >= _FEWEST and addressed * 2 > len(bold) else ()))


def _says_you(text: str, markers: Markers) -> bool:
    said = set(_WORD.findall(text.casefold()))
    return bool(markers.words["second_person"] & said) or speaks_politely(text, markers)
