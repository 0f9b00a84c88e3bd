"""What announces a sidebar: a label, a question, somebody's name and role, a list of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.models import Person, SidebarKind
from narrator.read.bylines import read_meta
from narrator.read.captions import take_caption
from narrator.read.kinds import is_dated, is_heading
from narrator.read.markers import Markers
from narrator.read.names import is_name, is_role, read_people
from narrator.read.passages import Passage, fold
from narrator.read.sidebar_signs import find_names

_OF = r"(?:(?:by|from|with|par|de|du|des|von|vom|di|del|della|por|da|do|van|door)\s+|(?:d|dell)['’])"
_PARTED = re.compile(rf"\s*[:|]\s*|\s+[–—-]+\s+|,\s+|\s+(?={_OF})", re.IGNORECASE)
_BY = re.compile(_OF, re.IGNORECASE)
_WITH = re.compile(r"(?:^|[\s,])(?:with|avec|mit|con|com|met)\s+(?=[^\W\d_a-z])")
_AGE = re.compile(r",\s(?:aged\s)?\d{1,2}(?:\s(?:ans|años|anos|anni|Jahre|jaar))?(?=,|$)")
_DASH = re.compile(r"[–—-]+\s*(?=[^\W\d_a-z])")
_AUTHORED = frozenset({"analysis", "scene"})
_PROGRAMME = 4
"""Lines with a name and a role from which on they are a list, not each the head of a sidebar."""
_LONGEST_LABEL = 4
"""Words of a label that leaves no doubt: "Voices from the platform"."""
LONGEST_HEADING, _LONGEST_HANDOVER = 18, 25
"""Words of a line that may announce a sidebar, and of a sentence that hands over to its author."""


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
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()


def read_opening(
    passages: list[Passage], index: int, start: int, markers: Markers, people: list[Person]
) -> Opening | None:
    """The sidebar that the line at *index* announces; None when it announces none."""
    passage = passages[index]
    if passage.words > _LONGEST_HANDOVER or (
        passage.prose and not passage.text.endswith(("?", ":")) and passage.words > 14
    ):
        return None
    if index == start or passage.items[0].hint in {"caption", "quote", "list-item", "note"}:
        return None
    in_text = isinstance(passage.items[0].where, int)
    label = None
    opening = _read_handover(passages, index, start, markers)
    if (
        opening is None
        and passage.words <= LONGEST_HEADING
        and (not passage.prose or passage.text.endswith("?"))
    ):
        label = read_label(passage, index, markers)
        opening = label or read_question(passage, index, markers)
        opening = opening or _read_name(passages, index, markers, people)
        opening = opening or _read_list(passages, index)
        opening = opening or (_read_heading(passages, index, markers) if in_text else None)
    if opening is None:
        return None
    read_author(passages, opening, markers)
    if not in_text and not _is_announced(passages, opening, markers, by_label=label is not None):
        return None
    if opening.told_by in {"heading", "word"} and _is_over_heading(passages, opening):
        return None
    if not opening.weak or label is not None:
        _read_below(passages, opening, markers)
    if label is not None:
        take_named_question(passages, opening, markers)
    return opening if opening.body < len(passages) else None


def _is_announced(passages: list[Passage], opening: Opening, markers: Markers, *, by_label: bool) -> bool:
    """A line of a page, outside of any box, surely announces a sidebar.

    On real pages nearly every question, list heading and name in a crosshead is ordinary structure, and
    what is a sidebar stands in a box: left are a label with a name, and a name with its role over prose.
    """
    if by_label or (opening.told_by == "list" and opening.kind == "timeline"):
        return True
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
        sure = kind in {"analysis", "scene", "profile"} and passage.words <= _LONGEST_LABEL
        heading = passage.text.rstrip(" :")
        return Opening(index, _kind(kind), heading, weak=not sure, told_by="label", body=index + 1)
    for parted in _PARTED.finditer(passage.text[:90]):
        kind = markers.labels.find(fold(passage.text[: parted.start()]))
        rest = _BY.sub("", passage.text[parted.end() :], count=1).strip()
        if not kind or not rest:
            continue
        joined = not parted[0].strip() or "," in parted[0]
        opening = Opening(index, _kind(kind), passage.text, body=index + 1)
        people = read_people(rest, markers)
        if people and kind in _AUTHORED:
            opening.author, opening.author_role = people[0].name, people[0].role
            return opening
        if joined:
            continue  # "Portrait d'une ville" has no label in it
        if kind == "profile" and is_name(rest, markers, single=True):
            return opening
        opening.weak, opening.told_by = True, "labelled"
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
    if kind == "profile" and not any(word[0].isupper() for word in heading.split()[1:]):
        kind = "generic"  # "Who is counted?"
    if kind == "generic":
        return Opening(index, "explainer", heading, weak=True, told_by="any_question", body=index + 1)
    return Opening(index, _kind(kind), heading, weak=True, told_by="question", body=index + 1)


def take_named_question(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Below "Quick guide" the question that it answers is the heading that says something."""
    below = passages[opening.body] if opening.body + 1 < len(passages) else None
    if opening.kind != "explainer" or opening.author or below is None or not below.open:
        return
    if read_question(below, opening.body, markers):
        opening.heading, opening.weak = below.text, False
        opening.titled = opening.body
        opening.body += 1
        _read_below(passages, opening, markers)


def _read_handover(passages: list[Passage], index: int, start: int, markers: Markers) -> Opening | None:
    """ "Our science editor Ann Bell writes:" hands the story over to her.

    Less sure are "Ann Bell, who has followed the case, gives her view:" and the like. Who is in the story
    already only speaks in it.
    """
    passage = passages[index]
    text = passage.text
    if not text.endswith((":", ".")) or not 4 <= passage.words <= _LONGEST_HANDOVER:
        return None
    words = [word.strip(",.:;’'").casefold() for word in text.split()]
    hands_over = set(words) & set(markers.phrases["takes_over"])
    names = find_names(text, markers)
    if len(names) != 1 or any(mark in text for mark in '"“”„«»'):
        return None
    if not is_name(names[0], markers) or fold(names[0].split()[0]) in markers.words["stopwords"]:
        return None
    if markers.words["own_staff"] & {fold(word) for word in names[0].split()}:
        return None  # a line of capitals: "What Our Economists Say:"
    surname = names[0].split()[-1]
    if any(surname in one.text for one in passages[start:index] if one.part == "story"):
        return None
    role = _role_of(text, names[0], markers)
    opening = Opening(index, "analysis", text.rstrip(" :."), names[0], role, body=index + 1)
    opening.told_by = "handover"
    own = bool(markers.words["own_staff"] & set(words))
    if text.endswith("."):
        return opening if own and role and hands_over and passage.words <= 14 else None
    if set(words) & (markers.words["reporting"] - hands_over) or not (hands_over or own):
        return None
    opening.weak = words[-1] not in hands_over or role is None
    return opening


def _role_of(text: str, name: str, markers: Markers) -> str | None:
    """What somebody is called around the name: "our editor Ann Bell", "Ann Bell, our critic, writes"."""
    before, _, after = text.partition(name)
    words = before.split()
    for start in range(max(0, len(words) - 6), len(words)):
        if fold(words[start]) in markers.words["possessives"] | markers.words["stopwords"]:
            continue
        role = " ".join(words[start:])
        return role if is_role(role, markers) and not role.endswith((",", ":")) else None
    role = after.split(",")[1].strip() if after.startswith(",") and after.count(",") > 1 else ""
    return role if role and len(role.split()) <= 8 and is_role(role, markers) else None


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
    if person.role.split()[0].casefold() in markers.phrases["role_openers"]:
        return None  # "Ann Bell for The Courier" took a picture
    return Opening(
        index,
        "analysis",
        passage.text,
        person.name,
        person.role,
        weak=not meta.labelled,
        told_by="name",
        body=index + 1 + len(lines),
        lines=lines,
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
        return Opening(index, "timeline", heading, weak=True, told_by="list", body=index + 1)
    if passage.text.endswith(":"):
        return None
    return Opening(index, "other", heading, weak=True, told_by="list", body=index + 1)


def _read_heading(passages: list[Passage], index: int, markers: Markers) -> Opening | None:
    """Any crosshead, which the evidence may make a sidebar's heading."""
    passage = passages[index]
    below = next((one for one in passages[index + 1 : index + 6] if one.part == "story"), None)
    if passage.items[0].hint is not None or not passage.short or not is_heading(passage, below):
        return None
    words = {fold(word) for word in re.split(r"[\s|/–—-]+", passage.text)}
    kinds = [kind for word, kind in markers.label_words.items() if word in words]
    heading = passage.text.rstrip(" :")
    if kinds:
        return Opening(index, _kind(kinds[0]), heading, weak=True, told_by="word", body=index + 1)
    with_whom = _WITH.search(passage.text)
    if with_whom and is_name(passage.text[with_whom.end() :], markers):
        # "Inside the sacristy, with Ann Bell"
        name = passage.text[with_whom.end() :]
        return Opening(index, "scene", heading, name, weak=True, told_by="word", body=index + 1)
    return Opening(index, "other", heading, weak=True, body=index + 1)


def _is_over_heading(passages: list[Passage], opening: Opening) -> bool:
    """The line below is a crosshead too, so that this one announces nothing."""
    below = passages[opening.body : opening.body + 2]
    return len(below) == 2 and below[0].open and below[0].short and is_heading(below[0], below[1])


def read_sign_off(passage: Passage, opening: Opening, markers: Markers) -> Person | None:
    """Who wrote or told the sidebar that *passage* ends: "Edna Price, 67, fruit seller", "- Ann Bell"."""
    if opening.author is not None or not passage.open or passage.words > 20:
        return None
    dashed = _DASH.match(passage.text)
    # "- Ann Bell, economist. Click here to read more."
    text = re.split(r"(?<=[^\W\d_]{2})[.]\s", passage.text)[0] if dashed else passage.text
    text = _AGE.sub("", text)
    if (passage.closed and not dashed) or text.count(" ") > 12:
        return None
    meta = read_meta(_DASH.sub("", text, count=1) if dashed else text, markers, bare_names=True)
    if meta is None or len(meta.people) != 1 or meta.dates:
        return None
    person = meta.people[0]
    signed = dashed or meta.labelled or _AGE.search(passage.text)
    return person if signed or person.role else None


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
    if named_only and not role_line and opening.kind not in _AUTHORED and opening.told_by != "word":
        return
    opening.author, opening.author_role = person.name, person.role
    opening.lines.append(opening.body)
    opening.body += 1
    if person.role is None and role_line and after is not None:
        opening.author_role = after.text
        opening.lines.append(opening.body)
        opening.body += 1
    # Two lines of names and roles over a text may list people, if no label or "By" says otherwise.
    opening.weak = opening.told_by not in {"label", "labelled", "word"} and not meta.labelled
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
