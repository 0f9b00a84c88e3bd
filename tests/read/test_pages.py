"""Whole pages: what is article text, what the markup says of it, and what is left out."""

from __future__ import annotations

import contextlib
import gc
from datetime import UTC, datetime

import pytest

from narrator.errors import NotAnArticle
from narrator.read.assemble import assemble
from narrator.read.draft import Draft, Item
from narrator.read.pages import draft_page

LEAD = "The harbour wall gave way at noon on Tuesday, and forty boats were carried out to sea by the tide."
SECOND = "Nobody was hurt, the harbour master said, because the whole town was at a wedding on the hill."
THIRD = "Divers will look at the foundations on Friday, when the current is expected to have slackened."
FOURTH = "The wall was built in 1811 by a man who had never seen the sea, and it has been mended twice."
PARAGRAPHS = (LEAD, SECOND, THIRD, FOURTH)


def page(body: str, head: str = "") -> bytes:
    title = "" if "<title>" in head else "<title>Harbour wall falls - The Quay</title>"
    return f"<!doctype html><html lang='en'><head>{title}{head}</head><body>{body}</body></html>".encode()


def story(*extra: str) -> str:
    inner = "".join(f"<p>{text}</p>" for text in (LEAD, SECOND))
    rest = "".join(f"<p>{text}</p>" for text in (THIRD, FOURTH))
    return f"<article><h1>Harbour wall falls</h1>{inner}{''.join(extra)}{rest}</article>"


def read(body: str, head: str = "", address: str | None = None) -> Draft:
    return draft_page(page(body, head), source="wall.html", address=address)


def kept(draft: Draft) -> list[str]:
    return [item.text for item in draft.items if not item.furniture and item.part is None]


def item(draft: Draft, start: str) -> Item:
    return next(one for one in draft.items if one.text.startswith(start))


def test_article_text_is_kept_in_order_and_the_rest_has_a_reason() -> None:
    draft = read(f"<nav><a href=/>Home</a></nav>{story()}<footer>All rights reserved</footer>")
    assert kept(draft) == list(PARAGRAPHS)
    assert item(draft, "Home").furniture == "navigation"
    assert item(draft, "All rights").furniture == "page footer"


def test_every_element_with_text_becomes_exactly_one_item() -> None:
    draft = read(f"<header><p>The Quay</p></header>{story('<ul><li>One boat</li><li>Two boats</li></ul>')}")
    places = [one.where for one in draft.items]
    assert len(places) == len(set(places))
    assert {"The Quay", "Harbour wall falls", "One boat", "Two boats"} <= {one.text for one in draft.items}


@pytest.mark.parametrize(
    "caption",
    [
        "<figure><img src=a.jpg><figcaption>Boats on the beach</figcaption></figure>",
        "<div class='wp-caption'><img src=a.jpg><p class='wp-caption-text'>Boats on the beach</p></div>",
        "<table class='tr-caption-container'><tr><td><img src=a.jpg></td></tr>"
        "<tr><td class='tr-caption'>Boats on the beach</td></tr></table>",
        "<div><img src=a.jpg></div><div class='media__caption'>Boats on the beach</div>",
        "<p><img src=a.jpg><br><small>Boats on the beach</small></p>",
        "<center><img src=a.jpg><br><i>Boats on the beach</i></center>",
        "<figure><amp-img src=a.jpg></amp-img><figcaption>Boats on the beach</figcaption></figure>",
    ],
)
def test_caption_is_told_by_its_markup(caption: str) -> None:
    assert item(read(story(caption)), "Boats on the beach").hint == "caption"


def test_credit_in_a_caption_is_kept_apart_from_its_words() -> None:
    draft = read(
        story(
            "<figure><img src=a.jpg><figcaption>Boats on the beach. "
            "<span class=credit>Photograph: A. Gull</span></figcaption></figure>"
        )
    )
    caption = item(draft, "Boats on the beach")
    assert (caption.text, caption.credit) == ("Boats on the beach.", "Photograph: A. Gull")
    assert caption.original == "Boats on the beach. Photograph: A. Gull"


def test_picture_takes_its_widest_address_and_its_caption() -> None:
    figure = (
        "<figure><img src=small.jpg srcset='a-400.jpg 400w, a-1600.jpg 1600w, a-4000.jpg 4000w' alt='Boats'>"
        "<figcaption>Boats on the beach</figcaption></figure>"
    )
    draft = read(story(figure), address="https://quay.example/news/wall")
    index = item(draft, "Boats on the beach").picture
    assert index is not None
    assert draft.pictures[index].address == "https://quay.example/news/a-1600.jpg"
    assert draft.pictures[index].alt == "Boats"


def test_lead_picture_of_the_metadata_comes_first_when_the_page_shows_none() -> None:
    draft = read(story(), "<meta property='og:image' content='/lead.jpg'>", "https://quay.example/wall")
    assert [one.address for one in draft.pictures] == ["https://quay.example/lead.jpg"]


def test_picture_without_a_caption_is_an_omission() -> None:
    draft = read(story("<div><img src=map.png width=600 alt='A map of the bay'></div>"))
    assert [(one.what, one.text) for one in draft.omissions] == [("picture", "Picture: A map of the bay")]


BOX = f"<h3>Analysis</h3><p>By Ada Wren, coast reporter</p><p>{'Walls fall when towns forget them. ' * 3}</p>"


@pytest.mark.parametrize(
    "box",
    [
        f"<aside>{BOX}</aside>",
        f"<section class='inline-sidebar'>{BOX}</section>",
        f"<div class='story-body__box'>{BOX}</div>",
        f"<fieldset>{BOX}</fieldset>",
        f"<div style='border: 1px solid #ccc'>{BOX}</div>",
        f"<table border=1 bgcolor='#ffffcc'><tr><td>{BOX}</td></tr></table>",
        f"<div>{BOX}</div>",
    ],
)
def test_box_in_the_story_marks_both_its_ends(box: str) -> None:
    draft = read(story(box))
    boxed = [one.text for one in draft.items if one.box is not None]
    assert boxed[0] == "Analysis"
    assert boxed[-1].startswith("Walls fall")
    assert len(boxed) == 3


def test_sections_built_alike_are_no_boxes() -> None:
    sections = "".join(
        f"<section class='panel'><h2>Part {n}</h2><p>{text}</p><p>{SECOND}</p></section>"
        for n, text in enumerate(PARAGRAPHS)
    )
    draft = read(f"<article><h1>Harbour wall falls</h1><p>{LEAD}</p><p>{THIRD}</p>{sections}</article>")
    assert all(one.box is None for one in draft.items)


def test_box_of_links_is_furniture() -> None:
    draft = read(story("<aside class=related><h4>Related</h4><a href=/b>Boats of the bay</a></aside>"))
    assert item(draft, "Boats of the bay").furniture == "related links"


def test_drawn_lines_are_gaps() -> None:
    lines = (
        f"<hr><p><b>A short history</b></p><p>{'It was a wall. ' * 5}</p><img src=l.gif alt=line height=2>"
    )
    draft = read(story(lines))
    assert item(draft, "A short history").gap == "rule"
    assert item(draft, THIRD).gap == "rule"


def test_breaks_part_paragraphs_and_lines() -> None:
    body = f"<div class=story><h1>Harbour wall falls</h1>{'<br><br>'.join(PARAGRAPHS[:3])}<br>{FOURTH}</div>"
    draft = read(body)
    assert kept(draft) == list(PARAGRAPHS)
    assert [item(draft, text).gap for text in (SECOND, FOURTH)] == ["paragraph", "line"]


def test_small_table_is_said_row_by_row() -> None:
    table = (
        "<table><tr><th>District</th><th>Boats</th><th>Lost</th></tr>"
        "<tr><td>North</td><td>40</td><td>3</td></tr><tr><td>South</td><td>12</td><td>0</td></tr></table>"
    )
    draft = read(story(table))
    row = item(draft, "North")
    assert (row.text, row.original) == ("North: Boats 40, Lost 3.", "North | 40 | 3")
    assert item(draft, "District").furniture == "column head, said with each row"
    assert not draft.omissions


def test_large_table_is_left_out_and_named() -> None:
    rows = "".join(f"<tr><td>Boat {n}</td><td>{n}</td><td>{n * 2}</td></tr>" for n in range(40))
    many = "".join(f"<p>{text} And so on, for the {n}th day.</p>" for n, text in enumerate(PARAGRAPHS * 4))
    draft = read(story(many, f"<table><caption>Boats by berth</caption>{rows}</table>"))
    assert [one.text for one in draft.omissions if one.what == "table"] == ["Table: Boats by berth"]
    assert item(draft, "Boat 7").furniture == "table, not read aloud"


def test_video_is_named_and_an_advertisement_is_not() -> None:
    draft = read(
        story(
            "<iframe src='https://www.youtube.com/embed/x' title='The wall falls'></iframe>",
            "<iframe src='https://ads.doubleclick.net/a'></iframe>",
        )
    )
    assert [one.text for one in draft.omissions] == ["Video: The wall falls"]


def test_pull_quote_that_repeats_the_story_is_left_out() -> None:
    quote = "Nobody was hurt, the harbour master said"
    draft = read(story(f"<aside class=pullquote><p>{quote}</p></aside>"))
    assert quote not in kept(draft)
    assert SECOND in kept(draft)


def test_quotation_list_and_language_are_hints() -> None:
    extra = (
        "<blockquote><p>It stood longer than I did, and I am ninety-one this month.</p></blockquote>"
        "<ul><li>Forty boats were lost in the bay that afternoon.</li></ul>"
        "<p lang=fr>La mer a repris ce que les hommes lui avaient pris, dit le maire de la ville.</p>"
    )
    draft = read(story(extra))
    assert item(draft, "It stood").hint == "quote"
    assert item(draft, "Forty boats were").hint == "list-item"
    assert item(draft, "La mer").language == "fr"


def test_line_of_code_is_no_crosshead() -> None:
    assert item(read(story("<pre>make -j4 wall</pre>")), "make").hint == "paragraph"


def test_hidden_text_is_furniture() -> None:
    draft = read(story("<p style='display:none'>This line is for nobody to see at all.</p>"))
    assert item(draft, "This line").furniture == "hidden"


def test_story_in_two_columns_is_one_story() -> None:
    columns = "".join(
        f"<div class=col><div class=text><p class=p>{a} {'It rained. ' * 12}</p><p class=p>{b}</p></div>"
        f"<div class='ad'>Buy boats</div></div>"
        for a, b in ((LEAD, SECOND), (THIRD, FOURTH))
    )
    texts = kept(read(f"<main><h1>Harbour wall falls</h1>{columns}</main>"))
    assert SECOND in texts
    assert FOURTH in texts


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Harbour wall falls</h1><article><p>{LEAD}</p><p>{SECOND}</p>"
        f"<p><span class='paywall'>{THIRD}</span></p><p class='paywall'>{FOURTH}</p></article>",
        f"<h1>Harbour wall falls</h1><article class='paywall' style='display: none'>"
        f"{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}<p hidden>Read on in the app.</p></article>",
    ],
    ids=["named", "hidden"],
)
def test_story_that_a_page_holds_back_for_subscribers_is_read(body: str) -> None:
    assert kept(read(body)) == list(PARAGRAPHS)


def test_crosshead_in_an_element_of_its_own_is_heard_whatever_it_is_named() -> None:
    draft = read(story("<div class='subheadline'><h2>Why the wall gave way</h2></div>"))
    assert item(draft, "Why the wall").hint == "heading"


REFUSED = {
    "error page": "<h1>404 Not Found</h1><p>The page you look for is not at this address any more.</p>",
    "login page": "<h1>Welcome</h1><p>Please log in to read on, it takes a moment.</p><input type=password>",
    "cookie notice": "<div><p>We and our partners use cookies to store your personal data.</p></div>",
    "list of articles": "<h1>News</h1>"
    + "".join(f"<h3><a href=/{n}>Boat number {n} goes down</a></h3><p>{n}: {LEAD}</p>" for n in range(9)),
    "only pictures": "<img src=a.jpg><img src=b.jpg>",
    "only links": "<a href=/a>Home</a><br><a href=/b>Sport</a>",
    "for subscribers": f"<h1>Wall</h1><p>{LEAD}</p><p>{SECOND}</p><h3>Subscribe to continue reading</h3>",
}


@pytest.mark.parametrize("what", REFUSED)
def test_page_without_an_article_is_refused_by_name(what: str) -> None:
    with pytest.raises(NotAnArticle, match=what):
        read(REFUSED[what], "<title>The Quay</title>")


def test_free_looking_teaser_of_a_paid_article_is_refused() -> None:
    said = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    with pytest.raises(NotAnArticle, match="for subscribers"):
        read(story(), said)


@pytest.mark.parametrize(
    "line",
    [
        "<p>L'espace des contributions est réservé aux abonnés.</p>",
        "<p>Comments are for subscribers only.</p>",
        "<ul><li><a href=/b>The second wall</a> Subscribers only</li></ul>",
    ],
)
def test_whole_story_with_a_discussion_for_subscribers_is_read(line: str) -> None:
    assert read(f"<h1>Wall</h1><p>{LEAD}</p><p>{SECOND}</p><p>{LEAD} Again.</p>{line}").items


HOSTILE = {
    "nested 200,000 deep": b"<div>" * 200_000 + b"<p>deep</p>",
    "a million tags": b"<b>x</b>" * 1_000_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_page_that_is_an_attack_is_refused(what: str) -> None:
    with pytest.raises(NotAnArticle):
        draft_page(page(story()) + HOSTILE[what], source="x.html")


def test_broken_entities_and_nuls_are_read_past() -> None:
    broken = story(
        "<p>Rock &amp roll &#0; &#xD800; &unknown; went on in the tent until\0 the tide came.</p></div></td>"
    )
    assert any("went on in the tent until the tide" in text for text in kept(read(broken)))


def test_control_characters_are_read_as_spaces() -> None:
    broken = story("<script>x</script>the tide\x07&#12;&#x1;came in\x1f</div></td>")
    assert any("the tide came in" in " ".join(text.split()) for text in kept(read(broken)))


def test_deep_but_bearable_nesting_is_read() -> None:
    deep = "<div>" * 600 + f"<p>{'The tide turned at four in the morning. ' * 3}</p>" + "</div>" * 600
    assert LEAD in kept(read(story() + deep))


def test_a_name_alone_in_the_last_element_of_a_caption_is_its_credit() -> None:
    caption = "<figcaption>Boats on the beach at noon <span>Arlo Gull</span></figcaption>"
    draft = read(story(f"<figure><img src=a.jpg>{caption}</figure>"))
    assert item(draft, "Boats").credit == "Arlo Gull"


def test_a_linked_person_in_a_caption_stays_in_it() -> None:
    caption = "<figcaption>Boats on the beach of <a href=/p>Arlo Gull</a></figcaption>"
    draft = read(story(f"<figure><img src=a.jpg>{caption}</figure>"))
    assert item(draft, "Boats").text == "Boats on the beach of Arlo Gull"


def test_the_ledger_has_the_whole_text_of_every_element() -> None:
    caption = "<figcaption>Boats on the beach. <i class=credit>A. Gull</i></figcaption>"
    figure = f"<figure><img src=a.jpg>{caption}</figure>"
    draft = read(f"<header><p>The Quay</p></header>{story(figure)}<footer>All rights reserved</footer>")
    article = assemble(draft, now=datetime(2030, 1, 1, tzinfo=UTC))
    assert [row.text for row in article.ledger] == [one.original or one.text for one in draft.items]
    assert "Boats on the beach. A. Gull" in [row.text for row in article.ledger]


def _bold_lines(*lines: str) -> list[str]:
    asked = "".join(f"<p><b>{line}</b></p><p>{THIRD}</p>" for line in lines)
    article = assemble(read(story(asked)), now=datetime(2030, 1, 1, tzinfo=UTC))
    return [block.kind for block in article.blocks if block.text in lines]


def test_an_interviewers_questions_in_bold_are_heard_as_text() -> None:
    asked = ("Why did you build it?", "Were you paid for your work?", "And the boats?")
    assert _bold_lines(*asked) == ["paragraph"] * 3


def test_questions_in_bold_that_address_nobody_are_crossheads() -> None:
    asked = ("Why was the wall built?", "Who pays for the boats?", "What happens next?")
    assert _bold_lines(*asked) == ["heading"] * 3


@pytest.mark.parametrize("body", [story(), "<p>Nothing.</p>"], ids=["read", "refused"])
@pytest.mark.parametrize("enabled", [True, False])
def test_search_for_cycles_goes_on_after_a_page_as_before(body: str, enabled: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with contextlib.suppress(NotAnArticle):
            read(body)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
