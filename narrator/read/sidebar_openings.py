"""What announces a sidebar: a label, a question, somebody's name and role, a list of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.models import Person, SidebarKind
from narrator.read.bylines import read_meta
from narrator.read.captions import take_caption
from narrator.read.kinds import is_dated
from narrator.read.markers import Markers
from narrator.read.names import is_name, is_role, read_people
from narrator.read.passages import Passage, fold

_PARTED = re.compile(r"\s*[:|]\s*|\s+[–—-]+\s+|,\s+|\s+(?=(?:by|par|von|di|de|por)\s)", re.IGNORECASE)
_BY = re.compile(r"(?:by|par|von|di|de|por)\s+", re.IGNORECASE)
_AUTHORED = frozenset({"analysis", "scene"})
_PROGRAMME = 4
"""Lines with a name and a role from which on they are a list, not each the head of a sidebar."""
LONGEST_HEADING = 18
"""Words of a line that may announce a sidebar."""


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
    generic: bool = False
    """Any heading over a list, any question: a sidebar only where it is the story's one heading."""
    labelled: bool = False
    """A known label stands before a colon."""
    body: int = 0
    """Index of its first block."""
    lines: list[int] = field(default_factory=list)
    """Where its byline stands."""
    end: int | None = None
    """Index after its last block, when the source marks it."""
    ruled: bool = False
    """Drawn lines stand above and below it."""
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()


def read_opening(
    passages: list[Passage], index: int, start: int, markers: Markers, people: list[Person]
) -> Opening | None:
    """The sidebar that the line at *index* announces; None when it announces none."""
    passage = passages[index]
    if passage.words > LONGEST_HEADING or (passage.prose and not passage.text.endswith("?")):
        return None
    if index == start or passage.items[0].hint in {"caption", "quote", "list-item", "note"}:
        return None
    label = read_label(passage, index, markers)
    opening = label or read_question(passage, index, markers) or _read_handover(passage, index, markers)
    opening = opening or _read_name(passages, index, markers, people)
    opening = opening or _read_list(passages, index)
    if opening is None:
        return None
    read_author(passages, opening, markers)
    if isinstance(passage.items[0].where, str) and not _is_announced(
        passages, opening, markers, by_label=label is not None
    ):
        return None
    _read_below(passages, opening, markers)
    if label is not None:
        take_named_question(passages, opening, markers)
    return opening if opening.body < len(passages) else None


def _is_announced(passages: list[Passage], opening: Opening, markers: Markers, *, by_label: bool) -> bool:
    """A line of a page, outside of any box, surely announces a sidebar.

    On real pages nearly every question, list heading and name in a crosshead is ordinary structure, and
    what is a sidebar stands in a box: left are a label with a name, and a name with its role over prose.
    """
    if by_label:
        return opening.author is not None or (not opening.weak and opening.kind in {"scene", "profile"})
    if opening.author is None or _is_programme(passages, markers):
        return False
    if opening.author.casefold() not in opening.heading.casefold():
        return True
    below = passages[opening.body] if opening.body < len(passages) else None
    if opening.lines or below is None or not below.prose:
        return False
    role = (opening.author_role or "").casefold().split()
    is_clause = not role or role[0] in markers.words["stopwords"]
    return not is_clause and opening.heading.startswith(f"{opening.author},")


def _is_programme(passages: list[Passage], markers: Markers) -> bool:
    """Names with roles stand in several places: they are speakers of an event, or a page's staff."""
    short = (one for one in passages if one.part == "story" and one.words <= 20)
    metas = (read_meta(one.text, markers, bare_names=True) for one in short if "," in one.text)
    named = (one for one in metas if one and len(one.people) == 1 and one.people[0].role)
    return sum(1 for _ in named) >= _PROGRAMME


def read_label(passage: Passage, index: int, markers: Markers) -> Opening | None:
    """The sidebar that a known label announces, alone or before a name or a title."""
    kind = markers.labels.find(passage.key)
    if kind:
        sure = kind in {"analysis", "scene", "profile"} and passage.words <= 3
        return Opening(index, _kind(kind), passage.text.rstrip(" :"), weak=not sure, body=index + 1)
    for parted in _PARTED.finditer(passage.text[:90]):
        kind = markers.labels.find(fold(passage.text[: parted.start()]))
        rest = _BY.sub("", passage.text[parted.end() :], count=1).strip()
        if not kind or not rest:
            continue
        opening = Opening(index, _kind(kind), passage.text, body=index + 1)
        people = read_people(rest, markers)
        if people and kind in _AUTHORED:
            opening.author, opening.author_role = people[0].name, people[0].role
            return opening
        if "," in parted[0]:
            continue
        if kind == "profile":
            return opening if is_name(rest, markers) or len(rest.split()) <= 6 else None
        opening.weak = opening.labelled = True
        return opening
    return None


def _kind(name: str) -> SidebarKind:
    return name  # type: ignore[return-value]


def read_question(passage: Passage, index: int, markers: Markers) -> Opening | None:
    """The sidebar that a question such as "What is X?" may announce."""
    if not passage.text.endswith("?") or passage.words > 12:
        return None
    kind = markers.questions.find(passage.key)
    if kind is None or kind == "ordinary":
        return None
    heading = passage.text
    if kind == "generic":
        return Opening(index, "explainer", heading, weak=True, generic=True, body=index + 1)
    return Opening(index, _kind(kind), heading, weak=True, body=index + 1)


def take_named_question(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Below "Quick guide" the question that it answers is the heading that says something."""
    below = passages[opening.body] if opening.body + 1 < len(passages) else None
    if opening.kind != "explainer" or opening.author or below is None or not below.open:
        return
    if read_question(below, opening.body, markers):
        below.skip("", part="sidebar-heading")
        opening.heading, opening.weak = below.text, False
        opening.lines.append(opening.body)
        opening.body += 1
        _read_below(passages, opening, markers)


def _read_handover(passage: Passage, index: int, markers: Markers) -> Opening | None:
    """ "Our science editor Ann Bell writes:" hands the story over to her."""
    if not passage.text.endswith(":") or passage.words > 14:
        return None
    said, _, verb = passage.text.rstrip(" :").rpartition(" ")
    if verb.casefold() not in markers.phrases["takes_over"]:
        return None
    first, _, rest = said.partition(" ")
    people = read_people(rest if fold(first) in markers.words["possessives"] else said, markers)
    if len(people) != 1 or people[0].role is None:
        return None
    printed = said.casefold().find(people[0].role.casefold())
    role = said[printed : printed + len(people[0].role)] if printed >= 0 else people[0].role
    return Opening(index, "analysis", passage.text.rstrip(" :"), people[0].name, role, body=index + 1)


def _read_name(passages: list[Passage], index: int, markers: Markers, people: list[Person]) -> Opening | None:
    """A name with a role on a line of its own, in mid-story: somebody else takes over."""
    passage = passages[index]
    if (
        passage.closed
        or passage.words > 14
        or passage.text.isupper()
        or any(char.isdigit() for char in passage.text)
    ):
        return None
    meta = read_meta(passage.text, markers, bare_names=True)
    if (
        meta is None
        or len(meta.people) != 1
        or meta.dates
        or meta.people[0].name in {one.name for one in people}
    ):
        return None
    person = meta.people[0]
    below = passages[index + 1] if index + 1 < len(passages) else None
    lines = []
    if person.role is None and below and below.open and below.short and is_role(below.text, markers):
        person, lines = Person(person.name, below.text), [index + 1]
    if person.role is None or not is_role(person.role, markers):
        return None
    return Opening(
        index, "analysis", passage.text, person.name, person.role, body=index + 1 + len(lines), lines=lines
    )


def _read_list(passages: list[Passage], index: int) -> Opening | None:
    """A heading over three or more list items: a timeline if they are dated, else perhaps a box."""
    passage = passages[index]
    items = passages[index + 1 : index + 4]
    if (
        passage.closed
        or passage.words > 10
        or len(items) < 3
        or not all(one.kind == "list-item" for one in items)
    ):
        return None
    heading = passage.text.rstrip(" :")
    if all(is_dated(one) for one in items):
        return Opening(index, "timeline", heading, body=index + 1)
    if passage.text.endswith(":"):
        return None
    return Opening(index, "other", heading, weak=True, generic=True, body=index + 1)


def read_author(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Take the line or two below the heading for the author's name and role, if they are."""
    if opening.author or opening.body >= len(passages):
        return
    below = passages[opening.body]
    if not below.open or below.prose or below.words > 16:
        return
    meta = read_meta(below.text, markers, bare_names=True)
    if meta is None or not meta.people:
        return
    person = meta.people[0]
    named_only = person.role is None and not meta.labelled
    after = passages[opening.body + 1] if opening.body + 1 < len(passages) else None
    role_line = (
        after is not None
        and after.open
        and after.short
        and after.words <= 10
        and is_role(after.text, markers)
    )
    if named_only and not role_line and opening.kind not in _AUTHORED:
        return
    opening.author, opening.author_role = person.name, person.role
    opening.lines.append(opening.body)
    opening.body += 1
    if person.role is None and role_line and after is not None:
        opening.author_role = after.text
        opening.lines.append(opening.body)
        opening.body += 1
    opening.weak = False
    if opening.kind in {"other", "timeline", "explainer"}:
        opening.kind = "analysis"


def _read_below(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Pass over furniture below the heading, and take a short line there for a caption."""
    while opening.body < len(passages) and passages[opening.body].part == "furniture":
        opening.body += 1
    if opening.body + 1 >= len(passages):
        return
    below, after = passages[opening.body], passages[opening.body + 1]
    apart = below.gap != "line" or after.gap != "line"
    if apart and below.open and below.short and below.words >= 6 and after.part == "story" and after.prose:
        take_caption(below, markers)
