"""What stands around and between a story's paragraphs, told by how it is set and what it repeats."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article, Person
from narrator.read.assemble import assemble
from narrator.read.bylines import read_meta
from narrator.read.calls import is_call
from narrator.read.markers import read_markers
from narrator.read.plaintext import draft_text

STORY = [
    "The ferry to Brackholm will stop on Friday because nobody can find the key to its engine room.",
    "The captain said he had put it in a safe place, and that the place was now too safe for him.",
    "A locksmith is expected from the mainland on Monday, if the weather and the ferry allow it.",
    "Eleven cows and a piano are waiting on the pier, and the piano has begun to swell in the rain.",
]
TITLE = "Ferry to Brackholm stops for want of a key"


def read(*paragraphs: str) -> Article:
    text = "\n\n".join(paragraphs)
    return assemble(draft_text(text, "post.txt"), now=datetime(2026, 3, 1, tzinfo=UTC))


def blocks(*middle: str) -> list[tuple[str, str]]:
    """The blocks of a story that has *middle* between its second and its third paragraph."""
    article = read(TITLE, "By Ada Wren", *STORY[:2], *middle, *STORY[2:])
    return [(one.kind, one.text) for one in article.blocks if one.text not in STORY]


def test_crosshead_that_a_blank_line_parts_from_a_link_list_stays() -> None:
    links = "Read more:\nIslanders want a second boat before the summer"
    assert blocks(links, "Who has the key?") == [("heading", "Who has the key?")]


def test_sidebar_under_a_link_list_is_no_link() -> None:
    article = read(
        TITLE,
        *STORY[:2],
        "Read more:",
        "Islanders want a second boat before the summer",
        "Analysis: A key is never just a key",
        "By Ada Wren, transport editor",
        "I have crossed this water for thirty years. What the island lacks is a spare of anything.",
        *STORY[2:],
    )
    assert [one.author for one in article.sidebars] == ["Ada Wren"]


def test_two_headlines_set_together_between_paragraphs_are_links() -> None:
    assert blocks("Islanders want a second boat before the summer\nPiano lands in harbour, and floats") == []


def test_headline_in_brackets_is_a_link() -> None:
    assert blocks("[ Brackholm ferry: how the key was lost in 2012 ]") == []


def test_what_is_set_with_a_call_to_subscribe_goes_with_it() -> None:
    assert (
        blocks("Sign up to the Harbour Letter newsletter\nOur letter brings the tides and the gossip.") == []
    )


def test_paragraphs_below_a_line_about_networks_stay() -> None:
    article = read(TITLE, *STORY[:2], "Follow us on Facebook and Twitter for more island news", *STORY[2:])
    assert [one.text for one in article.blocks] == STORY


def test_story_ends_at_its_agency_credits() -> None:
    after = ["(Reporting by Ada Wren; editing by Tom Rudd)", "gutted. just bought a ticket."]
    assert [one.text for one in read(TITLE, *STORY, *after).blocks] == STORY


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Find us: the Brackholm Courier is on Facebook, Instagram and Twitter."),
        ("en", "Were you on the ferry? Share your story by writing to desk@courier.example."),
        ("es", "Si te gusta lo que lees, suscríbete por 4 euros al mes."),
        ("de", "Sie wollen auf dem Laufenden bleiben? Dann ist unser Hafen-WhatsApp-Channel richtig."),
    ],
)
def test_call_may_name_networks_or_an_address_or_stand_behind_a_condition(language: str, line: str) -> None:
    assert is_call(line, read_markers(language))


@pytest.mark.parametrize(
    "line",
    [
        "If you find the key, keep it dry.",
        "Facebook and Twitter were down on the island, the operator said.",
        "Send help to the pier, the captain wrote to mayor@brackholm.example.",
    ],
)
def test_sentence_that_names_networks_or_an_address_is_no_call(line: str) -> None:
    assert not is_call(line, read_markers("en"))


def test_motto_above_a_headline_is_not_taken_for_it() -> None:
    assert read("Honest ink, patient readers", TITLE, "By Ada Wren", *STORY).title == TITLE


def test_headline_that_reads_like_furniture_is_found() -> None:
    title = "Have your say: the captain, the ferry and the engine room"
    assert read(title, "Posted on 5 March 2020", *STORY).title == title


def test_headline_of_two_lines_is_joined_at_its_colon() -> None:
    article = read("Trouble on the pier:\nFerry stops for want of a key", "By Ada Wren", *STORY)
    assert article.title == "Trouble on the pier: Ferry stops for want of a key"


def test_lines_that_a_messenger_marks_are_read_without_their_marks() -> None:
    article = read(f"*{TITLE}*", "_By Ada Wren_", *STORY)
    assert article.title == TITLE
    assert article.byline == (Person("Ada Wren"),)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ada Wren, University of Lomar", [Person("Ada Wren", "University of Lomar")]),
        ("Posted by Ada Wren at 9:40 PM No comments:", [Person("Ada Wren")]),
        ("By Ada Wren, B1 Lomar", [Person("Ada Wren", "B1 Lomar")]),
    ],
)
def test_places_of_work_and_counts_are_nobody(line: str, people: list[Person]) -> None:
    meta = read_meta(line, read_markers("en"))
    assert meta
    assert meta.people == people


def test_date_that_a_page_prints_twice_is_one_date() -> None:
    meta = read_meta("12.09.202312. September 2023", read_markers("de"))
    assert meta
    assert {one.when.date().isoformat() for one in meta.dates} == {"2023-09-12"}


def test_standfirst_that_a_picture_parts_from_the_story_it_repeats_is_left_out() -> None:
    lead = "The ferry to Brackholm will stop because nobody can find the key to its engine room."
    picture = "The ferry at the pier on Thursday. Photograph: Ada Wren/The Courier"
    article = read(TITLE, "5 March 2020", lead, picture, *STORY)
    assert [one.text for one in article.blocks if one.kind == "paragraph"] == STORY


def test_sentence_above_a_dateline_is_a_caption() -> None:
    caption = "Eleven cows wait on the pier at Brackholm with a piano."
    article = read(TITLE, "5 March 2020", "Ada Wren", caption, f"BRACKHOLM, Lomar — {STORY[0]}", *STORY[1:])
    assert [(one.kind, one.text) for one in article.blocks[:2]] == [
        ("caption", caption),
        ("paragraph", STORY[0]),
    ]


def test_quotation_with_a_name_behind_it_is_a_quote() -> None:
    quote = '"I have carried this piano to the pier four times." – Tom Rudd, piano tuner'
    assert blocks(quote) == [("quote", quote)]


def test_line_over_a_list_without_signs_is_its_heading() -> None:
    facts = (
        "Born in a lighthouse\nServed on nine ferries\nLost his first key in 1988\nPlays the accordion, badly"
    )
    assert [kind for kind, _ in blocks("The captain in short", facts)].count("list-item") in {0, 4}
    assert ("list-item", "The captain in short") not in blocks("The captain in short", facts)


def test_label_of_a_caption_may_end_in_a_comma_or_stand_behind_a_credit() -> None:
    words = "The ferry lies at the pier without its key"
    assert blocks(f"Image caption, {words}") == [("caption", words)]
    assert blocks(f"Image copyright AFP Image caption {words}") == [("caption", words)]
