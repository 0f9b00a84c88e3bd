"""Runs of a page → items: one for each element with text, with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from narrator.models import BlockKind
from narrator.read.draft import Item
from narrator.read.page_body import Body
from narrator.read.page_tree import PageText, Run, clean_text, is_sentence, name_words
from narrator.read.page_words import is_marked
from narrator.read.surroundings import LINKS, LONGEST_CAPTION, Surroundings

_LETTERS = re.compile(r"[\W_]+")
_LINE_MARKS = re.compile(r"^[\s\-–—_=*•·.~#|]+$")


def make_items(
    page: PageText,
    body: Body,
    around: Sequence[Surroundings],
    boxes: Sequence[int | None],
    headline: int | None,
    parts: Mapping[int, Literal["byline", "date"]],
) -> list[Item]:
    """The items of *page*, in page order, furniture included."""
    language = page.nodes[0].element.get("lang")
    story = _letters(" ".join(run.text for run, ok in zip(page.runs, body.chosen, strict=True) if ok))
    items = []
    for index, (run, said, box) in enumerate(zip(page.runs, around, boxes, strict=True)):
        item = Item(run.path, run.text, gap=run.gap, box=box)
        item.bold = run.is_bold
        item.link_share = round(run.share(LINKS), 3)
        item.language = said.language if said.language != language else None
        if index == headline:
            item.part, item.hint = "title", "heading"
        elif index in parts:
            item.part = parts[index]
            item.furniture = "byline" if item.part == "byline" else "date line"
        else:
            _judge(item, run, said, index, body, headline, story)
        items.append(item)
    return items


def _judge(
    item: Item, run: Run, said: Surroundings, index: int, body: Body, head: int | None, story: str
) -> None:
    """Set the hint or the furniture reason of one item that is not the title."""
    inside = body.first <= index <= body.last
    lead = head is not None and head < index < body.first
    item.furniture = said.reason
    if item.box is not None and said.reason in {"byline", "date line"}:
        item.furniture = None
    if item.furniture:
        return
    if said.credit:
        item.furniture = "photo credit"
    elif said.caption and len(run.text) <= LONGEST_CAPTION and (inside or lead or _in_container(run, body)):
        item.hint = "caption"
        _cut_credit(item, run)
    elif said.pull_quote and _letters(run.text) in _without(story, _letters(run.text)):
        item.furniture = "pull quote of the story"
    elif not inside and not (said.kind == "note" and _in_container(run, body)):
        item.furniture = "page header" if index < body.first else "outside the article"
    elif inside and not body.chosen[index] and item.box is None and not _belongs(run, said):
        item.furniture = "not part of the article's text"
    else:
        item.hint = said.kind


def _without(story: str, text: str) -> str:
    """The *story* with the first *text* in it taken out: what a repetition is looked for in."""
    return story.replace(text, "", 1) if story.count(text) > 1 else story if text not in story else ""


def _belongs(run: Run, said: Surroundings) -> bool:
    """A run that was not chosen reads as a part of the story all the same."""
    kinds: tuple[BlockKind | None, ...] = (None, "quote", "note")
    return said.kind in kinds and is_sentence(run.text) and run.share(LINKS) < 0.5


def _in_container(run: Run, body: Body) -> bool:
    return body.container in run.node.lineage()


def _cut_credit(item: Item, run: Run) -> None:
    """Move the words that markup names a credit from the caption's text to its credit."""
    credit = [p for p in run.pieces if any(is_marked(name_words(e), "credit") for e in p.inline)]
    words = clean_text(" ".join(piece.text for piece in credit))
    rest = clean_text("".join(piece.text for piece in run.pieces if piece not in credit))
    if words and run.node.tag == "figure" and rest.count(" ") < 3:
        item.furniture, item.hint = "photo credit", None
    elif words and rest:
        item.credit, item.original, item.text = words, item.text, rest


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).lower()
