from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from sample_show import build_episode, build_show, one_line

from narrator.models import Omission, Picture, Sidebar, SpokenLine
from narrator.publish import publish_show
from narrator.publish.site.index import Rows, episode_list, index_page
from narrator.publish.site.page import episode_page
from narrator.publish.site.story import tell
from narrator.publish.spool import Spool
from narrator.shows import Show

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def page(standing_show: Show) -> html.HtmlElement:
    """The page of the first episode."""
    return html.document_fromstring(episode_page(standing_show, standing_show.episodes[-1]))


def shown_index(show: Show) -> str:
    with Spool(show.folder / ".narrator") as spool:
        rows = Rows(show, spool)
        for episode in show.episodes:
            rows.add(episode)
        return b"".join(index_page(show, "cover.jpg", rows)).decode()


def line(text: str, kind: str, number: int, **facts: object) -> SpokenLine:
    role = "cue" if kind == "cue" else "anchor"
    fields = {
        "id": f"x{number}",
        "role": role,
        "kind": kind,
        "text": text,
        "say": text,
        "speaker": "Narrator",
    }
    return SpokenLine(**{**fields, "start": float(number), "end": number + 0.9, **facts})  # type: ignore[arg-type]


def test_every_spoken_line_is_one_timed_element_in_order(page: html.HtmlElement, standing_show: Show) -> None:
    episode = standing_show.episodes[-1]
    shown = [
        (one.text_content(), one.get("data-start"), one.get("data-end"))
        for one in page.cssselect("[data-start]")
    ]
    assert shown == [(one.text, f"{one.start:.3f}", f"{one.end:.3f}") for one in episode.lines]


def test_the_page_has_one_headline_and_headings_in_order(page: html.HtmlElement) -> None:
    assert len(page.cssselect("h1")) == 1
    levels = [int(one.tag[1]) for one in page.cssselect("h1, h2, h3")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [one.text_content() for one in page.cssselect("h3")] == ["What it costs"]


def test_captions_stand_with_their_picture_and_load_nothing_by_themselves(page: html.HtmlElement) -> None:
    (figure,) = page.cssselect("figure")
    caption = " ".join(figure.cssselect("figcaption")[0].text_content().split())
    assert caption == "Caption. Waves reached the old lighthouse twice last winter."
    assert figure.cssselect("a")[0].get("href") == "https://blog.example.org/p/wave.jpg"
    assert not figure.cssselect("img")


def test_a_sidebar_is_a_labelled_aside_with_its_cue_and_not_the_way_back(page: html.HtmlElement) -> None:
    (aside,) = page.cssselect("aside")
    label = page.get_element_by_id(aside.get("aria-labelledby")).text_content()
    assert "Analysis" in label
    assert "Ida Quill, coast editor" in label
    assert "synthetic voice" in label
    lines = [one.text_content() for one in aside.cssselect("[data-start]")]
    assert lines[0] == "Analysis, by Ida Quill, coast editor."
    assert lines[-1] == "The marsh behind it matters more than the stone in front."


def said_over(aside: html.HtmlElement) -> list[str]:
    """The label of a sidebar, without white space and without the note on voices."""
    label = aside.get_element_by_id(aside.get("aria-labelledby"))
    return [" ".join(one.text_content().split()) for one in label.cssselect(".heading, .author")]


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Analysis: Ida Quill, coast editor", ["Analysis", "Ida Quill, coast editor"]),
        ("ANALYSIS BY IDA QUILL", ["ANALYSIS", "Ida Quill, coast editor"]),
        ("Ida Quill, coast editor", ["Ida Quill, coast editor"]),
        ("Analysis: Ida Quill on what comes next", ["Analysis: Ida Quill on what comes next"]),
        ("Standby Ida Quill", ["Standby", "Ida Quill, coast editor"]),
        ("Why walls fail", ["Why walls fail", "Ida Quill, coast editor"]),
    ],
)
def test_a_sidebar_names_its_label_and_its_author_once(
    standing_show: Show, heading: str, shown: list[str]
) -> None:
    sidebar = replace(standing_show.episodes[0].sidebars[0], heading=heading)
    episode = replace(standing_show.episodes[0], sidebars=(sidebar,))
    (aside,) = html.document_fromstring(episode_page(standing_show, episode)).cssselect("aside")
    assert said_over(aside) == shown
    assert [one.text_content() for one in aside.cssselect("p.speaker")] == []


def test_a_sidebar_without_author_is_read_by_its_heading_and_named_once(standing_show: Show) -> None:
    lines = (
        line("It rained.", "paragraph", 1, block="p"),
        line("Also in this story: The wall.", "cue", 2, sidebar=0),
        line("It is long.", "paragraph", 3, block="a", sidebar=0, speaker="The wall"),
        line("Caption.", "cue", 4, sidebar=0),
        line("A stone", "caption", 5, block="c", sidebar=0),
        line("It is high.", "paragraph", 6, block="b", sidebar=0, speaker="The wall"),
        line("Back to the main story.", "cue", 7),
    )
    episode = replace(standing_show.episodes[0], lines=lines, sidebars=(Sidebar("explainer", "The wall"),))
    tree = html.document_fromstring(episode_page(standing_show, episode))
    assert said_over(tree.cssselect("aside")[0]) == ["The wall"]
    named = [one.text_content() for one in tree.cssselect(".speaker")]
    assert named == ["Narrator", "Narrator", "The wall", "Narrator"], "twice inside, around the caption"


def test_items_of_one_list_stand_in_one_list(standing_show: Show) -> None:
    kinds = ("list-item", "list-item", "paragraph", "list-item")
    lines = tuple(line(kind, kind, number, block=f"b{number}") for number, kind in enumerate(kinds))
    episode = replace(standing_show.episodes[0], lines=lines)
    lists = html.document_fromstring(episode_page(standing_show, episode)).cssselect(".transcript ul")
    assert [len(one) for one in lists] == [2, 1]


def test_speakers_are_named_where_they_change(page: html.HtmlElement) -> None:
    assert [one.text_content() for one in page.cssselect(".speaker")] == ["Narrator", "Ida Quill", "Narrator"]


def test_chapters_lead_to_their_line_without_scripts(page: html.HtmlElement, standing_show: Show) -> None:
    links = page.cssselect("[data-chapter-start]")
    assert [one.get("data-chapter-start") for one in links] == [
        f"{one.start:.3f}" for one in standing_show.episodes[-1].chapters
    ]
    targets = [page.get_element_by_id(one.get("href").lstrip("#")).text_content() for one in links]
    assert targets[1:] == [
        "What it costs",
        "Analysis, by Ida Quill, coast editor.",
        "Ferries keep running while the work lasts.",
    ]


def test_the_source_and_what_is_missing_are_said(page: html.HtmlElement) -> None:
    assert page.cssselect("a.original")[0].get("href") == "https://blog.example.org/2020/sea-wall-1.html"
    assert "Table: cost by section of the wall" in page.cssselect(".omitted")[0].text_content()


def test_like_things_that_are_missing_are_counted_and_not_repeated(standing_show: Show) -> None:
    picture, table = Omission("picture", "Picture without a caption"), Omission("table", "Table: depths")
    episode = replace(standing_show.episodes[0], omissions=(picture, table, picture, picture))
    items = html.document_fromstring(episode_page(standing_show, episode)).cssselect(".omitted li")
    assert [one.text_content() for one in items] == ["Picture without a caption × 3", "Table: depths"]


def test_downloads_say_how_large_and_how_long(page: html.HtmlElement) -> None:
    said = " ".join(page.cssselect(".downloads")[0].text_content().split())
    assert re.search(r"MP3, \d+ kB, 20 s", said)
    assert re.search(r"Transcript as text, \d+ kB", said)


def test_a_corrected_episode_says_when(standing_show: Show) -> None:
    episode = replace(standing_show.episodes[0], updated=datetime(2026, 4, 2, tzinfo=UTC))
    assert "updated on 2 April 2026" in episode_page(standing_show, episode)


def test_an_undated_post_shows_no_date_of_its_own(standing_show: Show) -> None:
    episode = replace(standing_show.episodes[0], published=None)
    assert not html.document_fromstring(episode_page(standing_show, episode)).cssselect("time")
    index = shown_index(replace(standing_show, episodes=(episode,)))
    assert "Added 1 March 2026" in index


def test_every_address_a_page_loads_is_relative_and_there(standing_show: Show) -> None:
    for path in standing_show.folder.rglob("*.html"):
        tree = html.parse(str(path)).getroot()
        loads = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert loads
        for address in loads:
            assert (path.parent / address).is_file(), (path, address)
        for address in tree.xpath("//a/@href"):
            local = not re.match(r"[a-z-]+:", address) and not address.startswith("#")
            assert not local or (path.parent / address).is_file(), (path, address)


@pytest.mark.parametrize("where", ["title", "text", "speaker", "address", "alt", "show"])
def test_hostile_text_stays_text(standing_show: Show, where: str) -> None:
    episode = standing_show.episodes[0]
    show = standing_show
    changed = {
        "title": replace(episode, title=HOSTILE),
        "text": replace(episode, lines=one_line(HOSTILE)),
        "speaker": replace(episode, lines=(replace(one_line("Rain.")[0], speaker=HOSTILE),)),
        "address": replace(episode, address="javascript:alert(1)", source=HOSTILE),
        "alt": replace(
            episode,
            lines=(line("A caption", "caption", 1, block="c1"),),
            pictures=(Picture("javascript:alert(1)", HOSTILE, "c1"),),
        ),
    }.get(where, episode)
    if where == "show":
        show = replace(
            show, settings=replace(show.settings, title=HOSTILE, description=HOSTILE, link="javascript:x")
        )
    show = replace(show, episodes=(changed,))
    for text in (episode_page(show, changed), shown_index(show)):
        tree = html.document_fromstring(text)
        assert [one.get("src") for one in tree.cssselect("script")] in (
            ["../../site/player.js"],
            ["site/player.js"],
        )
        assert not tree.xpath("//@onerror")
        assert not [one for one in tree.xpath("//@href | //@src") if one.lower().startswith("javascript")]


def test_right_to_left_languages_are_set_so(standing_show: Show) -> None:
    episode = replace(standing_show.episodes[0], language="ar", lines=one_line("السلام عليكم"))
    article = html.document_fromstring(episode_page(standing_show, episode)).cssselect("article")[0]
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")


def test_a_line_in_another_language_says_which(standing_show: Show) -> None:
    episode = replace(standing_show.episodes[0], lines=one_line("Bonjour à tous.", language="fr"))
    shown = html.document_fromstring(episode_page(standing_show, episode)).cssselect("[data-start]")
    assert [one.get("lang") for one in shown] == ["fr"]


def test_a_cue_before_a_caption_stands_in_its_figure_also_inside_a_sidebar() -> None:
    lines = (
        line("Analysis, by A.", "cue", 1, sidebar=0),
        line("Caption.", "cue", 2),
        line("A wave", "caption", 3, block="c", sidebar=0),
        line("It will rain.", "paragraph", 4, block="a", sidebar=0),
        line("Back to the main story.", "cue", 5),
        line("It rained.", "paragraph", 6, block="p"),
    )
    episode = build_episode(0, lines=lines)
    parts = tell(episode)
    assert [part.number for part in parts] == [1, 0]
    assert [one.kind for one in parts[0].passages] == ["cue", "caption", "paragraph"]
    assert [one.text for one in parts[0].passages[1].cue] == ["Caption."]


def test_no_line_is_lost_whatever_the_order() -> None:
    lines = tuple(
        line(f"{number}", kind, number, block=f"b{number // 2}" if kind != "cue" else None, sidebar=sidebar)
        for number, (kind, sidebar) in enumerate(
            [
                ("cue", None),
                ("caption", 1),
                ("cue", None),
                ("cue", 0),
                ("caption", None),
                ("paragraph", 5),
                ("cue", None),
            ]
        )
    )
    parts = tell(build_episode(0, lines=lines))
    told = [one.text for part in parts for passage in part.passages for one in (*passage.cue, *passage.lines)]
    assert told == [one.text for one in lines]


def test_the_index_lists_every_episode_once_under_its_year(tmp_path: Path) -> None:
    episodes = [build_episode(n, published=datetime(2014 + n // 2, 5, 1 + n, tzinfo=UTC)) for n in range(4)]
    show = build_show(tmp_path, episodes=episodes, files=False)
    tree = html.document_fromstring(shown_index(show))
    assert [one.text_content().split()[0] for one in tree.cssselect(".year h3")] == ["2015", "2014"]
    links = [one.get("href") for one in tree.cssselect(".year li > a")]
    assert links == [f"episodes/{one.slug}/index.html" for one in show.episodes]


def test_how_to_subscribe_is_copyable_and_scannable(standing_show: Show) -> None:
    tree = html.document_fromstring((standing_show.folder / "index.html").read_text())
    assert tree.cssselect("#feed-address")[0].get("value") == standing_show.feed_url
    (code,) = tree.cssselect("img.qr")
    assert code.get("alt") == standing_show.feed_url
    assert "<svg" in (standing_show.folder / code.get("src")).read_text()


def test_posts_find_their_player_by_address(standing_show: Show) -> None:
    found = json.loads((standing_show.folder / "episodes.json").read_text())
    assert found == json.loads(b"".join(episode_list(standing_show)))
    assert len(found["episodes"]) == len(standing_show.episodes)
    assert found["episodes"]["https://blog.example.org/2020/sea-wall-2.html"]["page"] == (
        "episodes/sea-wall-2/index.html"
    )


def test_an_empty_show_is_a_page_too(make_show: Callable[..., Show]) -> None:
    show = make_show(0)
    publish_show(show)
    assert "No episodes yet." in (show.folder / "index.html").read_text()
