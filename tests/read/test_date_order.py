"""Whether "03/04/2015" is 3 April or 4 March is decided by the text it stands over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.read.assemble import assemble
from narrator.read.plaintext import draft_text

STORY = """Depot reopens after a long repair

By Ann Bell
03/04/2015

{lead}

The depot had been closed since the roof gave way, and crews worked through the winter to replace it.

Its manager told reporters that the first trucks would leave within the hour, and they did.
"""


def month_of(lead: str) -> int:
    article = assemble(draft_text(STORY.format(lead=lead), "post.txt"), now=datetime(2020, 1, 1, tzinfo=UTC))
    assert article.published
    return article.published.month


def test_american_spelling_puts_the_month_first() -> None:
    assert month_of("Neighbors of the depot gathered on the sidewalk to see the color of its new roof.") == 3


def test_a_weekday_decides_between_the_two_readings() -> None:
    assert month_of("The depot reopened on Wednesday before a small crowd of people from the town.") == 3
    assert month_of("The depot reopened on Friday before a small crowd of people from the town.") == 4


@pytest.mark.parametrize(
    "lead",
    [
        "An inquiry will check the program of works and whether the meter was read before the fire.",
        "Nobody knew who had put the grey catalogue there, and the dialogue about it went on.",
    ],
)
def test_words_that_both_sides_write_decide_nothing(lead: str) -> None:
    assert month_of(lead) == 4
