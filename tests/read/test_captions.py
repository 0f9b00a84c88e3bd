"""What is cut from a caption, and what is no caption at all."""

from __future__ import annotations

import pytest

from narrator.read.captions import take_caption
from narrator.read.credits import cut_credit, is_credit
from narrator.read.draft import Item
from narrator.read.markers import read_markers
from narrator.read.passages import make_passage


@pytest.mark.parametrize(
    ("language", "credit"),
    [
        ("en", " Ann Bell for The Courier"),
        ("en", " ANN BELL, Lomar Gazette"),
        ("en", " Ann Bell/The Courier"),
        ("en", " - Ann Bell/Courierpress"),
        ("en", " File | Courier Media Group"),
        ("en", " Supplied"),
        ("en", " Courtesy photo"),
        ("en", " Image copyright COURIER"),
        ("de", " Ann Bell / Keystone"),
        ("de", " Foto: privat"),
        ("pt", " Foto: leitor do blog"),
        ("fr", " ANN BELL POUR « LE COURRIER »"),
        ("es", " Fuente de la imagen, Courier"),
    ],
)
def test_credit_behind_a_sentence_is_cut(language: str, credit: str) -> None:
    words = "The ferry lies at the pier without its key."
    assert cut_credit(words + credit, read_markers(language)) == words


@pytest.mark.parametrize(
    "text",
    [
        "The ferry lies at the pier. Nobody has the key",
        "The ferry, which was paid for by Lomar Council, lies at the pier.",
        "Ann Bell (left) and Tom Pike on the pier at noon",
        "June 26 – Port Aurel, PA @ Harbour Centre",
        "Second stage: 8 April – Lomar / Alternative",
        "Who took the key to the ferry? pic.twitter.example/s96jjh8AlD",
        "12) Harbour Games – L'ALLEGRO CAPITANO",
        "The card of the World Health Office (WHO)",
    ],
)
def test_words_of_a_caption_stay(text: str) -> None:
    assert cut_credit(text, read_markers("en")) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The ferry lies at the pier without its key (Getaway)",
            "The ferry lies at the pier without its key",
        ),
        ("The ferry lies at the pier at noon (Ann BELL)", "The ferry lies at the pier at noon"),
        ("The ferry lies at the pier at noon ANN MARIE BELL", "The ferry lies at the pier at noon"),
        ("The captain stands on the empty pier (right)", "The captain stands on the empty pier (right)"),
        ("The captain stands on the pier (in red)", "The captain stands on the pier (in red)"),
    ],
)
def test_name_alone_behind_a_known_caption_is_cut(text: str, words: str) -> None:
    passage = make_passage([Item(1, text)])
    take_caption(passage, read_markers("en"))
    assert (passage.kind, passage.text) == ("caption", words)


@pytest.mark.parametrize("text", ["Image: A. Bell/picture press", "Photo / Ann Bell", "Bild: Lomarer Bote"])
def test_line_that_is_a_credit_is_no_caption(text: str) -> None:
    assert is_credit(text, read_markers("de"))
