"""How alike two texts are, by which a post is known again: corrected, posted twice, or taken down.

Texts are compared by their runs of four words (shingles), whatever their case and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from narrator.models import Episode

SAME_TEXT = 0.5
"""Share of word runs from which on two texts of one title are one post, corrected or not.
Corrections change sentences; another story under a standing title ("Morning briefing") shares less."""
RUN_WORDS = 4


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of *texts* in order, lower case, as they are compared."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", " ".join(texts)).casefold())


def plain_title(title: str) -> str:
    """*title* as it is compared: its words in lower case, without punctuation.

    >>> plain_title("Ministers “agree”!")
    'ministers agree'
    """
    return " ".join(words_of([title]))


def word_runs(words: Sequence[str]) -> Iterator[str]:
    """Every four words in a row; all of them when there are fewer, nothing when there are none.

    >>> list(word_runs("boats may enter from Friday".split()))
    ['boats may enter from', 'may enter from Friday']
    """
    for start in range(max(1, len(words) - RUN_WORDS + 1)) if words else ():
        yield " ".join(words[start : start + RUN_WORDS])


def share_of_runs(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two word lists share, 0 to 1: common runs of four words over all runs of both.

    >>> share_of_runs("a b c d e".split(), "a b c d e".split())
    1.0
    """
    first, second = set(word_runs(one)), set(word_runs(other))
    return len(first & second) / (len(first | second) or 1)


def told_texts(episode: Episode) -> Iterable[str]:
    """The texts of an episode's lines without its cues and its headline."""
    return (line.text for line in episode.lines if line.kind not in {"cue", "headline"})
