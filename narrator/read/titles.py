"""The headline: found among the lines above the story, and its repetitions taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from narrator.read.bars import is_section, is_section_bar
from narrator.read.dates import find_dates
from narrator.read.markers import Markers
from narrator.read.names import is_name
from narrator.read.passages import Passage, fold

ECHO = "repeats the headline"
_LONGEST_TITLE = 35
_MOST_CANDIDATES = 32
"""Those further down cannot win: no score passes 14, and each place down costs 0.45."""
_READ = 40_000
"""Characters of the story that a headline's words are looked up in."""
_TELLS = 0.3
"""Part of a line's words that the story holds when the line is about it."""
_FEWEST_OWN = 6
"""Words of a headline that reads like furniture."""
_NOTHING_SHARED = 1.0
_MOTTO, _RIVAL, _LONGEST_RIVAL = 1.5, 0.4, 15
"""What a first line loses that shares no word with the story, where another line has this part of its
own words in it and no more words than a headline has."""
_STEM = 6
"""Letters of a word that are compared."""
_TOP = 8
"""Lines from the top among which a site says what it is."""
_OUTLET_CUT = re.compile(r"\s+[|~•·»–—-]\s+|\s+::\s+")


@dataclass(frozen=True, slots=True)
class _Around:
    """What a line is compared with to know whether it is the headline."""

    counts: Mapping[str, int]
    """How often each line, and each part of a short one, stands in the source."""
    tails: Sequence[str]
    """The breadcrumbs above the story."""
    lead: frozenset[str]
    """The words of its first paragraphs."""
    story: frozenset[str]
    rivalled: bool
    """Another line than the first is plainly about the story."""
    named_first: bool
    """The first line reads as a site's name."""


def find_title(passages: list[Passage], end: int, markers: Markers) -> int | None:
    """Index of the headline among the open lines before *end*; None when none will do."""
    candidates = [i for i in range(end) if _may_be_title(passages[i])][:_MOST_CANDIDATES]
    around = _read_around(passages, end, candidates, markers)
    best: tuple[float, int] | None = None
    told, under_name, rank = False, False, 0
    for index in candidates:
        passage = passages[index]
        own = _content(passage.text)
        score = _score(passages, index, around, markers) - 0.45 * rank
        if around.named_first and rank and not told and _is_above_byline(passages, index):
            score += 0.5
        if rank and any(one.part == "byline" for one in passages[candidates[0] : index]):
            score -= 0.4
        score += 1.5 * _shared(own, around.lead)
        score -= _claims(own, around.story, markers, under_name=under_name, at=index)
        if rank == 0 and around.rivalled and len(own) > 1 and not own & around.story:
            score -= _MOTTO
        # What stands under a headline tells the same story in more of its words.
        score -= 0.7 if told else 0.0
        plain = rank == 0 and passage.words >= 4 and not _is_site_like(passage, markers)
        tells = passage.words >= 5 and _shared(own, around.story) > _TELLS
        told = told or (score > 1.5 and (plain or tells))
        rank += passage.words > 2 or not is_section(passage.text, markers)
        under_name = score < 0
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best and best[0] > 0 else None


def _read_around(passages: list[Passage], end: int, candidates: list[int], markers: Markers) -> _Around:
    counts = Counter(one.key for one in passages if one.key)
    counts.update(part for one in passages[: end + 1] if one.short for part in _parts(one))
    tails = [one.key for one in passages[:end] if (not one.open and "»" in one.text) or ">" in one.text]
    prose = [one.text for one in passages[end:] if one.prose]
    story = _content(" ".join(prose)[:_READ])
    lower = (passages[index] for index in candidates[1:])
    rivals = [_shared(_content(one.text), story) for one in lower if 3 < one.words <= _LONGEST_RIVAL]
    return _Around(
        counts=counts,
        tails=tails,
        lead=_content(" ".join(prose[:3])),
        story=story,
        rivalled=max(rivals, default=0.0) >= _RIVAL,
        named_first=bool(candidates) and _is_site_like(passages[candidates[0]], markers),
    )


def find_title_in_furniture(passages: list[Passage], end: int) -> int | None:
    """Index of a headline that a phrase of furniture fits: "Have your say: what you told us"."""
    story = _content(" ".join(one.text for one in passages[end:] if one.prose)[:_READ])
    for index, passage in enumerate(passages[:end]):
        marked = any(item.furniture for item in passage.items)
        if passage.part == "furniture" and not marked and _FEWEST_OWN <= passage.words <= _LONGEST_TITLE:
            own = _content(passage.text)
            if len(own) > 1 and _shared(own, story) > _TELLS and not passage.text.endswith("."):
                return index
    return None


def _claims(
    own: frozenset[str], story: frozenset[str], markers: Markers, *, under_name: bool, at: int
) -> float:
    """What a line loses because it may be what a site says of itself, under its name or near the top.

    Headlines may be as far from the story's words, but stand alone.
    """
    lost = _NOTHING_SHARED if under_name and len(own) > 1 and not own & story else 0.0
    # "News and views from Lomar"
    publications = {word[:_STEM] for word in markers.words["publications"]}
    return lost + (1.5 if at < _TOP and (own & publications) - story else 0.0)


def _shared(own: frozenset[str], other: frozenset[str]) -> float:
    """Part of *own* words that are among the *other*, 0 for none."""
    return len(own & other) / len(own) if own else 0.0


def _may_be_title(passage: Passage) -> bool:
    return (
        passage.open and 1 <= passage.words <= _LONGEST_TITLE and passage.items[0].hint in {None, "heading"}
    )


def _score(passages: list[Passage], index: int, around: _Around, markers: Markers) -> float:
    """What a line's own form says for a headline, above 0, or against one."""
    passage = passages[index]
    words = passage.text.split()
    score = 2.0 if 4 <= passage.words <= 22 else 1.2 if passage.words == 3 else 0.3
    if around.counts.get(passage.key, 0) > 1 and passage.words >= 4:
        score += 3.0
    if is_name(passage.text, markers) and passage.words <= 3:
        score -= 1.0
    if any(tail.endswith(passage.key) for tail in around.tails):
        score += 3.0
    if passage.items[0].level is not None:
        score += 4.0 - passage.items[0].level
    if passage.closed and not passage.text.endswith(("?", "!")):
        score -= 1.5
    last = fold(words[-1])
    if (
        passage.words <= 6
        and (
            last in markers.words["outlet_words"]
            or fold(words[0])
            in markers.words["outlet_words"] - {"la", "le", "el", "die", "der", "das", "il", "o"}
        )
    ) or (passage.words <= 5 and _is_site_like(passage, markers) and _names_outlet(words, markers)):
        score -= 2.0
    if passage.words <= 4 and _is_site_like(passage, markers):
        score -= 0.5
    if find_dates(passage.text, markers):
        score -= 2.0
    if is_section_bar(passage.text, markers) or _is_masthead(passages, index, markers):
        score -= 5.0
    if _named_below(passage, passages, index):
        score -= 2.5
    return score


def _is_masthead(passages: list[Passage], index: int, markers: Markers) -> bool:
    """A publication's name, with what it says of itself or with the name again further down.

    "THE BELL TOWER - parish paper of Lomar": what stands behind the dash names the kind of publication,
    without a verb; or the few words before it come back in the footer.
    """
    name, *claim = _OUTLET_CUT.split(passages[index].text)
    words = name.split()
    if not claim or not 1 <= len(words) <= 5 or not name[:1].isupper():
        return False
    said = {fold(word) for word in " ".join(claim).split()}
    founded = bool(said & markers.words["since"]) and bool(re.search(r"\b(?:1[6-9]|20)\d\d\b", claim[-1]))
    if founded or (said & markers.words["publications"] and not said & markers.words["present"]):
        return True
    acronym = "".join(word[0] for word in claim[0].split() if word[0].isupper())
    return len(words) == 1 and name.isupper() and len(name) >= 2 and acronym == name


def _content(text: str) -> frozenset[str]:
    """The longer words of *text*, cut to the letters that are compared."""
    return frozenset(
        word[:_STEM] for word in re.findall(r"\w+", text[:3000].casefold()) if len(word) > 3 or word.isdigit()
    )


def _is_site_like(passage: Passage, markers: Markers) -> bool:
    """Few words, each with a capital, as the names of sites and sections are."""
    small = markers.words_of("name_particles", "stopwords")
    words = [re.sub(r"^[^\W_]{1,2}['’]", "", word) for word in passage.text.split()]
    words = [word for word in words if word and word.casefold() not in small]
    return passage.words <= 5 and all(
        word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3
    )


def _names_outlet(words: list[str], markers: Markers) -> bool:
    """A noun of outlets stands in it: "Le Courrier de l'Estuaire", "La Voce dello Sport"."""
    nouns = markers.words["outlet_words"] - markers.words["name_particles"] - markers.words["articles"]
    return any(fold(word) in nouns for word in words)


def _is_above_byline(passages: list[Passage], index: int) -> bool:
    return index + 1 < len(passages) and passages[index + 1].part == "byline"


def _named_below(passage: Passage, passages: list[Passage], index: int) -> bool:
    """A site's name comes back in the footer: "Posted by NAME", "© NAME"."""
    if not passage.key or passage.words > 4:
        return False
    inside = re.compile(rf"(?<!\w){re.escape(passage.key)}(?!\w)")
    lines = [*passages[index + 1 : index + 12], *passages[-25:]]
    return any(
        one is not passage
        and one.key != passage.key
        and one.words <= 25
        and not one.prose
        and inside.search(one.key)
        for one in lines
    )


def cut_outlet(title: str, outlet: str | None) -> str:
    """A headline without the outlet some pages put before or behind it.

    >>> cut_outlet("Palm oil ship sinks ~ Hot Wire", "Hot Wire")
    'Palm oil ship sinks'
    """
    if not outlet:
        return title
    name = fold(outlet)
    parts = _OUTLET_CUT.split(title)
    if len(parts) > 1:
        if fold(parts[-1]) == name:
            return title[: title.rfind(parts[-1])].rstrip(" |~•·»–—-:")
        if fold(parts[0]) == name:
            return title[len(parts[0]) :].lstrip(" |~•·»–—-:")
    if title.casefold().startswith(f"{outlet.casefold()}:"):
        return title[len(outlet) + 1 :].lstrip()
    return title


def skip_echoes(passages: list[Passage], title: str, kept: int | None) -> list[int]:
    """Skip the lines that only repeat the headline; where they stood."""
    key = fold(title)
    echoes = []
    for index, passage in enumerate(passages):
        if (
            index != kept
            and key
            and (passage.key == key or (passage.short and key in _parts(passage)))
            and passage.part == "story"
            and passage.kind in {None, "heading", "caption"}
        ):
            passage.skip(ECHO)
            echoes.append(index)
    return echoes


def _parts(passage: Passage) -> list[str]:
    """The folded parts of "Strait reopens - The Post"."""
    parts = _OUTLET_CUT.split(passage.text) if passage.words < 40 else []
    return [fold(part) for part in parts] if len(parts) > 1 else []


def cut_named_outlet(title: str, markers: Markers) -> str:
    """A headline without an outlet behind a bar or dash, known as one by its words.

    >>> from narrator.read.markers import read_markers
    >>> cut_named_outlet("Strait reopens | The Hallvik Post", read_markers("en"))
    'Strait reopens'
    """
    parts = _OUTLET_CUT.split(title)
    last = [fold(word) for word in parts[-1].split()]
    if len(parts) < 2 or not 1 <= len(last) <= 5 or len(title.split()) - len(last) < 2:
        return title
    named = last[-1] in markers.words["outlet_words"] or (
        last[0] in markers.words["outlet_words"] and len(last) <= 3
    )
    return (
        title[: title.rfind(parts[-1])].rstrip(" |~•·»–—-:") if named and parts[-1][:1].isupper() else title
    )


def first_words(text: str, count: int = 9) -> str:
    """A headline for a post without one: its first words.

    >>> first_words("It rained all night. The river rose.")
    'It rained all night'
    """
    sentence = re.split(r"(?<=[.!?…])\s", text[:400], maxsplit=1)[0].rstrip(".")
    words = sentence.split()
    return " ".join(words[:count]).rstrip(",;:–-") + ("…" if len(words) > count else "")
