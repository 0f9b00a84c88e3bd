"""Datelines and outlet prefixes are cut, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.read.assemble import assemble
from narrator.read.datelines import cut_dateline
from narrator.read.markers import read_markers
from narrator.read.plaintext import draft_text

REST = "The ship was freed on Tuesday, the ministry said."


@pytest.mark.parametrize(
    ("prefix", "language"),
    [
        ("LONDON, Sept 18 (Reuters) - ", "en"),
        ("CALDER FALLS, Mont. (AP) — ", "en"),
        ("(CNN)", "en"),
        ("(CNN) — ", "en"),
        ("KARSHAN — ", "en"),
        ("Pardee, Missouri (CNN) — ", "en"),
        ("Port Isaro (AFP) - ", "en"),
        ("LUOSHAN, Nov. 3 (Xinhua) -- ", "en"),
        ("HARROWGATE, Feb. 11, 2020 /PRNewswire/ -- ", "en"),
        ("MARLOW, Ohio, June 1, 2015 — ", "en"),
        ("Daily9jaPost - ", "en"),
        ("NEW DELHI: ", "en"),
        ("SINGAPORE - ", "en"),
        ("Nordfelde (dpa) - ", "de"),
        ("HOCHTAL (fra). ", "de"),
        ("Altenbrück - ", "de"),
        ("Villar de Alhor, 12 jun (EFE).- ", "es"),
        ("Paris, AFP – ", "fr"),
        ("(ANSA) - MONTEVENTO, 12 MAR - ", "it"),
        ("VALVERDE. ", "it"),
    ],
)
def test_prefix_is_cut(prefix: str, language: str) -> None:
    assert cut_dateline(prefix + REST, read_markers(language)) == REST


@pytest.mark.parametrize(
    "text",
    [
        "The mayor - a former teacher - said on Monday that she would resign.",
        "Marsh wildfire: thousands have been told to leave, the council said.",
        "Mr Carter (left) said the talks had been useful to both of them.",
        "He came - and he saw.",
        "Exclusive: The council has lost the map of its own drains.",
        "NATO said on Monday that it would send two ships to the strait.",
        "Boats (most of them small) have been idle since the end of July.",
    ],
)
def test_a_sentence_is_left_alone(text: str) -> None:
    assert cut_dateline(text, read_markers("en")) == text


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("Lomar: The ferry will stop on Friday, the captain of the harbour said.", False),
        ("Ferry: The captain of the harbour lost its key on Friday, the council said.", True),
    ],
)
def test_place_before_a_colon_is_cut_when_the_story_knows_it(first: str, kept: bool) -> None:
    more = "Nobody in Lomar has seen the key, and without it no ferry can leave the town's harbour."
    text = "\n\n".join(
        ["Lomar's ferry stops for want of a key", "Ada Wren | 5 March 2024", first, more, more + " Yet."]
    )
    article = assemble(draft_text(text, "ferry.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))
    assert (article.blocks[0].text == first) is kept
