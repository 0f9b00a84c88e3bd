"""The part of a file a client asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re


class OutOfRange(Exception):
    """The part asked for lies beyond the end."""


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last that *header* asks for; None for the whole file.

    What is not understood, several ranges included, is answered with the whole, as the RFC allows.

    Raises:
        OutOfRange: nothing of it is in the file.

    >>> parse_range("bytes=0-1", 10), parse_range("bytes=-3", 10), parse_range("bytes=4-", 10)
    ((0, 2), (7, 10), (4, 10))
    """
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.replace(" ", "")) if header else None
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = int(found[2])
        if length == 0 or size == 0:
            raise OutOfRange
        return max(0, size - length), size
    start, last = int(found[1]), int(found[2] or size - 1)
    if last < start and found[2]:
        return None
    if start >= size:
        raise OutOfRange
    return start, min(last, size - 1) + 1
