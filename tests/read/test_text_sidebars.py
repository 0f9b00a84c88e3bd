"""Sidebars in flattened text: what opens one, where it ends, and what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrator.models import Article
from narrator.read.assemble import assemble
from narrator.read.draft import Draft, Item
from narrator.read.plaintext import draft_text

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEAD = """Strait reopens after seven weeks

Fisheries ministers from Norland and Estavia have agreed to reopen the strait to small boats.

Norland's minister, Ingrid Solheim, called the agreement "modest but real".
"""
BOX = """On paper this is a quarrel about cod. In practice it is about who draws the line.

Will the boats be back by spring? I would not bet against it.
"""
TAIL = """Ms Solheim told reporters on Tuesday that inspectors would count every landing.

A joint commission is to meet again on 4 November, officials said.
"""
LAST = "Boats left the harbour of Hallvik on Wednesday for the first time in seven weeks.\n"


def read(text: str) -> Article:
    return assemble(draft_text(text, "post.txt"), now=NOW)


def inside(article: Article) -> list[str]:
    return [block.text for block in article.blocks if block.sidebar is not None]


@pytest.mark.parametrize(
    ("opening", "kind", "author", "role"),
    [
        ("Analysis: Peter Harrow, Europe correspondent", "analysis", "Peter Harrow", "Europe correspondent"),
        (
            "Analysis\nBy Peter Harrow, Europe correspondent",
            "analysis",
            "Peter Harrow",
            "Europe correspondent",
        ),
        (
            "ANALYSIS\n\nPeter Harrow\nEurope correspondent",
            "analysis",
            "Peter Harrow",
            "Europe correspondent",
        ),
        ("Analysis by Peter Harrow", "analysis", "Peter Harrow", None),
        ("Peter Harrow, Europe correspondent", "analysis", "Peter Harrow", "Europe correspondent"),
        ("At the scene: Anna Weir, Northern Radio, Hallvik", "scene", "Anna Weir", "Northern Radio, Hallvik"),
        ("Eyewitness - Anna Weir, reporter", "scene", "Anna Weir", "reporter"),
        (
            "What it means\nFormer skipper and author Olaf Brun",
            "analysis",
            "Olaf Brun",
            "former skipper and author",
        ),
    ],
)
def test_an_authored_sidebar_is_known_and_ends_where_the_story_resumes(
    opening: str, kind: str, author: str, role: str | None
) -> None:
    article = read(f"{HEAD}\n{opening}\n\n{BOX}\n{TAIL}")
    (sidebar,) = article.sidebars
    assert (sidebar.kind, sidebar.author, sidebar.author_role) == (kind, author, role)
    assert inside(article) == BOX.strip().split("\n\n")
    assert 0.3 < sidebar.confidence < 1
    assert sidebar.evidence


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Key dates", "timeline"),
        ("The strait in numbers", "other"),
        ("How the standoff unfolded", "timeline"),
        ("Profile: Ingrid Solheim", "profile"),
        ("Fact check: who owns the cod?", "explainer"),
    ],
)
def test_a_list_under_a_label_is_a_sidebar_that_ends_with_it(heading: str, kind: str) -> None:
    items = "• Two fleets of 200 boats\n• Seven weeks in harbour\n• One drawer of maps\n"
    article = read(f"{HEAD}\n{heading}\n\n{items}\n{TAIL}")
    assert [one.kind for one in article.sidebars] == [kind]
    assert inside(article) == ["Two fleets of 200 boats", "Seven weeks in harbour", "One drawer of maps"]


def test_dated_lines_under_any_heading_are_a_timeline() -> None:
    article = read(
        f"{HEAD}\nA long quarrel\n\n1998: First boats seized\n2004: Treaty signed\n2011: Treaty torn up\n\n{TAIL}"  # noqa: E501
    )
    assert [one.kind for one in article.sidebars] == ["timeline"]
    assert inside(article)[0] == "1998: First boats seized"


@pytest.mark.parametrize(
    "crosshead",
    [
        "Analysis and anger",
        "Timeline sought",
        "Profile of a quiet hero",
        "Next stop: the court",
        "Background",
    ],
)
def test_crossheads_stay_crossheads(crosshead: str) -> None:
    article = read(f"{HEAD}\n{crosshead}\n\n{TAIL}")
    assert not article.sidebars
    assert ("heading", crosshead) in [(block.kind, block.text) for block in article.blocks]


def test_question_crossheads_of_an_explainer_are_ordinary_structure() -> None:
    text = (
        "Why the sea is green\n\nEvery summer the sea turns the colour of pea soup, and nobody swims in it.\n"
    )
    for question in ("What are algal blooms?", "Are they dangerous?", "What can be done?"):
        text += f"\n{question}\n\nIt is a matter of warm water and phosphorus. The cure is slow.\n\nFarmers said so on Monday.\n"  # noqa: E501
    assert not read(text).sidebars


def test_a_label_among_the_sections_above_the_story_is_navigation() -> None:
    article = read(f"Politics\n\nAnalysis\n\nSport\n\n{HEAD}\n{TAIL}")
    assert not article.sidebars
    assert article.title == "Strait reopens after seven weeks"


def test_two_sidebars_follow_each_other() -> None:
    dates = "1998: First boats seized\n2004: Treaty signed\n2011: Treaty torn up\n"
    article = read(
        f"{HEAD}\nAnalysis: Peter Harrow, Europe correspondent\n\n{BOX}\nKey dates\n\n{dates}\n{TAIL}"
    )
    assert [one.kind for one in article.sidebars] == ["analysis", "timeline"]
    assert [block.sidebar for block in article.blocks][2:] == [0, 0, 1, 1, 1, None, None]


def test_a_sidebar_at_the_storys_end_runs_to_it() -> None:
    article = read(
        f"{HEAD}\n{TAIL}\nAnalysis\nMark Deller, politics editor\n\n{BOX}\nMost read\n\n1 Man rescued from bin"  # noqa: E501
    )
    assert inside(article) == BOX.strip().split("\n\n")


def test_a_caption_under_the_heading_belongs_to_the_sidebar() -> None:
    caption = "Skippers in Hallvik say they were never told what it was about"
    article = read(f"{HEAD}\nAnalysis: Peter Harrow, Europe correspondent\n\n{caption}\n\n{BOX}\n{TAIL}")
    first = next(block for block in article.blocks if block.sidebar == 0)
    assert (first.kind, first.text) == (
        "caption",
        caption,
    )


def test_drawn_lines_mark_both_ends() -> None:
    article = read(f"{HEAD}\n----------\n\nA life at sea\n\n{BOX}\n----------\n\n{TAIL}")
    (sidebar,) = article.sidebars
    assert sidebar.heading == "A life at sea"
    assert sidebar.confidence == 0.95
    assert inside(article) == BOX.strip().split("\n\n")


def _page(*boxed: Item) -> Article:
    story = [Item(f"p{i}", text, hint="paragraph") for i, text in enumerate(HEAD.strip().split("\n\n")[1:])]
    after = [Item(f"q{i}", text, hint="paragraph") for i, text in enumerate(TAIL.strip().split("\n\n"))]
    items = [Item("h1", "Strait reopens", hint="heading", level=1), *story, *boxed, *after]
    return assemble(Draft(items=items, source="page.html", format="page", title="Strait reopens"), now=NOW)


def test_a_box_of_a_page_is_sure_of_its_ends() -> None:
    article = _page(
        Item("b1", "Who decides", hint="heading", box=1),
        Item("b2", "Inspectors decide, said one of them on Monday.", box=1),
        Item("b3", "They have a drawer of maps.", box=1),
    )
    (sidebar,) = article.sidebars
    assert (sidebar.heading, sidebar.confidence) == ("Who decides", 1.0)
    assert len(inside(article)) == 2


def test_a_box_of_links_is_no_sidebar() -> None:
    links = [Item(f"b{i}", f"Another story from the harbour {i}", box=1, link_share=1.0) for i in range(3)]
    article = _page(*links)
    assert not article.sidebars
    assert not any("Another story" in block.text for block in article.blocks)


def test_a_box_that_repeats_the_story_is_a_pull_quote() -> None:
    article = _page(Item("b1", "called the agreement modest but real", box=1))
    assert not article.sidebars
    assert "pull quote" in next(row.reason for row in article.ledger if row.line == "b1")


@pytest.mark.parametrize("line", ["Analysis box end", "Was this helpful?", "End of quick guide"])
def test_a_line_that_says_so_ends_a_sidebar(line: str) -> None:
    article = read(f"{HEAD}\nAnalysis: Peter Harrow, Europe correspondent\n\n{BOX}\n{TAIL}\n{line}\n\n{LAST}")
    assert inside(article) == [*BOX.strip().split("\n\n"), *TAIL.strip().split("\n\n")]
    assert article.sidebars[0].confidence == 1.0
    assert all(line not in block.text for block in article.blocks)


@pytest.mark.parametrize(
    "opening",
    ["Our Europe editor Peter Harrow writes:", "Peter Harrow, Europe editor, writes:"],
)
def test_a_line_that_hands_over_to_a_colleague_opens_a_sidebar(opening: str) -> None:
    article = read(f"{HEAD}\n{opening}\n\n{BOX}\n{TAIL}")
    (sidebar,) = article.sidebars
    assert (sidebar.author, sidebar.author_role) == ("Peter Harrow", "Europe editor")
    assert inside(article) == BOX.strip().split("\n\n")


def test_somebody_who_writes_in_the_story_opens_no_sidebar() -> None:
    article = read(f"{HEAD}\nIn a letter to the ministers Ingrid Solheim writes:\n\n{BOX}\n{TAIL}")
    assert not article.sidebars


def test_the_question_below_a_guides_label_is_its_heading() -> None:
    article = read(f"{HEAD}\nQuick guide\n\nWho may fish?\n\n{BOX}\nWas this helpful?\n\n{TAIL}")
    (sidebar,) = article.sidebars
    assert sidebar.heading == "Who may fish?"
    reasons = {row.text: row.reason for row in article.ledger if row.fate == "rewritten"}
    assert reasons["Quick guide"].startswith("label of a sidebar")
    assert reasons["Who may fish?"] == "heading of a sidebar, said as its cue"
    assert inside(article) == BOX.strip().split("\n\n")


@pytest.mark.parametrize(
    ("heading", "box"),
    [
        (
            "Salt and patience",
            "You split the fish and leave the tail on. Then you wait, because salt is never in a hurry.\n\n"
            "Is it worth it? My grandmother thought so, and she had a freezer.\n",
        ),
        (
            "THE VIEW FROM THE QUAY",
            "It is six in the morning and nobody hurries. I count eleven boats and one cat.\n",
        ),
        (
            "Twelve miles",
            "A nautical mile is 1,852 metres. You can see twelve of them from a good hill.\n\n"
            "Nobody owns what lies beyond, though everybody fishes there.\n",
        ),
    ],
)
def test_a_heading_no_table_knows_opens_a_sidebar_when_the_text_below_speaks_for_one(
    heading: str, box: str
) -> None:
    article = read(f"{HEAD}\n{LAST}\n{heading}\n\n{box}\n{TAIL}")
    assert [one.heading for one in article.sidebars] == [heading]
    assert inside(article) == box.strip().split("\n\n")


def test_the_same_heading_is_a_crosshead_where_the_story_has_several() -> None:
    box = "Cod were first salted here in 1540. By 1880 there were 90 boats in the bay."
    parts = [f"{title}\n\n{box}\n\n{TAIL}" for title in ("A short history", "The long strike", "No way back")]
    assert not read("\n".join([HEAD, *parts])).sidebars


@pytest.mark.parametrize(
    ("signature", "author"),
    [
        ("Olaf Brun, 61, skipper", "Olaf Brun"),
        ("- Olaf Brun, skipper. Click here to read more.", "Olaf Brun"),
    ],
)
def test_a_name_below_a_sidebar_ends_it(signature: str, author: str) -> None:
    article = read(f"{HEAD}\nEyewitness\n\n{BOX}\n{signature}\n\n{TAIL}")
    (sidebar,) = article.sidebars
    assert (sidebar.author, sidebar.confidence) == (author, 0.9)
    assert inside(article) == BOX.strip().split("\n\n")


def test_a_sentence_may_hand_over_to_somebody_the_story_has_not_named() -> None:
    opening = "Peter Harrow, who has sailed with the fleet, gives his view:"
    article = read(f"{HEAD}\n{opening}\n\n{BOX}\n{TAIL}")
    assert [one.author for one in article.sidebars] == ["Peter Harrow"]
    assert inside(article) == BOX.strip().split("\n\n")


def test_several_names_with_roles_are_a_list_of_people() -> None:
    people = "".join(
        f"{name}, skipper\n\nThe sea was flat on Monday, and nobody was out on it at all.\n\n"
        for name in ("Olaf Brun", "Anna Weir", "Peter Harrow", "Ida Sund")
    )
    assert not read(f"{HEAD}\n{people}{TAIL}").sidebars


def test_an_interviews_questions_open_no_sidebar_and_are_no_crossheads() -> None:
    pairs = "".join(
        f"{question}\nOlaf Brun: I would not bet against it. You never know with cod.\n\n"
        for question in ("What is a cod?", "How does it taste?", "Will the boats be back?")
    )
    article = read(f"{HEAD}\n{pairs}")
    assert not article.sidebars
    assert {block.kind for block in article.blocks} == {"paragraph"}


def _reason_of(article: Article, heading: str) -> str:
    return next(row.reason for row in article.ledger if row.text == heading)


def test_the_ledger_says_why_a_line_was_taken_for_a_sidebars_heading() -> None:
    article = read(f"{HEAD}\n{LAST}\nWhat is a cod?\n\n{BOX}\n{TAIL}")
    (sidebar,) = article.sidebars
    reason = _reason_of(article, "What is a cod?")
    assert reason.startswith("heading of a sidebar, said as its cue; a sidebar (")
    assert "the text below reads as a sidebar does" in sidebar.opened
    assert all(clause in reason for clause in (*sidebar.opened, *sidebar.evidence))


def test_where_a_label_and_an_author_leave_no_doubt_the_ledger_names_them_without_a_figure() -> None:
    heading = "Analysis: Peter Harrow, Europe correspondent"
    article = read(f"{HEAD}\n{LAST}\n{heading}\n\n{BOX}\n{TAIL}")
    told = ("a label stands before its author or its title", "its author is named")
    assert article.sidebars[0].opened == told
    assert f"a sidebar: {', '.join(told)};" in _reason_of(article, heading)


def test_a_label_word_that_goes_on_heads_the_story_where_it_reports() -> None:
    section = """The society's report, seen by our correspondent, rated two of the five piers as weak.

Its chairman, Odo Brandt, said the council had known since March.
"""
    article = assemble(
        draft_text(f"{HEAD}\nEngineers' analysis of the pier\n\n{section}\n{TAIL}", "x.txt"), now=NOW
    )
    assert article.sidebars == ()
    assert any(one.kind == "heading" and "analysis" in one.text for one in article.blocks)


def test_entries_with_headings_of_their_own_are_a_box() -> None:
    entries = (
        "Quays\nTwo of the quays are closed to heavy lorries until June.",
        "Ice\nThe ice house makes nine tonnes on a good day.",
        "Fuel\nDiesel is brought by a barge that comes on Fridays.",
    )
    text = "\n\n".join([HEAD.strip(), "IN DETAIL", *entries, TAIL])
    article = assemble(draft_text(text, "x.txt"), now=NOW)
    assert [one.heading for one in article.sidebars] == ["IN DETAIL"]
    assert sum(one.sidebar == 0 for one in article.blocks) == 2 * len(entries)
    assert article.blocks[-1].sidebar is None
