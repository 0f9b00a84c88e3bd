"""XML is mended alike however it arrives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narrator.read.archives.xml_repair import XmlRepair

PIECES = [
    "a",
    "&",
    "&amp;",
    "&nbsp;",
    "&lt;p&gt;",
    "&#8;",
    "&#x2019;",
    "<![CDATA[",
    "]]>",
    "]",
    "<",
    "<i>",
    "\x08",
    "é",
    " ",
    "#",
    ";",
]


def mend(chunks: list[bytes], head: bytes = b"<?xml version='1.0'?>") -> str:
    repair = XmlRepair(head)
    return b"".join([*(repair.feed(chunk) for chunk in chunks), repair.feed(b"", final=True)]).decode()


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.lists(st.integers(1, 7), min_size=60, max_size=60))
def test_where_chunks_end_makes_no_difference(pieces: list[str], sizes: list[int]) -> None:
    data = "".join(pieces).encode()
    chunks = []
    start = 0
    for size in sizes:
        chunks.append(data[start : start + size])
        start += size
    assert mend([*chunks, data[start:]]) == mend([data])


def test_entities_become_numbers_outside_of_cdata_only() -> None:
    assert mend([b"a &amp; b &nbsp;&lt; R&D &x; <![CDATA[&nbsp; & &lt;]]> &gt;"]) == (
        "a &#38; b &#160;&#60; R&#38;D &#38;x; <![CDATA[&nbsp; & &lt;]]> &#62;"
    )


def test_characters_that_xml_forbids_go_also_when_written_as_numbers() -> None:
    assert mend([b"a\x08b&#8;c&#x1f;d&#65;"]) == "abcd&#65;"


def test_bytes_of_another_encoding_in_a_document_are_read_as_windows_1252() -> None:
    assert mend([b"caf\xe9 \x93so\x94 caf\xc3\xa9"]) == "café “so” café"


def test_declared_encodings_are_read() -> None:
    head = b'<?xml version="1.0" encoding="windows-1251"?>'
    assert mend(["Мост".encode("cp1251")], head) == "Мост"
    wide = "<rss>ü</rss>".encode("utf-16")
    assert mend([wide], wide) == "<rss>ü</rss>"
