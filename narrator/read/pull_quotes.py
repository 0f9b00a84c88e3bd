"""Pull quotes: a sentence of the story set apart to catch the eye, which must not be heard twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from narrator.read.calls import split_sentences
from narrator.read.passages import Passage, opens_quote

REASON = "pull quote that repeats the story"
_FEWEST, _MOST = 6, 60
"""Words; a shorter line in quotation marks is a crosshead, a longer one a passage of its own."""
_FEWEST_PARTS = 2
"""Sentences that a paragraph may have said apart."""
_LONGEST_NAME = 12
"""Words of who said it, under a pull quote."""
_ATTRIBUTED = re.compile(r"(?<=[\"”»“])\s*[–—-]\s[^\"”»“]{3,80}$")
"""Who said it, behind a dash."""
_CANDIDATES = 60
"""Lines looked up in the story at most, so that odd texts stay quick."""


def skip_pull_quotes(passages: list[Passage], start: int) -> None:
    """Skip every line in quotation marks, or marked as a quotation, that stands in a paragraph too."""
    candidates = [one for one in passages[start:] if _may_be_pull_quote(one)][:_CANDIDATES]
    story = "\n".join(["", *(bare(one.text) for one in passages[start:] if one.part == "story"), ""])
    # Of two lines that are the same the one that is marked as a quotation goes, else the one above.
    candidates.sort(key=lambda one: one.items[0].hint != "quote")
    for passage in candidates:
        words = bare(passage.text)
        quoted = bare(_ATTRIBUTED.sub("", passage.text))
        again = story.count(quoted) > 1 or _is_said_apart(passage, words, story)
        if again and f"\n{words}\n" in story:
            passage.skip(REASON)
            story = story.replace(f"\n{words}\n", "\n", 1)
    for above, passage in pairwise(passages[start:]):
        is_name = passage.items[0].hint == "quote" and passage.short and passage.words <= _LONGEST_NAME
        if "pull quote" in above.reason and passage.part == "story" and is_name:
            passage.skip(REASON)


def _is_said_apart(passage: Passage, words: str, story: str) -> bool:
    """Each of its sentences stands in one paragraph, with who said it between them."""
    parts = [bare(one) for one in split_sentences(_ATTRIBUTED.sub("", passage.text))]
    if len(parts) < _FEWEST_PARTS:
        return False
    return any(all(part in line for part in parts) for line in story.split("\n") if line != words)


def _may_be_pull_quote(passage: Passage) -> bool:
    if (
        passage.part != "story"
        or passage.kind not in {None, "quote", "paragraph"}
        or passage.items[0].hint == "heading"
        or not _FEWEST <= passage.words <= _MOST
    ):
        return False
    return opens_quote(passage.text) or passage.items[0].hint == "quote"


def repeats(members: Iterable[Passage], others: Iterable[Passage]) -> bool:
    """Whether every sentence of *members* stands in *others* too."""
    story = " ".join(bare(one.text) for one in others)
    return all(bare(one.text) in story for one in members)


def bare(text: str) -> str:
    """*text* as its words alone, for comparing.

    >>> bare('"Good night, little one"')
    'good night little one'
    """
    return " ".join(re.findall(r"\w+", text.casefold()))
