"""Captions, tables, names of what is left out, stated languages and dates, and posts read whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article
from narrator.read.archives.fragments import draft_fragment
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
CAPTION = "Boats on the rocks below the lighthouse on Friday evening"


def read(middle: str = "", *, lang: str = "en", head: str = "", above: str = ABOVE) -> Article:
    """The article of a page with *middle* between two halves of a story."""
    html = (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Sea wall falls</title>{head}</head><body><main>'
        f"<article><h1>Sea wall falls</h1>{above}{middle}{BELOW}</article></main></body></html>"
    )
    return assemble(draft_page(html.encode(), source="wall.html"), now=NOW)


def kinds(article: Article, kind: str) -> list[str]:
    return [block.text for block in article.blocks if block.kind == kind]


@pytest.mark.parametrize(
    "picture",
    [
        f'<figure><a href="b.jpg"><img src="a.jpg"><span class="caption">{CAPTION}</span></a>'
        f"<figcaption>{CAPTION}</figcaption></figure>",
        f'<div class="image"><img src="a.jpg"><p class="caption">{CAPTION}</p></div>'
        f'<div class="popup"><a href="#"><img src="b.jpg"><p class="caption">{CAPTION}</p></a></div>',
    ],
    ids=["in the link", "below"],
)
def test_caption_of_a_picture_that_opens_on_a_click_is_heard_once(picture: str) -> None:
    assert kinds(read(picture), "caption") == [CAPTION]


def test_sentence_in_a_box_named_for_its_picture_is_its_caption() -> None:
    picture = f'<div class="photo"><img src="a.jpg"><div>{CAPTION}.</div></div>'
    assert kinds(read(picture), "caption") == [f"{CAPTION}."]


def test_text_beside_a_portrait_is_no_caption() -> None:
    portrait = '<div><img src="n.jpg" width="44" height="44"><div>Published in Tidewrack</div></div>'
    assert not kinds(read(portrait), "caption")


def test_heads_that_a_table_prints_again_are_not_read_as_rows() -> None:
    head = "<tr><th>Town</th><th>Boats</th></tr>"
    table = f"<table>{head}<tr><td>Gannet</td><td>40</td></tr>{head}<tr><td>Port</td><td>12</td></tr></table>"
    assert kinds(read(table), "list-item") == ["Gannet: Boats 40.", "Port: Boats 12."]


def test_sign_that_links_to_its_heading_is_not_heard() -> None:
    article = read('<h2 id="leak">A leak nobody can find<a href="#leak">¶</a></h2>')
    assert kinds(article, "heading") == ["A leak nobody can find"]


def test_figures_and_words_in_elements_of_their_own_are_two_words() -> None:
    row = '<div><span class="year">1957</span><span class="what">Opened by a governor in a hat.</span></div>'
    assert "1957 Opened by a governor in a hat." in [block.text for block in read(row).blocks]


def test_what_is_left_out_is_named_in_the_language_of_the_story() -> None:
    story = (
        "<p>Die Mauer am Hafen ist am Freitag eingestürzt, und vierzig Boote sind weg.</p>"
        "<p>Es wurde niemand verletzt, wie der Hafenmeister sagte, aber ein Hund saß auf einer Boje.</p>"
    )
    html = (
        f'<html lang="de"><title>Mauer fällt</title><body><article><h1>Mauer fällt</h1>{story}'
        '<img src="a.jpg"><iframe src="https://player.vimeo.com/video/1"></iframe>'
        f"{story.replace('Freitag', 'Samstag')}</article></body></html>"
    )
    article = assemble(draft_page(html.encode(), source="mauer.html"), now=NOW)
    assert {one.text for one in article.omissions} == {
        "Bild ohne Bildunterschrift",
        "Video von player.vimeo.com",
    }


def test_language_of_a_template_gives_way_to_that_of_the_text() -> None:
    assert read(lang="de").language == "en"
    assert read(lang="en-GB").language == "en-GB"
    assert read(lang="ga").language == "ga"


@pytest.mark.parametrize(
    ("lang", "head", "month"),
    [
        ("en-US", "", 2),
        ("en-GB", "", 3),
        ("en", "", 3),
        ("en-US", '<link rel="canonical" href="https://www.gannet.co.uk/news/wall">', 3),
        ("en", '<meta name="date" content="2015-02-03">', 2),
    ],
    ids=["page of the United States", "British page", "nothing known", "British address", "another date"],
)
def test_numeric_date_is_read_in_the_order_of_the_pages_country(lang: str, head: str, month: int) -> None:
    neutral = ABOVE.replace("harbour", "pier")  # no word that is spelled in one country only
    article = read(lang=lang, head=head, above=f'<div class="date">02/03/2015</div>{neutral}')
    assert article.published is not None
    assert (article.published.month, article.published.day) == (month, 5 - month)


@pytest.mark.parametrize(
    ("fragment", "heard"),
    [
        ("Rain again. More soon.", ["Rain again. More soon."]),
        ("<p>Hello world</p>", ["Hello world"]),
        (f"<p>Short and sweet.</p>{ABOVE}<p>Bring a coat.</p>", ["Short and sweet.", "Bring a coat."]),
    ],
    ids=["one line", "no sentence", "short first and last"],
)
def test_post_of_an_export_is_read_from_end_to_end(fragment: str, heard: list[str]) -> None:
    draft = draft_fragment(fragment, source="export.xml", title="The pier", address=None, language=None)
    texts = [block.text for block in assemble(draft, now=NOW).blocks]
    assert [texts[0], texts[-1]] == [heard[0], heard[-1]]


def test_share_buttons_in_a_post_of_an_export_are_left_out() -> None:
    fragment = (
        f'{ABOVE}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="x">Email</a></li></ul></div>'
    )
    draft = draft_fragment(fragment, source="export.xml", title="The pier", address=None, language=None)
    assert len(assemble(draft, now=NOW).blocks) == 2


def test_headline_is_found_where_the_title_says_it_in_other_words() -> None:
    html = (
        "<html lang='en'><head><title>Wall row: harbour chief quits - GANNET ONLINE</title></head>"
        "<body><div>GANNET ONLINE</div><div><h2>Harbour chief quits after row about wall</h2>"
        f"{ABOVE}{BELOW}</div></body></html>"
    )
    article = assemble(draft_page(html.encode(), source="wall.html"), now=NOW)
    assert article.title == "Harbour chief quits after row about wall"


def test_headline_stands_in_for_a_title_that_names_the_site_only() -> None:
    headline = "Forty boats carried out to sea at Gannet"
    html = (
        "<html lang='en'><head><title>Coast Times : best read at breakfast</title></head><body><div>"
        f"<font size='5'><b>{headline}</b></font><br>{ABOVE}{BELOW}</div></body></html>"
    )
    assert assemble(draft_page(html.encode(), source="wall.html"), now=NOW).title == headline


@pytest.mark.parametrize(
    "head",
    [
        "<h4>Gannet Harbour</h4><h1>Gannet lost its sea wall, and forty boats went with it</h1>",
        "<h1><span class='kicker'>Gannet Harbour</span><span class='visually-hidden'>: </span>"
        "<span>Gannet lost its sea wall, and forty boats went with it</span></h1>",
        "<span>Gannet Harbour</span><h1><span class='visually-hidden'>: </span>"
        "<span>Gannet lost its sea wall, and forty boats went with it</span></h1>",
    ],
    ids=["above", "within", "colon for screen readers"],
)
def test_topic_of_a_headline_is_no_part_of_the_title(head: str) -> None:
    stated = "Gannet Harbour lost its sea wall, and forty boats went with it"
    html = (
        f"<html lang='en'><head><title>{stated}</title></head>"
        f"<body><article>{head}{ABOVE}{BELOW}</article></body></html>"
    )
    article = assemble(draft_page(html.encode(), source="wall.html"), now=NOW)
    assert article.title == "Gannet lost its sea wall, and forty boats went with it"


@pytest.mark.parametrize(
    "frame",
    [
        "Um eingebettete Inhalte anzuzeigen, ist deine widerrufliche Einwilligung notwendig.",
        "Ich bin damit einverstanden, dass mir der externe Inhalt angezeigt wird.",
        "This post is hosted elsewhere, which may set cookies when you look at it.",
        "Pour afficher ce contenu, il faut accepter le dépôt de traceurs.",
        "— Gannet Harbour (@gannetharbour) July 18, 2026",
    ],
)
def test_frame_of_an_embed_is_not_heard(frame: str) -> None:
    article = read(f"<blockquote class='twitter-tweet'><p>Forty boats gone.</p>{frame}</blockquote>")
    assert frame not in [block.text for block in article.blocks]
    assert "Forty boats gone." in [block.text for block in article.blocks]
