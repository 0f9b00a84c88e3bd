"""Who tells a sidebar: a name on a line of its own, in a sentence that hands over, or below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.models import Person
from narrator.read.bylines import read_meta
from narrator.read.markers import Markers
from narrator.read.names import is_name, is_role
from narrator.read.passages import Passage, fold
from narrator.read.sidebar_labels import AUTHORED, Opening
from narrator.read.sidebar_signs import find_names

LONGEST_HANDOVER = 25
"""Words of a sentence that hands over to its author."""
_LONGEST_AUTHOR, _LONGEST_ROLE, _LONGEST_SIGN_OFF = 16, 10, 20
"""Words of a line with an author's name and role, of a role alone, and of a name below a sidebar."""
_LONGEST_NAME = 5
"""Words of a name that nothing but its place makes an author's."""
_AGE = re.compile(r",\s(?:aged\s)?\d{1,2}(?:\s(?:ans|años|anos|anni|Jahre|jaar))?(?=,|$)")
_DASH = re.compile(r"[–—-]+\s*(?=[^\W\d_a-z])")


def read_handover(passages: list[Passage], index: int, start: int, markers: Markers) -> Opening | None:
    """ "Our science editor Ann Bell writes:" hands the story over to her.

    Less sure are "Ann Bell, who has followed the case, gives her view:" and the like. Who is in the story
    already only speaks in it.
    """
    passage = passages[index]
    text = passage.text
    if not text.endswith((":", ".")) or not 4 <= passage.words <= LONGEST_HANDOVER:
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


def read_name(
    passages: list[Passage], index: int, markers: Markers, people: Sequence[Person]
) -> Opening | None:
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


def read_author(passages: list[Passage], opening: Opening, markers: Markers) -> None:
    """Take the line or two below the heading for the author's name and role, if they are."""
    if opening.author or opening.body >= len(passages):
        return
    below = passages[opening.body]
    if not below.open or below.prose or below.words > _LONGEST_AUTHOR:
        return
    meta = read_meta(below.text, markers, bare_names=True)
    if meta is None or not meta.people:
        return
    person = meta.people[0]
    if not meta.labelled and len(person.name.split()) > _LONGEST_NAME:
        return
    role = _read_role_line(passages, opening.body + 1, markers)
    named_only = person.role is None and not meta.labelled and role is None
    if named_only and opening.kind not in AUTHORED and opening.told_by != "word":
        return
    opening.author, opening.author_role = person.name, person.role
    opening.lines.append(opening.body)
    opening.body += 1
    if person.role is None and role is not None:
        opening.author_role = role
        opening.lines.append(opening.body)
        opening.body += 1
    # Two lines of names and roles over a text may list people, if no label or "By" says otherwise.
    opening.weak = opening.told_by not in {"label", "labelled", "word"} and not meta.labelled
    if opening.kind in {"other", "timeline", "explainer"}:
        opening.kind = "analysis"


def _read_role_line(passages: list[Passage], index: int, markers: Markers) -> str | None:
    """The role on the line at *index*; None when the line says something else."""
    if index >= len(passages):
        return None
    line = passages[index]
    fits = line.open and line.short and line.words <= _LONGEST_ROLE and is_role(line.text, markers)
    return line.text if fits else None


def read_sign_off(passage: Passage, opening: Opening, markers: Markers) -> Person | None:
    """Who wrote or told the sidebar that *passage* ends: "Edna Price, 67, fruit seller", "- Ann Bell"."""
    if opening.author is not None or not passage.open or passage.words > _LONGEST_SIGN_OFF:
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
