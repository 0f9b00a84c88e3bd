from __future__ import annotations

import re
import string
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

import narrator.publish
from narrator.publish.wording import direction, wording

ROOM = Path(narrator.publish.__file__).parent
FILES = sorted((ROOM / "wording").glob("*.toml"))
ENGLISH = tomllib.loads((ROOM / "wording" / "en.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_says_the_same_things_with_the_same_facts(path: Path) -> None:
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(words) == list(ENGLISH)
    assert len(words["months"]) == 12
    for key, text in words.items():
        if key != "months":
            named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            english = {name for _, name, _, _ in string.Formatter().parse(ENGLISH[key]) if name}
            assert named == english, key


def test_every_word_is_used() -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in ROOM.rglob("*") if path.suffix in {".py", ".html"}
    ]
    used = {key for text in sources for key in re.findall(r'(?:words|self)\(\s*[\'"](\w+)[\'"]', text)}
    assert used == set(ENGLISH) - {"months"}


def test_a_language_without_words_of_its_own_gets_those_of_its_main_part_or_english() -> None:
    assert wording("en-GB").language == "en"
    assert wording("xx").language == "en"
    assert wording("../en").language == "en"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (59.4, "59 s"), (61, "1 min"), (3599, "1 h 0 min"), (3960, "1 h 6 min")],
)
def test_lengths_in_words(seconds: float, said: str) -> None:
    assert wording("en").length(seconds) == said


def test_dates_in_words() -> None:
    assert wording("en").date(datetime(2015, 9, 18, tzinfo=UTC)) == "18 September 2015"


@pytest.mark.parametrize(
    ("language", "expected"), [("he", "rtl"), ("fa-IR", "rtl"), ("de", "ltr"), ("arn", "ltr")]
)
def test_direction_of_writing(language: str, expected: str) -> None:
    assert direction(language) == expected
