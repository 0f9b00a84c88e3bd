"""Boxes of a page: elements that stand apart from the story around them, with both ends marked.

A box is a candidate for a sidebar. Whatever holds the article itself, lists links, or is one of many
sections built alike is none: on most pages each crosshead with its paragraphs has an element of its own.
What a box holds is told in `box_matter`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from narrator.read.box_frames import FRAME_TAGS, Family, frame, is_framed, only_children
from narrator.read.box_matter import (
    SUMMARY,
    Matter,
    calls,
    is_dated,
    is_quotation,
    is_structure,
    is_titled,
    reads_as_heading,
    refuse,
    tells,
)
from narrator.read.box_setting import Outside
from narrator.read.furniture import content_words
from narrator.read.page_body import Body
from narrator.read.page_tree import Node, PageText, Run, is_sentence
from narrator.read.page_words import is_box_name, is_marked, is_offer_name, is_sure_box_name
from narrator.read.surroundings import LINKS, Surroundings

_SERIES, _SERIES_SURE = 3, 6
"""Elements of one look from which on they are a series of sections, questions or cards; the second figure
for those whose name says that they are boxes."""
_LARGEST, _LARGEST_SURE = 0.4, 0.5
"""Most of the article's text that a box may hold, and one whose name or tag says what it is."""
_NEVER_INSIDE = frozenset({"navigation", "comments", "poll or form"})
"""What no sidebar has in it."""
_TOLD = 5
"""One part in so many of a box that is no list is in sentences."""
_QUESTION = 12
"""Most spaces in a question that parts an article."""
_REPEATED = 0.5
"""Share of a summary's words that its story has from which on it need not be heard."""
_MOST_PARTS = 30
"""Most lines, paragraphs and captions of a box."""
_LEAST = 80
"""Fewest characters below its heading, where it is no list."""
_FEWEST_FACTS, _MOST_FACTS, _FACT_WORDS = 3, 20, 4
"""How many facts a box lists without a sentence among them, and how many words each has on average."""
_WORD = re.compile(r"[^\W_]+")
_CANDIDATES = FRAME_TAGS | {"section", "div", "table", "dl"}


@dataclass(slots=True)
class Boxes:
    """The boxes of one page."""

    numbers: list[int | None]
    """Per run, the number of the sidebar it stands in; they are numbered from 0 in page order."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Runs in boxes that are no part of the story, with why."""
    headings: list[int] = field(default_factory=list)
    """Runs that their elements' names make headings of sidebars."""


def find_boxes(page: PageText, body: Body, around: Sequence[Surroundings], matter: Matter) -> Boxes:
    """The boxes in the article's part of the page.

    Args:
        page: the page's runs.
        body: where its article is.
        around: per run, what its elements say.
        matter: what is known of the story that tells what a box is about.
    """
    boxes = Boxes([None] * len(page.runs))
    finder = _Finder(page, body, around, matter)
    candidates: list[Node] = []
    at = 0
    for node in page.nodes:
        if node.start < at or not finder.is_inside(node) or not finder.looks_boxed(node):
            continue
        indexes = finder.indexes(node)
        reason = refuse([page.runs[i] for i in indexes], [around[i] for i in indexes], matter)
        if reason is None and indexes and matter.is_summary(page.runs[indexes[0]].text):
            reason = SUMMARY if finder.repeats(node) else None
        if reason:
            boxes.reasons.update(dict.fromkeys(indexes, reason))
            at = node.end
        elif finder.is_box(node, indexes):
            candidates.append(node)
            at = node.end
    kept = _without_series(candidates, finder)
    if _story_remains(kept, page, body) and finder.outside.is_story(kept):
        inside = [one for one in kept if finder.interrupts(one, kept) and not finder.is_headline(one)]
        for number, node in enumerate(inside):
            boxes.numbers[node.start : node.end] = [number] * (node.end - node.start)
            heading = finder.indexes(node)[0]
            if is_titled(page.runs[heading]):
                boxes.headings.append(heading)
    return boxes


def _without_series(nodes: Sequence[Node], finder: _Finder) -> list[Node]:
    """*nodes* without those of which there are several alike: they are the page's way to set sections.

    So are those under one heading that say different things, unless it announces sidebars.
    """
    looks = Counter((node.tag, node.element.get("class") or "") for node in nodes)
    lines = Counter(heading for heading, _ in {finder.read(node) for node in nodes})

    def is_alone(node: Node) -> bool:
        if looks[node.tag, node.element.get("class") or ""] >= finder.series(node):
            return False
        heading, _ = finder.read(node)
        return lines[heading] == 1 or finder.is_label(heading)

    return [one for one in nodes if is_alone(one)]


def _story_remains(nodes: Sequence[Node], page: PageText, body: Body) -> bool:
    """Most of the article's sentences stand outside the boxes."""
    inside = sum(_sentences(page, body, node.start, node.end) for node in nodes)
    return inside * 2 <= _sentences(page, body, 0, len(page.runs))


def _sentences(page: PageText, body: Body, start: int, end: int) -> int:
    return sum(body.chosen[i] and is_sentence(page.runs[i].text) for i in range(start, end))


class _Finder:
    """Looks at the elements of one page."""

    def __init__(self, page: PageText, body: Body, around: Sequence[Surroundings], matter: Matter) -> None:
        self._page, self._body, self._around, self._matter = page, body, around, matter
        chosen = zip(page.runs, body.chosen, strict=True)
        self._size = sum(len(run.text) for run, ok in chosen if ok)
        self._families: dict[Node, Family] = {}
        self.outside = Outside(page, body, around)

    def is_inside(self, node: Node) -> bool:
        """It is of a kind that may be a box, and stands within the article."""
        if node.tag not in _CANDIDATES or node in self._body.spine or node.hidden:
            return False
        return node.end > self._body.first and node.start <= self._body.last

    def indexes(self, node: Node) -> list[int]:
        """The runs of *node* that are neither furniture nor captions."""
        return [
            i
            for i in range(node.start, node.end)
            if not self._around[i].reason and not self._around[i].caption
        ]

    def read(self, node: Node) -> tuple[str, str]:
        """The heading of *node*, a link past it set aside, and all that it says."""
        runs = [self._page.runs[i] for i in self.indexes(node)]
        heading = next((run.text for run in runs if run.share(LINKS) < 1), runs[0].text)
        return heading, " ".join(run.text for run in runs)

    def is_label(self, heading: str) -> bool:
        """*heading* is a label of sidebars."""
        return self._matter.is_label(heading)

    def series(self, node: Node) -> int:
        """How many elements that look like *node* are a series."""
        told = any(is_sentence(run.text) for run in self._page.runs[node.start : node.end])
        return _SERIES_SURE if told and (node.tag == "aside" or is_sure_box_name(node.words)) else _SERIES

    def looks_boxed(self, node: Node) -> bool:
        """Its tag, its name, its frame or the elements beside it set it apart."""
        if is_framed(node) or is_box_name(self._names(node)):
            return True
        return self._stands_apart(node)

    def _names(self, node: Node) -> frozenset[str]:
        """The words that *node* is named with, those aside that an anchor took from its heading."""
        if not node.words or node.element.get("id") is None or node.end == node.start:
            return node.words
        said = {word.casefold() for word in _WORD.findall(self._page.runs[node.start].text)}
        return node.words - said if said & node.words else node.words

    def is_box(self, node: Node, indexes: Sequence[int]) -> bool:
        """It has a heading and something to tell, and is a small part of the whole."""
        runs = [self._page.runs[i] for i in indexes]
        size = sum(len(run.text) for run in runs)
        whole = sum(len(run.text) for run in self._page.runs[node.start : node.end])
        if (
            len(runs) < 2
            or node.end - node.start > _MOST_PARTS
            or size * 2 < whole
            or is_offer_name(node.words)
            or is_quotation(node, runs[0].text)
            or calls(node, (run.text for run in self._page.runs[node.start : node.end]))
        ):
            return False
        heading, _ = self.read(node)
        if is_structure(heading) or self.outside.is_repeated(heading):
            return False
        if self.outside.is_section(node) or {self._around[i].kind for i in indexes[1:]} == {"quote"}:
            return False
        if any(is_marked(one.words, "credit") for one in only_children(node)):
            return False  # who made a programme
        if next(node.element.iter("form"), None) is not None:
            return False
        if any(self._around[i].reason in _NEVER_INSIDE for i in range(node.start, node.end)):
            return False
        left_out = sum(len(self._page.runs[i].text) for i in indexes if not self._body.chosen[i])
        sure = node.tag in FRAME_TAGS or is_sure_box_name(self._names(node))
        if size > (_LARGEST_SURE if sure else _LARGEST) * (self._size + left_out):
            return False
        if (
            self._is_parted(indexes, sure=sure)
            or not tells(node, runs, self._page)
            or not self._has_heading(node, indexes[0], sure=sure)
        ):
            return False
        told = sum(len(run.text) for run in runs[1:] if is_sentence(run.text))
        matter = size - len(runs[0].text)
        return (told * _TOLD > size and matter >= _LEAST) or self._is_list(node, indexes[1:])

    def _is_parted(self, indexes: Sequence[int], *, sure: bool) -> bool:
        """Several headings stand in it, each over a sentence or two: it is a row of teasers or answers.

        Two do where neither name nor tag says what it is, and hardly more than one paragraph is below each.
        """
        heads = sum(self._around[i].kind == "heading" for i in indexes)
        if self._matter.is_label(self._page.runs[indexes[0]].text):
            return False
        if heads > _SERIES:
            return len(indexes) <= 3 * heads
        return not sure and heads > 1 and len(indexes) <= 2 * heads + 1

    def _is_list(self, node: Node, indexes: Sequence[int]) -> bool:
        """Below its heading stand a few facts, as items or as lines, and no further heading."""
        runs, kinds = [self._page.runs[i] for i in indexes], [self._around[i].kind for i in indexes]
        if not _FEWEST_FACTS <= len(runs) <= _MOST_FACTS or "heading" in kinds:
            return False
        if all(kind == "list-item" for kind in kinds):
            return True
        words = sum(run.text.count(" ") + 1 for run in runs)
        told = words >= _FACT_WORDS * len(runs) and node.tag in FRAME_TAGS | {"table"}
        return told or is_dated(runs) or is_sure_box_name(self._names(node))

    def _has_heading(self, node: Node, index: int, *, sure: bool) -> bool:
        """Its first run is set as a heading is, or reads as one where its name or tag says that it is a box.

        Of an element that nothing names the heading must be one, and unlike all others of the article.
        """
        run, around = self._page.runs[index], self._around[index]
        listed = around.kind == "list-item" and run.node.tag != "dt"
        if listed or (run.text.endswith("?") and self.outside.asks(node)):
            return False
        marked = around.kind == "heading" or (len(run.text) <= 150 and (run.is_bold or is_titled(run)))
        if sure or is_framed(node):
            return marked or (sure and reads_as_heading(run, around))
        named = is_box_name(self._names(node))
        if not (named or self._stands_apart(node)):
            return False
        if run.text.endswith("?") and self._asks_elsewhere(node):
            return False
        if reads_as_heading(run, around) and self._matter.announces(run.text):
            return True
        headed = marked if named else around.kind == "heading" or is_titled(run)
        return headed and self._is_only_one(run, around)

    def _asks_elsewhere(self, node: Node) -> bool:
        """The article asks questions outside of *node* too: it is an interview, or parted by them."""
        rest = (*range(self._body.first, node.start), *range(node.end, self._body.last + 1))
        texts = (self._page.runs[i].text for i in rest if self._body.chosen[i])
        return any(text.endswith("?") and text.count(" ") <= _QUESTION for text in texts)

    def _is_only_one(self, run: Run, around: Surroundings) -> bool:
        """No other heading of the article is set as *run*."""
        look = (run.node.tag, run.node.element.get("class"), around.kind)
        for index in range(self._body.first, self._body.last + 1):
            other = self._page.runs[index]
            if (
                other is run
                or not self._body.chosen[index]
                or (is_sentence(other.text) and not other.is_bold)
            ):
                continue
            kind = self._around[index].kind
            if (other.node.tag, other.node.element.get("class"), kind) == look and (kind or other.is_bold):
                return False
        return True

    def interrupts(self, node: Node, boxes: Sequence[Node]) -> bool:
        """The story has begun before the box and goes on after it; one of both where its name is sure.

        A label that announces a sidebar also does so at the story's end.
        """

        def outside(start: int, end: int) -> int:
            inside = sum(
                _sentences(self._page, self._body, max(start, one.start), min(end, one.end)) for one in boxes
            )
            return _sentences(self._page, self._body, start, end) - inside

        before, after = outside(0, node.start), outside(node.end, len(self._page.runs))
        if is_sure_box_name(self._names(node)):
            return before >= 2 or after >= 2
        if before < 2:
            return False
        return after > 0 or self._matter.is_label(self._page.runs[self.indexes(node)[0]].text)

    def is_headline(self, node: Node) -> bool:
        """A kicker, a headline and one paragraph: the way to another story, though nothing is a link."""
        runs = [self._page.runs[i] for i in self.indexes(node)]
        if len(runs) != 3 or self._matter.is_label(runs[0].text):
            return False
        return not is_sentence(runs[1].text) and is_sentence(runs[2].text)

    def repeats(self, node: Node) -> bool:
        """Most of what *node* says stands in the story, too."""
        inside = range(node.start + 1, node.end)
        own = {word for i in inside for word in content_words(self._page.runs[i].text)}
        rest = (i for i, ok in enumerate(self._body.chosen) if ok and not node.start <= i < node.end)
        told = {word for i in rest for word in content_words(self._page.runs[i].text)}
        return len(own & told) > _REPEATED * len(own)

    def _stands_apart(self, node: Node) -> bool:
        """The story's own text stands beside *node* in elements that look otherwise."""
        if node.parent is None or node.parent not in self._body.spine or node.end == node.start:
            return False
        if node.tag not in {"div", "section", "dl"}:
            return False
        family = self._families.get(node.parent) or self._families.setdefault(
            node.parent, Family(node.parent)
        )
        if family.counts[family.looks[node]] >= _SERIES:
            return False
        return self._among_paragraphs(node, family) or self._between_texts(node, family)

    def _among_paragraphs(self, node: Node, family: Family) -> bool:
        """Its neighbours are single paragraphs, while it alone holds several."""
        if node.end - node.start < 2:
            return False
        place = family.members.index(node)
        before, after = family.members[max(0, place - 2) : place], family.members[place + 1 : place + 2]
        if not (any(map(self._is_plain, before)) and any(map(self._is_plain, after))):
            return False
        return sum(one.end - one.start == 1 and self._body.chosen[one.start] for one in family.members) >= 3

    def _between_texts(self, node: Node, family: Family) -> bool:
        """The elements that hold the story's text above and below it look alike, and it does not.

        Below a label the story may go on under a heading of its own.
        """
        place = family.members.index(node)
        labelled = self._matter.is_label(self._page.runs[node.start].text)
        above = next((one for one in reversed(family.members[:place]) if self._is_text(one)), None)
        after = family.members[place + 1 :]
        below = next((one for one in after if self._is_text(one, headed=labelled)), None)
        if above is None or below is None:
            return False
        return frame(node) != frame(above) == frame(below)

    def _is_text(self, node: Node, *, headed: bool = False) -> bool:
        """It holds sentences of the story, without a heading of its own unless it may be *headed*."""
        told = any(
            self._body.chosen[i] and is_sentence(self._page.runs[i].text) for i in range(node.start, node.end)
        )
        return told and (headed or self._around[node.start].kind != "heading")

    def _is_plain(self, node: Node) -> bool:
        around = self._around[node.start]
        return (
            node.end - node.start == 1
            and is_sentence(self._page.runs[node.start].text)
            and around.kind is None
            and not around.caption
        )
