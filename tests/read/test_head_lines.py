"""Headlines, names and dates are told from the buttons, sections and mastheads around them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article, Person
from narrator.read.assemble import assemble
from narrator.read.bars import is_link_bar
from narrator.read.bylines import read_meta
from narrator.read.dates import find_dates
from narrator.read.markers import read_markers
from narrator.read.pages import draft_page
from narrator.read.plaintext import draft_text

STORY = {
    "en": [
        "The ferry to Brackholm will stop on Friday because nobody can find the key to its engine room.",
        "The captain said he had put it in a safe place, and that the place was now too safe for him.",
        "A locksmith is expected from the mainland on Monday, if the weather and the ferry allow it.",
    ],
    "pt": [
        "A balsa de Brackholm vai parar na sexta-feira porque ninguém acha a chave da casa de máquinas.",
        "O capitão disse que guardou a chave num lugar seguro, e que o lugar é agora seguro demais para ele.",
        "Um chaveiro deve chegar do continente na segunda-feira, se o tempo e a balsa deixarem.",
    ],
    "it": [
        "Il traghetto per Brackholm si ferma venerdì perché nessuno trova la chiave della sala macchine.",
        "Il capitano ha detto di averla messa in un posto sicuro, e che il posto adesso è troppo sicuro.",
        "Un fabbro è atteso dalla terraferma lunedì, se il tempo e il traghetto lo permettono.",
    ],
    "de": [
        "Die Fähre nach Brackholm fährt am Freitag nicht, weil niemand den Maschinenschlüssel findet.",
        "Der Kapitän sagte, er habe ihn an einen sicheren Ort gelegt, der nun auch vor ihm sicher sei.",
        "Ein Schlosser wird am Montag vom Festland erwartet, wenn das Wetter und die Fähre es erlauben.",
    ],
}


def read(*head: str, language: str = "en") -> Article:
    text = "\n\n".join([*head, *STORY[language]])
    return assemble(draft_text(text, "ferry.txt"), now=datetime(2030, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("language", "bar", "title"),
    [
        ("pt", "política economia cidades esporte cultura", "Balsa de Brackholm para por falta de chave"),
        ("it", "NAZIONALE VALLE ALTA SPORT CULTURA METEO", "Traghetto fermo, la chiave non si trova"),
        ("de", "STARTSEITE POLITIK WIRTSCHAFT KULTUR", "Fähre nach Brackholm fällt aus"),
        ("en", "News Sport Weather Business Travel", "Brackholm ferry stops for want of a key"),
        ("it", "HOME - CRONACA - BRACKHOLM", "Traghetto fermo, la chiave non si trova"),
        (
            "en",
            "The Brackholm Bugle - serving the islands since 1921",
            "Brackholm ferry stops for want of a key",
        ),
        ("en", "You are here: Home > Islands", "Brackholm ferry stops for want of a key"),
        ("it", "IL FARO - foglio di informazione di Brackholm", "Traghetto fermo, la chiave non si trova"),
        ("de", "DER LEUCHTTURM – Wochenblatt für Brackholm", "Fähre nach Brackholm fällt aus"),
    ],
)
def test_rows_of_sections_and_mastheads_are_no_headline(language: str, bar: str, title: str) -> None:
    article = read(bar, title, language=language)
    assert article.title == title
    assert [block.text for block in article.blocks] == STORY[language]


def test_headline_wins_over_the_longer_line_under_it() -> None:
    title = "Brackholm ferry stops for want of a key"
    standfirst = "The captain has put the key of the engine room in a place that nobody can find"
    assert read("News Sport Weather", title, standfirst, "5 March 2020").title == title


@pytest.mark.parametrize(
    "above",
    [
        ("Brackholm Wire Watch", "All the wires, one reader"),
        ("Brackholm Matters", "News and views from the islands, since 2009"),
        ("Islands Daily", "Your source for the latest research news"),
    ],
)
def test_claim_under_a_sites_name_is_no_headline(above: tuple[str, str]) -> None:
    title = "Brackholm ferry stops for want of a key"
    assert read(*above, title, "5 March 2020").title == title


def test_headline_that_shares_no_word_with_the_story_wins_over_its_standfirst() -> None:
    title = "Lost and never found"
    standfirst = "What happened when the captain of the Brackholm ferry put the key of its engine room away"
    assert read(title, standfirst, "By Ada Wren", "5 March 2020").title == title


def test_headline_may_be_a_question_of_many_words() -> None:
    title = "Brackholm: who has seen the key to the engine room of the ferry this week?"
    assert read("News Sport Weather", title, "By Ada Wren", "5 March 2020").title == title


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "READ LATER"),
        ("en", "Buy Now"),
        ("en", "Facebook Count"),
        ("en", "WKR Western Plains"),
        ("de", "Hören Merken Drucken Teilen"),
        ("pt", "Edição Impressa"),
        ("fr", "Écouter Partager"),
    ],
)
def test_buttons_and_stations_are_nobody(language: str, line: str) -> None:
    meta = read_meta(line, read_markers(language), bare_names=True)
    assert meta is None or meta.people == []


PETERSENS = [Person("Jens Petersen"), Person("Davor Olsen"), Person("Justus von Lomar")]


@pytest.mark.parametrize(
    ("language", "line", "people"),
    [
        ("en", "By Ada Wren, Parish Clerk", [Person("Ada Wren", "Parish Clerk")]),
        ("en", "By Ada Wren, Bay Coast Reporter", [Person("Ada Wren", "Bay Coast Reporter")]),
        ("en", "By Ada Wren, WKRL", [Person("Ada Wren", "WKRL")]),
        ("en", "By Ada Wren, Tom Pike", [Person("Ada Wren"), Person("Tom Pike")]),
        (
            "en",
            "By Ada Wren and political editor Tom Pike",
            [Person("Ada Wren"), Person("Tom Pike", "political editor")],
        ),
        ("en", "By Ada Wren, MD, and Tom Pike", [Person("Ada Wren MD"), Person("Tom Pike")]),
        ("de", "Von Ada Wren, Funkhaus Lomar", [Person("Ada Wren", "Funkhaus Lomar")]),
        ("de", "Von Ada Wren, Bad Lomar", [Person("Ada Wren", "Bad Lomar")]),
        ("de", "Von Jens Petersen, Birgit Olsen", [Person("Jens Petersen"), Person("Birgit Olsen")]),
        ("it", "dalla nostra inviata Ada Grandi", [Person("Ada Grandi", "dalla nostra inviata")]),
        ("fr", "Par Yann LE GOUËL", [Person("Yann Le Gouël")]),
        ("pt", "Por Juliana Prado Rafael Lemos", [Person("Juliana Prado"), Person("Rafael Lemos")]),
        ("en", "By Ada Wren Follow", [Person("Ada Wren")]),
        ("en", "By Ada Wren (now) and Tom Pike (earlier)", [Person("Ada Wren"), Person("Tom Pike")]),
        ("en", "ByAda Wren", [Person("Ada Wren")]),
        ("de", "Von Ingo Arzt", [Person("Ingo Arzt")]),
        ("de", "Von Jens Petersen, Davor Olsen, Justus von Lomar", PETERSENS),
    ],
)
def test_byline_tells_people_from_what_they_are(language: str, line: str, people: list[Person]) -> None:
    meta = read_meta(line, read_markers(language))
    assert meta is not None
    assert meta.people == people


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en", "September 18, 2020 4:12 PM GMT Updated 2 years ago", "2020-09-18"),
        ("en", "Wed, June 5, 2019 at 2:41 AM GMT+2·3 min read", "2019-06-05"),
        ("en", "Nov 2, 2023 - Energy & Climate", "2023-11-02"),
        ("en", "Mar 5, ’22", "2022-03-05"),
        ("it", "Anno XXXI - n. 9 - 25 settembre 2016", "2016-09-25"),
        ("de", "Jahrgang 12 / Nr. 4 / 5. März 2020", "2020-03-05"),
    ],
)
def test_date_beside_something_else_counts(language: str, line: str, day: str) -> None:
    titles = {
        "en": "Brackholm ferry stops for want of a key",
        "it": "Traghetto fermo, la chiave non si trova",
        "de": "Fähre nach Brackholm fällt aus",
    }
    article = read(titles[language], line, language=language)
    assert article.title == titles[language]
    assert article.published is not None
    assert article.published.date().isoformat() == day
    assert len(article.blocks) == 3


def test_zone_with_an_offset_is_understood() -> None:
    found = find_dates("20 Nov 2022 06:12 p.m. GMT-3", read_markers("en"))
    assert found[0].when.isoformat() == "2022-11-20T18:12:00-03:00"


@pytest.mark.parametrize(
    ("date", "first", "day"),
    [
        (
            "11/06/2020",
            "The theater by the harbor was shut, its neighbors said, for want of a key.",
            "2020-11-06",
        ),
        ("10/06/2020", "The theatre by the harbour was shut, its neighbours said, for a key.", "2020-06-10"),
        ("11/06/2021", "The house by the sea was shut, the people next door said, for a key.", "2021-06-11"),
    ],
)
def test_order_of_a_numeric_date_follows_the_text(date: str, first: str, day: str) -> None:
    article = read("Brackholm ferry stops for want of a key", f"Ada Wren | {date}", first)
    assert article.published is not None
    assert article.published.date().isoformat() == day


def test_rows_of_links_have_bars_and_few_words() -> None:
    assert is_link_bar("Ferry times | Island weather | Tide tables")
    assert not is_link_bar("The ferry stops.")


def test_name_over_the_headline_is_the_columnists() -> None:
    article = read(
        "Opinion", "Ada Wren", "Why nobody should be trusted with the key of a ferry", "5 March 2020"
    )
    assert article.byline == (Person("Ada Wren"),)


def test_date_line_that_ends_in_an_abbreviation_is_no_paragraph() -> None:
    article = read(
        "Fähre fällt aus", "Von Ada Wren", "5. März 2024, 10:12 Uhr | Lesezeit: 2 Min.", language="de"
    )
    assert article.published is not None
    assert len(article.blocks) == 3


def test_order_of_dates_on_a_page_does_not_depend_on_the_run() -> None:
    times = "".join(f"<p>On <time datetime='2019-05-{day:02}'>that day</time></p>" for day in range(8, 20))
    story = "".join(f"<p>{line}</p>" for line in STORY["en"])
    html = f"<article><h1>Ferry stops</h1><time datetime='2019-05-07'>first</time>{story}</article>{times}"
    days = {draft_page(html.encode(), source="ferry.html").published for _ in range(5)}
    assert days == {datetime(2019, 5, 7, tzinfo=UTC)}
