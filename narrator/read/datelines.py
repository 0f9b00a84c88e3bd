"""What stands before the first sentence of a story and is no part of it: "LONDON, Sept 18 (Reuters) - "."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrator.read.dates import find_dates
from narrator.read.markers import Markers
from narrator.read.passages import Passage, fold

if TYPE_CHECKING:
    from narrator.read.head import Head

_DASH = r"(?:\s+[-–—―]{1,2}\s*|[-–—―]{1,2}\s+|—|--)"
_CAPITAL = r"[^\W\d_a-z]"
_SMALL_INSIDE = r"(?:de|del|da|do|dos|di|la|le|les|los|las|sur|am|an|der|bei|im|in|el|al|upon|of)"
_PLACE = rf"(?:{_CAPITAL}[\w.'’-]*(?:[\s/-](?:{_SMALL_INSIDE}|{_CAPITAL}[\w.'’-]*)){{0,4}})"
_OPENS = r"(?=[\"“„«'‘]?[^\W_a-z]|\d)"
"""A sentence begins here."""
_DASH_AFTER = re.compile(r"\)\.?\s*[-–—―]+\s*\Z")
_AGENCY = re.compile(
    rf"^\(?(?:{_PLACE})?[^()\n]{{0,60}}\([^()]{{2,40}}\)\s*(?:[.,:]?\s*{_DASH}|\.\s*[-–—]?|:)?\s*{_OPENS}"
)
_PAREN_FIRST = re.compile(rf"^\(([^()]{{2,30}})\)\s*(?:{_DASH})?\s*{_OPENS}")
_SLASHED = re.compile(rf"^[^\n]{{0,80}}?\s/[A-Z][\w\s-]{{2,25}}/\s*[-–—.]{{0,2}}\s*{_OPENS}")
_DASHED = re.compile(rf"^(?P<head>[^\n!?;:\"“”«»]{{2,70}}?){_DASH}{_OPENS}")
_CAPS = rf"{_CAPITAL}[^\Wa-z\d]+(?:[ -]{_CAPITAL}[^\Wa-z\d]+){{0,2}}"
_CAPS_COLON = re.compile(rf"^(?P<head>{_CAPS}|{_CAPITAL}\w+(?:\s{_CAPITAL}\w+)?):\s+{_OPENS}")
_AGENCY_DOT = re.compile(rf"^(?P<agency>[A-Z][A-Za-z]{{1,12}})\s*[.:]\s?[-–—]\s*{_OPENS}")
_CAPS_DOT = re.compile(rf"^(?P<head>{_CAPS})\.\s?[-–—]?\s+(?=[\"“„«'‘]?{_CAPITAL}\S*\s+[\W\da-zà-ÿ])")
_ONE_WORD_COLON = re.compile(rf"({_CAPITAL}\w{{2,}}): ")
_IN_BRACKETS = re.compile(r"\(([^()]{2,30})\)")
_BAR = re.compile(rf"^\|?\s*(?P<head>{_CAPITAL}[\w.\s'’-]{{1,40}}?)\s*\|\s+{_OPENS}")


def cut_dateline(text: str, markers: Markers, *, names: frozenset[str] = frozenset()) -> str:
    """The first paragraph without its dateline or outlet prefix; *text* itself when it has none.

    Args:
        text: the paragraph.
        markers: the language's words.
        names: folded words that the story calls a place or the page calls itself, which tells
            "Mumbai: Police have …" from "Marsh fire: Police have …".

    >>> from narrator.read.markers import read_markers
    >>> cut_dateline("LONDON, Sept 18 (Reuters) - The ship is free.", read_markers("en"))
    'The ship is free.'
    """
    head = text[:140]
    for pattern in (_PAREN_FIRST, _AGENCY):
        match = pattern.match(head)
        if match and _is_dateline(match[0], markers):
            rest = text[match.end() :]
            more = _DASHED.match(rest[:100])
            # ANSA: "(ANSA) - ROMA, 12 MAR - Il governo …"
            if more and more["head"].upper() == more["head"]:
                rest = rest[more.end() :]
            return rest
    for pattern in (_SLASHED, _AGENCY_DOT):
        match = pattern.match(head)
        if match and (pattern is _SLASHED or match["agency"] in markers.words["agencies"]):
            return text[match.end() :]
    match = _DASHED.match(head)
    if match and (fold(match["head"]) in names or _is_place_or_outlet(match["head"], markers)):
        return text[match.end() :]
    match = _CAPS_DOT.match(head)
    if match and match["head"] == match["head"].upper():
        return text[match.end() :]
    for pattern in (_CAPS_COLON, _BAR):
        match = pattern.match(head)
        if match and _is_colon_place(match["head"], markers, names):
            return text[match.end() :]
    return text


def _is_dateline(prefix: str, markers: Markers) -> bool:
    """A bracket that holds an agency or an outlet, after nothing but a place and a date."""
    inner = re.search(r"\(([^()]*)\)", prefix)
    before = prefix[: prefix.find("(")].strip(" ,-–—")
    if not inner or not _is_place_or_outlet(before, markers, empty=True):
        return False
    name = inner[1].strip()
    agencies = markers.words["agencies"]
    if any(piece.strip() in agencies for piece in re.split(r"[/,]|\s-\s", name)) or name.upper() == name:
        return True
    words = name.casefold().split()
    if any(word in markers.words["outlet_words"] for word in words):
        return True
    if before and len(words) == 1 and _DASH_AFTER.search(prefix):
        return True  # an agency that no list knows: "Wendlingen (dpk) -"
    return before.upper() == before and len(before) > 2 and len(words) <= 3


def _is_place_or_outlet(head: str, markers: Markers, *, empty: bool = False) -> bool:
    """A place, a place with a date, or a name written as one: hardly a small letter in it."""
    words = [word for word in re.split(r"[\s,/]+", head.strip(" ,.")) if word]
    if not words:
        return empty
    if len(words) > 9:
        return False
    small = 0
    for word in words:
        bare = word.casefold().strip(".,")
        if word[0].isdigit() or bare in markers.months or bare in markers.weekdays:
            continue
        if bare in markers.words_of("name_particles", "place_particles"):
            continue
        if bare in markers.words["stopwords"] or bare in markers.words["honorifics"]:
            return False
        small += not word[0].isupper()
    return small == 0 and len(words) <= (9 if "," in head else 5)


def _is_colon_place(head: str, markers: Markers, names: frozenset[str]) -> bool:
    words = head.split()
    if len(words) > 3 or any(word.casefold() in markers.words["stopwords"] for word in words):
        return False
    return (head.upper() == head and len(head) > 3) or head.casefold() in names


def cut_datelines(
    passages: list[Passage], head: Head, markers: Markers, *, outlet: str | None = None
) -> None:
    """Cut the prefix of the story's first paragraph; a date in it counts when nothing else gave one."""
    for passage in passages[head.start :]:
        plain = passage.part == "story" and passage.kind in {None, "paragraph"} and not passage.short
        if not plain or passage.items[0].hint not in {None, "paragraph"}:
            continue
        above = {one.key for one in passages[: head.start] if 1 <= one.words <= 6 and one.part != "title"}
        names = frozenset({outlet.casefold(), *above} if outlet else above)
        if place := _place_before_colon(passage, passages, head):
            names |= {place}
        cut = cut_dateline(passage.text, markers, names=names)
        if cut != passage.text:
            prefix = passage.text[: len(passage.text) - len(cut)]
            head.dates.extend(find_dates(prefix, markers) if not head.dates else ())
            passage.set_text(cut, "dateline cut")
            _cut_signature(passages[head.start :], prefix)
        return


def _place_before_colon(first: Passage, passages: list[Passage], head: Head) -> str | None:
    """The one word before a colon that is a proper name of the story's, folded: "Lomar: Police have …".

    It stands again in the headline or the story, never in small letters, and before no other paragraph,
    as a speaker's name would.
    """
    match = _ONE_WORD_COLON.match(first.text)
    if match is None:
        return None
    word = match[1]
    rest = [one for one in passages if one is not first and one.part in {"story", "title"}]
    texts = [one.text for one in rest if one.words > 2] + [first.text[match.end() :]]
    named = re.compile(rf"\b{re.escape(word)}\b")
    told = any(named.search(text) for text in texts)
    common = any(word.lower() in text.split() for text in texts)
    speaks = any(one.text.startswith(f"{word}:") for one in rest)
    return word.casefold() if told and not common and not speaks else None


def _cut_signature(story: list[Passage], dateline: str) -> None:
    """Cut the agency of the *dateline* from behind the last sentence, where some agencies put it again."""
    bracket = _IN_BRACKETS.search(dateline)
    last = next((one for one in reversed(story) if one.part == "story" and one.prose), None)
    if bracket is None or last is None or last.kind not in {None, "paragraph"}:
        return
    signature = re.compile(rf"(?<=[.!?…\"”»])\s*\(?{re.escape(bracket[1].strip())}\)?[.\s]*$")
    if signature.search(last.text):
        last.set_text(signature.sub("", last.text), "agency's sign-off cut")
