"""News-like text of any length: the same for the same number of words, no two sentences alike."""

from __future__ import annotations

import random
from collections.abc import Iterator

WHO = (
    "The harbour council|Ferry crews|Residents of Saltwick|The minister|Engineers|Two inspectors|Fish traders"
)
DID = "said on Friday that|told reporters that|expected that|denied that|have asked whether|confirmed that"
WHAT = "the sea wall|the night ferry|the old market|a second pier|the rescue boat|the winter timetable"
HOW = "would reopen before spring|needs 4.5 million pounds of repairs|had been closed for 12 days"
HOW += "|could be moved further north|is safe again|will cost more than planned|was damaged in the storm"
WHERE = "after the storm|at the northern end of the bay|in spite of the costs|according to a report"
WHERE += "|for the third time this year|with the help of volunteers|as the tide allows"
WORDS_PER_PARAGRAPH = 45


def article(words: int) -> str:
    """A pasted post of about that many *words*: a headline and paragraphs."""
    rng = random.Random(words)
    paragraphs, count = ["Saltwick harbour waits for its ferry"], 6
    while count < words:
        paragraph = " ".join(_sentences(rng))
        paragraphs.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(paragraphs) + "\n"


def _sentences(rng: random.Random) -> Iterator[str]:
    count = 0
    while count < WORDS_PER_PARAGRAPH:
        parts = [rng.choice(choices.split("|")) for choices in (WHO, DID, WHAT, HOW, WHERE)]
        sentence = f"{' '.join(parts)}, {rng.choice(WHERE.split('|'))}, number {rng.randrange(100, 1000)}."
        count += len(sentence.split())
        yield sentence
