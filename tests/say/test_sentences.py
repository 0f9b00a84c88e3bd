"""Sentence ends: cases from news text, and what holds for any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.say import split_sentences

CASES = Path(__file__).parent / "sentences"
SHARED = Path(__file__).parents[3] / "shared" / "corpus" / "spoken-dev.tsv"
LANGUAGES = ["en", "en-GB", "fr", "de", "es", "pt-BR", "it", "sv", "zh", ""]

PIECES = (
    "Dr. U.S. No. 10 10. J. “We won.” (He left.) said he He … ... ! “Who?” Ms Ray asked. etc. 3. M. « » ? "
    "[1] 😀 a.m. The Inc. iPhone A. plan B. 1. p. Yahoo! ¿Qué z. B. Sr. Oktober vitamin Mr."
)
news_like = st.lists(st.sampled_from([*PIECES.split(), "\n", "\u00a0"])).map(" ".join)
any_text = st.one_of(st.text(), st.text(alphabet="aA1.!?… “”\"')(»\n"), news_like)


@settings(deadline=None)
@given(any_text, st.sampled_from(LANGUAGES))
def test_nothing_is_lost_or_moved(text, language):
    assert " ".join(split_sentences(text, language)) == " ".join(text.split())


@settings(deadline=None)
@given(any_text, st.sampled_from(LANGUAGES))
def test_a_sentence_cut_again_is_one_sentence(text, language):
    for sentence in split_sentences(text, language):
        assert split_sentences(sentence, language) == [sentence]


@settings(deadline=None)
@given(any_text, st.sampled_from(LANGUAGES))
def test_no_sentence_is_without_a_letter_or_figure_unless_the_text_is(text, language):
    sentences = split_sentences(text, language)
    assert all(sentences)
    if len(sentences) > 1:
        assert any(character.isalnum() for character in sentences[-1])


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_paragraphs_are_cut_as_written_down(path):
    """A file holds paragraphs with an empty line between them, one sentence a line."""
    for paragraph in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = paragraph.splitlines()
        assert split_sentences(" ".join(lines), path.stem) == lines


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
def test_no_shared_sentence_is_broken():
    for row in SHARED.read_text(encoding="utf-8").splitlines()[1:]:
        written = row.split("\t")[1]
        assert split_sentences(written, "en") == [written]


@pytest.mark.parametrize(
    "text", ["a. " * 20000, "A. " * 20000, "! " * 20000, "“Who?” " * 10000, "1. " * 20000]
)
def test_a_long_run_of_stops_is_cut_in_time_linear_in_its_length(text):
    assert " ".join(split_sentences(text, "en")) == " ".join(text.split())


@pytest.mark.parametrize("text", ["… And they left.", "“… And they left.”", "?! 5 people", ". 0"])
def test_marks_before_the_first_word_are_no_sentence(text):
    assert split_sentences(text, "en") == [text]
