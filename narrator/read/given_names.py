"""Given names, which settle whether two capitalised words are a person where nothing else does."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from narrator.toml import parse_toml


def is_given_name(word: str) -> bool:
    """Whether *word* is a common given name, in any of the languages of ``given_names.toml``.

    >>> is_given_name("Juliana"), is_given_name("Funkhaus")
    (True, False)
    """
    low = word.strip(".,").casefold()
    return low in _given_names() or ("-" in low and all(part in _given_names() for part in low.split("-")))


def part_names(text: str) -> list[str]:
    """The names in *text*, which stand side by side when columns of a page were flattened.

    Two given names, neither next to the other, are two people; what is one name stays one.

    >>> part_names("Juliana Prado Rafael Lemos"), part_names("José Luis Prado")
    (['Juliana Prado', 'Rafael Lemos'], ['José Luis Prado'])
    """
    words = text.split()
    starts = [0] if words and is_given_name(words[0]) else []
    for index in range(2, len(words) - 1):
        alone = not is_given_name(words[index - 1]) and not is_given_name(words[index + 1])
        if starts and index - starts[-1] >= 2 and alone and is_given_name(words[index]):
            starts.append(index)
    if len(starts) < 2:
        return [text]
    return [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


@cache
def _given_names() -> frozenset[str]:
    tables = parse_toml((Path(__file__).parent / "given_names.toml").read_text(encoding="utf-8"))
    return frozenset(name for names in tables.values() for name in names.split())
