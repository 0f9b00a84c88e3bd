"""Runs of a page → items: one for each element with text, with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from narrator.read.tables import DataTable

_CREDIT_TAGS = frozenset({"span", "small", "cite"})
"""Elements in which a photographer's name is set apart in a caption; a name in a link is a person in it."""
_ON_TOP = 3
"""Runs above the headline among which the caption of a picture on top of it stands."""
_BESIDE = 4
"""Lines below a caption in which the same words are the same picture's."""
_LETTERS = re.compile(r"[\W_]+")
_LINE_MARKS = re.compile(r"^[\s\-–—_=*•·.~#|]+$")


def make_items(
    page: PageText,
    body: Body,
    around: Sequence[Surroundings],
    boxes: Sequence[int | None],
    headline: int | None,
    parts: Mapping[int, Literal["byline", "date"]],
    captioned: Mapping[int, int],
    tables: Sequence[DataTable],
    markers: Markers,
) -> list[Item]:
    """The items of *page*, in page order, furniture included.

    Args:
        page: the page's runs.
        body: where its article is.
        around: per run, what its elements say.
        boxes: per run, its box.
        headline: index of the headline's run.
        parts: what the byline and date lines are.
        captioned: per caption run, the index of its picture.
        tables: the tables of data in the article.
        markers: words of the page's language.
    """
    language = page.nodes[0].element.get("lang")
    story = _story_without_pull_quotes(page, around)
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
            _judge(item, run, said, index, body, headline, story, markers)
        if item.hint == "caption":
            item.picture = captioned.get(index)
        items.append(item)
    _skip_repeated_captions(items)
    return _with_tables(items, tables)


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


def _with_tables(items: list[Item], tables: Sequence[DataTable]) -> list[Item]:
    """*items* with the rows of small tables as sentences and large tables left out."""
    result = list(items)
    for table in reversed(tables):
        start, end = table.node.start, table.node.end
        inner = [item for item in result[start:end] if not item.furniture]
        if not inner:
            continue
        rows = {row.node.start: row for row in table.rows}
        changed: list[Item] = []
        for index in range(start, end):
            if index in rows:
                row = rows[index]
                item = replace(result[index], where=row.node.path, text=row.said, hint="list-item")
                changed.append(replace(item, original=" | ".join(row.cells)))
            elif not any(row.node.start < index < row.node.end for row in table.rows):
                in_head = any(head.start <= index < head.end for head in table.heads)
                keeps = bool(rows) and not in_head
                reason = "column head, said with each row" if rows else "table, not read aloud"
                changed.append(result[index] if keeps else replace(result[index], furniture=reason))
        result[start:end] = changed
    return result


def _judge(
    item: Item,
    run: Run,
    said: Surroundings,
    index: int,
    body: Body,
    head: int | None,
    story: str,
    markers: Markers,
) -> None:
    """Set the hint or the furniture reason of one item that is not the title."""
    inside = body.first <= index <= body.last
    lead = head is not None and head < index < body.first
    on_top = head is not None and head - _ON_TOP <= index < head and _is_figcaption(run)
    item.furniture = said.reason
    if item.box is not None and said.reason in {"byline", "date line"}:
        item.furniture = None
    if item.furniture:
        return
    if said.credit:
        item.furniture = "photo credit"
    elif (
        said.caption
        and len(run.text) <= LONGEST_CAPTION
        and (inside or lead or on_top or _in_container(run, body))
    ):
        item.hint = "caption"
        _cut_credit(item, run, markers)
    elif said.pull_quote and _letters(run.text) in story:
        item.furniture = "pull quote of the story"
    elif lead and _is_lead(run):
        item.hint = None
    elif not inside and not (said.kind == "note" and _in_container(run, body)):
        item.furniture = "page header" if index < body.first else "outside the article"
    elif inside and not body.chosen[index] and item.box is None and not _belongs(run, said):
        item.furniture = "not part of the article's text"
    else:
        item.sure = inside and body.chosen[index] and item.link_share < 0.5
        item.hint = said.kind or ("paragraph" if body.chosen[index] and _is_paragraph(item, run) else None)


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


def _in_container(run: Run, body: Body) -> bool:
    return body.container in run.node.lineage()


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
