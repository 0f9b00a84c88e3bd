"""Lines that are part of the page and not of the story, each with the reason."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from narrator.read.bars import is_buttons, is_link_bar, is_section_bar
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
_LONGEST_OPENING = 7
"""Words of a link list's heading."""
_LONGEST_BUTTON = 5
_MOST_SAID = 60
"""Words of a line whose sentences are looked at one by one."""
_TOP = 25
"""Lines from the top among which a summary's heading stands."""
_LONGEST_POINT = 30
_CRUMBS = re.compile(r"\s*(?:»|›|>|→|::|/|\||•|·)\s*")
_PATH = re.compile(r"\s*[»›>→]\s*|\s+(?:::|/)\s+")
_NEAR = 30
"""Lines below a breadcrumb among which its headline stands."""
_COUNT = re.compile(r"\s*\(\d[\d.,k]* [^()]{2,20}\)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:[#@]\w+[\s,]*)+")
_CONTACT = re.compile(r"\S+@\S+\.\w+|(?<!\w)\+\d[\d\s()/-]{6,}\d")
"""An e-mail address or a telephone number with its country."""
_LONGEST_CONTACT = 14
_COMMENT_SIGN = re.compile(
    r"(?:\bsaid|\bsays|\bwrote|reply|responder|répondre|antworten|rispondi)\s*(?:\.\.\.|:)?$|\bago$"
)


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
    for above, button in pairwise(passages):
        # "Get the news of the harbour" over "Subscribe for free"
        called = above.open and above.short and opens_as_call(above.text, markers)
        if called and button.reason == REASONS["newsletter"] and button.words <= _LONGEST_BUTTON:
            above.skip(REASONS["newsletter"])


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
    section = (markers.furniture_in_prose if passage.prose else markers.furniture).find(passage.key)
    if section and not (passage.prose and section == "related" and ":" not in passage.key[:30]):
        return section
    if _ADDRESS.fullmatch(passage.text):
        return "address"
    if is_call(passage.text, markers):
        return "newsletter"
    if passage.closed and passage.words <= _MOST_SAID and (section := _said_in_each(passage.text, markers)):
        return section
    if passage.short and passage.words <= _LONGEST_CONTACT and _CONTACT.search(passage.text):
        return "contact"
    if passage.short and passage.items[0].hint is None:
        if is_buttons(passage.text, markers):
            return "share"
        if is_section_bar(passage.text, markers):
            return "sections"
    items = passage.items
    if len(items) == 1 and items[0].link_share > 0.85 and not passage.closed and items[0].hint is None:
        return "related"
    return None


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
    parts = [part for part in _CRUMBS.split(text) if part]
    if not 2 <= len(parts) <= 15 or len(text) > 250:
        return False
    heads = {fold(word) for word in markers.phrases["nav_heads"]}
    # "You are here: Home > Sport"
    if fold(parts[0]) in heads or any(fold(part) in heads for part in parts[0].split(":", 1)[:-1]):
        return True
    strong = bool(re.search(r"\s[»›>→|]\s|::", text))
    short = all(len(part.split()) <= (3 if strong else 2) for part in parts)
    return short and not text.endswith((".", "!", "?")) and not any(char.isdigit() for char in text)


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


def cut_zones(passages: list[Passage], start: int, markers: Markers) -> None:
    """Skip the stretches below the story's *start* that link lists, comments and footers open."""
    index = start
    while index < len(passages):
        passage = passages[index]
        zone = None if passage.prose or not passage.key else markers.zones.find(passage.key)
        if zone == "summary" and _is_early(passages, start, index):
            index = _cut_summary(passages, index)
            continue
        if zone == "related" and (passage.part in {"story", "furniture"}):
            # "Read also: How the ferry lost its key" is a link itself, and opens no list of them.
            if passage.words > _LONGEST_OPENING:
                passage.skip(REASONS["related"])
                index += 1
            else:
                index = _cut_links(passages, index)
            continue
        if zone == "box_end":
            passage.skip(REASONS[zone])
        elif zone is None and _may_be_links(passage) and is_link_bar(passage.text):
            passage.skip(REASONS["related"])
        elif zone is None and _is_about(passages, index, markers):
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


def _cut_summary(passages: list[Passage], index: int) -> int:
    """Skip a summary's heading at *index* and its points; where the story goes on."""
    end = index + 1
    while end < len(passages) and (
        passages[end].kind == "list-item" or (passages[end].open and passages[end].short)
    ):
        end += 1
    if end - index < 3:
        return index + 1
    for one in passages[index:end]:
        one.skip(REASONS["summary"])
    return end


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


def _cut_links(passages: list[Passage], index: int) -> int:
    """Skip a link list's heading at *index* and its links; where the story goes on."""
    passages[index].skip(REASONS["related"])
    end = index + 1
    while end < len(passages) and (passages[end].part != "story" or _is_link_like(passages[end])):
        end += 1
    # A crosshead may stand between the links and the prose: it is shorter than the links are.
    links = [one for one in passages[index + 1 : end] if one.part == "story"]
    if end < len(passages) and len(links) > 2 and links[-1].words <= 4 < min(one.words for one in links[:-1]):
        links.pop()
    for link in links:
        link.skip(REASONS["related"])
    return max(index + 1, end)


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
