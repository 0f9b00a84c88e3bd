"""Captions told from paragraphs, and what is no part of them cut: labels, credits, counters."""

from __future__ import annotations

import re
from functools import cache

from narrator.read.bylines import cut_byline, read_meta
from narrator.read.credits import cut_bracketed, cut_credit, cut_name, is_credit, is_creditee
from narrator.read.dates import find_dates
from narrator.read.markers import Markers, read_markers
from narrator.read.passages import Passage, closes, fold

CREDIT = "photographer's credit"
LONGEST_CAPTION = 70
"""Words; a longer paragraph with a credit in it is a paragraph."""

_CREDIT_AHEAD = 110
"""Characters in which a credit, and the label of the caption behind it, stand."""
_COUNTER = re.compile(r"^\s*[\[(]?\d{1,2}\s?(?:/|of|de|von)\s?\d{1,2}[\])]?\s*[:.]?\s*(?=\S)")

_CAPTIONED = re.compile(
    r"([^\W\d_a-z][^\W\d_a-zà-ÿ]+(?:\s[^\W\d_a-zà-ÿ]+){0,2}):\s[^\W\d_a-z]\w*[a-zà-ÿ]\w*\s"
)
"""How local papers open a caption: "HOBBY: Ann Bell at the controls of her train"."""
_FEWEST_CAPTIONED = 6
"""Words of such a caption."""


def mark_captions(passages: list[Passage], markers: Markers) -> None:
    """Take every line for a caption that a label, a credit or the markup says is one."""
    signed = _cut_last_sign_off(passages, markers)
    for index, passage in enumerate(passages):
        if index == signed:
            continue
        if not passage.open or not passage.text:
            continue
        says = cut_byline(passage.text, markers) or find_dates(passage.text, markers)
        if says and read_meta(passage.text, markers):
            continue  # "By Ann Bell with AFP" and "… 6.12 pm GMT-3" end like captions do
        if _is_bare_label(passage, markers):
            passage.skip("caption label")
            _take_next(passages, index + 1, markers)
        elif _is_bare_credit_label(passage, passages[index + 1 : index + 2], markers):
            passage.skip(CREDIT)
            passages[index + 1].skip(CREDIT)
        elif is_credit(passage.text, markers) and not find_dates(passage.text, markers):
            passage.skip(CREDIT)
            _take_neighbour(passages, index, markers)
        else:
            read_caption(passage, markers)


def read_caption(passage: Passage, markers: Markers, *, known: bool = False) -> bool:
    """Make *passage* a caption if its own words, or the markup, say it is one.

    Where it is *known* to be one, a name alone behind its last sentence is the photographer's.
    """
    item = passage.items[0]
    text, rules = passage.text, []
    label = _cut_label(text, markers)
    if not label and item.sure and item.hint == "paragraph":
        return False
    if label:
        text = label
        rules.append("caption label cut")
    if passage.words <= LONGEST_CAPTION:
        uncounted = _COUNTER.sub("", text)
        bare = cut_tails(uncounted, markers)
        words = cut_credit(bare, markers)
        if words == bare:
            sure = known or bool(label) or item.hint == "caption"
            words = cut_bracketed(bare, markers, sure=sure)
            words = cut_name(bare, markers) if words == bare and sure else words
        if words != bare:
            rules.append(f"{CREDIT} cut")
        elif bare != uncounted:
            rules.append("caption label cut")
        if words != text and (rules or item.hint == "caption"):
            text = words
    if item.credit:
        rules.append(f"{CREDIT} cut")
    if not rules and item.hint != "caption":
        return False
    if not text or is_credit(text, markers):
        passage.skip(CREDIT)
        return True
    passage.set_text(text, ", ".join(dict.fromkeys(rules)))
    passage.kind = "caption"
    return True


def take_caption(passage: Passage, markers: Markers) -> None:
    """Make *passage* a caption because of where it stands."""
    if not read_caption(passage, markers, known=True):
        passage.kind = "caption"


def opens_in_capitals(passage: Passage, markers: Markers) -> bool:
    """A word in capitals and a colon before a line in small letters, which is no label of a sidebar."""
    found = _CAPTIONED.match(passage.text) if passage.short and passage.words >= _FEWEST_CAPTIONED else None
    return found is not None and not markers.labels.find(fold(found[1]))


def _cut_last_sign_off(passages: list[Passage], markers: Markers) -> int | None:
    for index in range(len(passages) - 1, -1, -1):
        if passages[index].open and cut_sign_off(passages[index], markers):
            return index
        if passages[index].open and passages[index].prose:
            break
    return None


def cut_sign_off(passage: Passage, markers: Markers) -> bool:
    """Cut what an agency puts behind a story's last sentence: "… four days. Enditem"."""
    for count in (2, 1):
        rest, *words = passage.text.rsplit(" ", count)
        sign = " ".join(words)
        known = sign in markers.phrases["sign_offs"] or sign.strip("()[].") in markers.words["agencies"]
        if known and passage.words > 9 and closes(rest):
            passage.set_text(rest, "agency's sign-off cut")
            return True
    return False


def _take_next(passages: list[Passage], index: int, markers: Markers) -> None:
    if index < len(passages) and passages[index].open and passages[index].words <= LONGEST_CAPTION:
        take_caption(passages[index], markers)


def _take_neighbour(passages: list[Passage], index: int, markers: Markers) -> None:
    """A credit alone belongs to the caption it stands right under, or right above."""
    above = passages[index - 1] if index else None
    if (
        above
        and passages[index].gap == "line"
        and above.open
        and above.words <= LONGEST_CAPTION
        and above.gap != "line"
        and read_meta(above.text, markers) is None
    ):
        above.kind = "caption"
        return
    below, after = ([*passages[index + 1 : index + 3], None, None])[:2]
    if (
        below
        and passages[index].gap != "line"
        and below.gap == "line"
        and below.open
        and below.closed
        and below.words <= LONGEST_CAPTION
        and (after is None or after.gap != "line")
        and read_meta(below.text, markers) is None
    ):
        below.kind = "caption"


def _is_bare_label(passage: Passage, markers: Markers) -> bool:
    return passage.key in markers.caption_labels


def _is_bare_credit_label(passage: Passage, below: list[Passage], markers: Markers) -> bool:
    """ "Image copyright" on a line of its own, over a line that names an agency or a photographer."""
    return (
        " " in passage.key
        and passage.words <= 3
        and passage.key in {fold(label) for label in markers.phrases["credit_labels"]}
        and bool(below)
        and below[0].open
        and below[0].short
        and is_creditee(below[0].text, markers)
    )


def _cut_label(text: str, markers: Markers) -> str | None:
    """What follows "Image caption" or "Photo:"; None when no label opens the line, or a credit does."""
    text = text[_credit_ahead(text, markers) :]
    low = text[:60].casefold()
    if not low.startswith(markers.caption_labels):
        return None
    for label in markers.caption_labels:
        if not low.startswith(label) or len(text) == len(label):
            continue
        after = text[len(label)]
        # "Media captionFootage shows …": pages flattened without a space. One word alone needs a colon.
        if after == ":" or (" " in label and (after in " ," or after.isupper())):
            rest = text[len(label) :].lstrip(" ,:-–")
            if rest:
                return None if is_credit(text, markers) else rest
    return None


def _credit_ahead(text: str, markers: Markers) -> int:
    """Where the label stands behind a credit on the same line: "Image copyright AFP Image caption …"."""
    low = text[:_CREDIT_AHEAD].casefold()
    places = (low.find(label) for label in _inner_labels(markers.language))
    return next((at + 1 for at in places if at > 0 and is_credit(text[:at], markers)), 0)


@cache
def _inner_labels(language: str) -> tuple[str, ...]:
    """The labels of captions that may stand inside a line, with the spaces around them."""
    return tuple(f" {label} " for label in read_markers(language).caption_labels if " " in label)


def cut_tails(text: str, markers: Markers) -> str:
    """*text* without the buttons that flattening leaves at a caption's end: "Hide Caption"."""
    low = text.casefold()
    for tail in markers.phrases["caption_tails"]:
        if low.endswith(tail.casefold()):
            return text[: -len(tail)].rstrip()
    return text
