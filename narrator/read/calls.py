"""Calls on the reader (subscribe, follow, download, write in) told from sentences of the story."""

from __future__ import annotations

import re

from narrator.read.markers import Markers
from narrator.read.passages import fold, opens_quote

_LONGEST = 60
"""Words of a call; what is longer tells something."""
_BUTTON = 5
"""Words of a sentence that is as good as a button: "Sign up here."."""
_FEWEST_NETWORKS = 2
"""Social networks named in one sentence from which on following is what it asks for."""
_ADDRESS = re.compile(r"\S+@\S+\.\w")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]?\s+")


def is_call(text: str, markers: Markers) -> bool:
    """Whether a line calls on its reader to take something of the publication's.

    One sentence opens with the verb of such a call ("Sign up", "Download", "Assine"), and names what is
    offered, or is so short, or a question, that the sentence beside it does: a newsletter, several social
    networks, an address to write to, or in the first person or in brackets an app, a channel, an account …
    Without these it may as well be advice. Somebody's words in quotation marks are no call.

    >>> from narrator.read.markers import read_markers
    >>> lines = "Sign up for the newsletter.", "Download our app.", "Download the app of your bank."
    >>> [is_call(line, read_markers("en")) for line in lines]
    [True, True, False]
    """
    if text.count(" ") >= _LONGEST or opens_quote(text):
        return False
    bracketed = text.startswith(("(", "[")) and text.endswith((")", "]"))
    whole = _words(text)
    addressed = _ADDRESS.search(text) is not None
    if not addressed and not whole & markers.words_of("letters", "offers"):
        return _ends_in_call(text, markers)
    for sentence in split_sentences(text):
        said = whole if sentence.count(" ") < _BUTTON or sentence.endswith("?") else _words(sentence)
        if said & markers.words["reporting"]:
            continue
        own = bracketed or bool(said & markers.words["first_person"])
        offers = said & markers.words["letters"] or (own and said & markers.words["offers"])
        followed = len(said & markers.words["networks"]) >= _FEWEST_NETWORKS
        if (offers or followed) and opens_as_call(sentence, markers):
            return True
        if addressed and _opens_with(sentence, markers.words["write_in"]):
            return True
    return False


def _ends_in_call(text: str, markers: Markers) -> bool:
    """Whether the last of some sentences is a button to subscribe ("Sign up here."), or asks the reader to
    write in when the others call on the reader or put a question as well: "Were you there? Contact us."
    """
    *before, last = split_sentences(text)
    if not before:
        return False
    is_button = last.count(" ") < _BUTTON and markers.furniture.find(fold(last)) == "newsletter"
    if is_button and opens_as_call(last, markers):
        return True
    return _opens_with(last, markers.words["write_in"]) and all(
        _asks_reader(one, markers) or opens_as_call(one, markers) for one in before
    )


def _asks_reader(sentence: str, markers: Markers) -> bool:
    return sentence.endswith("?") and bool(_words(sentence) & markers.words["second_person"])


def split_sentences(text: str) -> list[str]:
    """*text* at its full stops, roughly; for lines of furniture, which hold no abbreviations."""
    return [sentence for sentence in _SENTENCE.split(text.strip("()[] ")) if sentence]


def opens_as_call(sentence: str, markers: Markers) -> bool:
    """Whether *sentence* opens with the verb of a call, or has it behind a condition and a comma."""
    if _opens_with(sentence, markers.words["calls"]):
        return True
    condition, comma, rest = sentence.partition(",")
    return (
        bool(comma)
        and _opens_with(condition, markers.words["conditions"])
        and (_opens_with(rest, markers.words["calls"]))
    )


def _opens_with(sentence: str, phrases: frozenset[str]) -> bool:
    words = re.findall(r"[\w'-]+", fold(sentence))[:3]
    return bool({" ".join(words[:size]) for size in (1, 2, 3)} & phrases)


def _words(text: str) -> set[str]:
    """The words of *text*, and the ends of those that hyphens join: "whatsapp-channel"."""
    words = set(re.findall(r"[\w'-]+", fold(text)))
    return words.union(*(_ends(word) for word in words if "-" in word))


def _ends(word: str) -> set[str]:
    parts = word.split("-")
    return {"-".join(parts[start:]) for start in range(1, len(parts))}
