"""What a line of the story is: list item, note, quotation, crosshead, caption or paragraph."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from narrator.read.bylines import read_meta
from narrator.read.captions import opens_in_capitals, take_caption
from narrator.read.furniture import find_section
from narrator.read.interviews import find_questions
from narrator.read.markers import Markers, read_all_months
from narrator.read.passages import LONGEST_SIGN, Passage, fold, opens_quote
from narrator.read.wraps import BULLET

LONGEST_HEADING = 9
"""Words of a crosshead that nothing marks as one; a longer line without a full stop is a caption."""

_SURE_BULLET = re.compile(r"[•▪●■◦‣∙►▸✓✔○]\s*")
_NUMBER = re.compile(r"\(?(\d{1,2})[.)]\s+")
_MINUTE = re.compile(r"\d{1,3}(?:\+\d{1,2})?(?:['’′]|\smins?\b)?:?\s(?=\S)")
"""What opens an event of a match: "34 Frew levels", "90+3' Kone wins it"."""
_RATING = re.compile(r"[^\W\d_]+:\s(?:[^\W\d_a-z]+|[\d.,/★☆\s]+)$")
"""A short verdict, not a crosshead: "Verdict: FALSE", "Rating: 4/5"."""
_ENTRY = re.compile(r"([^\W_][^:.!?\"“”«»]{0,40}?)(?::|\s[–—-])\s(?=[^\s\"“„«‘'])")
_FEWEST = 3
"""Lines of a list that nothing but their shortness marks."""
_LONGEST_ENTRY, _USUAL_ENTRY = 45, 18
"""Words of an entry in a list of terms; and in the mean, above which each is a paragraph of its own."""
_PAIR = 2
"""Quotation marks around a single quotation."""
_DASHED = re.compile(r"[-–—]\s(.+?)\s[-–—]")
_MARKS = re.compile(r"[\"“”„«»]")
_ENDS_QUOTED = re.compile(r"[\"”“»«][.!?]?$")
_SPEAKER = re.compile(r"(?:[A-Z]{1,3}|[^\W\d_][\w.'’ -]{1,28}):\s")
_LONGEST_SPOKEN = 120
"""Characters of a speaker's turn that might be taken for a crosshead."""
_ATTRIBUTION = re.compile(r"[\"”»]\s+[–—-]{1,2}\s*(?=[^\W\d_a-z])")
_LONGEST_ATTRIBUTION = 12
_TIME_OR_NUMBER = re.compile(r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{3,4})?\b|\d{1,2}[.)]\s")


_NUMBER_AHEAD = re.compile(r"(?:[^\W\d_]+\.?,?\s){0,3}\d")
"""What every dated line begins with; few others do, and the pattern for dates takes long to compile."""


def _opens_dated(text: str) -> bool:
    return bool(_NUMBER_AHEAD.match(text) and _dated().match(text))


@cache
def _dated() -> re.Pattern[str]:
    """A time, a year or a day in front of what happened then, in any language that has a table."""
    name = "|".join(sorted(map(re.escape, read_all_months()), key=len, reverse=True))
    time = r"\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\.?|h|Uhr|hrs)?(?:\s[A-Z]{3,4})?"
    year = r"(?:19|20|1[0-8])\d\d(?:[-–/]\d{2,4})?"
    month = rf"(?:{name})\b\.?"
    day = rf"(?:{month}\s\d{{1,2}}|\d{{1,2}}\.?(?:st|nd|rd|th|º|er)?\s(?:de\s|d')?{month})"
    weekday = r"(?:[^\W\d_]{2,10}\.?,?\s)?"
    whole = rf"{weekday}{day}(?:,?\s(?:de\s)?\d{{4}})?"
    numbers = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    dated = (
        rf"(?:{whole}|{month}\s(?:de\s)?(?:19|20)\d\d|{numbers})\s?[-–—:]\s?"
        rf"|(?:{day}|{month})\s(?:de\s)?(?:19|20)\d\d\.\s"
    )
    return re.compile(rf"(?:(?:{time}|{year})\s?[-–—:.,]\s?|{dated})(?=\S)", re.IGNORECASE)


def mark_notes(passages: list[Passage], markers: Markers) -> None:
    """Take the editors' lines about the piece for notes."""
    for passage in passages:
        if passage.open and passage.text:
            key = passage.key or fold(passage.text[:LONGEST_SIGN])
            if passage.items[0].hint == "note" or (
                markers.notes.find(key) and not read_meta(passage.text, markers)
            ):
                passage.kind = "note"


def mark_items(passages: list[Passage], markers: Markers) -> None:
    """Take lines with a bullet, a number or a date in front for list items, where several stand together."""
    signs = [_sign(passage, markers) if passage.open else "" for passage in passages]
    _drop_other_numbers(passages, signs)
    for index, (passage, sign) in enumerate(zip(passages, signs, strict=True)):
        if sign == "maybe dated":
            # "5 October 2019 - Ribbon cut": alone it might as well be a date line.
            sign = signs[index] = "dated" if index and signs[index - 1] == "dated" else ""
        if not sign:
            continue
        beside = [signs[other] for other in (index - 1, index + 1) if 0 <= other < len(signs)]
        if sign == "hint" or (sign == "bullet" and _SURE_BULLET.match(passage.text)) or sign in beside:
            passage.kind = "list-item"
            if sign in {"bullet", "number"}:
                passage.set_text(BULLET.sub("", passage.text, count=1), "sign of the list item cut")
            passage.notes = [sign]


def _drop_other_numbers(passages: list[Passage], signs: list[str]) -> None:
    """A match report's minutes stand three or more in a row and rise; other lines may begin with a number."""
    for sign, run in groupby(range(len(signs)), key=lambda index: signs[index]):
        places = list(run)
        minutes = [
            int(re.split(r"\D", passages[index].text, maxsplit=1)[0]) for index in places if sign == "minute"
        ]
        if sign == "minute" and (len(places) < 3 or minutes != sorted(minutes)):
            for index in places:
                signs[index] = ""


def _sign(passage: Passage, markers: Markers) -> str:
    text = passage.text[:80]
    hint = passage.items[0].hint
    if hint == "list-item":
        return "dated" if _opens_dated(text) else "hint"
    if hint is not None:
        if hint != "paragraph" or passage.words > _LONGEST_ENTRY:
            return ""
        return "dated" if _opens_dated(text) else "minute" if _MINUTE.match(text) else ""
    if _opens_dated(text):
        return "maybe dated" if read_meta(passage.text, markers) else "dated"
    if _MINUTE.match(text):
        return "minute"
    if _NUMBER.match(text):
        return "number"
    return "bullet" if BULLET.match(text) else ""


def is_dated(passage: Passage) -> bool:
    """Whether a list item begins with a year, a day or a time."""
    return _opens_dated(passage.text[:80])


def mark_runs(passages: list[Passage], start: int, markers: Markers) -> None:
    """Take three or more short lines in a row for a list.

    They need no sign where no blank lines part them. Where blank lines do, or where the text has none at
    all, they must be longer than crossheads and buttons are, and no byline may be among them.
    """
    _mark_entries(passages, start, markers)
    index = tried = start
    while index < len(passages):
        heads = _announces(passages[index], markers) or _stands_over_list(passages, index)
        first = index + heads
        end = _end_of_run(passages, first, tight=True)
        listed = end - first >= _FEWEST and _is_plain_short(passages[first])
        if heads and not listed:
            end = index + 1
        if not listed and index >= tried and _is_plain_short(passages[index]):
            tried = _end_of_run(passages, index, tight=False)
            listed = tried - first >= _FEWEST and _reads_as_list(passages[first:tried], markers)
            end = tried if listed else end
        for passage in passages[first:end] if listed else ():
            passage.kind = "list-item"
        index = end


def _stands_over_list(passages: list[Passage], index: int) -> bool:
    """A blank line parts *index* from three or more short lines that none part."""
    below = passages[index + 1 : index + 4]
    if len(below) < _FEWEST or not _is_plain_short(passages[index]) or below[0].gap != "paragraph":
        return False
    return all(_is_plain_short(one) for one in below) and all(one.gap == "line" for one in below[1:])


def _mark_entries(passages: list[Passage], start: int, markers: Markers) -> None:
    """Take three or more lines in a row that each explain a term, or a number, for a list.

    A speaker's words are none: "Ann Bell: We …".
    """
    index = start
    while index < len(passages):
        end = index
        while end < len(passages) and _entry_term(passages[end], markers):
            end += 1
        terms = {_entry_term(one, markers) for one in passages[index:end]}
        words = sum(one.words for one in passages[index:end])
        if len(terms) == end - index >= 3 and words <= _USUAL_ENTRY * len(terms):
            for one in passages[index:end]:
                one.kind = "list-item"
        index = max(index + 1, end)


def _entry_term(passage: Passage, markers: Markers) -> str:
    """What *passage* explains, if it is "Term: what it is" or "40 grams: what it weighs"; else ""."""
    if not passage.open or passage.items[0].hint is not None or passage.words > _LONGEST_ENTRY:
        return ""
    found = _ENTRY.match(passage.text)
    if found is None or find_section(passage, markers):
        return ""
    return found[1].casefold()


def _end_of_run(passages: list[Passage], index: int, *, tight: bool) -> int:
    end = index + 1
    while (
        end < len(passages) and _is_plain_short(passages[end]) and (not tight or passages[end].gap == "line")
    ):
        end += 1
    return end


def _reads_as_list(run: list[Passage], markers: Markers) -> bool:
    if sum(one.words for one in run) < 5 * len(run) or any(_announces(one, markers) for one in run):
        return False
    return not any(read_meta(one.text, markers, bare_names=True) for one in run)


def _is_plain_short(passage: Passage) -> bool:
    return passage.open and passage.short and passage.items[0].hint is None


def _announces(passage: Passage, markers: Markers) -> bool:
    return bool(markers.labels.find(passage.key)) or passage.text.endswith((":", "?"))


def settle_kinds(passages: list[Passage], start: int, markers: Markers) -> None:
    """Decide every line from *start* on that nothing has decided yet."""
    live = (
        sum(1 for one in passages if one.words <= 4 and _TIME_OR_NUMBER.match(one.text) and ":" in one.text)
        >= 3
    )
    asked = find_questions(passages, markers)
    unstopped = not any(one.part == "story" and one.closed for one in passages)
    above: Passage | None = None
    for index, passage in enumerate(passages):
        if passage.open and (index >= start or passage.items[0].box is not None):
            if passage.items[0].hint is None and is_block_quote(passage, above, markers, live=live):
                passage.kind = "quote"
            elif index in asked or (unstopped and passage.items[0].hint is None and passage.words > 2):
                passage.kind = "paragraph"
            else:
                _settle(passage, _next_block(passages, index), markers)
        if passage.part == "story":
            above = passage


def _settle(passage: Passage, below: Passage | None, markers: Markers) -> None:
    hint = passage.items[0].hint
    if hint == "caption":
        take_caption(passage, markers)
    elif hint is not None:
        passage.kind = hint
    elif opens_in_capitals(passage, markers):
        take_caption(passage, markers)
    elif is_heading(passage, below):
        passage.kind = "heading"
        if dashed := _DASHED.fullmatch(passage.text):
            passage.set_text(dashed[1], "dashes around the crosshead cut")
    elif passage.short and passage.words > 7 and _may_be_caption(passage):
        take_caption(passage, markers)
    else:
        passage.kind = "paragraph"


def is_block_quote(passage: Passage, above: Passage | None, markers: Markers, *, live: bool) -> bool:
    """Whether a paragraph is somebody's words, set out whole: without marks, or in nothing but marks.

    The speaker's name stands behind it and a dash. Or two things come together: the paragraph above hands
    over to a speaker, and this one is in the first person or stands in quotation marks from end to end.
    """
    if len(passage.text) > 2_000:
        return False
    if _is_attributed(passage.text):
        return True
    if above is None or above.kind != "paragraph" or not passage.prose:
        return False
    said = {word.strip(".,:;").casefold() for word in above.text[-300:].split()}
    hands_over = above.text.endswith((":", "：")) or (live and bool(said & markers.words["reporting"]))
    if not hands_over or not said & (markers.words["reporting"] | markers.words["weak_reporting"]):
        return False
    own = {word.strip(".,:;").casefold() for word in passage.text.split()}
    whole = (
        opens_quote(passage.text)
        and bool(_ENDS_QUOTED.search(passage.text))
        and len(_MARKS.findall(passage.text)) == _PAIR
    )
    return whole or (bool(own & markers.words["first_person"]) and not _MARKS.search(passage.text))


def _is_attributed(text: str) -> bool:
    """ "We were late." – Ann Bell, skipper": nothing but somebody's words, and whose they are."""
    found = _ATTRIBUTION.search(text) if opens_quote(text) else None
    if found is None or len(_MARKS.findall(text)) != _PAIR:
        return False
    name = text[found.end() :]
    return len(name.split()) <= _LONGEST_ATTRIBUTION and not name.endswith((".", "!", "?"))


def _next_block(passages: list[Passage], index: int) -> Passage | None:
    for below in range(index + 1, len(passages)):
        if passages[below].part == "story":
            return passages[below]
    return None


def is_heading(passage: Passage, following: Passage | None) -> bool:
    """Whether an unmarked line is a crosshead, given the block that follows it."""
    if following is None or not passage.text or passage.text.endswith((":", ",", ";")):
        return False
    text, words = passage.text, passage.words
    if passage.items[0].bold and words <= 18 and not _SPEAKER.match(text):
        return True
    if _RATING.match(text) or (text[0], text[-1]) == ("(", ")"):
        return False
    if passage.closed and len(text) < _LONGEST_SPOKEN and _is_speaker(text):
        return False
    marked = text.upper() == text or bool(_TIME_OR_NUMBER.match(text)) or opens_quote(text)
    if passage.closed:
        asks = text.endswith(("?", "؟", "？"))
        shouts = marked and text.upper() == text and words <= 10
        return (asks and words <= 12 and "," not in text[:-1] and _stands_alone(passage, following)) or shouts
    if words <= 7:
        return True
    return words <= (14 if marked or ":" in text else LONGEST_HEADING) and not _looks_pictured(text)


def _is_speaker(text: str) -> bool:
    """A name or a letter before a colon: "Q: …", "Ann Bell: …"; not "The question: who pays?"."""
    label = text.partition(":")[0]
    return bool(_SPEAKER.match(text)) and all(word[0].isupper() for word in label.split())


def _stands_alone(passage: Passage, following: Passage) -> bool:
    return (
        not opens_quote(passage.text)
        and (following.closed or following.kind == "list-item")
        and passage.gap != "line"
    )


def _looks_pictured(text: str) -> bool:
    return bool(re.search(r"\((?:left|right|centre|center|l|r)\)|\bpictured\b", text, re.IGNORECASE))


def _may_be_caption(passage: Passage) -> bool:
    text = passage.text
    return (
        passage.words <= 45
        and not _SPEAKER.match(text)
        and text[:1].isupper()
        and not text.endswith((":", ","))
    )
