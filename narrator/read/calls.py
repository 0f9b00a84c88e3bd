"""Calls on the reader (subscribe, follow, download, write in) told from sentences of the story."""

from __future__ import annotations

import re

from narrator.read.markers import Markers
from narrator.read.passages import fold, opens_quote

_LONGEST = 60
"""Words of a call; what is longer tells something."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]?\s+")
_OPENERS = 2
"""Words at a sentence's start among which its verb stands: "Please subscribe", "Jetzt abonnieren"."""


def is_call(text: str, markers: Markers) -> bool:
    """Whether a line calls on its reader to take something of the publication's.

    One sentence opens with the verb of such a call ("Sign up", "Download", "Assine"), and the line
    names what is offered: a newsletter, or in the first person or in brackets an app, a channel, an
    account … Without these it may as well be advice. Somebody's words in quotation marks are no call.

    >>> from narrator.read.markers import read_markers
    >>> lines = "Sign up for the newsletter.", "Download our app.", "Download the app of your bank."
    >>> [is_call(line, read_markers("en")) for line in lines]
    [True, True, False]
    """
    if text.count(" ") >= _LONGEST or opens_quote(text):
        return False
    words = set(re.findall(r"[\w'-]+", fold(text)))
    own = bool(words & markers.words["first_person"]) or (
        text.startswith(("(", "[")) and text.endswith((")", "]"))
    )
    if not (words & markers.words["letters"] or (own and words & markers.words["offers"])):
        return False
    return any(_opens_as_call(fold(sentence), markers) for sentence in split_sentences(text))


def split_sentences(text: str) -> list[str]:
    """*text* at its full stops, roughly; for lines of furniture, which hold no abbreviations."""
    return [sentence for sentence in _SENTENCE.split(text.strip("()[] ")) if sentence]


def _opens_as_call(sentence: str, markers: Markers) -> bool:
    words = re.findall(r"[\w'-]+", sentence)[: _OPENERS + 2]
    starts = (" ".join(words[begin : begin + size]) for begin in range(_OPENERS) for size in (1, 2))
    return any(start in markers.words["calls"] for start in starts)
