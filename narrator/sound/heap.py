"""Big buffers are given back when they are freed, so that memory stays flat however long an episode is.

glibc maps buffers over 128 kB apart from its heap, but moves that limit up (to 32 MB) each time one is
freed. From then on the buffers of clips come from the heap, between small things that stay, and their
holes are not given back: 25 MB more for three hours than for half an hour. Setting the limit by hand
keeps it where it is.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_MMAP_THRESHOLD = -3
LIMIT_BYTES = 128 * 1024


def keep_heap_flat() -> None:
    """Fix the limit for this process; nothing on systems without glibc."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LIMIT_BYTES)
