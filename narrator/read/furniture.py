"""Lines that are part of the page and not of the story, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from narrator.read.bars import is_buttons, is_section_bar
from narrator.read.bylines import read_meta
from narrator.read.calls import is_call, opens_as_call, split_sentences
from narrator.read.markers import Markers
from narrator.read.passages import LONGEST_SIGN, Passage, fold

REASONS = {
    "share": "share buttons",
    "navigation": "navigation",
    "sections": "navigation",
    "comments": "readers' comments",
    "related": "links to other stories",
    "newsletter": "call to subscribe or write in",
    "advertisement": "advertisement",
    "legal": "legal notice or site footer",
    "copyright": "copyright notice",
    "tags": "tags and categories",
    "counts": "reading time or counts",
    "credits": "credits of contributors",
    "tagline": "about the author",
    "contact": "contact line of a press release",
    "summary": "summary that repeats the story",
    "ornament": "ornament",
    "address": "address or tag",
    "end": "after the story's end",
    "box_end": "end of a box",
}
"""What the ledger says for each section of the tables."""

_AT_THE_ENDS = frozenset({"sections", "tagline", "contact", "credits"})
"""Sections whose phrases count only above and below the story."""
_LONGEST_BUTTON, _LONGEST_OFFER, _LONGEST_APPEAL = 5, 20, 40
"""Words of a button, of a line that says what a call offers, and of one under a call that heads its lines."""
_MOST_SAID = 60
"""Words of a line whose sentences are looked at one by one."""
_CRUMBS = re.compile(r"\s*(?:»|›|>|→|::|/|\||•|·)\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PATH = re.compile(r"\s*[»›>→]\s*|\s+(?:::|/)\s+")
_NEAR = 30
"""Lines below a breadcrumb among which its headline stands."""
_COUNT = re.compile(r"\s*\(\d[\d.,k]* [^()]{2,20}\)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:[#@]\w+[\s,]*)+")
_CONTACT = re.compile(r"\S+@\S+\.\w+|(?<!\w)\+\d[\d\s()/-]{6,}\d")
"""An e-mail address or a telephone number with its country."""
_LONGEST_CONTACT = 14
_INITIALS = re.compile(r"[a-zäöü]{2,4}(?:/[a-zäöü]{2,4}){0,3}\s?\([^()]{2,40}\)")
"""Who edited an agency's report: "lv/hk (dpa, afp)"."""
_BARS = re.compile(r"\s+[|•·]\s+")
_LINK_SIGN = re.compile(r"[:|]")
_BRACKETED_LINK = re.compile(
    r"\[\s?(?:\[[^\[\]]{2,30}\]\s)?(?!\w+:)[^\W_][^\[\]\s]*(?:\s[^\[\]\s]+){3,}(?<![.!?…])\s?\]"
)
"""A headline alone in brackets, of four words or more, as some papers set their links; behind a label in
brackets of its own, too: "[ [Don't miss] The bars worth the drive » ]"."""


def mark_furniture(passages: list[Passage], markers: Markers) -> None:
    """Skip every line that is furniture wherever it stands."""
    for passage in passages:
        reason = next((item.furniture for item in passage.items if item.furniture), None)
        if reason:
            passage.skip(reason)
        elif passage.open and not passage.sidebar:
            section = find_section(passage, markers)
            if section and section not in _AT_THE_ENDS:
                passage.skip(REASONS[section])
    _skip_with_calls(passages, markers)
    for above, button in pairwise(passages):
        # "Get the news of the harbour" over "Subscribe for free"
        called = above.open and above.short and opens_as_call(above.text, markers)
        if called and button.reason == REASONS["newsletter"] and button.words <= _LONGEST_BUTTON:
            above.skip(REASONS["newsletter"])


def _skip_with_calls(passages: list[Passage], markers: Markers) -> None:
    """Skip the lines that are set together with a call to subscribe, without a blank line between them.

    "Sign up to Afternoon Update" has what that is right under it, and a provider's name stands right over
    the question for consent. A line that names a person or a date, or a caption's credit, is no such line.
    """
    for start, group in _read_groups(passages):
        called = [at for at, one in enumerate(group) if one.reason == REASONS["newsletter"]]
        if not called or not any(one.prose for one in passages[:start]):
            continue
        for at, one in enumerate(group):
            longest = _LONGEST_OFFER if at > called[0] else _LONGEST_BUTTON
            if called[0] == 0 and group[0].words <= _LONGEST_BUTTON:
                longest = _LONGEST_APPEAL
            if one.open and one.words <= longest and not read_meta(one.text, markers, bare_names=True):
                one.skip(REASONS["newsletter"])


def _read_groups(passages: list[Passage]) -> Iterator[tuple[int, list[Passage]]]:
    """Where two or more lines of text begin that no blank line parts, with these lines."""
    start = 0
    for index in range(1, len(passages) + 1):
        if index == len(passages) or passages[index].gap != "line":
            if index - start > 1 and isinstance(passages[start].items[0].where, int):
                yield start, passages[start:index]
            start = index


def content_words(text: str) -> set[str]:
    """The words of *text* that carry its matter, cut short so that their endings do not count."""
    return {
        word[:7] for word in re.findall(r"\w+", text[:4000].casefold()) if len(word) > 4 or word.isdigit()
    }


def skip_link_lists(passages: list[Passage]) -> None:
    """Skip the lists that are nothing but links, of which pages put some between their paragraphs."""
    for is_list, members in groupby(passages, key=_is_linked_item):
        run = list(members)
        if is_list and len(run) > 1:
            for one in run:
                one.skip(REASONS["related"])


def _is_linked_item(passage: Passage) -> bool:
    item = passage.items[0]
    linked = item.hint == "list-item" and item.link_share > 0.85 and item.original is None
    return linked and passage.part == "story" and passage.words > 3


def find_section(passage: Passage, markers: Markers) -> str | None:
    """The section of furniture phrases that *passage* as a whole belongs to."""
    if not passage.text or not any(char.isalnum() for char in passage.text[:200]):
        return "ornament"
    if not passage.key:
        return None
    if passage.text.startswith("©"):
        return "copyright"
    book = markers.furniture_in_prose if passage.prose else markers.furniture
    section = book.find(passage.key) or book.find(_unbracketed(passage.key))
    if section and not (passage.prose and section == "related" and not _LINK_SIGN.search(passage.key[:30])):
        return section
    if _BRACKETED_LINK.fullmatch(passage.text) and not markers.notes.find(passage.key.strip("[] ")):
        return "related"
    if _ADDRESS.fullmatch(passage.text):
        return "address"
    if is_call(passage.text, markers):
        return "newsletter"
    if passage.closed and passage.words <= _MOST_SAID and (section := _said_in_each(passage.text, markers)):
        return section
    if passage.short and passage.words <= _LONGEST_CONTACT and _CONTACT.search(passage.text):
        return "contact"
    if _INITIALS.fullmatch(passage.text):
        return "credits"
    if section := _said_in_parts(passage, markers):
        return section
    if (passage.short or passage.text.endswith(("...", "…"))) and passage.items[0].hint is None:
        if is_buttons(passage.text, markers):
            return "share"
        if is_section_bar(passage.text, markers):
            return "sections"
    items = passage.items
    if len(items) == 1 and items[0].link_share > 0.85 and not passage.closed and items[0].hint is None:
        return "related"
    return None


def _unbracketed(key: str) -> str:
    """What stands inside brackets from end to end: "(Reporting by …)"; "" for anything else."""
    return key[1:-1] if (key[:1], key[-1:]) in {("(", ")"), ("[", "]")} else ""


def _said_in_parts(passage: Passage, markers: Markers) -> str | None:
    """The section of the first part of a row with bars, where each part is furniture by itself."""
    parts = _BARS.split(passage.text) if passage.words <= _MOST_SAID else []
    if len(parts) < 2:
        return None
    found = [markers.furniture.find(fold(part)) for part in parts]
    return found[0] if all(found) and not passage.sure else None


def _said_in_each(text: str, markers: Markers) -> str | None:
    """The section of a line's last sentence, where each of its sentences is furniture by itself."""
    sentences = split_sentences(text)
    if len(sentences) < 2:
        return None
    found = [markers.furniture_in_prose.find(fold(one)) for one in sentences]
    return found[-1] if all(found) else None


def is_crumbs(text: str, markers: Markers) -> bool:
    """Whether a line is a breadcrumb or a bar of sections: "Home » World » Title".

    >>> from narrator.read.markers import read_markers
    >>> is_crumbs("Accueil > Économie > Transports", read_markers("fr"))
    True
    """
    heads = {fold(word) for word in markers.phrases["nav_heads"]}
    dashed = text[:250].split(" - ")
    if len(dashed) > 2 and fold(dashed[0]) in heads:
        return True
    parts = [part for part in _CRUMBS.split(text) if part]
    if not 2 <= len(parts) <= 15 or len(text) > 250:
        return False
    # "You are here: Home > Sport"
    if fold(parts[0]) in heads or any(fold(part) in heads for part in parts[0].split(":", 1)[:-1]):
        return True
    strong = bool(re.search(r"\s[»›>→|]\s|::", text))
    short = all(len(part.split()) <= (3 if strong else 2) for part in parts)
    named = "".join(part for part in parts if not (strong and _YEAR.fullmatch(part)))
    return short and not text.endswith((".", "!", "?")) and not any(char.isdigit() for char in named)


def split_crumbs(text: str) -> list[str]:
    """The parts of a breadcrumb, with what a colon parts from the first: "You are here: Home > Sport"."""
    first, *others = _CRUMBS.split(text)
    return [*first.split(":"), *others] if others else []


def ends_in_line(passages: list[Passage], index: int, end: int) -> bool:
    """Whether a breadcrumb's last part is another line before *end*: the headline."""
    text = passages[index].text
    if len(text) > LONGEST_SIGN:
        return False
    *path, last = _PATH.split(_COUNT.sub("", text))
    key = fold(last)
    return (
        bool(path)
        and last.count(" ") >= 3
        and any(one.key == key for one in passages[index + 1 : min(end, index + _NEAR)])
    )


def skip_buttons(passages: list[Passage], start: int) -> None:
    """Skip three or more very short lines in a row that no list sign marks: "Autoplay", "Show Captions"."""
    index = start
    while index < len(passages):
        end = index
        while end < len(passages) and _may_be_button(passages[end]):
            end += 1
        if end - index >= 3 and all(
            one.items[0].hint is None and not one.items[0].bold for one in passages[index:end]
        ):
            for one in passages[index:end]:
                one.skip("buttons")
        index = max(index + 1, end)


def _may_be_button(passage: Passage) -> bool:
    return passage.open and passage.short and passage.words <= 3 and passage.sidebar is None


def trim_tail(passages: list[Passage], start: int, markers: Markers) -> None:
    """Skip what stands below the last paragraph: no story ends on a heading."""
    if not any(one.part == "story" and one.closed for one in passages[start:]):
        return  # a text without full stops has no paragraph to be below of
    for index in range(len(passages) - 1, start, -1):
        passage = passages[index]
        if passage.part != "story" or passage.kind == "note":
            continue
        section = find_section(passage, markers)
        if section:
            passage.skip(REASONS[section])
        elif passage.kind is None and passage.short and not passage.sure:
            passage.skip(REASONS["end"])
        elif not _is_tagline(passage, markers):
            return


def _is_tagline(passage: Passage, markers: Markers) -> bool:
    section = markers.furniture.find(passage.key)
    if section in _AT_THE_ENDS:
        passage.skip(REASONS[section])
        return True
    return False
