"""What stands around a story in copied text: calls, standfirsts, captions and bylines in odd shapes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article
from narrator.read.assemble import assemble
from narrator.read.bylines import read_meta
from narrator.read.calls import is_call
from narrator.read.credits import cut_credit
from narrator.read.draft import Item
from narrator.read.furniture import find_section
from narrator.read.markers import read_markers
from narrator.read.passages import make_passage
from narrator.read.plaintext import draft_text

HEAD = ["Lighthouse keeper of Ulvsund sells his lamp", "By Ann Bell", "12 March 2024"]
STORY = [
    "The keeper of the Ulvsund lighthouse sold its lamp for 900 crowns on Monday and kept the stairs.",
    '"You never own a lamp," said Jens Oller, who is the keeper. "You only keep it burning for others."',
    "Fishermen said they would find the harbour by the smell of the cannery, as they had always done.",
]


def read(lines: list[str]) -> Article:
    return assemble(draft_text("\n\n".join(lines), "post.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))


def blocks(lines: list[str]) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in read(lines).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Did you see anything at your harbour? Contact us securely.",
        "Get involved with your paper. Send us your pictures of the harbour.",
        "Each Friday we choose the best of the week for you. Sign up here.",
    ],
)
def test_sentences_that_end_in_a_button_or_ask_to_write_in_are_a_call(line: str) -> None:
    assert is_call(line, read_markers("en"))


def test_story_that_asks_to_be_written_to_is_no_call() -> None:
    line = "The keeper lost the lamp on Monday. Contact us was all that the note on the door said."
    assert not is_call(line, read_markers("en"))


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "Comments must be written in English, and signed.", "comments"),
        ("en", "Story continued below", "navigation"),
        ("en", "[ [Don't miss] The seven harbours worth the trip » ]", "related"),
        ("fr", "A lire aussi : Le phare qui ne voulait pas dormir", "related"),
        ("es", "Cargando comentarios...", "advertisement"),
    ],
)
def test_line_is_furniture(language: str, line: str, expected: str) -> None:
    assert find_section(make_passage([Item(1, line)]), read_markers(language)) == expected


def test_pull_quote_whose_speaker_stands_between_its_sentences_is_left_out() -> None:
    quote = '"You never own a lamp. You only keep it burning for others"'
    assert [text for _, text in blocks([*HEAD, *STORY[:2], quote, STORY[2]])] == STORY


def test_standfirst_that_repeats_the_storys_number_is_left_out() -> None:
    deck = "The lamp of the Ulvsund lighthouse goes for 900 crowns to a Norwegian dentist."
    assert [text for _, text in blocks([HEAD[0], deck, *HEAD[1:], *STORY])] == STORY


def test_question_right_above_the_story_is_a_crosshead_where_others_follow() -> None:
    asked = ["So who has the lamp?", STORY[0], "Why now?", STORY[1], "What do the boats do?", STORY[2]]
    assert [kind for kind, _ in blocks([*HEAD, *asked])] == ["heading", "paragraph"] * 3


def test_word_in_capitals_and_a_colon_open_a_caption() -> None:
    line = "KEEPER: Jens Oller on the stairs of his lighthouse last winter"
    assert ("caption", line) in blocks([*HEAD, *STORY[:2], line, STORY[2]])


def test_licence_is_cut_from_a_caption_with_its_holder() -> None:
    text = "The lamp may burn for years. Ulvsund Museum, CC BY-SA"
    assert cut_credit(text, read_markers("en")) == "The lamp may burn for years."


def test_where_a_post_is_filed_is_no_role() -> None:
    meta = read_meta("12 March 2024 by Ann Bell, filed in Harbour News", read_markers("en"))
    assert meta is not None
    assert [(one.name, one.role) for one in meta.people] == [("Ann Bell", None)]


@pytest.mark.parametrize(
    ("below", "role"), [("Harbour reporter·The Courier·", "Harbour reporter"), ("Ulvsund Tribune |", None)]
)
def test_outlet_behind_a_bar_is_no_role(below: str, role: str | None) -> None:
    head = "\n".join([HEAD[0], "", "By Ann Bell", below, HEAD[2]])
    assert [(one.name, one.role) for one in read([head, *STORY]).byline] == [("Ann Bell", role)]


def test_picture_signed_in_brackets_above_the_byline_is_no_byline() -> None:
    signed = "A visitor climbs down the stairs of the old lighthouse (Ann Ridley)"
    article = read([HEAD[0], signed, "JENS HARROW\n12 March 2024", *STORY])
    assert "Ann Ridley" not in [one.name for one in article.byline]


def test_date_among_the_links_below_a_story_is_read() -> None:
    article = read([HEAD[0], *STORY, "RELATED STORIES\nThe lamp that would not sleep\nDate 12.03.2024"])
    assert article.published is not None
    assert str(article.published.date()) == "2024-03-12"
