"""Rules are compiled late, and only where a table says that they cannot match are they not asked."""

from pathlib import Path

import pytest

from narrator.say.book import PLACE, _heads_of
from narrator.say.rules import rules_for
from narrator.say.tables import Tables, read_tables

TABLES = Tables("xx", {"titles": ["Dr", "Mr"], "months": ["May"]})


@pytest.mark.parametrize(
    ("template", "heads"),
    [
        (r"(?P<title>{titles})\.", {"Dr", "Mr"}),
        (r"{titles} x", {"Dr", "Mr"}),
        (r"(?P<first>{months}|{titles})\b", {"Dr", "Mr", "May"}),
        (r"(?P<title>{titles})? \d", None),
        (r"(?P<title>{titles}|the) \d", None),
        (r"{titles}|\d", None),
        (r"{number} x", None),
        (r"(?P<sign>[-+])?{titles}", None),
        (r"(?P<sign>[-+]?)(?P<title>{titles}) ?", {"-", "+", "Dr", "Mr"}),
        (r"(?P<sign>[+-]?){titles}", None),
    ],
)
def test_words_a_match_begins_with_are_those_of_its_first_table(template, heads):
    found = _heads_of(template, TABLES)
    assert (set(found) if found is not None else None) == heads


CASES = Path(__file__).parent / "cases"


def _texts(language, tables):
    """Lines of the cases, and words of the tables in the company that their rules ask for."""
    files = CASES.glob("*.tsv" if language == "en" else f"continental-{language}*.tsv")
    for file in sorted(files):
        for row in file.read_text(encoding="utf-8").splitlines()[1:]:
            yield row.partition("\t")[0]
    for name in ("titles", "months", "abbreviations", "weekdays", "currencies", "spelled", "streets"):
        for word in tables.words(name):
            yield f"{word}. 5 {word}5 ({word}) -{word}5 5 {word} {word}-{word} {word}"
    yield "1\ufe0f\u20e3 #\u20e3 ’98 -.5 .5% Xe IVe A* v. B v C and/or 1-800-GO H1N1 x@y.z ftp://x 3'4\" 1½ ½"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it"])
def test_a_rule_that_is_not_asked_would_not_have_matched(language):
    book = rules_for(language, "espeak")
    for text in set(_texts(language, read_tables(language))):
        for position, character in enumerate(text):
            asked = book.beginning_with(PLACE.match(text, position)[0])
            for each in [each for each, _ in book._candidates(character)._rules if each not in asked]:
                found = each.match(text, position)
                assert not (found and found[0]), (each._rule.name, text[position:])


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it"])
def test_no_rule_is_asked_for_in_a_word_that_is_passed_over(language):
    book = rules_for(language, "espeak")
    for text in set(_texts(language, read_tables(language))):
        loud = {place for start, end in book.loud_words(text) for place in range(start, end)}
        position = 0
        while position < len(text):
            place = PLACE.match(text, position)
            assert position in loud or not book.beginning_with(place[0]), text[position:]
            position = place.end(1)
