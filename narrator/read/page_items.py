"""Runs of a page → items: one for each element with text, with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from narrator.models import BlockKind
from narrator.read.draft import Item
from narrator.read.markers import Markers
from narrator.read.names import is_name
from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text, name_words
from narrator.read.page_tree import PageText, Piece, Run, is_sentence
from narrator.read.page_words import is_marked
from narrator.read.surroundings import LINKS, LONGEST_CAPTION, Surroundings

_CREDIT_TAGS = frozenset({"span", "small", "cite"})
"""Elements in which a photographer's name is set apart in a caption; a name in a link is a person in it."""
_ON_TOP = 3
"""Runs above the headline among which the caption of a picture on top of it stands."""
_BESIDE = 4
"""Lines below a caption in which the same words are the same picture's."""
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a page when its runs become items."""

    page: PageText
    body: Body
    """Where its article is."""
    around: Sequence[Surroundings]
    """Per run, what its elements say."""
    boxes: Sequence[int | None]
    """Per run, the number of the box it stands in."""
    headline: int | None
    """Index of the headline's run."""
    parts: Mapping[int, Literal["byline", "date"]]
    """Which runs are byline and date lines."""
    captioned: Mapping[int, int]
    """Per caption's run, the index of its picture."""
    markers: Markers
    """Words of the page's language."""


def make_items(reading: Reading) -> list[Item]:
    """The items of a page, one for each run in page order, furniture included."""
    maker = _Maker(reading)
    items = [maker.make(index) for index in range(len(reading.page.runs))]
    _skip_repeated_captions(items)
    return items


class _Maker:
    """Makes the items of one page."""

    def __init__(self, reading: Reading) -> None:
        self._known = reading
        self._body = reading.body
        self._language = reading.page.nodes[0].element.get("lang")
        self._story = _story_without_pull_quotes(reading.page, reading.around)

    def make(self, index: int) -> Item:
        """The item of the run at *index*."""
        run, said = self._known.page.runs[index], self._known.around[index]
        item = Item(run.path, run.text, gap=run.gap, box=self._known.boxes[index])
        item.language = said.language if said.language != self._language else None
        if index == self._known.headline:
            item.part, item.hint = "title", "heading"
        elif part := self._known.parts.get(index):
            item.part = part
            item.furniture = "byline" if part == "byline" else "date line"
        else:
            item.furniture = self._reason(index, run, said)
        if item.furniture is None:  # of furniture, most of a page, nobody asks how it is set
            item.bold = run.is_bold
            item.link_share = round(run.share(LINKS), 3)
            if item.part is None:
                self._mark(item, index, run, said)
        if item.hint == "caption":
            item.picture = self._known.captioned.get(index)
        return item

    def _reason(self, index: int, run: Run, said: Surroundings) -> str | None:
        """Why the run is furniture by its markup and place; None when it is spoken."""
        in_box = self._known.boxes[index] is not None
        if said.reason and not (in_box and said.reason in {"byline", "date line"}):
            return said.reason
        if said.credit:
            return "photo credit"
        if self._is_caption(index, run, said):
            return None
        if said.pull_quote and _letters(run.text) in self._story:
            return "pull quote of the story"
        if self._is_above(index) and _is_lead(run):
            return None
        if not self._is_inside(index):
            noted = said.kind == "note" and self._in_container(run)
            place = "page header" if index < self._body.first else "outside the article"
            return None if noted else place
        if self._body.chosen[index] or in_box or _belongs(run, said):
            return None
        return "not part of the article's text"

    def _mark(self, item: Item, index: int, run: Run, said: Surroundings) -> None:
        """Say of a spoken run what it is."""
        if self._is_caption(index, run, said):
            item.hint = "caption"
            _cut_credit(item, run, self._known.markers)
        elif not (self._is_above(index) and _is_lead(run)):
            chosen = self._body.chosen[index]
            item.sure = self._is_inside(index) and chosen and item.link_share < 0.5
            item.hint = said.kind or ("paragraph" if chosen and _is_paragraph(item, run) else None)

    def _is_caption(self, index: int, run: Run, said: Surroundings) -> bool:
        """It captions a picture in the article, at its head, or on top of its headline."""
        if not said.caption or len(run.text) > LONGEST_CAPTION:
            return False
        if self._is_inside(index) or self._is_above(index) or self._in_container(run):
            return True
        head = self._known.headline
        return head is not None and head - _ON_TOP <= index < head and _is_figcaption(run)

    def _is_inside(self, index: int) -> bool:
        return self._body.first <= index <= self._body.last

    def _is_above(self, index: int) -> bool:
        """Between the headline and the article's text."""
        head = self._known.headline
        return head is not None and head < index < self._body.first

    def _in_container(self, run: Run) -> bool:
        return self._body.container in run.node.lineage()


def _skip_repeated_captions(items: Sequence[Item]) -> None:
    """Leave out a caption that is printed again right below, as pictures that open on a click do."""
    places: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.hint != "caption" or item.furniture:
            continue
        key = _letters(item.text)
        if index - places.get(key, -_BESIDE - 1) <= _BESIDE:
            item.furniture = "caption printed twice"
        else:
            places[key] = index


def _is_figcaption(run: Run) -> bool:
    """A run of some length in a figcaption, of which teasers, tags and buttons hardly have one."""
    return run.text.count(" ") >= 6 and any(node.tag == "figcaption" for node in run.node.lineage())


def _is_lead(run: Run) -> bool:
    """A run between the headline and the article's text is a sentence of some length, not a link."""
    return is_sentence(run.text) and run.text.count(" ") >= 8 and run.share(LINKS) < 0.2


def _is_paragraph(item: Item, run: Run) -> bool:
    """It is marked up as a paragraph and reads as one, so nothing is left to guess."""
    if item.bold or run.gap == "line":
        return False
    if run.node.tag == "pre" and run.node.end - run.node.start == 1:
        return True  # a line of code is short, and no crosshead
    return is_sentence(run.text) or (run.node.tag == "p" and run.text.count(" ") >= 8)


def _story_without_pull_quotes(page: PageText, around: Sequence[Surroundings]) -> str:
    """The letters in which a pull quote that repeats the story is found; "" when there is none to find."""
    if not any(said.pull_quote for said in around):
        return ""
    kept = (
        run.text for run, said in zip(page.runs, around, strict=True) if not (said.pull_quote or said.reason)
    )
    return _letters(" ".join(kept))


def _belongs(run: Run, said: Surroundings) -> bool:
    """A run that was not chosen reads as a part of the story all the same."""
    kinds: tuple[BlockKind | None, ...] = (None, "quote", "note")
    return said.kind in kinds and is_sentence(run.text) and run.share(LINKS) < 0.5


def _cut_credit(item: Item, run: Run, markers: Markers) -> None:
    """Move the words that markup names a credit from the caption's text to its credit."""
    credit = [p for p in run.pieces if any(is_marked(name_words(e), "credit") for e in p.inline)]
    credit = credit or _find_name(run, markers)
    words = clean_text(" ".join(piece.text for piece in credit))
    rest = clean_text("".join(piece.text for piece in run.pieces if piece not in credit))
    if words and run.node.tag == "figure" and rest.count(" ") < 3:
        item.furniture, item.hint = "photo credit", None
    elif words and rest:
        item.credit, item.original, item.text = words, item.text, rest


def _find_name(run: Run, markers: Markers) -> list[Piece]:
    """The last element of a caption when all it holds is a name: the photographer's, set apart."""
    *before, last = [piece for piece in run.pieces if not piece.text.isspace()]
    apart = before and last.inline and last.inline[-1].tag in _CREDIT_TAGS
    if apart and is_name(clean_text(last.text), markers) and last.inline[-1] not in before[-1].inline:
        return [last]
    return []


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).lower()
