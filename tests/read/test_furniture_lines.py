"""Lines of furniture are left out wherever they stand, and sentences of a story never are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.read.assemble import assemble
from narrator.read.calls import is_call
from narrator.read.draft import Item
from narrator.read.furniture import find_section
from narrator.read.markers import read_markers
from narrator.read.passages import fold, make_passage
from narrator.read.plaintext import draft_text

STORY = [
    "The ferry to Brackholm will stop on Friday because nobody can find the key to its engine room.",
    "The captain said he had put it in a safe place, and that the place was now too safe for him.",
    "A locksmith is expected from the mainland on Monday, if the weather and the ferry allow it.",
]


def section(text: str, language: str = "en") -> str | None:
    return find_section(make_passage([Item(1, text)]), read_markers(language))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Our Friday letter is about ferries. Sign up for the newsletter here."),
        ("en", "(Catch all the ferry news on the Courier app)"),
        ("fr", "Retrouvez l'actualité de votre port dans notre newsletter."),
        ("de", "Abonnieren Sie jetzt unseren Newsletter und verpassen Sie keine Fähre mehr."),
        ("es", "Suscríbete a nuestro boletín y recibe las noticias del puerto cada mañana."),
        ("pt", "Gostou? Assine a newsletter e receba uma conversa por semana."),
        ("it", "Iscriviti alla newsletter per ricevere ogni giorno le notizie del porto."),
    ],
)
def test_call_to_subscribe_is_told_in_any_language(language: str, line: str) -> None:
    assert is_call(line, read_markers(language))


@pytest.mark.parametrize(
    "line",
    [
        "By creating a fund for boats, the council hopes to keep the ferry in its harbour.",
        "Cookies and milk were served to the passengers while they waited for the locksmith.",
        "The school receives funding from the state and from the owners of the two ferries.",
        "Create an email address for the harbour, the captain told the council on Friday.",
        "Your data is worth more than the ferry itself, a speaker told the passengers.",
        "Complaints about the ferry rose by a third last year, the harbour master said.",
        "See you next week.",
        "Download the app of your bank before you travel, the ferry's owner advised.",
        "You’ll become comfortable in everything from a blog post to an email inbox and a podcast.",
        "Join the queue for the ferry, and you will hear its newsletter read aloud, he said. It is long.",
        "I agree with the captain, and so does everyone who has ever lost a key to a boat.",
    ],
)
def test_sentence_of_a_story_is_no_furniture(line: str) -> None:
    assert section(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Register now for FREE unlimited access to the Courier",
        "You're all set to enjoy the Courier without limits.",
        "Ferries - local news in your inbox",
        "SPONSORED: Five keys every captain should own",
        "[ The long goodbye of the Brackholm ferry Opens in new window ]",
        "list 2 of 3",
        "Story continues",
        "Journal reference: Annals of Lost Keys, DOI: 10.0000/alk.2022.118",
        "Ada Wren contributed research. Data work by Tom Pike.",
    ],
)
def test_line_of_the_page_is_furniture(line: str) -> None:
    assert section(line) is not None


def test_line_above_a_button_to_subscribe_goes_with_it() -> None:
    blocks = read("Get a daily dose of ferry news with the Courier", "Subscribe for free")
    assert "Get a daily dose of ferry news with the Courier" not in blocks


def test_points_of_a_summary_may_be_sentences() -> None:
    head = (
        "Ferry stops\n\nBy Ada Wren\n\nWhat you need to know:\nThe ferry has no key.\nA locksmith was called."
    )
    text = "\n\n".join([head, *STORY])
    article = assemble(draft_text(text, "ferry.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))
    assert [block.text for block in article.blocks] == STORY


def test_what_an_outlet_says_of_its_author_is_left_out_at_the_top_too() -> None:
    said = "Ada Wren covers ferries for the Courier. Before joining in 2017, she was a captain herself."
    text = "\n\n".join(["Ferry stops for want of a key", "By Ada Wren", said, *STORY])
    article = assemble(draft_text(text, "ferry.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))
    assert [block.text for block in article.blocks] == STORY


def test_agency_of_the_dateline_is_cut_from_the_end() -> None:
    text = "\n\n".join(["Ferry stops for want of a key", f"(BRK) - LOMAR, 5 MAR - {STORY[0]}", *STORY[1:]])
    article = assemble(draft_text(f"{text} (BRK).", "ferry.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))
    assert [block.text for block in article.blocks] == STORY


def read(*lines: str) -> list[str]:
    text = "\n\n".join(["Ferry stops for want of a key", "By Ada Wren", STORY[0], *lines, *STORY[1:]])
    article = assemble(draft_text(text, "ferry.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))
    return [block.text for block in article.blocks]


def test_a_thing_s_length_is_no_recording_s() -> None:
    markers = read_markers("en")
    assert markers.furniture.find(fold("Length: 3:45"))
    assert markers.furniture.find(fold("Duration: 12 minutes 5 seconds"))
    assert not markers.furniture.find(fold("Length: 133 metres"))
