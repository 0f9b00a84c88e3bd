"""What a page states about its article, and which of its statements are believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Person
from narrator.read.draft import Draft
from narrator.read.json_ld import read_json_ld
from narrator.read.moments import date_in_address, read_moment
from narrator.read.page_parse import parse_page
from narrator.read.pages import draft_page

TEXT = (
    "<p>The harbour wall gave way at noon on Tuesday, and forty boats were carried out to sea.</p>"
    "<p>Nobody was hurt, the harbour master said, because the town was at a wedding on the hill.</p>"
    "<p>Divers will look at the foundations on Friday, when the current is expected to slacken.</p>"
)
LINKED = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},'
    '{"@type":["NewsArticle"],"headline":"Harbour wall falls","datePublished":"2019-05-07T12:30:00+02:00",'
    '"dateModified":"2019-05-08T08:00:00Z","inLanguage":"en-GB","publisher":{"name":"The Quay"},'
    '"author":[{"@type":"Person","name":"Ada Wren","jobTitle":"Coast reporter"}]}]}</script>'
)


def read(head: str = "", above: str = "<h1>Harbour wall falls</h1>", below: str = "", **known: str) -> Draft:
    body = f"<article>{above}{TEXT}{below}</article>"
    html = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return draft_page(html.encode(), source="wall.html", **known)


def test_linked_data_tells_everything() -> None:
    draft = read(LINKED)
    assert draft.title == "Harbour wall falls"
    assert draft.byline == [Person("Ada Wren", "Coast reporter")]
    assert draft.published == datetime.fromisoformat("2019-05-07T12:30:00+02:00")
    assert draft.corrected == datetime(2019, 5, 8, 8, tzinfo=UTC)
    assert (draft.language, draft.outlet) == ("en-GB", "The Quay")


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"Article","headline":"Wall","datePublished":"2019-05-07",}',
        '<!-- {"@type":"Article","headline":"Wall",\n"datePublished":"2019-05-07"} -->',
        '{"@type":"Article","headline":"Wall","description":"two\nlines","datePublished":"2019-05-07"}',
        '{"@type":"Article","headline":"Wall" "datePublished":"2019-05-07"',
    ],
)
def test_broken_linked_data_still_tells_its_date(script: str) -> None:
    tree = parse_page(
        f"<html><head><script type='application/ld+json'>{script}</script></head><body>x</body></html>"
    )
    assert read_json_ld(tree)[0]["datePublished"] == "2019-05-07"


@pytest.mark.parametrize(
    ("head", "above"),
    [
        (
            "<meta property='article:published_time' content='2019-05-07T10:30:00Z'>",
            "<h1>Harbour wall falls</h1>",
        ),
        ("<meta name='pubdate' content='20190507'>", "<h1>Harbour wall falls</h1>"),
        ("", "<h1>Harbour wall falls</h1><time datetime='2019-05-07'>last week</time>"),
        ("", "<h1>Harbour wall falls</h1><abbr class=published title='2019-05-07T10:30:00Z'>10:30</abbr>"),
        ("", "<h2 class=date-header>Tuesday, 7 May 2019</h2><h1>Harbour wall falls</h1>"),
        ("", "<h1>Harbour wall falls</h1><p>May 7, 2019</p>"),
    ],
)
def test_date_is_found_wherever_pages_put_it(head: str, above: str) -> None:
    published = read(head, above).published
    assert published is not None
    assert published.date().isoformat() == "2019-05-07"


def test_date_that_stands_alone_against_two_others_loses() -> None:
    draft = read(
        "<meta property='article:published_time' content='2021-01-01T00:00:00Z'>",
        "<h1>Harbour wall falls</h1><time datetime='2019-05-07'>7 May 2019</time>",
        address="https://quay.example/2019/05/07/wall",
    )
    assert draft.published is not None
    assert draft.published.year == 2019


def test_bare_date_is_midnight_utc() -> None:
    assert read_moment("2019-05-07") == datetime(2019, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://quay.example/2015/09/18/wall", (2015, 9, 18)),
        ("https://quay.example/2015/09/wall.html", (2015, 9, 1)),
        ("2015-09-18-wall.md", (2015, 9, 18)),
        ("wall-20150918.txt", (2015, 9, 18)),
        ("https://quay.example/wall-12345678", None),
        ("2015-19-48.txt", None),
    ],
)
def test_address_tells_the_day_only_when_it_is_one(address: str, day: tuple[int, int, int] | None) -> None:
    assert date_in_address(address) == (datetime(*day, tzinfo=UTC) if day else None)


def test_title_loses_the_site_and_follows_the_headline() -> None:
    assert read("<title>Harbour wall falls | The Quay</title>").title == "Harbour wall falls"
    assert read("<title>Harbour wall falls | The Quay</title>", above="").title == "Harbour wall falls"
    assert (
        read("<title>The Quay: Harbour wall falls</title>", "<b>Harbour wall falls</b>").title
        == "Harbour wall falls"
    )


def test_topic_in_front_of_the_headline_is_no_part_of_it() -> None:
    head = "<title>Quayside - Harbour wall falls at noon - The Quay</title>"
    above = "<h2><span class=overline>Quayside:</span> <span>Harbour wall falls at noon</span></h2>"
    assert read(head, above).title == "Harbour wall falls at noon"


def test_byline_below_a_standfirst_in_a_heading_is_found() -> None:
    above = "<h1>Harbour wall falls</h1><h2>Forty boats were carried out to sea while the town danced.</h2>"
    assert read(above=f"{above}<p class=byline>By Ada Wren</p>").byline == [Person("Ada Wren")]


def test_site_name_in_a_first_heading_is_no_title() -> None:
    head = "<title>Harbour wall falls - The Quay</title><meta property='og:site_name' content='The Quay'>"
    assert read(head, "<h1>The Quay</h1><h2>Harbour wall falls</h2>").title == "Harbour wall falls"


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("<p class=byline>By <a>Ada Wren</a></p>", [Person("Ada Wren")]),
        (
            "<p class=byline>By <b>Ada Wren</b> <span>Coast reporter</span></p>",
            [Person("Ada Wren", "Coast reporter")],
        ),
        (
            "<div class=by><div>Ada Wren</div><div>Coast reporter</div></div>",
            [Person("Ada Wren", "Coast reporter")],
        ),
        ("<p>By Ada Wren and Tom Pike</p>", [Person("Ada Wren"), Person("Tom Pike")]),
        ("<p class=author>admin</p>", []),
        ("<p class=byline>By Staff Writer</p>", []),
    ],
)
def test_byline_names_people_and_no_desks(line: str, people: list[Person]) -> None:
    assert read(above=f"<h1>Harbour wall falls</h1>{line}").byline == people


def test_visible_role_completes_the_stated_name() -> None:
    draft = read(
        "<meta name=author content='Ada Wren'>",
        "<h1>Harbour wall falls</h1><p class=byline>By Ada Wren, coast reporter</p>",
    )
    assert draft.byline == [Person("Ada Wren", "coast reporter")]


def test_outlet_after_a_name_is_no_role() -> None:
    head = "<title>Harbour wall falls - Quay News</title>"
    draft = read(head, "<h1>Harbour wall falls</h1><p class=byline>By Ada Wren, Quay News</p>")
    assert draft.byline == [Person("Ada Wren")]


def test_outlet_is_only_what_the_page_states() -> None:
    assert read("<title>Harbour wall falls - The Quay</title>").outlet is None
    assert read("<meta property='og:site_name' content='The Quay'>").outlet == "The Quay"


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://quay.example/wall", "https://quay.example/wall"),
        ("/news/wall", "https://quay.example/news/wall"),
        ("https://quay.example/", "https://quay.example/wall?from=feed"),
        ("javascript:void(0)", "https://quay.example/wall?from=feed"),
    ],
)
def test_canonical_address_is_absolute_and_no_front_page(canonical: str, address: str) -> None:
    found = read(
        f"<link rel=canonical href='{canonical}'>", address="https://quay.example/wall?from=feed"
    ).address
    assert found == address


def test_relative_canonical_address_without_a_base_is_none() -> None:
    assert read("<link rel=canonical href='wall.html'>").address is None


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        (
            "<span class=n>By Ada Wren</span><span class=t>Quay News, Elmsea</span>",
            [("Ada Wren", "Quay News, Elmsea")],
        ),
        ("<a>Quay Elmsea</a> / <span>By <a>Ada Wren</a></span>", [("Ada Wren", None)]),
        (
            "Published on <time>4 March 2019</time> <span>by <a>Ada Wren</a></span> <a>4 comments</a>",
            [("Ada Wren", None)],
        ),
    ],
)
def test_a_byline_in_elements_of_its_own_is_read_piece_by_piece(
    byline: str, people: list[tuple[str, str | None]]
) -> None:
    draft = read(above=f"<h1>Harbour wall falls</h1><div class=byline>{byline}</div>")
    assert [(one.name, one.role) for one in draft.byline] == people


def test_a_place_behind_the_stated_name_is_no_part_of_it() -> None:
    draft = read(
        LINKED.replace(',"jobTitle":"Coast reporter"', ""),
        above="<h1>Harbour wall falls</h1><div class=author><a>Ada Wren</a> <span>Elmsea</span></div>",
    )
    assert draft.byline == [Person("Ada Wren", "Elmsea")]


def test_a_byline_below_a_standfirst_counts() -> None:
    lead = "<p class=intro>The wall of the harbour fell on Tuesday, and a whole town was at a wedding.</p>"
    draft = read(above=f"<h1>Harbour wall falls</h1>{lead}<div class=byline><a>Ada Wren</a></div>")
    assert draft.byline == [Person("Ada Wren")]


def test_a_date_line_below_the_text_counts() -> None:
    draft = read(below="<p class=date>7 May 2019 | 18:05</p>")
    assert draft.published is not None
    assert draft.published.date().isoformat() == "2019-05-07"


def test_the_language_of_a_page_that_does_not_say_it_is_that_of_its_text() -> None:
    text = (
        "<p>Die Mauer am Hafen ist am Dienstag gefallen, und der Hafenmeister war nicht da, sagte er.</p>" * 3
    )
    above = "<h1>Mauer am Hafen</h1><p class=autor>Von Ada Wren</p>"
    page = f"<html><body><article>{above}{text}</article></body></html>"
    draft = draft_page(page.encode(), source="wall.html")
    assert (draft.language, draft.byline) == ("de", [Person("Ada Wren")])


def test_a_date_below_a_name_is_not_its_role() -> None:
    above = "<h1>Le mur du port</h1><div class=author>Par <a>Ada Wren</a></div><p>Le 7 mai 2019 à 18h07</p>"
    draft = read(above=above, head="<meta http-equiv=content-language content=fr>")
    assert draft.byline == [Person("Ada Wren")]
