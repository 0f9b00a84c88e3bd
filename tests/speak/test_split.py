"""Where lines are cut for engines that take short pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.speak.split import clean_line, is_speakable, shorten_words, split_for_engine

LONG = (
    "The chief of the harbour authority, Ms Ines Calder, said on Thursday that 1,200 tonnes of cod would be "
    "landed by 5 p.m. on 3 May, because the strait had become, in her words, “a road without traffic”."
)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=300)


@given(TEXTS, st.integers(20, 120))
def test_nothing_is_lost_or_moved_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = split_for_engine(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


@given(st.lists(st.from_regex(r"[a-z]{1,12}[,.;]?", fullmatch=True), max_size=60))
def test_words_of_languages_with_spaces_stay_whole(words: list[str]) -> None:
    assert " ".join(split_for_engine(" ".join(words), 30)) == " ".join(words)


def test_sentence_ends_come_first() -> None:
    text = "He spoke for an hour. They listened, and nobody left the hall."
    assert split_for_engine(text, 45) == ["He spoke for an hour.", "They listened, and nobody left the hall."]


def test_a_clause_is_better_than_a_full_piece() -> None:
    first, second, third = split_for_engine(LONG, 100)
    assert first.endswith("Calder,")
    assert second.startswith("said on Thursday")
    assert third.startswith("because")


def test_a_cut_may_come_before_a_conjunction_where_there_is_no_comma() -> None:
    text = "The council bought the old mill last winter and nobody has been allowed near it ever since then"
    assert split_for_engine(text, 60)[1].startswith("and nobody")


@pytest.mark.parametrize(
    "kept",
    ["1,200 tonnes", "5 p.m.", "3 May", "Ms Ines"],
)
def test_numbers_and_abbreviations_stay_with_their_words(kept: str) -> None:
    for limit in range(30, 101):
        assert any(kept in piece for piece in split_for_engine(LONG, limit)), limit


def test_initials_end_no_sentence() -> None:
    text = "The prize went to J. K. Marlowe for a book about the weather of the northern islands."
    assert any("J. K. Marlowe" in piece for piece in split_for_engine(text, 40))


def test_scripts_without_spaces_are_cut_at_their_marks() -> None:
    assert split_for_engine("港口今天关闭。船只停在岸边。", 8) == ["港口今天关闭。", "船只停在岸边。"]


def test_a_word_over_the_limit_is_cut_anyway() -> None:
    pieces = split_for_engine("x" * 25, 10)
    assert len(pieces) == 3
    assert "".join(pieces) == "x" * 25


def test_a_word_of_ten_thousand_characters_is_cut_and_noted() -> None:
    text, note = shorten_words(f"It said {'a' * 10_000} twice.")
    assert text == f"It said {'a' * 100} twice."
    assert note == "a word of 10,000 characters was cut to its first 100"


def test_a_long_run_without_spaces_is_no_word_in_chinese() -> None:
    assert shorten_words("港" * 300) == ("港" * 300, "")


@pytest.mark.parametrize("text", ["", " ", "…", "***", "?!", "– —", "🙂", "\x01\x02"])
def test_marks_alone_are_nothing_to_say(text: str) -> None:
    assert not is_speakable(clean_line(text))


@pytest.mark.parametrize("text", ["a", "7", "é", "中", "½"])
def test_a_letter_or_a_digit_is(text: str) -> None:
    assert is_speakable(text)


def test_control_characters_become_spaces() -> None:
    assert clean_line("one\x0190Ptwo\ud800\u2028three\n") == "one 90Ptwo three"
