"""CRC-16 as LAME's Info frame holds it: of the sound, and of the frame itself.

The checksum is linear in the bits. So thousands of lanes can be worked on at once, each of which sees every
so many-thousandth pair of bytes; and what the lanes end with, read as data, has the checksum of the whole.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

POLYNOMIAL = 0xA001
"""x^16 + x^15 + x^2 + 1, bits reversed."""
LANES = (4096, 64)
"""Pairs of bytes, of which numpy takes so many at once: first of the data, then of what is left of them."""

Step = tuple[int, ...]
"""What becomes of each of the 16 bits."""


def crc16(data: bytes | bytearray, crc: int = 0) -> int:
    """The checksum of *data* when *crc* is that of what stands before it.

    >>> hex(crc16(b"123456789"))
    '0xbb3d'
    >>> crc16(b"456789", crc16(b"123")) == crc16(b"123456789")
    True
    """
    rest = data
    if len(data) > 2 * LANES[-1]:
        import numpy as np

        words: Any = np.frombuffer(bytes(len(data) % 2) + data, "<u2")  # zeros at the start change nothing
        for lanes in LANES:
            words = _in_lanes(words, lanes)
        rest = words.tobytes()
    own = 0
    for byte in rest:
        own = _shifted(own ^ byte)
    return crc_after_zeros(crc, len(data)) ^ own if crc else own


def crc_after_zeros(crc: int, count: int) -> int:
    """What *crc* becomes when *count* zero bytes follow: with that, two parts' values make the whole's."""
    return _applied(_after_zeros(count), crc)


def _in_lanes(words: Any, lanes: int) -> Any:
    """So many words with the checksum of *words*; those themselves when they are no more."""
    import numpy as np

    if len(words) <= lanes:
        return words
    first = len(words) % lanes
    held = np.zeros(lanes, np.uint16)
    held[lanes - first :] = words[:first]
    table = _table(2 * lanes)
    for start in range(first, len(words), lanes):
        held = table[held] ^ words[start : start + lanes]
    return held


@cache
def _table(count: int) -> Any:
    """What becomes of each value when *count* zero bytes follow."""
    import numpy as np

    table = np.zeros(1, np.uint16)
    for row in _after_zeros(count):
        table = np.concatenate((table, table ^ np.uint16(row)))
    return table


@lru_cache(maxsize=256)
def _after_zeros(count: int) -> Step:
    """What *count* zero bytes make of each bit: steps for 2, 4, 8 … come from squaring that for one."""
    if count < 2:
        return tuple(_shifted(1 << bit) if count else 1 << bit for bit in range(16))
    half = _after_zeros(count // 2)
    whole = tuple(_applied(half, row) for row in half)
    return tuple(map(_shifted, whole)) if count % 2 else whole


def _shifted(crc: int) -> int:
    """*crc* after one byte was shifted through it."""
    for _ in range(8):
        crc = crc >> 1 ^ (POLYNOMIAL if crc & 1 else 0)
    return crc


def _applied(step: Step, bits: int) -> int:
    result = 0
    for bit, row in enumerate(step):
        if bits >> bit & 1:
            result ^= row
    return result
