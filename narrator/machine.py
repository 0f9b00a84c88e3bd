"""What this machine gives to a process."""

from __future__ import annotations

import os

_sharing = 1


def cores() -> int:
    """Processor cores this process may use, at least one."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, here // _sharing)


def share_cores(processes: int) -> None:
    """Tell `cores` that *processes* like this one are at work, each with its part of them."""
    global _sharing
    _sharing = max(1, processes)
