"""Where sentences end in news text.

A sentence ends at a stop (. ! ? …), with the quotes and brackets that close there, when white
space follows and nothing speaks against it: a title or an initial before the dot, a lower-case
word after it, a number after "No.". Only words near the stop and in the same sentence are looked
at, so what is far away never moves an end, and a sentence cut again is one sentence.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from narrator.say.tables import Tables, read_tables

_STOP = re.compile(
    r"(?P<stop>[.!?…‥。！？।؟։።]+)(?P<close>(?: ?[»›](?= |$)|[\"'”’»›“)\]}」』】）]|\[\d{1,3}\])*) "
)
_NEXT = re.compile(r"(?P<open>[\"'“‘„‚«‹»›(\[{¿¡\-–—•*# ]{0,8})(?P<word>[\w’'.-]{0,60})")
_LAST_WORD = re.compile(r"(?:[^\W\d_]{1,2}\.)*[\w’'-]*$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LETTER_OR_FIGURE = re.compile(r"[^\W_]")
_MARKER = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})")
"""What numbers an item: "1.", "b.", "iv."."""
_REACH = 80
"""How many characters left of a stop are looked at."""


def split_sentences(text: str, language: str) -> list[str]:
    """*text* cut into its sentences.

    Args:
        text: running text of one paragraph.
        language: BCP 47 code; without word lists for it only the general signs count.

    Returns:
        Sentences in order, none empty. Joined with single spaces they are *text* with its white
        space collapsed; so nothing is cut where no space stands.

    >>> split_sentences("Dr. Ray met the U.S. envoy at No. 10. “We won.” They left.", "en")
    ['Dr. Ray met the U.S. envoy at No. 10.', '“We won.”', 'They left.']
    """
    text = " ".join(text.split())
    tables = read_tables(re.split("[-_]", language)[0].lower())
    last_word = len(text)
    while last_word and not text[last_word - 1].isalnum():
        last_word -= 1
    sentences = []
    start, word = 0, _first_word(text, 0)
    for stop in _STOP.finditer(text, 0, last_word):  # marks and emoji alone make no sentence
        if stop.start() > word and _is_end(text, start, stop, tables):
            sentences.append(text[start : stop.end() - 1])
            start = stop.end()
            word = _first_word(text, start)
    if start < len(text):
        sentences.append(text[start:])
    return sentences


def _first_word(text: str, start: int) -> int:
    """Where the first letter or figure from *start* on stands, else the end of *text*."""
    found = _LETTER_OR_FIGURE.search(text, start)
    return found.start() if found else len(text)


@dataclass(frozen=True, slots=True)
class _Endings:
    """Shortened words of a language, by what a dot after them means."""

    never: frozenset[str]
    """No end: a name follows."""
    maybe: frozenset[str]
    """An end when the next word is one that begins sentences."""
    numbered: frozenset[str]
    """No end before a number."""


@functools.cache
def _endings(language: str) -> _Endings:
    tables = read_tables(language)
    streets = tables.words("streets")
    titles = tables.words("titles") | tables.words("dotted_titles")
    short_days = {
        word for name in ("months", "weekdays") for word, full in tables[name].items() if word != full
    }
    dotted = {word.removesuffix(".") for word in tables.words("abbreviations") if word.endswith(".")}
    maybe = streets | tables.words("after_names") | tables.words("state_names") | short_days | dotted
    return _Endings(
        never=tables.words("never_end") | (titles - streets),
        maybe=maybe | tables.words("may_end"),
        numbered=frozenset(word.removesuffix(".") for word in tables.words("before_numbers"))
        | tables.words("dotted_units"),
    )


def _is_end(text: str, start: int, stop: re.Match[str], tables: Tables) -> bool:
    following = _NEXT.match(text, stop.end())
    word = following["word"] if following else ""
    opened = bool(following and following["open"].strip())
    if word[:1].islower() and not re.match(r"[a-z][A-Z]", word):
        return False  # "“Stop!” he said", "etc. and"; but "iPhone sales fell"
    left = text[max(start, stop.start() - _REACH) : stop.start()]
    marks = stop["stop"]
    if marks[0] != "." or len(marks) > 1:
        return not _goes_on(left, stop, text, tables)
    if _MARKER.fullmatch(left):
        return False
    if stop["close"] and ")" not in stop["close"]:
        return True
    return not _is_shortened(left, word, opened, tables)


def _goes_on(left: str, stop: re.Match[str], text: str, tables: Tables) -> bool:
    """Whether a question or shout is part of a longer sentence: "“Who?” Ms Ray asked."."""
    if f"{_last_word(left)}{stop['stop']}" in tables.words("names_with_marks"):
        return True
    if not re.search("[\"'”’»“]", stop["close"]):
        return False
    clause = re.match(r"[\w’'-]+\.?(?: [\w’'-]+){1,3}", text[stop.end() : stop.end() + _REACH])
    words = clause[0].split() if clause else [""]
    if words[0] in tables.words("starters"):
        return False
    return any(word in tables.words("speech_verbs") for word in words[1:])


def _last_word(left: str) -> str:
    found = _LAST_WORD.search(left[-40:])
    return found[0] if found else ""


def _is_shortened(left: str, word: str, opened: bool, tables: Tables) -> bool:
    """Whether the dot after *left* marks a shortened word and ends no sentence before *word*."""
    last = _last_word(left)
    if not last:
        return False
    endings = _endings(tables.language)
    starts = word in tables.words("starters") or opened
    forms = {last, last[:1].lower() + last[1:], last.rpartition("-")[2]}
    if forms & endings.never:
        return True
    if word[:1].isdecimal():
        return any(_is_numbered(form, endings, tables) for form in forms) or bool(forms & endings.maybe)
    if len(last) == 1 and last.isupper():
        return not starts and not _is_lettered_thing(left, tables)
    if _DOTTED.fullmatch(last) or forms & endings.maybe:
        return not starts
    if len(last) > 2 or not last.isdecimal() or starts or not tables.words("dotted_ordinals"):
        return False
    counted = left.split()[-2:-1]  # the number of "Nr. 5." is no ordinal
    return not counted or not _is_numbered(counted[0].removesuffix("."), endings, tables)


def _is_numbered(word: str, endings: _Endings, tables: Tables) -> bool:
    return word in endings.numbered or word.endswith(tuple(tables.words("shortened_endings")))


def _is_lettered_thing(left: str, tables: Tables) -> bool:
    """Whether the capital at the end of *left* is a thing's letter: "plan B", "vitamin C"."""
    words = left.split()
    return len(words) > 1 and words[-2].lower().strip("“\"'(") in tables.words("lettered_things")
