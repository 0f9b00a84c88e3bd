"""What is left above the story once headline, byline and dates are known: standfirst, captions, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narrator.read.captions import take_caption
from narrator.read.datelines import cut_dateline
from narrator.read.dates import cut_dates
from narrator.read.furniture import REASONS, content_words, find_section
from narrator.read.markers import Markers
from narrator.read.passages import Passage

STANDFIRST = "standfirst that repeats the story"
ABOVE = "above the headline"
DATE = "date line"
_SHARE, _SHARE_OF_ONE = 0.6, 0.35
"""Of a standfirst's words more than this part stands in the story too when it says nothing new: of
several sentences, and of one in which no number and no name is new."""
_SHARE_OF_NUMBERS = 0.5
"""The same of one sentence with names of its own whose numbers all stand in the story."""
_SHARE_OF_LEAD, _LONGEST_LEAD = 0.4, 30
"""The same of sentences that something parts from the story, and how many words they have at most."""
_LONGEST_NAVIGATION, _SHORTEST_CAPTION = 4, 6
"""Words of a line that is nothing but navigation, and of one that may be a caption."""
_LONGEST_POINT = 7
"""Words of a summary's point that is not set apart from the line after it."""
_FEWEST_TIMES = 3
_FEWEST_QUESTIONS, _LONGEST_QUESTION = 2, 12
"""Crossheads below that ask, by which one right above the story is one as well, and its words."""
_TIME_HEAD = re.compile(r"\d{1,2}[:.]\d{2}\b")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]?\s")
_FACT = re.compile(r"(?<!\A)\b[^\W\d_a-z][^\W_]+|\d[\d.,]*")
"""A number, or a word with a capital inside a sentence."""


@dataclass(frozen=True, slots=True)
class _Above:
    """What is known of the lines above a story."""

    start: int
    title: int
    """Index of the headline; -1 for none."""
    last_meta: int
    """Index of the last byline or date."""
    last_stated: int
    """Index of the last line that the markup says is a title, a byline or a date."""
    story: Sequence[Passage]


def settle_rest(passages: list[Passage], start: int, title: int | None, markers: Markers) -> None:
    """Decide every line above *start* that is neither headline nor byline nor date."""
    above = _Above(
        start=start,
        title=-1 if title is None else title,
        last_meta=max((i for i in range(start) if passages[i].part in {"byline", "date"}), default=-1),
        last_stated=max((i for i in range(start) if passages[i].items[0].part), default=-1),
        story=[one for one in passages[start:] if one.part == "story"],
    )
    in_summary = False
    pictured = _last_candidate(passages, above, markers)
    for index in range(start):
        passage = passages[index]
        if passage.items[0].box is not None:
            continue
        if not passage.open and passage.kind != "list-item":
            in_summary = in_summary and passage.part == "furniture"
            continue
        heads = markers.zones.find(passage.key) == "summary"
        goes_on = passage.gap == "line" or passage.kind == "list-item" or passage.words > _LONGEST_POINT
        in_summary = heads or (in_summary and goes_on)
        reason = REASONS["summary"] if in_summary else _find_reason(passage, index, above, markers)
        if reason:
            passage.skip(reason)
        else:
            _settle_text(passages, index, above, markers, pictured=pictured == index)


def _find_reason(passage: Passage, index: int, above: _Above, markers: Markers) -> str | None:
    """Why *passage* is surely none of the article; None when that is open."""
    if section := find_section(passage, markers):
        return REASONS[section]
    if is_stamp(passage.text, markers):
        return DATE
    if index < above.title and not passage.prose:
        return ABOVE
    if passage.items[0].hint == "heading" and index < above.last_stated:
        return STANDFIRST
    return None


def _settle_text(
    passages: list[Passage], index: int, above: _Above, markers: Markers, *, pictured: bool
) -> None:
    """Decide a line that says something: text of the article, a standfirst, a caption or a button."""
    passage = passages[index]
    if passage.sure:
        passage.kind = passage.kind or passage.items[0].hint or "paragraph"
    elif passage.prose or passage.kind == "list-item":
        _settle_sentences(passage, above.story)
    elif _TIME_HEAD.match(passage.text):
        alone = _TIME_HEAD.fullmatch(passage.text)
        if alone and (index + 1 < above.start or not _is_live(passages)):
            passage.skip(DATE)
        else:
            passage.kind = "heading"
    elif pictured or passage.items[0].hint == "caption":
        take_caption(passage, markers)
    elif index == above.start - 1 and _asks(passage) and _is_asked_on(above.story):
        passage.kind = "heading"
    else:
        said = passage.words > _LONGEST_NAVIGATION
        passage.skip(STANDFIRST if said else REASONS["navigation"])


def _asks(passage: Passage) -> bool:
    return passage.text.endswith("?") and passage.words <= _LONGEST_QUESTION


def _is_asked_on(story: Sequence[Passage]) -> bool:
    """Whether the story goes on in questions and answers, as the line above it began."""
    return sum(1 for one in story if one.gap != "line" and _asks(one)) >= _FEWEST_QUESTIONS


def _last_candidate(passages: list[Passage], above: _Above, markers: Markers) -> int | None:
    """Where the caption of a picture above the story stands that nothing marks as one.

    It is the last line before the story and any links to others, below byline and date, or stands between
    a date and the byline below it. Where a caption stands already, or two such lines are set together, they
    say what the story will.
    """
    first = max(above.title, above.last_meta) + 1
    links = (i for i in range(first, above.start) if markers.zones.find(passages[i].key) == "related")
    end = next(links, above.start)
    metas = [i for i in range(above.title + 1, first) if passages[i].part in {"byline", "date"}]
    if metas and passages[metas[0]].part == "date" and passages[metas[-1]].part == "byline":
        first = metas[0] + 1
    left = [i for i in range(first, end) if passages[i].open and passages[i].short]
    if not left or not metas or passages[left[-1]].words < _SHORTEST_CAPTION:
        return None
    captioned = any(one.kind == "caption" for one in passages[above.title + 1 : above.start])
    paired = len(left) > 1 and left[-2] == left[-1] - 1 and passages[left[-1]].gap == "line"
    return None if captioned or paired else left[-1]


def _settle_sentences(passage: Passage, story: Sequence[Passage]) -> None:
    """A standfirst in sentences is left out unless its facts stand nowhere else."""
    if repeats_story(passage, story):
        passage.skip(STANDFIRST)
    else:
        passage.kind = "list-item" if passage.kind == "list-item" else "paragraph"


def repeats_story(passage: Passage, story: Sequence[Passage]) -> bool:
    """Whether the sentences of *passage* say nothing that the *story* does not say."""
    one_sentence = not _SENTENCE_END.search(passage.text)
    told = " ".join(one.text for one in story)
    share = _share_known(passage, story)
    if not one_sentence:
        return share > _SHARE
    facts = _FACT.findall(passage.text)
    if all(fact in told for fact in facts):
        return share > _SHARE_OF_ONE
    numbers = [fact for fact in facts if fact[0].isdigit()]
    return share > (_SHARE_OF_NUMBERS if numbers and all(one in told for one in numbers) else _SHARE)


def _share_known(passage: Passage, story: Sequence[Passage]) -> float:
    """Part of the words of *passage* that the *story* has too, 0 to 1."""
    own = content_words(passage.text)
    known = own & {word for one in story for word in content_words(one.text)}
    return len(known) / len(own) if own else 0.0


def pass_lead(passages: list[Passage], start: int, markers: Markers) -> int:
    """Where the story starts, past a sentence or two at *start* that look like its first paragraph.

    They are a standfirst where something else stands between them and the paragraph that says it again,
    and a caption where that paragraph opens with a dateline.
    """
    if start >= len(passages) or not _may_be_lead(passages[start]):
        return start
    lead = passages[start]
    below = next((i for i in range(start + 1, len(passages)) if passages[i].open and passages[i].prose), None)
    if below is None:
        return start
    if below == start + 1:
        dated = cut_dateline(passages[below].text, markers) != passages[below].text
        if not dated or _SENTENCE_END.search(lead.text) or cut_dateline(lead.text, markers) != lead.text:
            return start
        take_caption(lead, markers)
        return below
    if _share_known(lead, [one for one in passages[below:] if one.part == "story"]) <= _SHARE_OF_LEAD:
        return start
    lead.skip(STANDFIRST)
    return start + 1


def _may_be_lead(passage: Passage) -> bool:
    plain = passage.items[0].hint is None and not passage.sure
    return plain and passage.open and passage.prose and passage.words <= _LONGEST_LEAD


def _is_live(passages: list[Passage]) -> bool:
    """Times of day stand over its paragraphs; a single one is the length of a recording."""
    return sum(1 for one in passages if _TIME_HEAD.fullmatch(one.text)) >= _FEWEST_TIMES


def is_stamp(text: str, markers: Markers) -> bool:
    """Whether a line is a time stamp without a whole date: "Updated at 3.31pm BST"."""
    low = text.casefold()
    if len(text) > 60 or not any(char.isdigit() for char in text):
        return False
    if not any(
        label.casefold() in low
        for label in (*markers.phrases["updated"], *markers.phrases["published"])
        if len(label) > 4
    ):
        return False
    return not cut_dates(text, [], markers).strip(" |,.;:()/–—-")
