"""Articles made of whole pages: what a page marks as its story is not taken for furniture by its words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article
from narrator.read.assemble import assemble
from narrator.read.pages import draft_page

STORY = (
    "The harbour wall gave way at noon on Tuesday, and forty boats were carried out to sea by the tide.",
    "Nobody was hurt, the harbour master said, because the whole town was at a wedding on the hill.",
    "Divers will look at the foundations on Friday, when the current is expected to have slackened.",
    "The wall was built in 1811 by a man who had never seen the sea, and it has been mended twice.",
    "Its last repair, in the spring, cost more than all the boats that lay behind it are worth today.",
    "A wooden barrier is to be built before the autumn, and the fishermen have been asked to pay for it.",
)


NOW = datetime(2026, 11, 24, tzinfo=UTC)


def read(*parts: str) -> Article:
    body = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    html = f"<html lang=en><title>Wall falls</title><body><article><h1>Wall falls</h1>{body}</article></body>"
    return assemble(draft_page(html.encode(), source="wall.html"), now=NOW)


def spoken(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize("line", ["Subscribe", "Follow us", "Comments", "Contact us"])
def test_a_button_between_paragraphs_does_not_end_the_story(line: str) -> None:
    button = f"<div class=x><a href=/go>{line}</a></div>"
    assert spoken(read(*STORY[:5], button, STORY[5])) == list(STORY)


def test_a_paragraph_printed_twice_is_heard_once() -> None:
    twice = "“We shall build it again, and this time in stone,” the mayor said on Tuesday evening."
    assert spoken(read(*STORY[:3], twice, STORY[3], twice, STORY[4])).count(twice) == 1


def test_features_after_a_list_of_links_are_part_of_the_story() -> None:
    features = ("Holds against waves of four metres", "Built of oak from the hills", "Ready by September")
    links = "<h3>Read more</h3><ul><li><a href=/a>Storms of the last ten years</a></li></ul>"
    listed = "<ul>" + "".join(f"<li>{one}</li>" for one in features) + "</ul>"
    heard = spoken(read(*STORY[:4], links, "<h3>The new barrier</h3>", listed, STORY[4]))
    assert set(features) <= set(heard)
    assert "Storms of the last ten years" not in heard


def test_a_lead_above_the_text_is_heard_unless_the_story_says_it_too() -> None:
    lead = "Engineers had warned the council four times since January, and nobody answered their letters."
    repeated = "Forty boats were carried out to sea when the harbour wall gave way at noon on Tuesday."
    for text, is_heard in ((lead, True), (repeated, False)):
        header = f"<header><h1>Wall falls</h1><p>{text}</p><p>Tuesday</p></header>"
        body = "".join(f"<p>{one}</p>" for one in STORY)
        html = f"<html lang=en><title>Wall falls</title><body>{header}<div class=post>{body}</div></body>"
        article = assemble(draft_page(html.encode(), source="wall.html"), now=NOW)
        assert (text in spoken(article)) is is_heard


def test_a_list_of_nothing_but_links_is_left_out() -> None:
    links = "".join(f"<li><a href=/{one[:4]}>{one[:40]}</a></li>" for one in STORY[:2])
    assert spoken(read(*STORY[:3], f"<ul>{links}</ul>", *STORY[3:])) == list(STORY)
