"""What somebody may have meant by a name that nothing has: the "did you mean" of errors."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], n: int = 1, cutoff: float = 0.6) -> list[str]:
    """The *n* names in *known* most like *word*, the most alike first.

    Args:
        word: what was written.
        known: the names there are.
        n: how many at most.
        cutoff: how alike they are at least, 0 to 1.

    >>> nearest("titel", ["title", "author"])
    ['title']
    """
    import difflib  # 2 ms, in every process that reads settings, for a message that is hardly ever made

    return difflib.get_close_matches(word, list(known), n=n, cutoff=cutoff)
