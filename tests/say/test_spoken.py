"""The spoken form, judged by ear: what espeak-ng makes of ours and of the expected reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from narrator.say import say_as

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[3] / "shared" / "corpus" / "spoken-dev.tsv"


def language_of(path: Path) -> str:
    """The language in a file's name: "continental-fr"; British English when it names none."""
    named = path.stem.partition("-")[2]
    return named if named and not named.isdecimal() else "en-GB"


def read_cases(path: Path) -> Iterator[tuple[str, list[str]]]:
    """What is written and its good readings."""
    for row in path.read_text(encoding="utf-8").splitlines()[1:]:
        *_, written, spoken = row.split("\t")
        yield written, spoken.split(" || ")


@pytest.mark.parametrize("path", sorted(CASES.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_case_is_heard_as_one_of_its_readings(path, heard):
    wrong = []
    language = language_of(path)
    for written, readings in read_cases(path):
        say = say_as(written, language=language)
        if heard(say, language) not in [heard(reading, language) for reading in readings]:
            wrong.append(f"{written!r} is said {say!r}, not {readings[0]!r}")
    assert not wrong, "\n".join(wrong)


def test_there_are_at_least_300_english_cases_of_our_own():
    assert (
        sum(1 for path in CASES.glob("*.tsv") if language_of(path) == "en-GB" for _ in read_cases(path))
        >= 300
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
def test_at_least_58_of_the_60_shared_sentences_are_heard_right(heard):
    right = [
        heard(say_as(written)) in [heard(reading) for reading in readings]
        for written, readings in read_cases(SHARED)
    ]
    assert sum(right) >= 58


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
def test_no_sentence_the_engine_says_right_by_itself_is_lost(heard):
    for written, readings in read_cases(SHARED):
        good = [heard(reading) for reading in readings]
        if heard(written) in good:
            assert heard(say_as(written)) in good, written
