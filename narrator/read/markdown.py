"""Markdown in text sources: its marks become hints and are cut from what is shown."""

from __future__ import annotations

import re

from narrator.read.draft import Draft, Item

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*\Z")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_ITEM = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+")
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\(([^()\s]{1,2000})(?:\s+[\"'][^\"']{0,300}[\"'])?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+[\"'][^\"']{0,300}[\"'])?\)")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_STRONG = re.compile(r"(?<![\w*_])(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1(?![\w*_])")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_~])(?=[^\s*_])(.{1,2000}?)(?<=[^\s*_])\1(?![\w*_])")
_EMPHASISED = re.compile(r"\s*([*_])(?![*_\s])[^*_]+\1\s*")
_PICTURE = "a picture without words"
_CODE = re.compile(r"`([^`\n]{1,500})`")


def is_markdown(text: str, source: str) -> bool:
    """Whether *text* is written in Markdown: by its name, or by a heading or links in it."""
    if source.lower().endswith((".md", ".markdown")):
        return True
    head = text[:20_000]
    return bool(re.search(r"^#{1,3} \S", head, re.MULTILINE)) or len(_LINK.findall(head)) >= 2


def read_markdown(draft: Draft) -> None:
    """Turn the marks of *draft*'s lines into hints; `Item.text` stays the whole line."""
    in_code = under_picture = False
    for item in draft.items:
        if item.text.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
            item.furniture = "code"
        elif in_code:
            item.furniture = "code"
        elif item.furniture is None:
            _read_line(item)
            # An emphasised line below a picture, or beside it, is how captions are written.
            if (under_picture or _IMAGE.match(item.text)) and _EMPHASISED.fullmatch(
                _IMAGE.sub("", item.text)
            ):
                item.hint = "caption"
        under_picture = item.furniture == _PICTURE


def read_emphasis(draft: Draft) -> None:
    """Cut the marks around lines of *draft* that are emphasised from end to end, as messengers set them.

    "*Sale ends*" is bold, "_By Ann Bell_" is not; `Item.text` stays the whole line.
    """
    if not any(_EMPHASISED.fullmatch(item.text) for item in draft.items):
        return
    for item in draft.items:
        if item.furniture is None:
            shown = cut_marks(item.text)
            if shown != item.text:
                item.bold = (
                    item.text.lstrip().startswith("*") and _EMPHASISED.fullmatch(item.text) is not None
                )
                item.shown = shown


def _read_line(item: Item) -> None:
    line = item.text
    heading = _HEADING.match(line)
    if heading:
        item.hint, item.level = "heading", len(heading[1])
        line = heading[2]
    elif _QUOTE.match(line):
        item.hint = "quote"
        line = _QUOTE.sub("", line, count=1)
    elif _ITEM.match(line) and not re.match(r"\s*\d{4}[.)]", line):
        item.hint = "list-item"
        line = _ITEM.sub("", line, count=1)
    plain = _IMAGE.sub("", line)
    if not plain.strip():
        item.furniture = _PICTURE
    linked = sum(len(match[1]) for match in _LINK.finditer(plain))
    shown = cut_marks(plain)
    item.bold = bool(re.fullmatch(r"\s*(\*\*|__)[^*_]+\1\s*", plain))
    item.link_share = min(1.0, linked / max(1, len(shown)))
    item.shown = shown


def cut_marks(text: str) -> str:
    """*text* without marks of emphasis and links, whose words stay.

    >>> cut_marks("**Two** of [the ships](http://example.org) *sank*.")
    'Two of the ships sank.'
    """
    if len(text) > 100_000:
        return text
    text = _LINK.sub(r"\1", _AUTOLINK.sub(r"\1", _IMAGE.sub("", text)))
    for pattern, group in ((_STRONG, r"\2"), (_EMPHASIS, r"\2"), (_CODE, r"\1")):
        text = pattern.sub(group, text)
    return text
