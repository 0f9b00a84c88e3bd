"""Which elements of a page are sidebars, and which are offers, teasers, lists or sections."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article
from narrator.read.assemble import assemble
from narrator.read.pages import draft_page

NOW = datetime(2030, 1, 1, tzinfo=UTC)
ABOVE = (
    "<p>The harbour wall at Gannet gave way at noon on Friday, and forty boats were carried out to sea.</p>"
    "<p>Nobody was hurt, the harbour master said, although a dog was found on a buoy two miles away.</p>"
)
BELOW = (
    "<p>Fishermen spent the night bringing the boats back one by one, under a moon they called helpful.</p>"
    "<p>The wall will be rebuilt in the spring, with stones from the old prison, the council said.</p>"
)
TOLD = (
    "<p>The wall was built in 1841 by convicts, who were promised a year off for every ten yards.</p>"
    "<p>It has given way twice before, both times on a Friday, and was mended with what was at hand.</p>"
)
OPINION = (
    "<p>I have seen walls fall, and I think you can hear it coming. Perhaps we should have listened.</p>"
)
REPORT = '<p>"It was loud," harbour master Ada Penrose told reporters on Friday, and left for the boats.</p>'


def read(middle: str, *, above: str = ABOVE, below: str = BELOW, head: str = "") -> Article:
    """The article of a page with *middle* between two halves of a story."""
    html = (
        f'<!DOCTYPE html><html lang="en"><head><title>Harbour wall falls</title>{head}</head><body><main>'
        f"<article><h1>Harbour wall falls</h1>{above}{middle}{below}</article></main></body></html>"
    )
    return assemble(draft_page(html.encode(), source="wall.html"), now=NOW)


def heard(article: Article) -> str:
    return " ".join(block.text for block in article.blocks)


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h3>The wall's history</h3>{TOLD}</aside>",
        f"<fieldset><legend>The wall's history</legend>{TOLD}</fieldset>",
        f"<details><summary>The wall's history</summary>{TOLD}</details>",
        f'<div class="mol-factbox"><div class="title">The wall\'s history</div>{TOLD}</div>',
        f'<div style="border: 1px solid #ccc"><h4>The wall\'s history</h4>{TOLD}</div>',
        f'<table bgcolor="#eeeecc"><tr><td><b>The wall\'s history</b>{TOLD}</td></tr></table>',
        f'<div class="x7f"><h4>The wall\'s history</h4>{TOLD}</div>',
        f"<amp-accordion><section><h4>The wall's history</h4><div>{TOLD}</div></section></amp-accordion>",
    ],
    ids=["aside", "fieldset", "details", "factbox", "border", "table", "unnamed", "accordion"],
)
def test_box_with_a_heading_and_matter_is_a_sidebar(box: str) -> None:
    article = read(box)
    assert [one.heading for one in article.sidebars] == ["The wall's history"]
    assert [one.sidebar for one in article.blocks] == [None, None, 0, 0, None, None]


def test_element_between_texts_that_look_alike_is_a_sidebar() -> None:
    article = read(
        f'<div class="_32fPU"><div class="_2AqSy"><h3>The wall\'s history</h3>{TOLD}</div></div>',
        above=f'<div class="_1665V">{ABOVE}</div>',
        below=f'<div class="_1665V">{BELOW}</div>',
    )
    assert [one.heading for one in article.sidebars] == ["The wall's history"]


def test_element_that_differs_from_others_only_by_its_paragraphs_is_a_section() -> None:
    first, second = (f"{one}</p>" for one in ABOVE.split("</p>")[:2])
    parts = [f"<div><div class='text'>{one}</div></div>" for one in (first, second, BELOW)]
    section = f"<div><div class='text'><h3>The wall's history</h3>{TOLD}</div></div>"
    assert not read(f"{parts[0]}{section}{parts[1]}", above="", below=parts[2]).sidebars


def test_labelled_element_is_a_sidebar_where_the_story_goes_on_under_a_heading() -> None:
    article = read(
        "<div class='verdict'><h2>Profile</h2><p>Ada Penrose has built walls in four countries, and has "
        "lived in each of them behind one.</p></div>",
        above=f"<div class='block'>{ABOVE}</div>",
        below=f"<div class='block'><h2>The spring</h2>{BELOW}</div>",
    )
    assert [one.kind for one in article.sidebars] == ["profile"]


def test_facts_in_a_painted_table_are_a_sidebar() -> None:
    lines = "From the east: two years, by machine<br>From the west: nine years<br>In the middle: they missed"
    article = read(f'<table bgcolor="#e6e6cc"><tr><td><b>HOW THEY BUILT IT</b><br>{lines}</td></tr></table>')
    assert [one.heading for one in article.sidebars] == ["HOW THEY BUILT IT"]
    assert sum(one.sidebar == 0 for one in article.blocks) == 3


def test_boxes_of_one_look_are_all_sidebars_when_they_are_named_so() -> None:
    told = "was once the busiest place on this coast, before the road came and took the fish and the ferry."
    boxes = [
        f'<div class="factbox"><h3>{name}</h3><p>{name} {told}</p></div>'
        for name in ("Gannet", "Port Marl", "Skerry", "Whin")
    ]
    article = read(f"{boxes[0]}{BELOW}{boxes[1]}{ABOVE}{boxes[2]}{boxes[3]}")
    assert [one.heading for one in article.sidebars] == ["Gannet", "Port Marl", "Skerry", "Whin"]


def test_each_of_several_asides_is_a_sidebar_that_ends_with_it() -> None:
    asides = [
        f'<aside class="c7"><h3>{name}</h3><p>{name} was once the busiest place on this coast, before the '
        f"road came and took the fish and the ferry.</p></aside>"
        for name in ("Gannet", "Skerry", "Whin")
    ]
    quoted = "<blockquote>Nobody mends a wall twice.</blockquote><p>Karl Hedge, University of Gannet</p>"
    article = read(f"{asides[0]}{BELOW}{asides[1]}{quoted}{ABOVE}{asides[2]}")
    assert [(one.heading, one.author) for one in article.sidebars] == [
        ("Gannet", None),
        ("Skerry", None),
        ("Whin", None),
    ]


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (
            "<aside><h3>Read us for a pound</h3><p>Our journalists are out in all weathers. "
            "Take a month of the Herald for just £1, and cancel when you like.</p></aside>",
            "cancel",
        ),
        (
            "<aside><h3>Tortoise wins by default</h3><p>The only other entrant was asleep, they said."
            '</p><a href="/t">Read the full story</a></aside>',
            "entrant",
        ),
        (
            "<section class='panel'><h3>What's on this week</h3>"
            "<p>Tuesday: Beginners' hurdle-making at the Old Forge, 7pm.</p></section>",
            "hurdle",
        ),
        (
            "<aside><h4>Iris Penhallow</h4>"
            "<p>Iris has covered slow sports since 2004. She lives with two herons.</p></aside>",
            "herons",
        ),
        (
            "<aside><h3>Contents</h3><p>How the wall fell and why nobody was there to see it go.</p></aside>",
            "nobody was there",
        ),
        (
            "<aside><h2>Summary</h2><ul><li>The harbour wall at Gannet gave way on Friday</li>"
            "<li>Forty boats were carried out to sea</li><li>Nobody was hurt there</li></ul></aside>",
            "gave way on Friday",
        ),
        (
            "<aside><h4>Die Autorin</h4><p>Iris Penhallow war Bademeisterin in Gannet. "
            "Sie lebt mit zwei Reihern.</p></aside>",
            "Reihern",
        ),
    ],
    ids=["offer", "teaser", "events", "author", "contents", "summary", "author in German"],
)
def test_box_that_is_not_about_the_story_is_neither_sidebar_nor_heard(box: str, said: str) -> None:
    article = read(box, head='<meta name="author" content="Iris Penhallow">')
    assert not article.sidebars
    assert said not in heard(article)


@pytest.mark.parametrize(
    "sections",
    [
        "".join(f'<div class="part"><h3>Part {n}</h3>{TOLD}</div>' for n in range(4)),
        f'<section id="black-box"><h2>The black box</h2>{TOLD}</section><h2>Other colours</h2>{ABOVE}',
        "<aside><h3>Our walks</h3>"
        + "".join(f"<h4>Walk {n}</h4><p>A fine walk for a day with no wind at all.</p>" for n in range(4))
        + "</aside>",
        "<aside><h3>Our walks</h3><p>Walk as far as you like on any of the paths that lead there.</p>"
        + "".join(f'<p><a href="/{n}">All about walk {n}</a></p>' for n in range(3))
        + "</aside>",
    ],
    ids=["series", "anchor", "cards", "links"],
)
def test_sections_and_rows_of_cards_are_no_sidebars(sections: str) -> None:
    assert not read(sections).sidebars


def test_label_announces_a_sidebar_at_the_storys_end() -> None:
    box = (
        f'<div class="panel"><h4>Verdict: A wall worth having</h4><p class="by">Lianne Okoro</p>{TOLD}</div>'
    )
    article = read(box, above=ABOVE + BELOW, below="")
    assert [(one.kind, one.author) for one in article.sidebars] == [("analysis", "Lianne Okoro")]


def test_facts_under_a_summarys_heading_are_heard_when_the_story_lacks_them() -> None:
    facts = "".join(
        f"<li>{fact}</li>"
        for fact in ("Length: 400 metres of granite", "Builders: ninety convicts", "Price: 3,000 guineas")
    )
    article = read(f"<section class='box'><h3>Key points</h3><ul>{facts}</ul></section>")
    assert [one.heading for one in article.sidebars] == ["Key points"]
    assert "ninety convicts" in heard(article)


def test_speakers_of_an_event_head_no_sidebars() -> None:
    names = (
        "Ann Bell, professor of tides",
        "Tom Reed, harbour editor",
        "Una Pell, chief engineer",
        "Ida Moss, director",
    )
    talks = "".join(
        f"<h3>{name}</h3><p>What the sea wants of a wall, and what it gets in the end.</p>" for name in names
    )
    assert not read(talks).sidebars


@pytest.mark.parametrize("label", ["Why it matters", "The bottom line", "The takeaway"])
def test_label_outside_of_a_box_heads_a_section_unless_the_story_goes_on_below(label: str) -> None:
    article = read(f"<h2>The storm</h2>{BELOW}<h2>{label}</h2>{TOLD}", below="")
    assert not article.sidebars
    assert label in heard(article)


def test_label_with_an_author_needs_no_box() -> None:
    article = read(f"<p><b>Analysis</b></p><p><b>Ada Penrose, coastal editor</b></p>{TOLD}")
    assert [one.author for one in article.sidebars] == ["Ada Penrose"]


def test_section_between_drawn_lines_is_no_sidebar_unless_its_heading_announces_one() -> None:
    assert not read(f"<hr><h2>The convicts</h2>{TOLD}<hr>").sidebars
    assert [one.kind for one in read(f"<hr><h2>Timeline</h2>{TOLD}<hr>").sidebars] == ["timeline"]


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="faq-info-box"><h4>Is the wall insured?</h4>{TOLD}</div>',
        f'<aside><h3>Search our walls</h3>{TOLD}<form action="/search"><input name="q"></form></aside>',
        f"<aside><h3>Table 2. Stones by weight</h3>{TOLD}</aside>",
        f"<aside><h3>Mason of the year</h3><h4>A stone at a time</h4>{BELOW.split('</p>')[0]}</p></aside>",
        f'<div class="x7f"><p><b>The walls of Gannet</b></p>{TOLD}</div>',
    ],
    ids=["faq", "form", "table", "headline", "bold line in an unnamed element"],
)
def test_what_is_in_doubt_is_heard_as_part_of_the_story(box: str) -> None:
    article = read(box)
    assert not article.sidebars
    assert len(article.blocks) > 4
    assert {one.sidebar for one in article.blocks} == {None}


def test_box_whose_heading_is_not_said_is_no_sidebar() -> None:
    assert not read(f"<aside><h3>Subscribe to our newsletter</h3>{TOLD}</aside>").sidebars


def test_box_among_short_sections_is_one_of_them() -> None:
    sections = "".join(
        f"<h2>Wall {n}</h2><p>Wall {n} is built of the stone that lay next to it.</p>" for n in range(8)
    )
    box = f'<div class="factbox"><h3>The oldest wall</h3>{TOLD}</div>'
    assert not read(f"{sections}{box}{sections}").sidebars
    assert read(f"{BELOW}{box}{ABOVE}").sidebars


def test_box_that_is_all_a_heading_stands_over_is_its_section() -> None:
    box = f"<aside><h3>The wall's history</h3>{TOLD}</aside>"
    assert not read(f"<h2>History</h2>{box}<h2>The night</h2>").sidebars
    assert read(f"<h2>The night</h2>{box}").sidebars


def test_heading_that_leads_to_another_story_is_none_of_this_one() -> None:
    links = "".join(
        f'<h3><a href="/{n}">Wall number {n} stands and nobody knows why</a></h3>' for n in range(9)
    )
    box = f"<aside><h3>The wall's history</h3>{TOLD}</aside>"
    assert read(
        box, below=f"{BELOW}<div>{links}</div><p>All of them were built by the same nine men.</p>"
    ).sidebars


@pytest.mark.parametrize("word", ["Note", "Warning:", "Hinweis", "À noter", "Dica", "Next steps"])
def test_remark_or_part_of_a_manual_is_its_text(word: str) -> None:
    article = read(f'<div class="callout"><h4>{word}</h4>{TOLD}</div>')
    assert not article.sidebars
    assert "convicts" in heard(article)


def test_line_that_stands_three_times_is_part_of_the_pages_structure() -> None:
    box = "<aside><h3>The mason says</h3><p>{}</p></aside>"
    told = ABOVE.split("</p>")[0] + BELOW.split("</p>")[0] + TOLD.split("</p>")[0]
    said = [f"{part} And nobody was surprised at all." for part in told.split("<p>") if part]
    assert not read(BELOW.join(box.format(one) for one in said)).sidebars
    assert read(box.format(said[0])).sidebars


def test_bare_label_that_stands_three_times_heads_parts() -> None:
    part = f"{ABOVE}<p><b>Analysis</b></p>{OPINION}{REPORT}{BELOW}"
    assert len(read(part).sidebars) == 1
    assert not read(part * 3).sidebars


@pytest.mark.parametrize("heading", ["Is the wall insured?", "What is a wall?"])
def test_answer_among_answers_is_no_sidebar(heading: str) -> None:
    asked = f"<h2>Who built the wall?</h2>{ABOVE}<h2>When did it fall?</h2>{BELOW}{BELOW}"
    assert not read(f"<aside><h3>{heading}</h3>{TOLD}</aside>", below=asked).sidebars


@pytest.mark.parametrize(
    "box",
    [
        f'<aside><h3>Own walls</h3>{TOLD}<p><a class="btn btn-large" href="/w">Choose one</a></p></aside>',
        f"<aside><h3>Own walls</h3>{TOLD}<button>Get started</button></aside>",
        f'<aside><h3>Own walls</h3>{TOLD}<div class="wall-cta"><p>Choose one of ours.</p></div></aside>',
        f'<div class="quote-box"><h3>From the harbour</h3>{TOLD}</div>',
        f"<aside><h3>Ada Penrose</h3><blockquote>{TOLD}</blockquote></aside>",
        f'<div class="factbox"><h3>“The wall</h3>{TOLD}</div>',
        f'<div class="box"><ul><li><b>Ada Penrose, 1841</b></li></ul>{TOLD}</div>',
        f"<aside><h3>Every stone</h3>{TOLD * 16}</aside>",
    ],
    ids=["link", "button", "call", "quotation by name", "by tag", "by its mark", "list item", "too long"],
)
def test_box_that_sells_quotes_or_lists_is_no_sidebar(box: str) -> None:
    assert not read(f"{BELOW * 12}{box}{BELOW * 12}").sidebars


def test_boxes_under_one_heading_are_parts_of_the_page() -> None:
    told = "was laid by a mason who never came back for it and is thought to have gone to sea."
    boxes = [
        f'<aside class="{name}"><h3>The first stone</h3><p>{name} {told}</p></aside>'
        for name in ("It", "This")
    ]
    assert not read(f"{boxes[0]}{BELOW}{boxes[1]}").sidebars


def test_box_of_captions_is_no_sidebar() -> None:
    pictures = "".join(
        f"<figure><img src='/{hour}.jpg' width='600'><figcaption>The harbour wall at {hour}, seen from the "
        "road above it.</figcaption></figure>"
        for hour in ("noon", "six")
    )
    assert not read(f'<div class="box"><h4>Buy photos</h4>{pictures}<h5>All of the night</h5></div>').sidebars


def test_line_of_many_words_below_a_label_is_no_author() -> None:
    def author(line: str) -> str | None:
        article = read(f"<p><b>Analysis</b></p><p><b>{line}</b></p>{OPINION}", below=f"{REPORT}{BELOW}")
        return article.sidebars[0].author if article.sidebars else None

    assert author("Schriftliche Frage der Hafenabgeordneten Ada Penrose") is None
    assert author("Ada Penrose") == "Ada Penrose"


def test_link_past_a_box_is_not_its_heading() -> None:
    past = '<div><a href="#on">Continue reading the main story</a></div>'
    boxes = [
        f'<div class="factbox">{past}<h3>{name}</h3>{TOLD}</div>' for name in ("The stones", "The convicts")
    ]
    article = read(f"{past}{boxes[0]}{BELOW}{boxes[1]}{ABOVE}{BELOW}")
    assert [one.heading for one in article.sidebars] == ["The stones", "The convicts"]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("AUDIO", "Listen to the council's meeting about the wall, with remarks on who is speaking."),
        ("Speak your mind", "Discuss this story with other people who live near the wall."),
        ("Votre avis", "Racontez la tempête aux autres lecteurs du journal du port."),
    ],
)
def test_player_or_invitation_to_comment_is_no_sidebar(heading: str, words: str) -> None:
    article = read(f"<table bgcolor='#eeeecc'><tr><td><b>{heading}</b><p>{words}</p></td></tr></table>")
    assert not article.sidebars
    assert words not in heard(article)
