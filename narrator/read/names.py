"""What a person's name looks like in a byline, and what a role does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from narrator.models import Person
from narrator.read.bars import is_section
from narrator.read.given_names import is_given_name, part_names
from narrator.read.markers import Markers, read_markers

_WORD = re.compile(r"[^\W\d_](?:[.'’\-]|[^\W\d])*\Z")
_SPLIT = re.compile(r"\s*(?:[,;]|\s[|•·/–—-]\s)\s*")
_HANDLE = re.compile(r"\s*[(\[<]?(?:@\w+|[\w.+-]+@[\w-]+\.[\w.-]*\w)[)\]>]?")
_SHIFT = re.compile(
    r"\s*\((?:now|earlier|previously|(?:until|till|from|since)\s[^()]{2,20})\)", re.IGNORECASE
)
"""When somebody wrote at a live report."""
_DEGREE = re.compile(r",(?=\s(?:M\.?D|Ph\.?D|R\.?N|Esq|Jr|Sr|OBE|MBE|KC|QC)\.?(?:,|$))")
_BRACKETED = re.compile(r"\s+\((?!retd?\b)([^()]{3,60})\)")
_SUFFIXES = frozenset(
    {"(retd)", "(ret)", "jr", "sr", "md", "m.d", "phd", "ph.d", "rn", "esq", "obe", "mbe", "kc", "qc"}
)
"""What stands behind a name and is no part of it, without a full stop."""
_MOST_WORDS = 6
LONGEST_BYLINE = 160


def read_people(text: str, markers: Markers) -> list[Person]:
    """The people a byline names, its "By" already cut; [] when it does not read as names and roles.

    A role that follows several names is everyone's: "Ann Bell and Tom Rudd, CNN". One that stands
    before a name is that person's only, and so is one that opens the line: "Our man in Lomar, Tom Rudd".
    """
    text = _DEGREE.sub("", _SHIFT.sub("", _HANDLE.sub("", text)))
    text = _BRACKETED.sub(r", \1,", text).strip(" ,;:|.-–—")
    if not text or len(text) > LONGEST_BYLINE:
        return []
    people: list[Person] = []
    ahead: str | None = None
    chunks = _chunks(text, markers)
    for index, (chunk, is_joined) in enumerate(chunks):
        name, role = split_role(chunk, markers)
        waits = bool(people) and people[-1].role is None
        belongs = waits and not is_joined and is_affiliation(chunk, markers)
        # "BBC News, Port Aurel": after a role, a last name-like part is a place.
        is_place = index == len(chunks) - 1 and not role and bool(people) and not waits and not is_joined
        if name and is_name(name, markers) and not belongs and not is_place:
            role = _cut_role(role, markers)
            names = part_names(name)
            people += [Person(_settle_case(one), role or ahead) for one in names]
            if role and chunk.startswith(name):
                people = _give_role(people, role)
            ahead = None
        elif people and " by " in chunk:
            break
        elif people and is_role(chunk, markers, loose=True):
            if waits:
                people = _give_role(people, chunk)
            else:
                people[-1] = Person(people[-1].name, f"{people[-1].role}, {chunk}")
        elif not people and index < len(chunks) - 1 and _holds_role_noun(chunk, markers):
            ahead = chunk
        else:
            return []
    return people


def is_affiliation(chunk: str, markers: Markers) -> bool:
    """Whether what follows a name and a comma is the person's role, desk or outlet, though it may read
    as a name: "Te Tai Reporter", "Parish Clerk", "WKRP Lomar", "Studio Elbrup", "Bad Lomar".
    """
    words = chunk.split()
    if is_acronym(words[0].split("-")[0]) and not chunk.isupper():
        return True
    named = {word.casefold().strip(".,()") for word in words}
    known = markers.words_of("outlet_words", "institutions")
    outlet = bool(named & known - markers.words["name_particles"])
    if outlet or _holds_role_noun(words[-1], markers):
        return True
    return words[0].casefold().strip(".") in markers.words["place_openers"] and not is_given_name(words[0])


def is_acronym(word: str) -> bool:
    """Whether *word* is written in nothing but capitals, as "WKRP" or "JB2" are and initials are not.

    >>> is_acronym("WKRP"), is_acronym("J."), is_acronym("A.J.")
    (True, False, False)
    """
    letters = [char for char in word if char.isalpha()]
    return len(letters) >= 2 and not {".", " "} & set(word) and all(char.isupper() for char in letters)


def _cut_role(role: str, markers: Markers) -> str:
    """*role* without the "and" before the next name; "" for the section a blog filed the post in."""
    words = role.split()
    while words and words[-1].casefold() in markers.phrases.get("name_joiners", ()):
        words.pop()
    filed = (
        len(words) > 1 and words[0].casefold() == "in" and all(is_section(one, markers) for one in words[1:])
    )
    return "" if filed else " ".join(words)


def _give_role(people: list[Person], role: str) -> list[Person]:
    """*people* with *role* for those at the end who have none yet."""
    kept = list(people)
    for index in range(len(kept) - 1, -1, -1):
        if kept[index].role not in {None, role}:
            break
        kept[index] = Person(kept[index].name, role)
    return kept


def _chunks(text: str, markers: Markers) -> list[tuple[str, bool]]:
    """The parts of a byline, each with whether "and" or the like joins it to the one before."""
    opener, between = _joiners(markers.language)
    chunks: list[tuple[str, bool]] = []
    for part in (part for part in _SPLIT.split(text) if part):
        bare = opener.sub("", part.strip(), count=1)
        pieces = between.split(bare)
        # "Arts and culture editor" is one role, "Ann Bell and Tom Rudd" are two names.
        named = [is_name(split_role(piece, markers)[0], markers) for piece in pieces]
        if len(pieces) > 1 and all(
            ok or is_desk(piece, markers) for ok, piece in zip(named, pieces, strict=True)
        ):
            pieces = [piece for ok, piece in zip(named, pieces, strict=True) if ok] or pieces
        else:
            pieces = [bare]
        joined = bare != part.strip()
        chunks.extend((piece, joined or index > 0) for index, piece in enumerate(pieces) if piece)
    return chunks


@cache
def _joiners(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for "and" and the like before the last name, and between two."""
    words = "|".join(re.escape(word) for word in read_markers(language).phrases.get("name_joiners", ()))
    return re.compile(rf"\A(?:{words})\s+", re.IGNORECASE), re.compile(rf"\s+(?:{words})\s+", re.IGNORECASE)


def is_name(text: str, markers: Markers, *, single: bool = False) -> bool:
    """Whether *text* can be a person's name: two to five capitalised words, none of them a role's.

    Args:
        text: a few words.
        markers: the language's words.
        single: one word will do.
    """
    words = text.split()
    if words and words[-1].casefold().rstrip(".") in _SUFFIXES:
        words = words[:-1]
    if not (1 if single else 2) <= len(words) <= _MOST_WORDS:
        return False
    named = [index for index in range(len(words)) if not _is_particle(index, words, markers)]
    for index in named:
        word = words[index]
        if not _WORD.match(word) or not word[0].isupper():
            return False
        if _is_title_or_desk(word, markers) and not _is_persons(index, words, markers):
            return False
    if _is_outlet_or_place(words, markers) or _opens_small(words[0], markers):
        return False
    return len(named) >= (1 if single else 2) or (len(named) == 1 and len(words) > 1 and words[0].istitle())


def _is_particle(index: int, words: list[str], markers: Markers) -> bool:
    """A small word inside a name, as "de" is; the second of two words is none."""
    ends_pair = index == len(words) - 1 and len(words) == 2
    return index > 0 and not ends_pair and words[index].casefold() in markers.words["name_particles"]


def _is_outlet_or_place(words: list[str], markers: Markers) -> bool:
    """ "The Courier", or "East Africa" before "analyst"."""
    outlets, roles = markers.words["outlet_words"], markers.words["roles"]
    if words[0].casefold() in outlets or words[-1].casefold() in outlets:
        return True
    return all(word.casefold() in roles for word in words)


def _opens_small(word: str, markers: Markers) -> bool:
    """An article, a pronoun or another small word, and no given name that is spelled like one."""
    first = word.casefold()
    small = markers.words_of("stopwords", "pronoun_openers", "articles")
    return first in small and first not in markers.words["given_names"]


def _is_title_or_desk(word: str, markers: Markers) -> bool:
    bare = word.casefold().rstrip(".")
    nobody = markers.words_of("desks", "role_nouns", "institutions")
    return bare in nobody or word in markers.words["agencies"]


def _is_persons(index: int, words: list[str], markers: Markers) -> bool:
    """The role's noun is a name as well: "Dean Bell", "Ingo Arzt", with a given name in front."""
    if is_given_name(words[index]):
        return True
    plain = words[index].casefold() not in markers.words_of("roles", "desks")
    surname = index == 1 and len(words) == 2 and is_given_name(words[0])
    return surname and plain and words[index] not in markers.words["agencies"]


def is_bare_name(text: str, markers: Markers) -> bool:
    """Whether *text* can be a name though nothing announces one: no button, section or acronym.

    >>> from narrator.read.markers import read_markers
    >>> [is_bare_name(name, read_markers("en")) for name in ("Ann Bell", "Buy Now", "WKR Western Plains")]
    [True, False, False]
    """
    words = text.split()
    if any(char.isdigit() for char in text):
        return False
    if not is_name(text, markers) or (is_acronym(words[0]) and len(words[0]) < 5 and not text.isupper()):
        return False
    named = [word.casefold() for word in words]
    buttons = sum(1 for word in named if word in markers.words["interface"])
    # "State Politics", "Md. Politics"
    return is_given_name(words[0]) or (buttons == 0 and not is_section(named[-1], markers))


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
    if _holds_role_noun(text, markers):
        return True
    if text.casefold().strip(" .") in _agencies(markers.language) or _names_outlet(text, markers):
        return len(words) <= 8
    return loose and len(words) <= 6 and not text[:1].isdigit()


@cache
def _agencies(language: str) -> frozenset[str]:
    return frozenset(map(str.casefold, read_markers(language).words["agencies"]))


def _holds_role_noun(text: str, markers: Markers) -> bool:
    nouns, endings = markers.words["role_nouns"], markers.phrases.get("role_endings", ())
    # German and Dutch write "Wirtschaftsredakteurin" as one word.
    return any(
        word in nouns or (word.endswith(endings) and word not in endings) for word in _bare(text.split())
    )


def _bare(words: Iterable[str]) -> list[str]:
    """*words* in small letters, without the marks around them."""
    return [word.strip(".,()").casefold() for word in words]


def _names_outlet(text: str, markers: Markers) -> bool:
    """A word of outlets' names, or an article that opens one: "El Faro", but not "an der Rute"."""
    words = text.split()
    articles, named = markers.words["articles_of_outlets"], markers.words["outlet_words"]
    if any(word in named and word not in articles for word in _bare(words)):
        return True
    return words[0].casefold() in articles and 2 <= len(words) <= 3 and all(one[0].isupper() for one in words)


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
    """A name set in capitals, or whose surname is, in ordinary case; any other as printed.

    >>> _settle_case("MARTA O'NEILL-DÍAZ"), _settle_case("Yann LE GOAREC"), _settle_case("Ann Bell MBE")
    ("Marta O'Neill-Díaz", 'Yann Le Goarec', 'Ann Bell MBE')
    """
    words = name.split()
    shouted = [word.isupper() and len(word.strip(".")) > 2 for word in words]
    if all(word.isupper() for word in words) and any(shouted):
        first = 0
    elif shouted[-1] and len(words[-1]) > 3 and not words[0].isupper():
        named = (index for index, word in enumerate(words) if word.isupper() and "." not in word)
        first = next(named, len(words))
    else:
        return name
    return " ".join(
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
        if index >= first and (shouted[index] or first)
        else word
        for index, word in enumerate(words)
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
    words = _bare(bare.split())
    if len(words) > 7:
        return False
    desks = markers.words_of("desks", "outlet_words")
    if words[-1] in markers.words["role_nouns"] and is_name(split_role(bare, markers)[0], markers):
        return False
    if len(words) == 1:
        return words[0] in markers.words["desks"]
    # "La rédaction", but not every line that begins with an article.
    first = next((word for word in words if word not in markers.words["stopwords"]), words[0])
    return (words[-1] in desks or first in markers.words["desks"]) and not any(
        word in markers.words["role_nouns"] and word not in markers.words["desks"] for word in words
    )
