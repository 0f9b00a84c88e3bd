"""Bytes that say one encoding and mean another."""

from __future__ import annotations

import codecs

import pytest

from narrator.read.encodings import decode_page, decode_text

SAID = "“Café Réunion”, £4.2m – déjà vu"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy. Město Brno leží na jihu Moravy a je krásné. " * 20


def test_utf8_wins_over_what_is_declared() -> None:
    assert decode_page(f"<meta charset=iso-8859-1><p>{SAID}</p>".encode(), "latin-1").endswith(
        f"<p>{SAID}</p>"
    )


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "no-such-thing", ""])
def test_windows_1252_is_read_whatever_is_declared(declared: str) -> None:
    data = f"<meta charset='{declared}'><p>{SAID}</p>".encode("cp1252")
    assert decode_page(data, declared or None).endswith(f"<p>{SAID}</p>")


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_and_marked_encodings_are_told_by_their_bytes(name: str) -> None:
    assert (
        decode_text(SAID.encode(name) if name != "utf-16-be" else codecs.BOM_UTF16_BE + SAID.encode(name))
        == SAID
    )


def test_utf16_without_a_mark_is_told_by_its_zeros() -> None:
    text = "The harbour wall gave way at noon."
    assert decode_text(text.encode("utf-16-le")) == text
    assert decode_text(text.encode("utf-16-be")) == text


def test_declared_legacy_encoding_is_believed() -> None:
    assert decode_page(b"<meta charset=iso-8859-2>" + CZECH.encode("iso-8859-2")).endswith(CZECH)


def test_undeclared_legacy_encoding_is_guessed() -> None:
    text = "Стена гавани рухнула в полдень во вторник, и сорок лодок унесло в море. " * 20
    assert decode_text(text.encode("cp1251")) == text


def test_cut_character_at_the_end_does_not_spoil_the_text() -> None:
    assert decode_text(SAID.encode()[:-1] + "é".encode()[:1]).startswith("“Café Réunion”")


def test_any_bytes_become_text() -> None:
    assert isinstance(decode_page(bytes(range(256)) * 40), str)
