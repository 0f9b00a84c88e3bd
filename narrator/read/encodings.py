"""Bytes → text: what the page or file says of its encoding, believed only as far as the bytes agree."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_WESTERN_MARKS = frozenset("‘’“”–—…«»€£°©®·•¿¡´§½¼¾²³™„‚‹›\xa0\xad")
_HEAD_BYTES = 8192
_WESTERN = {"iso-8859-1", "latin-1", "iso8859-1", "ascii", "iso-8859-15", "iso8859-15"}
"""What browsers read as Windows-1252, a superset that people use without knowing."""


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of a web page.

    A byte order mark wins, then UTF-8 wherever the bytes are valid in it, then what the server and
    the page declare (Latin-1 read as Windows-1252, as browsers do), then a guess from the bytes.
    Nothing fails: bytes that fit nowhere become replacement marks.
    """
    declared = [charset] if charset else []
    for pattern in (_XML, _META):
        if found := pattern.search(data, 0, _HEAD_BYTES):
            declared.append(found.group(1).decode("ascii"))
    return _decode(data, declared)


def decode_text(data: bytes) -> str:
    """The text of a plain file; see `decode_page`."""
    return _decode(data, [])


def _decode(data: bytes, declared: list[str]) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if wide := _wide_encoding(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data, error):
            return data.decode("utf-8", "replace")
    for name in declared:
        if (text := _try(data, name)) is not None:
            return text
    return _guess(data)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:400]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and even < odd // 4:
        return "utf-16-le"
    if even > len(sample) // 4 and odd < even // 4:
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """A few broken characters in a text that is plainly UTF-8, such as a cut one at the end."""
    high = sum(1 for byte in data[:200_000] if byte >= 0x80)
    broken = data[:200_000].decode("utf-8", "replace").count("\ufffd")
    return error.start >= len(data) - 4 or broken * 20 < high


def _try(data: bytes, name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
        if known in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"}:
            return None
        if known in _WESTERN:
            known = "cp1252"
        return data.decode(known)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _guess(data: bytes) -> str:
    """Windows-1252 where it reads as words in Latin letters, else what charset-normalizer makes of it."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _reads_western(text):
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:50_000]).best()
    if best is not None:
        return data.decode(best.encoding, "replace")
    return text or data.decode("cp1252", "replace")


def _reads_western(text: str) -> bool:
    """Accented letters are rare, and hardly anything else is high but quotation marks and dashes."""
    sample = text[:200_000]
    high = [char for char in sample if char >= "\x80"]
    accented = sum(map(str.isalpha, high))
    odd = len(high) - accented - sum(char in _WESTERN_MARKS for char in high)
    return accented < sum(map(str.isalpha, sample)) * 0.15 and odd * 5 <= len(high)
