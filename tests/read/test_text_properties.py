"""What must hold for any text: no line lost or moved, and time that grows no faster than the text."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.errors import NotAnArticle
from narrator.models import Article
from narrator.read.assemble import assemble
from narrator.read.passages import clean_text
from narrator.read.plaintext import draft_text

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LINES = st.sampled_from(
    [
        "",
        "",
        "Analysis",
        "Analysis: Peter Harrow, Europe correspondent",
        "What is a levee boil?",
        "Key dates",
        "1998: First boats seized",
        "• One drawer of maps",
        "- a dash",
        "----------",
        "By Ann Bell",
        "4 March 2016",
        "Extra trains",
        "Share this page",
        "Related stories",
        "The tower on Sunday. Photograph: Ian Moxon/The Courier",
        "The bridge will stay closed until June, engineers said on Monday after an inspection.",
        '"My bread goes stale on the road," she said.',
        "I would not bet against it, and nor should you.",
        "Ms Solheim told reporters that inspectors would count.",
        "# Not a heading",
        "This article was amended on 7 February 2020.",
    ]
) | st.text(max_size=60)


def _unmarked(text: str) -> str:
    """*text* without the marks of emphasis, which are not spoken wherever they stand."""
    return text.replace("*", "").replace("_", "")


def read(text: str) -> Article:
    return assemble(draft_text(text, "post.txt"), now=NOW)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_every_line_is_accounted_for_once_and_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        article = read(text)
    except NotAnArticle:
        return
    numbers = [row.line for row in article.ledger]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(numbers)
    assert all(row.reason for row in article.ledger if row.fate != "spoken")
    heard = _unmarked(clean_text(" ".join(row.text for row in article.ledger if row.fate != "skipped")))
    at = 0
    for block in article.blocks:
        first = _unmarked(block.text.split()[0])
        found = heard.find(first, at)
        assert found >= 0, (block.text, heard)
        at = found
    for number, sidebar in enumerate(article.sidebars):
        places = [i for i, block in enumerate(article.blocks) if block.sidebar == number]
        assert places, sidebar
        assert places == list(range(places[0], places[-1] + 1)), sidebar


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=25))
def test_reading_is_deterministic(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        assert read(text) == read(text)
    except NotAnArticle:
        with pytest.raises(NotAnArticle):
            read(text)


PARAGRAPH = "The council said on Monday that the bridge would stay closed until spring, officials said.\n\n"


@pytest.mark.parametrize(
    "unit",
    [
        PARAGRAPH,
        "A short line\n",
        "• item one here\n",
        '"We have the people we do not have the machines"\n\n' + PARAGRAPH,
        "Analysis: Peter Harrow, Europe correspondent\n\n" + PARAGRAPH,
        "What is a boil?\n\n" + PARAGRAPH,
        "12 March 2015: something happened here\n",
        "A view of the dam. Photo: Ann Bell/AFP\n\n" + PARAGRAPH,
    ],
)
def test_four_times_the_text_takes_no_more_than_twelve_times_as_long(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        with suppress(NotAnArticle):
            read("Bridge shut until summer\n\n" + PARAGRAPH + unit * count)
        return time.process_time() - started

    seconds(20)
    assert seconds(1600) < 12 * max(seconds(400), 0.02)


@pytest.mark.parametrize("unit", ["word ", "([", '"', "- ", "*a ", "[a](", "A. ", "– "])
def test_one_line_of_millions_of_characters_is_answered_quickly(unit: str) -> None:
    started = time.process_time()
    with suppress(NotAnArticle):
        read("# Title\n\n" + unit * (3_000_000 // len(unit)))
    assert time.process_time() - started < 5
