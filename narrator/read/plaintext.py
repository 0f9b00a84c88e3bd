"""Flattened text, pasted or archived, as a `Draft` of its lines."""

from __future__ import annotations

import re

from narrator.errors import NotAnArticle
from narrator.read.draft import Draft, Gap, Item
from narrator.read.markdown import is_markdown, read_emphasis, read_markdown

_RULE = re.compile(
    r"\s*(?:[-_=*~•·—–.](?:\s?[-_=*~•·—–.]){2,}"
    r"|line|horizontal rule|presentational (?:grey|white) (?:line|space))\s*\Z",
    re.IGNORECASE,
)
"""A drawn line: a row of dashes, or the alt text of the "line" images that once ended boxes."""
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = dict.fromkeys((*range(9), *range(14, 28), 127, 65279))
_FOLLOWS = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df]{_FOLLOWS}|[\u00e0-\u00ef]{_FOLLOWS}{{2}}|[\u00f0-\u00f4]{_FOLLOWS}{{3}}"
)


def draft_text(text: str, source: str) -> Draft:
    """The lines of *text* in order, with what their spacing and any Markdown say of them.

    Args:
        text: the whole source, decoded.
        source: its name, for messages and the article; one that ends in ``.md`` is Markdown.

    Raises:
        NotAnArticle: the text holds no line with a letter or digit.
    """
    text = _BREAKS.sub("\n", repair_mojibake(text)).translate(_CONTROLS)
    items: list[Item] = []
    gap: Gap = "paragraph"
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            gap = "rule" if gap == "rule" else "paragraph"
        elif len(line) < 120 and _RULE.match(line):
            items.append(Item(number, line, gap=gap, furniture="a drawn line"))
            gap = "rule"
        else:
            items.append(Item(number, line, gap=gap))
            gap = "line"
    if not any(char.isalnum() for item in items for char in item.text[:1000]):
        raise NotAnArticle(
            "the text holds no words", where=source, hint="Give a post with a headline and paragraphs."
        )
    draft = Draft(items=items, source=source, format="text")
    if is_markdown(text, source):
        read_markdown(draft)
    else:
        read_emphasis(draft)
    return draft


def repair_mojibake(text: str) -> str:
    """*text* with UTF-8 that was once read as Windows-1252 put right: "â€œJosÃ©" → "“José".

    Two such sequences are needed, since one alone may be meant.
    """
    if text.isascii() or len(_MOJIBAKE.findall(text[:200_000])) < 2:
        return text
    return _MOJIBAKE.sub(_decoded_again, text)


def _decoded_again(match: re.Match[str]) -> str:
    data = bytearray()
    for char in match[0]:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 255:
                return match[0]
            data.append(ord(char))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
