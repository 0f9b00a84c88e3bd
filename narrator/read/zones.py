"""Stretches of lines that are none of the story: summaries above it, lists of links, comments, footers."""

from __future__ import annotations

import re
from functools import cache

from narrator.read.bars import is_link_bar
from narrator.read.bylines import read_meta
from narrator.read.calls import split_sentences
from narrator.read.furniture import REASONS, content_words, find_section
from narrator.read.markers import Markers, read_markers
from narrator.read.passages import Passage, fold

_LONGEST_OPENING = 7
"""Words of a link list's heading."""
_TOP = 25
"""Lines from the top among which a summary's heading stands."""
_LONGEST_POINT = 30
_SHORTER = 2
"""Words that a crosshead has less than the links above it."""
_SHORTEST_LINK, _LONGEST_CROSSHEAD = 5, 5
"""Words of a headline that links to another story, and of a crosshead below such links."""
_LABEL_END = re.compile(r"\s*[:|]\s*|\s[–—-]+\s")
_COMMENT_SIGN = re.compile(
    r"(?:\bsaid|\bsays|\bwrote|reply|responder|répondre|antworten|rispondi)\s*(?:\.\.\.|:)?$|\bago$"
)


def cut_zones(passages: list[Passage], start: int, markers: Markers) -> None:
    """Skip the stretches below the story's *start* that link lists, comments and footers open."""
    index = start
    while index < len(passages):
        passage = passages[index]
        zone = None if passage.prose or not passage.key else markers.zones.find(passage.key)
        if zone is None and _heads_links(passages, index):
            zone = "related"
        if zone == "summary" and _is_early(passages, start, index):
            index = _cut_summary(passages, index, markers)
            continue
        if zone == "related" and (passage.part in {"story", "furniture"}):
            # "Read also: How the ferry lost its key" is a link itself, and opens no list of them.
            if passage.words > _LONGEST_OPENING:
                passage.skip(REASONS["related"])
                index += 1
            else:
                index = _cut_links(passages, index, markers)
            continue
        if zone == "box_end":
            passage.skip(REASONS[zone])
        elif zone is None and _may_be_links(passage) and is_link_bar(passage.text):
            passage.skip(REASONS["related"])
        elif zone is None and _are_loose_links(passages, index, markers):
            for link in passages[index : index + 2]:
                link.skip(REASONS["related"])
        elif zone is None and (_is_about(passages, index, markers) or _is_signed_off(passage, markers)):
            zone = "end"
        if zone in {"comments", "end"} and _story_is_over(passages, start, index, zone):
            for left in passages[index:]:
                if left.part == "story" and not _outlasts(left, passage, zone):
                    left.skip(REASONS["comments" if zone == "comments" else "end"])
            return
        index += 1


def skip_summaries(passages: list[Passage], markers: Markers) -> None:
    """Skip a summary above the story whose points are whole sentences, which look like its beginning.

    They stand right under the summary's heading, without the blank lines that part the paragraphs, or
    each is one short sentence that the rest says again.
    """
    for index, heading in enumerate(passages[:_TOP]):
        if heading.part != "story" or heading.prose or markers.zones.find(heading.key) != "summary":
            continue
        end = index + 1
        while end < len(passages) and _is_point(passages, index, end, markers):
            end += 1
        points = passages[index + 1 : end]
        if len(points) >= 2 and any(one.closed for one in points) and end < len(passages):
            for one in passages[index:end]:
                one.skip(REASONS["summary"])
        return


def _is_point(passages: list[Passage], heading: int, index: int, markers: Markers) -> bool:
    passage = passages[index]
    if read_meta(passage.text, markers):
        return False
    tight = passage.gap == "line" and passages[heading].gap != "line"
    if passage.part != "story" or passage.words > _LONGEST_POINT or passage.sure:
        return False
    if tight or passage.kind == "list-item" or passage.short:
        return True
    own = content_words(passage.text)
    story = {word for one in passages[index + 1 :] if one.prose for word in content_words(one.text)}
    return len(split_sentences(passage.text)) == 1 and len(own & story) > 0.5 * len(own)


def _may_be_links(passage: Passage) -> bool:
    return passage.open and passage.short and not passage.sure


def _is_early(passages: list[Passage], start: int, index: int) -> bool:
    """A summary stands near the top; a box "At a glance" further down is a sidebar."""
    if passages[index].items[0].box is not None:
        return False  # the page reader has compared it with the story
    return sum(1 for one in passages[start:index] if one.part == "story" and one.prose) <= 2


def _cut_summary(passages: list[Passage], index: int, markers: Markers) -> int:
    """Skip a summary's heading at *index* and its points; where the story goes on."""
    end = index + 1
    while end < len(passages) and (
        passages[end].kind == "list-item"
        or (passages[end].open and passages[end].short and not reads_label(passages[end], markers))
    ):
        end += 1
    if end - index < 3:
        return index + 1
    for one in passages[index:end]:
        one.skip(REASONS["summary"])
    return end


def _heads_links(passages: list[Passage], index: int) -> bool:
    """A line that is a link by its words stands right on others, or hands over to them with a colon."""
    passage = passages[index]
    if passage.reason != REASONS["related"] or passage.words > _LONGEST_OPENING or index + 1 >= len(passages):
        return False
    return passages[index + 1].gap == "line" and passage.text.endswith(":")


def _are_loose_links(passages: list[Passage], index: int, markers: Markers) -> bool:
    """Two headlines, one right under the other, between paragraphs that blank lines part.

    Nothing announces them, and they announce nothing: a crosshead stands alone, a list has more items.
    """
    if not 0 < index < len(passages) - 2:
        return False
    above, first, second, below = passages[index - 1 : index + 3]
    apart = first.gap == "paragraph" and second.gap == "line" and below.gap == "paragraph"
    told = above.prose and not above.text.endswith(":") and (below.prose or below.words <= _LONGEST_OPENING)
    if not (apart and told and isinstance(first.items[0].where, int)):
        return False
    return all(
        _may_be_links(one)
        and one.words >= _SHORTEST_LINK
        and one.items[0].hint is None
        and not read_meta(one.text, markers, bare_names=True)
        for one in (first, second)
    )


def _cut_links(passages: list[Passage], index: int, markers: Markers) -> int:
    """Skip a link list's heading at *index* and its links; where the story goes on."""
    passages[index].skip(REASONS["related"])
    end = index + 1
    # Where blank lines part the paragraphs, links stand right under their heading.
    tight = end < len(passages) and passages[end].gap == "line"
    while end < len(passages) and (passages[end].part != "story" or _is_link_like(passages[end])):
        if (tight and passages[end].gap != "line") or _opens_box(passages, end, markers):
            break
        end += 1
    links = [one for one in passages[index + 1 : end] if one.part == "story"]
    # "Read more" right below "Advertisement" is a button of it.
    is_button = index > 0 and passages[index - 1].reason == REASONS["advertisement"] and len(links) == 1
    if end < len(passages) and not tight and links and _is_crosshead(links, passages[end], sure=is_button):
        links.pop()
    for link in links:
        if not _states_date(link, markers):
            link.skip(REASONS["related"])
    return max(index + 1, end)


def _states_date(passage: Passage, markers: Markers) -> bool:
    """ "Date 14.03.2019": the post's own date, among what stands below it."""
    if not passage.key.startswith(_published_labels(markers.language)):
        return False
    meta = read_meta(passage.text, markers)
    return meta is not None and bool(meta.dates)


@cache
def _published_labels(language: str) -> tuple[str, ...]:
    return tuple(f"{fold(label)} " for label in read_markers(language).phrases["published"] if len(label) > 2)


def _opens_box(passages: list[Passage], index: int, markers: Markers) -> bool:
    """A label of sidebars over its author's line, which no link is."""
    passage = passages[index]
    if passage.part != "story" or index + 2 >= len(passages):
        return False
    if not reads_label(passage, markers):
        return False
    meta = read_meta(passages[index + 1].text, markers, bare_names=True)
    return meta is not None and bool(meta.people) and not meta.dates


def _is_signed_off(passage: Passage, markers: Markers) -> bool:
    """Who reported and edited, in brackets, as agencies put it below their last paragraph."""
    bracketed = passage.text.startswith("(") and passage.text.endswith(")")
    return bracketed and passage.open and find_section(passage, markers) == "credits"


def reads_label(passage: Passage, markers: Markers) -> bool:
    """Whether *passage* opens with a label of sidebars, alone or before a colon, a bar or a dash."""
    return bool(markers.labels.find(fold(_LABEL_END.split(passage.text, maxsplit=1)[0])))


def _is_crosshead(links: list[Passage], below: Passage, *, sure: bool) -> bool:
    """The last of *links* heads the prose *below*: shorter than the others, or with its words in it.

    Where it is *sure* that there is no list of links, being short is enough.
    """
    last, others = links[-1], links[:-1]
    if last.words > _LONGEST_CROSSHEAD or not below.prose:
        return False
    if sure or (others and last.words + _SHORTER <= min(one.words for one in others)):
        return True
    return bool(content_words(last.text) & content_words(below.text[:300]))


def _is_link_like(passage: Passage) -> bool:
    return (
        not passage.sure
        and passage.words <= 25
        and (not passage.closed or (passage.words <= 16 and passage.text.endswith(("?", "!"))))
    )


def _is_about(passages: list[Passage], index: int, markers: Markers) -> bool:
    """ "About NAME" over a paragraph on that company or author, as press releases and columns end."""
    passage = passages[index]
    if passage.part != "story" or passage.words > 8 or passage.closed or index + 1 >= len(passages):
        return False
    low = passage.text.casefold()
    opening = next((one for one in markers.phrases["about"] if low.startswith(f"{one} ")), None)
    if opening is None:
        return False
    name = passage.text[len(opening) :].strip(" :")
    following = next((one for one in passages[index + 1 : index + 3] if one.part == "story"), None)
    return bool(name) and following is not None and name.split()[0].strip(",.") in following.text[:400]


def _story_is_over(passages: list[Passage], start: int, index: int, zone: str) -> bool:
    before = sum(1 for one in passages[start:index] if one.part == "story" and one.prose)
    after = [one for one in passages[index + 1 :] if one.part == "story" and one.prose]
    if before < 2 or (before < 4 and len(after) > before):
        return False
    if zone == "comments" and any(_COMMENT_SIGN.search(one.key) for one in passages[index : index + 40]):
        return True
    return len(after) <= max(2, before // 3)


def _outlasts(passage: Passage, heading: Passage, zone: str) -> bool:
    """A page marks *passage* as its article's text, and no part of what *heading* opens.

    That is only known of comments that are marked so as well, and of the heading's own box.
    """
    box = heading.items[0].box
    opened = passage is heading or (zone == "comments" and heading.sure)
    return passage.sure and not opened and not (box is not None and passage.items[0].box == box)
