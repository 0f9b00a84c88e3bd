"""Lines of flattened text joined into passages: hard wraps undone, single line breaks understood."""

from __future__ import annotations

import re
from itertools import pairwise

from narrator.read.draft import Item
from narrator.read.passages import Passage, closes, make_passage

BULLET = re.compile(r"\s*(?:[•·▪●■◦‣∙►▸✓✔○]|[*+–—-](?=\s)|\(?\d{1,2}[.)](?=\s)|[a-z]\)(?=\s))\s*")
"""The sign in front of a list item."""

_NARROWEST, _WIDEST = 40, 110
"""Characters between which a hard wrap falls, in mail and in text files."""


def join_lines(items: list[Item]) -> list[Passage]:
    """One passage for each paragraph of *items*, in order; an element of a page is one by itself."""
    width = find_wrap(items)
    if width is None and _one_break_each(items):
        for item in items:
            if item.gap == "line":
                item.gap = "paragraph"
    passages: list[Passage] = []
    run: list[Item] = []
    for item in items:
        if run and width is not None and _continues(run[-1], item, width):
            run.append(item)
            continue
        if run:
            passages.append(make_passage(run))
        run = [item]
    if run:
        passages.append(make_passage(run))
    return passages


def _one_break_each(items: list[Item]) -> bool:
    """No blank lines worth the name: every line is a block of its own."""
    broken = sum(1 for item in items[1:] if item.gap == "line")
    return len(items) > 4 and broken >= 0.8 * (len(items) - 1)


def find_wrap(items: list[Item]) -> int | None:
    """The column the text is hard-wrapped at; None when it is not.

    A break is a wrap when the next line's first word would not have fitted, and the line is no
    whole sentence. Judged over the whole text, so that a few short lines do not count.
    """
    pairs = [
        (first.text.rstrip(), second.text.lstrip())
        for first, second in pairwise(items)
        if second.gap == "line"
        and isinstance(second.where, int)
        and first.hint is None
        and second.hint is None
    ]
    inner = [(first, second) for first, second in pairs if not closes(first) and not BULLET.match(second)]
    lengths = sorted(len(first) for first, _ in inner if len(first) >= _NARROWEST)
    if len(lengths) < 3 or lengths[len(lengths) // 2] > _WIDEST:
        return None
    width = lengths[min(len(lengths) - 1, len(lengths) * 97 // 100)]
    if width > _WIDEST:
        return None
    full = [first for first, second in inner if len(first) + 1 + len(second.split(" ", 1)[0]) > width]
    return width if len(full) >= 3 and 2 * len(full) >= len(inner) else None


def _continues(first: Item, second: Item, width: int) -> bool:
    if second.gap != "line" or first.hint is not None or second.hint is not None:
        return False
    if BULLET.match(second.text) or second.furniture or first.furniture:
        return False
    line = first.text.rstrip()
    indented = len(second.text) - len(second.text.lstrip())
    before = len(first.text) - len(first.text.lstrip())
    if indented >= 2 and indented > before and not BULLET.match(first.text):
        return False
    return len(line) + 1 + len(second.text.split(maxsplit=1)[0]) > width - 2
