"""Rules are compiled late, and only where a table says that they cannot match are they not asked."""

import re

import pytest

from narrator.say.rule import NUMBER, _heads_of
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
    ],
)
def test_words_a_match_begins_with_are_those_of_its_first_table(template, heads):
    found = _heads_of(template, TABLES)
    assert (set(found) if found is not None else None) == heads


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it"])
def test_a_rule_that_is_not_asked_would_not_have_matched(language):
    tables = read_tables(language)
    texts = [
        "Dr. Roe, Mr May (Con) and Prof. J. Poe paid £3-£4m on 5 May 1971, No. 10, etc. in St. Ives, e.g. 3rd"
    ]
    texts += [f"{word}. 5" for name in ("titles", "months", "abbreviations") for word in tables.words(name)]
    for _, each in rules_for(language, "espeak")._rules:
        pattern = re.compile(tables.fill(each._rule.template.replace("{number}", NUMBER)))
        for text in texts:
            for position in range(len(text)):
                found, wanted = each.match(text, position), pattern.match(text, position)
                assert (found and found[0]) == (wanted and wanted[0]), (each._rule.name, text[position:])
