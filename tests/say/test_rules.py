"""What the rules must never do, per engine, per language and whatever the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.say import NameAudit, say_as, split_sentences, unusual_names

LANGUAGES = ["en", "en-US", "fr", "de", "es", "es-MX", "pt-BR", "it", "sv", ""]
ENGINES = ["espeak", "gtts", "piper", "openai", "tone"]

figures = st.text(alphabet="0123456789.,:/-–£$€%°CmkgbnstpthRDIVX()[]'\"&@#+ ", max_size=40)
any_text = st.one_of(st.text(), figures)


@settings(deadline=None)
@given(any_text, st.sampled_from(LANGUAGES), st.sampled_from(ENGINES))
def test_any_text_becomes_one_line(text, language, engine):
    said = say_as(text, language=language, engine=engine)
    assert said == " ".join(said.split())


@settings(deadline=None)
@given(
    st.lists(st.from_regex(r"[b-hj-z][a-z]{3,9}", fullmatch=True), min_size=1),
    st.sampled_from(["en", "en-US"]),
)
def test_plain_words_are_left_alone(words, language):
    text = " ".join(word for word in words if not re.search(r"approx|govt|mins|secs", word))
    assert say_as(text, language=language) == text


@settings(deadline=None)
@given(figures, st.sampled_from(ENGINES))
def test_no_figure_is_left_to_an_engine_that_misreads_them(text, engine):
    if engine in {"espeak", "piper", "tone"}:
        assert not re.search("[0-9]", say_as(text, language="en", engine=engine))


@pytest.mark.parametrize("language", LANGUAGES)
def test_phoneme_brackets_never_reach_an_engine(language):
    assert "[[" not in say_as("The [[h@l'oU]] and [ [x] ] of [[[it]]].", language=language)


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1-", "a.", "A.", "£1", "(", "[1]", ".", "- ", "x@", "#a", "/", "1/", "MCM "]
)
def test_time_grows_no_faster_than_the_text(piece):
    said = say_as(piece * 20_000)
    assert isinstance(said, str)


@pytest.mark.parametrize("text", ["x²5", "a²", "٣kg", "①2", "Ⅳ", "5²³", "₂O", "１２人", "a٣.٤", "3⁄4"])
@pytest.mark.parametrize("language", ["en", "de", "fr", ""])
def test_figures_of_every_kind_are_taken_without_harm(text, language):
    assert say_as(text, language=language)


def test_marks_nobody_sees_cut_no_word():
    assert say_as("The co\u00adoperation of 12\u200b\u00a0men\ufeff.") == "The cooperation of twelve men."


def test_google_keeps_its_figures_and_gets_the_rest_in_words():
    said = say_as("It cost £3.5bn, 21% of 12,500, in 1984 (No 10).", engine="gtts")
    assert said == "It cost three point five billion pounds, 21% of 12,500, in 1984, number 10."


def test_american_texts_have_the_month_first():
    assert (
        say_as("On 10/06/2005 it was 2-0 up.", language="en-US")
        == "On October sixth, two thousand and five it was two zero up."
    )
    assert (
        say_as("On 10/06/2005 it was 2-0 up.", language="en-GB")
        == "On the tenth of June two thousand and five it was two nil up."
    )


def test_a_line_in_capitals_is_read_as_words_and_its_acronyms_as_letters():
    assert say_as("MINISTER QUITS NHS POST AFTER UK ROW") == "Minister quits NHS post after UK row"
    assert say_as("BBC NEWS") == "BBC NEWS"
    assert (
        say_as("MR SMITH GOES TO WASHINGTON ON 5 MAY")
        == "Mister Smith goes to washington on the fifth of May"
    )
    assert say_as("WHO IS BEHIND THE ATTACK?") == "Who is behind the attack?"
    assert say_as("BRITAIN'S MPS TO VOTE ON THE WHO'S PLAN") == "Britain's MPs to vote on the W H O's plan"
    assert say_as("POPE LEO XIV IN £3BN A&E ROW AT NO 10") == (
        "Pope Leo the fourteenth in three billion pounds eigh and E row at number ten"
    )


def test_american_texts_measure_in_meters():
    assert say_as("It is 5km long.", language="en-US") == "It is five kilometers long."
    assert say_as("It is 5km long.", language="en-GB") == "It is five kilometres long."


def test_names_an_archive_never_uses_the_letters_of_are_listed_with_their_counts():
    audit = NameAudit("en")
    audit.read("the man went to the mill and met another man there with a ball and a hammer.")
    audit.read("They saw Mill and Nwosu. Then Nwosu's men met OPCW and UNMISS in May, on Monday.")
    assert audit.unusual() == {"Nwosu": 2, "UNMISS": 1}
    assert unusual_names("We met Nwosu.", "en") == {"Nwosu": 1}


def test_a_spoken_line_says_every_word_of_a_sentence_without_figures():
    sentence = "Nobody in the village had seen a heron for a generation, said the priest."
    assert split_sentences(sentence, "en") == [sentence]
    assert say_as(sentence) == sentence
