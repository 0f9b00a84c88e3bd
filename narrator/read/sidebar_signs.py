"""What a paragraph near a sidebar says of whose it is: signs of reporting, and of another voice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from narrator.models import SidebarKind
from narrator.read.address import speaks_politely
from narrator.read.markers import VOICE_WORDS, Markers
from narrator.read.passages import Passage

_LONGEST_READ = 2_000
_QUOTED = re.compile(r"[\"“„«»][^\"“”„«»]{2,600}[\"”“»«]")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_NAME = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?:\s(?:de|da|do|dos|del|di|du|van|von|bin|al|el|la|le)\b)?"
    r"(?:\s[^\W\d_a-z]\.?(?=\s))*(?:\s[^\W\d_a-z][\w’'-]+)+"
)
_AFTER_NAME = re.compile(r"\s?[,(]|['’]s\b|\s[^\W\d_]+(?:ed|s|d|te|ó|ou|a|é|t)\b")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»’)]*\s+")
_SOURCED = frozenset(
    {"reporting", "weak_reporting", "attributed_quote", "quote", "known_person", "known_person_titled"}
)
_DIALOGUE = re.compile(r"(?:[QAPRFD]|[^\W\d_a-z][^\W\d_]{4,8})\s?:\s(?=\S)|Q\.\s(?=\S)")
"""A question or an answer: "Q: …", "Frage: …", "Q. …"."""
_YEAR = re.compile(r"(?<![\d.,-])(1[5-9]\d\d|20\d\d)(?![\d,])")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sidebar stands in: what the story had said before it began, and its own heading."""

    surnames: frozenset[str] = frozenset()
    """Last names of the people the story had introduced, folded."""
    words: frozenset[str] = frozenset()
    """The story's longer words, cut to six letters."""
    speaks_now: bool = False
    """The story reports what people say in the present tense."""
    subject: frozenset[str] = frozenset()
    """The heading's longer words, cut to six letters."""
    kind: SidebarKind = "other"
    parted: bool = True
    """Blank lines part the story's paragraphs."""
    argued: bool = False
    """It is an opinion: somebody's name, or a word for one, stands above the sidebar."""


def read_setting(
    passages: Sequence[Passage], heading: str, kind: SidebarKind, markers: Markers, *, authored: bool
) -> Setting:
    """What a sidebar under *heading* stands in.

    Args:
        passages: those of the story before it.
        heading: its heading, without the author's name.
        kind: what its heading announces.
        markers: the language's words.
        authored: its author is named above it.
    """
    surnames: set[str] = set()
    words: set[str] = set()
    now = then = 0
    for passage in passages[-60:]:
        text = passage.text[:_LONGEST_READ]
        surnames.update(name.split()[-1].casefold() for name in find_names(text, markers))
        words.update(_stems(text))
        said = markers.words["reporting"].intersection(_TOKEN.findall(text.casefold()))
        now += bool(said & markers.words["reporting_now"])
        then += bool(said - markers.words["reporting_now"])
    subject = {
        word[:6]
        for word in _TOKEN.findall(heading.casefold())
        if len(word) > 3 and word not in markers.words["stopwords"] and word not in markers.label_words
    }
    return Setting(
        frozenset(surnames),
        frozenset(words),
        speaks_now=now > then,
        subject=frozenset(subject),
        kind=kind,
        parted=2 * sum(one.gap == "line" for one in passages) < len(passages),
        argued=authored or kind == "analysis",
    )


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _TOKEN.findall(text.casefold()) if len(word) > 4)


def read_signs(blocks: Sequence[Passage], index: int, setting: Setting, markers: Markers) -> dict[str, float]:
    """What speaks for (by the weight's sign) block *index* being the story's, each 0 to 1."""
    block = blocks[index]
    if block.kind == "caption":
        return {}
    if block.kind == "list-item":
        # A list counts once, however long it is.
        begins = index == 0 or blocks[index - 1].kind != "list-item"
        return {"list_item": 1.0} if begins else {}
    signs: dict[str, float] = {"bias": 1.0}
    if index and block.gap == "line" and setting.parted:
        signs["tight"] = 1.0
    if any(one.kind == "list-item" for one in blocks[:index]):
        signs["after_list"] = 1.0
    signs.update(_voice_signs(block, setting, markers))
    signs.update(_cohesion_signs(block.text[:_LONGEST_READ], blocks[:index], setting, markers))
    return signs


def _voice_signs(block: Passage, setting: Setting, markers: Markers) -> dict[str, float]:
    """What *block* says and how, whatever stands around it."""
    text = block.text[:_LONGEST_READ]
    plain = _QUOTED.sub(" ¤ ", text)
    # "US" is no pronoun.
    tokens = [
        token.casefold().replace("’", "'")
        for token in _TOKEN.findall(plain)
        if len(token) < 2 or not token.isupper()
    ]
    tokens, by_staff = _cut_own_staff(tokens, markers)
    signs = _word_signs(tokens, plain, markers)
    if by_staff:
        signs["reporting"] = 1.0
    if speaks_politely(plain, markers):
        signs["second_person"] = 1.0
    signs.update(_quote_signs(tokens, plain, setting, markers, reported="reporting" in signs))
    signs.update(_people_signs(plain, setting, markers))
    signs.update(_kind_signs(signs, setting, pronoun=opens_with_pronoun(block, markers)))
    found = {
        "subject": bool(setting.subject & {word[:6] for word in tokens}),
        "profile_life": setting.kind == "profile" and bool(markers.words["life"].intersection(tokens)),
        "unsourced": not signs.keys() & _SOURCED and not setting.argued,
        "dialogue": _DIALOGUE.match(text) is not None,
        "year": _YEAR.search(plain) is not None,
    }
    signs.update({name: 1.0 for name, is_so in found.items() if is_so})
    signs.update(_sentence_signs(plain, tokens, markers))
    return signs


def _cut_own_staff(tokens: list[str], markers: Markers) -> tuple[list[str], bool]:
    """*tokens* without "our correspondent", and whether it was there.

    So a newspaper calls who reported it: that is reporting, and no "our" of an author's own.
    """
    own, nouns = markers.words["own_staff"], markers.words["staff_nouns"]
    places = {
        index for index, (one, following) in enumerate(pairwise(tokens)) if one in own and following in nouns
    }
    return [token for index, token in enumerate(tokens) if index not in places], bool(places)


def _quote_signs(
    tokens: list[str], plain: str, setting: Setting, markers: Markers, *, reported: bool
) -> dict[str, float]:
    if "¤" not in plain:
        return {}
    signs = {"attributed_quote" if reported else "quote": 1.0}
    said = markers.words["reporting"].intersection(tokens)
    if said and said <= markers.words["reporting_now"] and not setting.speaks_now:
        signs["speaks_now"] = 1.0
    return signs


def _kind_signs(signs: Mapping[str, float], setting: Setting, *, pronoun: bool) -> dict[str, float]:
    """What signs mean otherwise in sidebars of a kind: a profile is about somebody the story knows."""
    if setting.argued:
        wanted = {f"argued_{name}": name in signs for name in ("reporting", "present", "past")}
    elif setting.kind == "profile":
        wanted = {
            "profile_known": bool({"known_person", "known_person_titled"} & signs.keys()),
            "profile_past": "past" in signs,
            "profile_pronoun": pronoun,
        }
    elif setting.kind == "scene":
        wanted = {"scene_voice": "attributed_quote" in signs}
    else:
        wanted = {"told_past": "past" in signs, "told_present": "present" in signs}
    return {name: 1.0 for name, is_so in wanted.items() if is_so}


def _word_signs(tokens: list[str], plain: str, markers: Markers) -> dict[str, float]:
    words = markers.words
    counts = {name: sum(1 for token in tokens if token in words.get(name, ())) for name in VOICE_WORDS}
    signs = {
        name: 1.0
        for name in ("reporting", "weak_reporting", "event", "first_person", "second_person")
        if counts[name]
    }
    if counts["hedges"]:
        signs["hedges"] = min(3, counts["hedges"]) / 3
        if not counts["reporting"]:
            signs["own_view"] = 1.0
    # "He sat down", "the sun": short names of days are words too.
    if any(len(token) > 3 and token in words["weekdays"] for token in tokens) or any(
        token in markers.months and len(token) > 3 and token != "may" for token in tokens
    ):
        signs["day"] = 1.0
    endings = markers.phrases.get("past_endings", ())
    counts["past"] += (
        sum(1 for token in tokens if len(token) > 4 and token.endswith(tuple(endings))) if endings else 0
    )
    if counts["past"] > counts["present"]:
        signs["past"] = 1.0
    elif counts["present"] > counts["past"]:
        signs["present"] = 1.0
    if "?" in plain or "¿" in plain:
        signs["question"] = 1.0
    if any(char.isdigit() for char in plain):
        signs["number"] = 1.0
    return signs


def _people_signs(plain: str, setting: Setting, markers: Markers) -> dict[str, float]:
    signs: dict[str, float] = {}
    tokens = plain.split()
    honorifics = markers.words["honorifics"]
    for index, token in enumerate(tokens[:60]):
        bare = token.strip(".,;:()¤\"'’").casefold()
        if bare.endswith(("'s", "’s")):
            bare = bare[:-2]
        if not token[:1].isupper() or bare not in setting.surnames:
            continue
        titled = index > 0 and tokens[index - 1].strip(".").casefold() in honorifics
        if index < 7:
            signs["known_person_first"] = 1.0
        signs["known_person_titled" if titled else "known_person"] = 1.0
    if any(name.split()[-1].casefold() not in setting.surnames for name in find_names(plain[:300], markers)):
        signs["new_person"] = 1.0
    return signs


def find_names(text: str, markers: Markers) -> list[str]:
    """What reads as people's full names in running text."""
    names = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        opens = not text[: match.start()].rstrip("\"'“„«»¤ ") or text[: match.start()].rstrip()[-1:] in ".!?…"
        # "While Moscow …" opens a sentence as a name would.
        if opens and len(words) == 2 and not _AFTER_NAME.match(text, match.end()):
            continue
        if markers.language == "de" and " von " in match[0]:
            continue  # German nouns have capitals too: "Reste von Pflanzen"
        if any(word.isupper() and 1 < len(word) < 5 for word in words):
            continue
        while (
            len(words) > 2 and words[0].casefold() in markers.words["stopwords"] | markers.words["honorifics"]
        ):
            words.pop(0)
        first = words[0].casefold()
        if (
            first in markers.words["stopwords"] | markers.words["place_particles"]
            or words[-1].isupper()
            or len(words[-1]) < 3
        ):
            continue
        if (
            words[-1].casefold() in markers.words["outlet_words"]
            or words[-1].casefold() in markers.words["weekdays"]
        ):
            continue
        names.append(" ".join(words))
    return names


def _sentence_signs(plain: str, tokens: list[str], markers: Markers) -> dict[str, float]:
    signs: dict[str, float] = {}
    low = plain.casefold().lstrip("¤ ,")
    if any(low.startswith((f"{opener} ", f"{opener},")) for opener in markers.words["resumes"]):
        signs["resumes"] = 1.0
    if tokens and any(low.startswith((f"{opener} ", f"{opener},")) for opener in markers.words["turns"]):
        signs["turns"] = 1.0
    sentences = [one for one in _SENTENCE.split(plain) if one.strip()]
    if sentences and min(len(one.split()) for one in sentences) <= 5 and len(sentences) > 1:
        signs["short_sentence"] = 1.0
    return signs


def asks(block: Passage) -> bool:
    """Whether *block* is a question that the next one must answer."""
    return block.text.endswith("?") and (block.words <= 20 or bool(_DIALOGUE.match(block.text)))


def opens_with_pronoun(block: Passage, markers: Markers) -> bool:
    """Whether *block* speaks of somebody the block before it named."""
    first, *others = [word.strip('"“«,').casefold() for word in block.text.split(" ", 3)[:3]]
    return first in markers.words["pronoun_openers"] or any(
        word in markers.words["subject_pronouns"] for word in others
    )


def _cohesion_signs(
    text: str, inside: Sequence[Passage], setting: Setting, markers: Markers
) -> dict[str, float]:
    stems = _stems(text)
    if not stems:
        return {}
    box = {stem for block in inside[-6:] for stem in _stems(block.text[:_LONGEST_READ])}
    with_story = len(stems & setting.words) / len(stems)
    with_box = len(stems & box) / len(stems)
    signs = {"like_story": min(1.0, 2 * with_story), "like_box": min(1.0, 2 * with_box)}
    # "The protesters …": what the story spoke of and the sidebar did not.
    article, *rest = _TOKEN.findall(text[:80].casefold())[:2]
    if rest and article in markers.words["articles"] and rest[0][:6] in setting.words - box:
        signs["takes_up"] = 1.0
    return signs
