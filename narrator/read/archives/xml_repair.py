"""XML as exports really are, made what a parser takes: UTF-8 without stray characters and entities.

libxml2 goes on after an error when told to recover, but drops every later ``&lt;`` then (seen in 2.14:
`xmlParseReference` returns early in a document that is not well formed), and with them all markup of a
Blogger export. So the usual errors are mended before, and entities become character references, which it
keeps.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_EDGES = re.compile(r"<!\[CDATA\[|\]\]>")
_REFERENCE = re.compile(r"&(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,6});|(\w{1,32});)?")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNFINISHED = re.compile(r"(?:&#?\w{0,32}|<(?:!(?:\[[A-Z]{0,5})?)?|\]{1,2})\Z")
"""The beginning of a reference or an edge at the end of a chunk."""


class XmlRepair:
    """Mends a document chunk by chunk."""

    def __init__(self, head: bytes) -> None:
        """*head* is the beginning of the document, for its encoding."""
        self._decoder = codecs.getincrementaldecoder(_encoding_of(head))(errors=_AS_CP1252)
        self._held = ""
        self._in_cdata = False

    def feed(self, chunk: bytes, *, final: bool = False) -> bytes:
        """The next part of the document in UTF-8, as far as it is certain; all of it when *final*."""
        text = self._held + _FORBIDDEN.sub("", self._decoder.decode(chunk, final))
        begun = None if final else _UNFINISHED.search(text, max(0, len(text) - 40))
        end = begun.start() if begun else len(text)
        self._held = text[end:]
        return self._mended(text[:end]).encode()

    def _mended(self, text: str) -> str:
        parts = []
        start = 0
        for edge in _EDGES.finditer(text):
            opens = edge[0] != "]]>"
            if opens == self._in_cdata:
                continue
            parts.append(self._part(text[start : edge.start()]))
            parts.append(edge[0])
            start = edge.end()
            self._in_cdata = opens
        parts.append(self._part(text[start:]))
        return "".join(parts)

    def _part(self, text: str) -> str:
        return text if self._in_cdata else _REFERENCE.sub(_as_number, text)


def _as_number(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        known = html5.get(f"{name};")
        return "".join(f"&#{ord(one)};" for one in known) if known else f"&#38;{name};"
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return "" if code > 0x10FFFF or _FORBIDDEN.match(chr(code)) else f"&#{code};"
    return "&#38;"


def _encoding_of(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    declared = _DECLARED.match(head)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        b"x".decode(name, "replace")  # a LookupError for what is a codec, but not of text
    except LookupError:
        return "utf-8"
    # Latin-1 means Windows-1252 wherever the web is read; and "utf-16" without its bytes is no UTF-16.
    return {"iso8859-1": "cp1252", "ascii": "utf-8"}.get(name, "utf-8" if name.startswith("utf-16") else name)


def _single_bytes(error: UnicodeError) -> tuple[str, int]:
    """Bytes that fit nowhere, read as Windows-1252: what a database of two encodings leaves behind."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_CP1252 = "narrator-cp1252"
codecs.register_error(_AS_CP1252, _single_bytes)
