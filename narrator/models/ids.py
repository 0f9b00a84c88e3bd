"""Ids made from content, so that one changed line leaves the ids of the others alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def content_id(prefix: str, *parts: str) -> str:
    """An id for *parts*: the prefix and seven hexadecimal digits.

    >>> content_id("p", "paragraph", "It rained.")
    'pf23bf7e'
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return prefix + digest[:7]


def unique_ids(ids: Iterable[str]) -> list[str]:
    """The same ids in the same order; the second of two equals gets "-2", the third "-3" …

    >>> unique_ids(["a1", "b2", "a1"])
    ['a1', 'b2', 'a1-2']
    """
    seen: dict[str, int] = {}
    result = []
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
        result.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return result


def block_id(kind: str, text: str) -> str:
    """Id of a block before `unique_ids`: the kind's first letter and a digest."""
    return content_id(kind[0], kind, text)


def line_id(role: str, text: str) -> str:
    """Id of a script line before `unique_ids`; "s" marks the analyst, "x" a cue."""
    return content_id({"analyst": "s", "cue": "x"}.get(role, role[0]), role, text)
