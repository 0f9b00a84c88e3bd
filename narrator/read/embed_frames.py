"""What stands around an embed in a page's text: who posted it, and the plea to let it be shown."""

from __future__ import annotations

import re

from narrator.read.page_words import asks_leave

_SIGNATURE = re.compile(r"[—–-]\s?[^()]{1,60}\(@\w{1,30}\)")
_LONGEST = 900
"""Characters; a longer text that speaks of content and cookies is about them."""


def frame_reason(text: str) -> str | None:
    """Why a line is the frame of an embed and not the story's; None when it is no frame.

    >>> frame_reason("— Gannet Harbour (@gannet) July 18, 2026")
    'signature of an embedded post'
    """
    if _SIGNATURE.match(text):
        return "signature of an embedded post"
    return "cookie notice" if len(text) <= _LONGEST and asks_leave(text) else None
