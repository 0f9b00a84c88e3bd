"""What a person's name looks like in a byline, and what a role does."""

from __future__ import annotations

import re

from narrator.models import Person
from narrator.read.markers import Markers

_WORD = re.compile(r"[^\W\d_][\w.'’\-]*\Z")
_SPLIT = re.compile(r"\s*(?:[,;]|\s[|•·/–—-]\s)\s*")
_HANDLE = re.compile(r"\s*(?:@\w+|\S+@\S+\.\S+)")
_BRACKETED = re.compile(r"\s+\((?!retd?\b)([^()]{3,60})\)")
LONGEST_BYLINE = 160


def read_people(text: str, markers: Markers) -> list[Person]:
    """The people a byline names, its "By" already cut; [] when it does not read as names and roles.

    A role that follows several names is everyone's: "Ann Bell and Tom Rudd, CNN".
    """
    text = _BRACKETED.sub(r", \1", _HANDLE.sub("", text)).strip(" ,;:|.-–—")
    if not text or len(text) > LONGEST_BYLINE:
        return []
    people: list[Person] = []
    waiting = 0
    chunks = _chunks(text, markers)
    for index, chunk in enumerate(chunks):
        name, role = split_role(chunk, markers)
        # "BBC News, Port Aurel": after a role, a last name-like part is a place.
        is_place = (
            index == len(chunks) - 1
            and not role
            and bool(people)
            and people[-1].role is not None
            and not waiting
        )
        if name and is_name(name, markers) and not is_place:
            people.append(Person(name=_settle_case(name), role=role or None))
            waiting = waiting + 1 if not role else 0
            if role:
                people = _give_role(people, waiting_before(people), role)
        elif people and " by " in chunk:
            break
        elif people and is_role(chunk, markers, loose=True):
            if waiting:
                people = _give_role(people, waiting, chunk)
                waiting = 0
            else:
                people[-1] = Person(people[-1].name, f"{people[-1].role}, {chunk}")
        else:
            return []
    return people


def waiting_before(people: list[Person]) -> int:
    """How many people at the end of *people*, the last one left out, have no role yet."""
    count = 0
    for person in reversed(people[:-1]):
        if person.role:
            break
        count += 1
    return count + 1


def _give_role(people: list[Person], count: int, role: str) -> list[Person]:
    kept = people[:-count] if count else people
    return [*kept, *(Person(person.name, role) for person in people[len(kept) :])]


def _chunks(text: str, markers: Markers) -> list[str]:
    joiners = "|".join(re.escape(word) for word in markers.phrases.get("name_joiners", ()))
    parts = [part for part in _SPLIT.split(text) if part]
    chunks = []
    for part in parts:
        pieces = re.split(rf"\s+(?:{joiners})\s+", part, flags=re.IGNORECASE)
        # "Arts and culture editor" is one role, "Ann Bell and Tom Rudd" are two names.
        names = [
            is_name(split_role(piece, markers)[0], markers) or is_desk(piece, markers) for piece in pieces
        ]
        if len(pieces) > 1 and all(names):
            pieces = [piece for piece in pieces if is_name(split_role(piece, markers)[0], markers)] or pieces
            chunks.extend(pieces)
        else:
            chunks.append(part)
    opener = re.compile(rf"\A(?:{joiners})\s+", re.IGNORECASE)
    return [chunk for chunk in (opener.sub("", chunk.strip(), count=1) for chunk in chunks) if chunk]


def is_name(text: str, markers: Markers, *, single: bool = False) -> bool:
    """Whether *text* can be a person's name: two to five capitalised words, none of them a role's."""
    words = text.split()
    if words and words[-1].casefold() in {"(retd)", "(ret)", "jr", "jr.", "sr", "sr.", "md", "phd"}:
        words = words[:-1]
    if not (1 if single else 2) <= len(words) <= 6:
        return False
    capitals = 0
    for index, word in enumerate(words):
        low = word.casefold()
        if (
            low in markers.words["name_particles"]
            and index
            and not (index == len(words) - 1 and len(words) == 2)
        ):
            continue
        if not _WORD.match(word) or not word[0].isupper():
            return False
        bare = low.rstrip(".")
        if (
            bare in markers.words["desks"]
            or bare in markers.words["role_nouns"]
            or word in markers.words["agencies"]
        ):
            return False
        capitals += 1
    last = words[-1].casefold()
    if last in markers.words["outlet_words"] or words[0].casefold() in markers.words["outlet_words"]:
        return False
    if all(word.casefold() in markers.words["roles"] for word in words):
        return False  # "East Africa", before "analyst"
    first = words[0].casefold()
    if first in markers.words["stopwords"] and first not in markers.words["given_names"]:
        return False
    return capitals >= (1 if single else 2) or (capitals == 1 and len(words) > 1 and words[0].istitle())


def is_role(text: str, markers: Markers, *, loose: bool = False) -> bool:
    """Whether *text* says what somebody is, or where from: "Science editor", "BBC News, Lomar".

    Args:
        text: the part of a line that follows a name, or a line of its own under one.
        markers: the language's words.
        loose: a place or an outlet alone will do, as after "By NAME,".
    """
    words = [word.strip(".,()").casefold() for word in text.split()]
    if not words or len(words) > 14:
        return False
    nouns = markers.words["role_nouns"]
    if any(word in nouns or _ends_in_role(word, markers) for word in words):
        return True
    agencies = {name.casefold() for name in markers.words["agencies"]}
    if text.casefold().strip(" .") in agencies or any(
        word in markers.words["outlet_words"] for word in words
    ):
        return len(words) <= 8
    return loose and len(words) <= 6 and not text[:1].isdigit()


def _ends_in_role(word: str, markers: Markers) -> bool:
    # German and Dutch write "Wirtschaftsredakteurin" as one word.
    return any(word.endswith(end) and len(word) > len(end) for end in markers.phrases.get("role_endings", ()))


def split_role(chunk: str, markers: Markers) -> tuple[str, str]:
    """Name and role of a chunk that may hold both, in either order, with no comma between.

    "Daniel Frost BBC News" → ("Daniel Frost", "BBC News"); "Former England defender Kevin Strand" →
    ("Kevin Strand", "former England defender"). The role is "" when the chunk is a name only.
    """
    words = chunk.split()
    if len(words) < 3:
        return chunk, ""
    first = words[0].casefold()
    if first in markers.words["roles"] or (
        words[1][:1].islower() and first not in markers.words["given_names"]
    ):
        ahead = _role_ahead(words, markers)
        if ahead:
            return ahead
    openers = set(markers.phrases.get("role_openers", ()))
    for cut in range(2, len(words)):
        low = words[cut].casefold().strip("(")
        before = words[cut - 1]
        if before.casefold() in markers.words["name_particles"] or re.fullmatch(r"[A-Z]\.?", before):
            continue
        if low in markers.words["name_particles"] and low not in openers:
            continue
        rest = " ".join(words[cut:])
        if is_name(" ".join(words[:cut]), markers) and is_role(rest, markers, loose=low in openers):
            return " ".join(words[:cut]), rest
    return _role_ahead(words, markers) or (chunk, "")


def _role_ahead(words: list[str], markers: Markers) -> tuple[str, str] | None:
    """Name and role where the role stands first."""
    for cut in range(len(words) - 2, 0, -1):
        if words[cut - 1].casefold().strip(",") in markers.words["role_nouns"] and is_name(
            " ".join(words[cut:]), markers
        ):
            role = " ".join(words[:cut])
            return " ".join(words[cut:]), role[0].lower() + role[1:] if cut > 1 else role
    return None


def _settle_case(name: str) -> str:
    """A name set in capitals in ordinary case; any other as printed.

    >>> _settle_case("MARTA O'NEILL-DÍAZ")
    "Marta O'Neill-Díaz"
    """
    words = name.split()
    if not any(len(word.strip(".")) > 2 for word in words) or name != name.upper():
        return name
    return " ".join(
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word) if len(word.strip(".")) > 2 else word
        for word in words
    )


def is_desk(text: str, markers: Markers) -> bool:
    """Whether *text* names a newsroom, an agency or nobody rather than a person."""
    bare = text.strip(" .,:|()@")
    if not bare:
        return False
    agencies = markers.words["agencies"]
    pieces = [piece.strip() for piece in re.split(r"[/,+&]| and | und | et | y | e ", bare) if piece.strip()]
    if all(piece in agencies or piece.upper() in agencies for piece in pieces):
        return True
    words = [word.casefold().strip(".,()") for word in bare.split()]
    if len(words) > 7:
        return False
    desks = markers.words["desks"] | markers.words["outlet_words"]
    if words[-1] in markers.words["role_nouns"] and is_name(split_role(bare, markers)[0], markers):
        return False
    if len(words) == 1:
        return words[0] in markers.words["desks"]
    return (words[-1] in desks or words[0] in markers.words["desks"]) and not any(
        word in markers.words["role_nouns"] and word not in markers.words["desks"] for word in words
    )
