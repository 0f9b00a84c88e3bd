"""CRC-16 as LAME's Info frame holds it: of the sound, and of the frame itself.

The checksum is linear in the bits. A long stretch is therefore cut into lanes that numpy takes two bytes
at a time, all of them at once, and the lanes' values are put together at the end, as zlib's
``crc32_combine`` does.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

POLYNOMIAL = 0xA001
"""x^16 + x^15 + x^2 + 1, bits reversed."""
LANES = 1024
BLOCK_BYTES = 256 * LANES
SHORT_BYTES = 1024
"""What is no longer is done byte by byte."""

Step = tuple[int, ...]
"""What becomes of each of the 16 bits."""


def crc16(data: bytes | bytearray, crc: int = 0) -> int:
    """The checksum of *data* when *crc* is that of what stands before it.

    >>> hex(crc16(b"123456789"))
    '0xbb3d'
    >>> crc16(b"456789", crc16(b"123")) == crc16(b"123456789")
    True
    """
    if len(data) <= SHORT_BYTES:
        for byte in data:
            crc = _shifted(crc ^ byte)
        return crc
    first = len(data) % BLOCK_BYTES
    if first:
        crc = crc_after_zeros(crc, first) ^ _crc_of_block(bytes(BLOCK_BYTES - first) + data[:first])
    for start in range(first, len(data), BLOCK_BYTES):
        crc = crc_after_zeros(crc, BLOCK_BYTES) ^ _crc_of_block(data[start : start + BLOCK_BYTES])
    return crc


def crc_after_zeros(crc: int, count: int) -> int:
    """What *crc* becomes when *count* zero bytes follow: with that, two parts' values make the whole's."""
    return _applied(_after_zeros(count), crc)


def _crc_of_block(block: bytes | bytearray) -> int:
    """The checksum of `BLOCK_BYTES`; zeros at their start change nothing."""
    import numpy as np

    table = _two_bytes()
    crcs: Any = np.zeros(LANES, np.uint16)
    for words in np.ascontiguousarray(np.frombuffer(block, "<u2").reshape(LANES, -1).T):
        crcs = table[crcs ^ words]
    size = BLOCK_BYTES // LANES
    while crcs.size > 1:
        before, crcs = crcs[::2], crcs[1::2].copy()
        for bit, row in enumerate(_after_zeros(size)):
            crcs ^= (before >> bit & 1).astype(np.uint16) * np.uint16(row)
        size *= 2
    return int(crcs[0])


@cache
def _two_bytes() -> Any:
    """What becomes of each value when two bytes are shifted through it."""
    import numpy as np

    values: Any = np.arange(1 << 16, dtype=np.uint16)
    for _ in range(16):
        values = (values >> 1) ^ (values & 1) * np.uint16(POLYNOMIAL)
    return values


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
