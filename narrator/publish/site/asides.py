"""What stands over a sidebar on the page: its label once, its author once."""

from __future__ import annotations

import re

from narrator.models import Sidebar

_JOINTS = " \t\n:;,.–—-|·/()"


def label_of(sidebar: Sidebar, by: str) -> str:
    """The heading of *sidebar* without the author and role that are shown beside it; "" if nothing stays.

    A heading that says more than those ("Analysis: A. Rask on what comes next") is kept whole.

    Args:
        sidebar: its heading may or may not name its author.
        by: the word of the page's language that leads to an author's name.

    >>> label_of(Sidebar("analysis", "Analysis by A. Rask, editor", "A. Rask", "editor"), "By ")
    'Analysis'
    """
    if not sidebar.author:
        return sidebar.heading
    role = re.escape(sidebar.author_role or "")
    joint = f"[{re.escape(_JOINTS)}]*"
    leads = rf"(?:(?:^|(?<=[{re.escape(_JOINTS)}])){re.escape(by.strip())})?" if by.strip() else ""
    named = f"{joint}{leads}{joint}{re.escape(sidebar.author)}{joint}(?:{role})?{joint}$"
    return re.sub(named, "", sidebar.heading, count=1, flags=re.IGNORECASE)


def shows_author(sidebar: Sidebar, label: str) -> bool:
    """Whether the author is to be shown beside *label*, which does not name them already."""
    return sidebar.author is not None and sidebar.author not in label


def names(sidebar: Sidebar, speaker: str) -> bool:
    """Whether what stands over *sidebar* already says that it is *speaker* who talks in it."""
    return speaker == sidebar.author or speaker in sidebar.heading
