"""Lines that say who wrote a post and when."""

from __future__ import annotations

import pytest

from narrator.read.bylines import read_meta
from narrator.read.language import detect_language
from narrator.read.markers import languages, read_markers
from narrator.read.names import read_people


@pytest.mark.parametrize(
    ("line", "language", "people"),
    [
        ("By Carla Jimenez and Tom Rudd, CNN", "en", [("Carla Jimenez", "CNN"), ("Tom Rudd", "CNN")]),
        ("By Daniel Frost BBC News, Port Aurel", "en", [("Daniel Frost", "BBC News, Port Aurel")]),
        ("By DANA WHITLOCK, Associated Press", "en", [("Dana Whitlock", "Associated Press")]),
        ("Opinion by Gloria Pennant", "en", [("Gloria Pennant", None)]),
        ("By Ludwig van der Berg", "en", [("Ludwig van der Berg", None)]),
        ("By Tobias", "en", [("Tobias", None)]),
        ("By Staff Writer", "en", []),
        ("Par Élodie Carrère", "fr", [("Élodie Carrère", None)]),
        (
            "Von Holger Brandt, Leiter der Lokalredaktion",
            "de",
            [("Holger Brandt", "Leiter der Lokalredaktion")],
        ),
        ("Por Javier Robledo, redactor jefe", "es", [("Javier Robledo", "redactor jefe")]),
        ("di Giulia Ferrandi", "it", [("Giulia Ferrandi", None)]),
    ],
)
def test_byline(line: str, language: str, people: list[tuple[str, str | None]]) -> None:
    meta = read_meta(line, read_markers(language))
    assert meta
    assert [(one.name, one.role) for one in meta.people] == people


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Hester Lyle Environment correspondent", "Hester Lyle", "Environment correspondent"),
        ("Peter Ngata North of England editor", "Peter Ngata", "North of England editor"),
        ("Former England defender Kevin Strand", "Kevin Strand", "former England defender"),
        ("Peter Kimani, East Africa analyst", "Peter Kimani", "East Africa analyst"),
        ("Imogen Sayle in Brackwell", "Imogen Sayle", "in Brackwell"),
        ("Jo Black, Health and science editor", "Jo Black", "Health and science editor"),
    ],
)
def test_name_and_role_are_parted(text: str, name: str, role: str) -> None:
    assert [(one.name, one.role) for one in read_people(text, read_markers("en"))] == [(name, role)]


@pytest.mark.parametrize(
    ("line", "language", "when"),
    [
        ("30 September 2013 Last updated at 11:20 GMT", "en", "2013-09-30T00:00:00+00:00"),
        ("Updated 3:43 PM ET, Wed May 27, 2015", "en", "2015-05-27T15:43:00-05:00"),
        ("Thu 11 Jul 2019 17.30 BST", "en", "2019-07-11T17:30:00+01:00"),
        ("September 18, 2018 / 9:12 AM / in 2 hours", "en", "2018-09-18T09:12:00+00:00"),
        ("NOV. 25, 2012", "en", "2012-11-25T00:00:00+00:00"),
        ("Jun 20, 2019 · 4 min read", "en", "2019-06-20T00:00:00+00:00"),
        ("01/24/2023", "en", "2023-01-24T00:00:00+00:00"),
        ("2021-03-04T10:11:12Z", "en", "2021-03-04T10:11:00+00:00"),
        (
            "Publié le 21 mars 2019 à 06h45 - Mis à jour le 22 mars 2019 à 11h02",
            "fr",
            "2019-03-21T06:45:00+00:00",
        ),
        ("15.01.2020, 08:12 Uhr", "de", "2020-01-15T08:12:00+00:00"),
        ("Montag, 30. Mai 2016", "de", "2016-05-30T00:00:00+00:00"),
        ("14 SEP 2017 - 10:23 CEST", "es", "2017-09-14T10:23:00+02:00"),
        ("25.jul.2019 às 8h00", "pt", "2019-07-25T08:00:00+00:00"),
        ("5 febbraio 2018", "it", "2018-02-05T00:00:00+00:00"),
    ],
)
def test_date_line(line: str, language: str, when: str) -> None:
    meta = read_meta(line, read_markers(language))
    assert meta
    assert meta.dates[0].when.isoformat() == when


@pytest.mark.parametrize(
    "line",
    [
        "The council met on 4 March 2016 and again in May.",
        "By noon the river had risen by two feet",
        "From the fish market the sky was red",
        "31 February 2016",
    ],
)
def test_a_line_that_says_more_is_no_meta_line(line: str) -> None:
    assert read_meta(line, read_markers("en")) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The government has said that it will not change the law, which is now ten years old.", "en"),
        ("Le gouvernement a dit que la loi ne serait pas changée, et que les maires sont d'accord.", "fr"),
        ("Die Regierung hat gesagt, dass sie das Gesetz nicht ändern wird, und der Rat ist dafür.", "de"),
        ("El gobierno dijo que la ley no se va a cambiar, porque los alcaldes no lo han pedido.", "es"),
        ("O governo disse que a lei não vai mudar, porque os prefeitos também não o pediram.", "pt"),
        ("Il governo ha detto che la legge non sarà cambiata, perché anche i sindaci sono contrari.", "it"),
        ("Правительство заявило, что закон меняться не будет.", "ru"),
        ("政府は法律を変えないと発表した。", "ja"),
    ],
)
def test_language_is_known(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_every_table_answers_to_the_names_of_the_english_one() -> None:
    english = read_markers("en")
    for language in languages():
        markers = read_markers(language)
        assert markers.words.keys() >= english.words.keys()
        assert markers.phrases.keys() >= english.phrases.keys()
        assert sorted(set(markers.months.values())) == list(range(1, 13))
