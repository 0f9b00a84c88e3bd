"""What sets an element of a page apart by its looks: a frame, a painted ground, or neighbours unlike it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from narrator.read.page_tree import Node

FRAME_TAGS = frozenset({"aside", "fieldset", "details", "amp-accordion"})
"""Elements that stand apart whatever they look like."""
_CONTAINERS = FRAME_TAGS | {"article", "div", "section", "table", "tbody", "td", "tr"}
_BORDER = re.compile(
    r"border(?:-(?:top|left|width|style))?\s*:\s*(?!0|none)|background(?:-color)?\s*:\s*(?!none|transparent|#fff|white|inherit)",
    re.I,
)


def is_framed(node: Node) -> bool:
    """Its tag or its style puts a frame around it, or paints its ground."""
    if node.tag in FRAME_TAGS or _BORDER.search(node.element.get("style") or ""):
        return True
    if node.tag == "table":
        return node.element.get("border", "0") not in {"", "0"} or bool(node.element.get("bgcolor"))
    return False


class Family:
    """The children of one element that hold text, and what each looks like."""

    def __init__(self, parent: Node) -> None:
        self.members = [one for one in parent.children if one.end > one.start]
        self.looks = {one: look(one) for one in self.members}
        self.counts = Counter(self.looks.values())


def look(node: Node) -> tuple[tuple[str, str], ...]:
    """Tags and classes of *node* and of the elements that are all it holds."""
    return tuple((one.tag, one.element.get("class") or "") for one in only_children(node))


def frame(node: Node) -> tuple[tuple[str, str], ...]:
    """Its look without the paragraph that may be all it holds: that is matter."""
    kept = (one for one in only_children(node) if one is node or one.tag in _CONTAINERS)
    return tuple((one.tag, one.element.get("class") or "") for one in kept)


def only_children(node: Node) -> Iterator[Node]:
    """*node*, and the elements inside it that are all the one above holds."""
    while True:
        yield node
        filled = [one for one in node.children if one.end > one.start]
        if len(filled) != 1:
            return
        node = filled[0]
