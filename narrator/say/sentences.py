"""Where sentences end in news text.

A sentence ends at a stop (. ! ? …), with the quotes and brackets that close there, when white
space follows and nothing speaks against it: a title or an initial before the dot, a lower-case
word after it, a number after "No.". Everything is decided from the words on both sides, so a
sentence's place never depends on what stands further away.
"""

from __future__ import annotations

import functools
import re

from narrator.say.tables import Tables, read_tables

_CLOSING = "\"'”’»›“)\\]"
_OPENING = "\"'“‘„«‹(\\[¿¡-–—"
_STOP = re.compile(
    rf"(?P<stop>[.!?…。！？।؟]+)(?P<close>[{_CLOSING}]*(?:\[\d{{1,3}}\])*) (?=(?P<open>[{_OPENING}\s]*)(?P<next>\S?))"
    rf"|(?P<wide>[。！？])(?P<wideclose>[”’」』）]*)(?=\S)"
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[\w'’-]*$")


def split_sentences(text: str, language: str) -> list[str]:
    """*text* cut into its sentences.

    Args:
        text: running text of one paragraph.
        language: BCP 47 code; without word lists for it only the general signs count.

    Returns:
        Sentences in order, none empty; joined with single spaces they are *text* with its white
        space collapsed, but for scripts that write no spaces.

    >>> split_sentences("Dr. Ray met the U.S. envoy at No. 10. “We won.” They left.", "en")
    ['Dr. Ray met the U.S. envoy at No. 10.', '“We won.”', 'They left.']
    """
    text = " ".join(text.split())
    tables = _tables(language)
    sentences = []
    start = 0
    for found in _STOP.finditer(text):
        if found["stop"] and not _is_end(text, start, found, tables):
            continue
        end = found.end("close") if found["stop"] else found.end()
        if found["stop"]:
            sentences.append(text[start:end])
            start = end + 1
    if start < len(text):
        sentences.append(text[start:])
    return sentences


@functools.cache
def _tables(language: str) -> Tables:
    return read_tables(re.split("[-_]", language)[0].lower())


def _is_end(text: str, start: int, found: re.Match[str], tables: Tables) -> bool:
    stop, follows, opening = found["stop"], found["next"], found["open"]
    if not follows:
        return True
    if follows.islower():
        # "“Stop!” he said", "etc. and": the sentence goes on in lower case.
        return False
    left = text[start : found.start()]
    if stop[0] in "…" or (len(stop) > 1 and set(stop) <= {".", "…"}):
        return follows.isupper() or bool(opening.strip())
    if stop != ".":
        return not (found["close"] and _goes_on(text, found))
    if found["close"]:
        return True
    last = _last_word(left)
    return not _needs_more(last, left, text[found.end() :], tables)


def _goes_on(text: str, found: re.Match[str]) -> bool:
    return False


def _last_word(left: str) -> str:
    found = _LAST_WORD.search(left)
    return found[0] if found else ""


def _needs_more(last: str, left: str, right: str, tables: Tables) -> bool:
    """Whether the dot after *last* belongs to a shortened word that wants the next one."""
    if not last:
        return False
    number_follows = right[:1].isdigit()
    if last in tables.words("never_end"):
        return True
    if number_follows and last in tables.words("number_follows"):
        return True
    if len(last) == 1 and last.isupper():
        return _is_initial(last, left, right, tables)
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", last):
        return not _starts_sentence(right, tables)
    if last in tables.words("may_end"):
        return not _starts_sentence(right, tables)
    if last.isdigit() and tables.words("ordinal_dots"):
        return _is_ordinal(last, right, tables)
    return False


def _is_initial(last: str, left: str, right: str, tables: Tables) -> bool:
    """ "George W. Bush", "J. Smith"; but "vitamin C. The", "plan B. It"."""
    before = left[: -len(last)].rstrip()
    if _starts_sentence(right, tables):
        return not before
    previous = re.search(r"[\w'’.-]+$", before)
    if (
        previous
        and previous[0].islower()
        and previous[0] in {"plan", "vitamin", "hepatitis", "grade", "type", "group", "class", "option"}
    ):
        return False
    return True


def _starts_sentence(right: str, tables: Tables) -> bool:
    """Whether the next word is one that begins sentences and seldom names."""
    word = re.match(r"[\W_]*([\w'’]+)", right)
    return bool(word) and word[1] in tables.words("starters")


def _is_ordinal(last: str, right: str, tables: Tables) -> bool:
    word = re.match(r"([\w'’]+)", right)
    return bool(word) and len(last) <= 2 and word[1] in tables.words("ordinal_dots")
