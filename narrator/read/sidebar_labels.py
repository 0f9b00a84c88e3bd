"""What announces a sidebar by its own words: a label, a question, or a label over the question it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.models import SidebarKind
from narrator.read.markers import Markers
from narrator.read.names import is_name, read_people
from narrator.read.passages import Passage, fold

AUTHORED = frozenset({"analysis", "scene"})
"""Kinds whose label may stand before a name."""
_OF = r"(?:(?:by|from|with|par|de|du|des|von|vom|di|del|della|por|da|do|van|door)\s+|(?:d|dell)['’])"
_PARTED = re.compile(rf"\s*[:|]\s*|\s+[–—-]+\s+|,\s+|\s+(?={_OF})", re.IGNORECASE)
_BY = re.compile(_OF, re.IGNORECASE)
_LONGEST_LABEL = 4
"""Words of a label that leaves no doubt: "Voices from the platform"."""
_LONGEST_QUESTION = 12


@dataclass(slots=True)
class Opening:
    """The heading of a sidebar, read."""

    index: int
    """Where its heading stands."""
    kind: SidebarKind
    heading: str
    author: str | None = None
    author_role: str | None = None
    weak: bool = False
    """As often a crosshead: the text below must speak for a sidebar."""
    told_by: str = "heading"
    """What makes it one: a label, a label before a title, a word of labels, a question, a sentence that
    hands over, a name, a list, or nothing but being a heading."""
    body: int = 0
    """Index of its first block."""
    titled: int | None = None
    """Where the question stands that is its heading instead of the label above."""
    lines: list[int] = field(default_factory=list)
    """Where its byline stands."""
    end: int | None = None
    """Index after its last block, when the source marks it."""
    signed: bool = False
    """Its author's name stands below its last block."""
    ruled: bool = False
    """Drawn lines stand above and below it."""
    entries: bool = False
    """Each of its paragraphs stands right under a heading of its own, which shows where it ends."""
    marked: tuple[str, ...] = ()
    """What of the source marks it, where a box or drawn lines do."""
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()


def read_label(passage: Passage, index: int, markers: Markers) -> Opening | None:
    """The sidebar that a known label announces, alone or before a name or a title."""
    kind = markers.labels.find(passage.key)
    if kind:
        sure = kind in {"analysis", "scene", "profile"} and passage.words <= _LONGEST_LABEL
        heading = passage.text.rstrip(" :")
        return Opening(index, as_kind(kind), heading, weak=not sure, told_by="label", body=index + 1)
    for parted in _PARTED.finditer(passage.text[:90]):
        kind = markers.labels.find(fold(passage.text[: parted.start()]))
        rest = _BY.sub("", passage.text[parted.end() :], count=1).strip()
        if not kind or not rest:
            continue
        joined = not parted[0].strip() or "," in parted[0]
        opening = Opening(index, as_kind(kind), passage.text, told_by="labelled", body=index + 1)
        people = read_people(rest, markers)
        if people and kind in AUTHORED and not _is_clause(people[0].name, markers):
            opening.author, opening.author_role = people[0].name, people[0].role
            return opening
        if joined:
            continue  # "Portrait d'une ville" has no label in it
        if kind == "profile" and is_name(rest, markers, single=True):
            return opening
        opening.weak = True
        return opening
    return None


def _is_clause(name: str, markers: Markers) -> bool:
    """*name* is a title in capital words: "Good Walls Are Rare"."""
    small = markers.words["stopwords"] - markers.words["place_particles"]
    return any(word[0].isupper() and word.casefold() in small for word in name.split()[1:])


def as_kind(name: str) -> SidebarKind:
    """A kind as the tables name it; they hold no others."""
    return name  # type: ignore[return-value]


def read_question(passage: Passage, index: int, markers: Markers) -> Opening | None:
    """The sidebar that a question such as "What is X?" may announce."""
    if not passage.text.endswith("?") or passage.words > _LONGEST_QUESTION:
        return None
    kind = markers.questions.find(passage.key)
    if kind is None or kind == "ordinary":
        return None
    heading = passage.text
    if kind == "profile" and not any(word[0].isupper() for word in heading.split()[1:]):
        kind = "generic"  # "Who is counted?"
    if kind == "generic":
        return Opening(index, "explainer", heading, weak=True, told_by="any_question", body=index + 1)
    return Opening(index, as_kind(kind), heading, weak=True, told_by="question", body=index + 1)
