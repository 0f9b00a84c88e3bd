"""Buffers of clips are used again and again, and memory stays flat however long an episode is.

glibc maps buffers over 128 kB apart from its heap, but moves that limit up (to 32 MB) each time one is
freed. From then on the buffers of clips come from the heap, between small things that stay, and their
holes are not given back: 25 MB more for three hours than for half an hour. Setting the limit by hand
keeps it where it is. It is set to what a line of twelve seconds takes: below that, every array would
be mapped afresh, page by page, which takes twice as long as what is done with it.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_TRIM_THRESHOLD = -1
M_MMAP_THRESHOLD = -3
LIMIT_BYTES = 1 << 20
"""Larger buffers are mapped, and unmapped when they are freed."""
SPARE_BYTES = 4 << 20
"""What may stay free at the end of the heap for the next buffers."""


def keep_heap_flat() -> None:
    """Fix both limits for this process; nothing on systems without glibc."""
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LIMIT_BYTES)
        library.mallopt(M_TRIM_THRESHOLD, SPARE_BYTES)
