"""Flattened text to an article: what is kept, what is cut, and what is said about it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.errors import NotAnArticle
from narrator.models import Article
from narrator.read.assemble import assemble
from narrator.read.plaintext import draft_text

NOW = datetime(2026, 3, 1, tzinfo=UTC)

LEAD = "The bridge at Merrow will stay closed until June, engineers said on Monday after an inspection."
MORE = (
    "Drivers now face a detour of 44 miles, and the ferries cannot meet demand, a spokesman told reporters."
)
LAST = "The council will meet again next week to decide on a temporary crossing, its leader said."


def read(text: str, name: str = "post.txt") -> Article:
    return assemble(draft_text(text, name), now=NOW)


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def fates(article: Article) -> dict[int | str, tuple[str, str]]:
    return {row.line: (row.fate, row.reason) for row in article.ledger}


def test_title_byline_date_and_furniture_are_told_from_the_story() -> None:
    article = read(
        "Home > News > Merrow\n\nBridge shut until summer\n\nBy Fiona Laird, transport correspondent\n"
        f"4 March 2016\n\nShare this page\n\n{LEAD}\n\n{MORE}\n\nRelated stories\n\nFerry fares to rise\n\n© The Merrow Post\n"  # noqa: E501
    )
    assert article.title == "Bridge shut until summer"
    assert [(one.name, one.role) for one in article.byline] == [("Fiona Laird", "transport correspondent")]
    assert article.published == datetime(2016, 3, 4, tzinfo=UTC)
    assert kinds(article) == [("paragraph", LEAD), ("paragraph", MORE)]


def test_every_line_has_one_ledger_row_with_its_whole_text() -> None:
    text = f"Bridge shut\n\nMerrowPost - {LEAD}\n\nBridge shut\nThe bridge on Sunday\n\n{MORE}\n\n\nPost a Comment\n"  # noqa: E501
    article = read(text)
    lines = {number: line for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert {row.line: row.text for row in article.ledger} == lines
    assert all(row.reason for row in article.ledger if row.fate != "spoken")
    assert fates(article)[3] == ("rewritten", "dateline cut")
    assert fates(article)[5][0] == "skipped"


def test_caption_under_a_repeated_headline_is_a_caption() -> None:
    article = read(
        f"Bridge shut until summer\n\n{LEAD}\n\nBridge shut until summer\nThe bridge carries 31,000 cars a day\n\n{MORE}"  # noqa: E501
    )
    assert ("caption", "The bridge carries 31,000 cars a day") in kinds(article)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings_do_not_matter(ending: str) -> None:
    text = f"Bridge shut\n\n{LEAD}\n\n{MORE}\n"
    assert kinds(read(text.replace("\n", ending))) == kinds(read(text))


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Bridge shut until summer\n\n"
        "The bridge at Merrow will stay closed to all traffic until at least\n"
        "June after engineers found that a steel pin at its northern tower had\n"
        "snapped.\n\n"
        "Drivers now face a detour of 44 miles, and ferry operators say that\n"
        "they cannot meet demand until a second boat has come back from repair\n"
        "in the yard.\n"
    )
    article = read(wrapped)
    assert [block.text[-30:] for block in article.blocks] == [
        "northern tower had snapped.",
        "from repair in the yard.",
    ] or len(article.blocks) == 2
    assert " ".join(wrapped.split()).endswith(article.blocks[1].text)
    assert [fate for fate, _ in fates(article).values()] == ["spoken"] * 7


def test_single_line_breaks_part_paragraphs_where_there_are_no_blank_lines() -> None:
    article = read(
        f"Bridge shut until summer\n{LEAD}\n{MORE}\nExtra trains\n{LAST}\n{LEAD.replace('June', 'May')}"
    )
    assert [kind for kind, _ in kinds(article)] == [
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_no_break_spaces_and_mojibake_are_put_right() -> None:
    article = read(
        "Caf\u00c3\u00a9 reopens\n\nThe caf\u00c3\u00a9\u00a0on Fish Street\u00a0has reopened, its owner said on Monday.\n"  # noqa: E501
    )
    assert article.title == "Café reopens"
    assert article.blocks[0].text == "The café on Fish Street has reopened, its owner said on Monday."


def test_markdown_marks_become_kinds_and_are_not_heard() -> None:
    article = read(
        f"# Bridge shut\n\n{LEAD} See [the **report**](http://example.org/r_1).\n\n## Extra trains\n\n"
        f"- Four more *each* morning\n- 1,200 seats\n\n> We are sorry, all of us.\n\n{LAST}\n",
        "post.md",
    )
    assert article.title == "Bridge shut"
    assert kinds(article) == [
        ("paragraph", f"{LEAD} See the report."),
        ("heading", "Extra trains"),
        ("list-item", "Four more each morning"),
        ("list-item", "1,200 seats"),
        ("quote", "We are sorry, all of us."),
        ("paragraph", LAST),
    ]


def test_a_date_later_than_now_is_not_believed() -> None:
    article = read(f"Bridge shut\n\n4 March 2036\n\n{LEAD}\n\n{MORE}")
    assert article.published is None
    assert "2036-03-04" in article.warnings[0]


def test_an_untitled_post_is_titled_by_its_first_words() -> None:
    article = read(f"{LEAD}\n\n{MORE}")
    assert article.title == "The bridge at Merrow will stay closed until June…"
    assert len(article.blocks) == 2
    assert "first words" in article.warnings[0]


def test_a_text_without_full_stops_is_still_read() -> None:
    article = read(
        "my garden\n\nthe beans are up at last and so are the slugs\n\nnobody told the hedgehog about either\n"  # noqa: E501
    )
    assert [block.text for block in article.blocks] == [
        "the beans are up at last and so are the slugs",
        "nobody told the hedgehog about either",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "* * *\n\n---\n", "Menu\n\nHome\n\nShare\n"])
def test_a_text_without_a_story_is_refused(text: str) -> None:
    with pytest.raises(NotAnArticle):
        read(text)


def test_a_credit_is_cut_from_a_caption_and_a_bare_credit_is_skipped() -> None:
    article = read(
        f"Bridge shut\n\n{LEAD}\n\nThe tower on Sunday. Photograph: Ian Moxon/The Courier\n\n{MORE}\n\nImage copyright AFP\n\n{LAST}"  # noqa: E501
    )
    assert ("caption", "The tower on Sunday.") in kinds(article)
    assert not any("AFP" in text or "Moxon" in text for _, text in kinds(article))


def test_a_correction_is_a_note() -> None:
    note = "This article was amended on 7 February 2020 to correct the number of letters."
    assert ("note", note) in kinds(read(f"Bridge shut\n\n{LEAD}\n\n{MORE}\n\n{note}"))


def test_a_pull_quote_is_not_heard_twice() -> None:
    article = read(
        f'Bridge shut\n\n{LEAD}\n\n"My bread goes stale on the road every day"\n\n'
        f'"My bread goes stale on the road every day," said Moira Gunn, a baker.\n\n{LAST}'
    )
    assert [kind for kind, _ in kinds(article)] == ["paragraph"] * 3


def test_ids_of_other_blocks_stay_when_one_changes() -> None:
    before = read(f"Bridge shut\n\n{LEAD}\n\n{MORE}\n\n{LAST}")
    after = read(f"Bridge shut\n\n{LEAD}\n\n{MORE.replace('44', '45')}\n\n{LAST}")
    assert [one.id for one in before.blocks][::2] == [one.id for one in after.blocks][::2]
    assert before.blocks[1].id != after.blocks[1].id


def test_short_lines_in_a_row_are_a_list_even_with_blank_lines_between() -> None:
    items = [
        "Four more trains from Monday morning",
        "Ferries twice an hour until nine",
        "No boats at all on Sundays",
    ]
    article = read("\n\n".join(["Bridge shut", LEAD, *items, MORE]))
    assert [kind for kind, _ in kinds(article)] == ["paragraph", *["list-item"] * 3, "paragraph"]


def test_a_statement_set_out_whole_is_a_quotation() -> None:
    statement = "We are sorry for the trouble and we will mend it as soon as we can."
    article = read(f"Bridge shut\n\n{LEAD}\n\nThe company said in a statement:\n\n{statement}\n\n{LAST}")
    assert ("quote", statement) in kinds(article)


@pytest.mark.parametrize(
    "picture",
    ["![The bridge](a.jpg)\n*Cars wait on the bridge*", "![](a.jpg)\n\n_Cars wait on the bridge_"],
)
def test_an_emphasised_line_below_a_picture_in_markdown_is_its_caption(picture: str) -> None:
    article = read(f"# Bridge shut\n\n{LEAD}\n\n{picture}\n\n{MORE}\n", "post.md")
    assert kinds(article)[1] == ("caption", "Cars wait on the bridge")


def test_a_name_behind_the_last_sentence_of_a_caption_is_the_photographers() -> None:
    article = read(f"Bridge shut\n\n{LEAD}\n\nImage caption\nCars wait on the bridge. Anna Weir\n\n{MORE}\n")
    assert ("caption", "Cars wait on the bridge.") in kinds(article)


def test_labels_of_a_picture_on_lines_of_their_own_are_not_heard() -> None:
    article = read(
        f"Bridge shut\n\n{LEAD}\n\nImage copyright\nPA Media\nImage caption\nCars wait on the bridge\n\n{MORE}\n"  # noqa: E501
    )
    assert kinds(article)[1:] == [("caption", "Cars wait on the bridge"), ("paragraph", MORE)]


def test_a_breadcrumb_that_ends_in_the_headline_is_not_the_headline() -> None:
    article = read(
        f"Talk / Roads / Bridge shut until summer (541 Views)\n\nBridge shut until summer\n\n{LEAD}\n\n{MORE}"
    )
    assert article.title == "Bridge shut until summer"
    assert fates(article)[1] == ("skipped", "navigation")


def test_a_sites_own_name_before_the_first_sentence_is_cut() -> None:
    article = read(f"Tell It All\n\nBridge shut until summer\n\nTell It All - {LEAD}\n\n{MORE}\n")
    assert kinds(article)[0] == ("paragraph", LEAD)


def test_what_a_column_says_of_its_author_below_the_text_is_left_out() -> None:
    article = read(
        f"Bridge shut until summer\n\nBy Anna Weir\n\n{LEAD}\n\n{MORE}\n\nAnna Weir is a novelist. Her next book is about ferries.\n"  # noqa: E501
    )
    assert [text for _, text in kinds(article)] == [LEAD, MORE]


def test_dashes_around_a_crosshead_are_not_heard() -> None:
    article = read(f"Bridge shut until summer\n\n{LEAD}\n\n- A long detour -\n\n{MORE}\n\n{LAST}\n")
    assert kinds(article)[1] == ("heading", "A long detour")


@pytest.mark.parametrize(
    "lines",
    [
        ["11 Birch turns in a loose ball.", "34 Frew levels from the spot.", "90+3 Kone wins it."],
        ["Coupon: the interest of a year.", "Par: the sum that was lent.", "Call: the bank's way out early."],
        ["40 grams: what it weighs", "2: eggs in most nests", "6,000 kilometres: its way home"],
    ],
    ids=["minutes of a match", "terms", "numbers"],
)
def test_lines_built_alike_are_list_items(lines: list[str]) -> None:
    article = read("\n\n".join(["Bridge shut", LEAD, LAST, *lines, LAST.replace("again", "once more")]))
    assert [block.text for block in article.blocks if block.kind == "list-item"] == lines


def test_a_verdict_is_no_crosshead() -> None:
    article = read("\n\n".join(["Bridge shut", LEAD, "Verdict: FALSE", LAST]))
    assert ("paragraph", "Verdict: FALSE") in kinds(article)
