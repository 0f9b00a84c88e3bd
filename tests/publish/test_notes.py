from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sample_show import build_episode, one_line

from narrator.models import Omission, Picture
from narrator.publish.notes import OPENING_CHARS, full_notes, opening, short_notes
from narrator.publish.plain import cut_bytes, shorten, web_address
from narrator.publish.wording import wording

PAGE = "https://example.org/pod/episodes/sea-wall-1/index.html"
ENGLISH = wording("en")


def test_notes_open_with_the_story_and_not_with_a_sidebar_or_a_cue() -> None:
    said = opening(build_episode(), OPENING_CHARS)
    assert said[0].startswith("Work on the sea wall at Merrow Haven began on Monday. The council")
    assert not any("A wall buys time" in one or "Caption." in one for one in said)


def test_a_long_opening_is_cut_between_words() -> None:
    (said,) = opening(build_episode(lines=one_line("word " * 1000)), 300)
    assert len(said) <= 300
    assert said.endswith("word…")


def test_full_notes_say_all_there_is_to_know() -> None:
    episode = build_episode(updated=datetime(2026, 4, 2, tzinfo=UTC))
    notes = full_notes(episode, PAGE, ENGLISH)
    for words in (
        "By Rosa Tarn, harbour reporter",
        "updated on 2 April 2026",
        '<img src="https://blog.example.org/p/wave.jpg" alt="A wave breaks">',
        "<figcaption>Waves reached the old lighthouse twice last winter.</figcaption>",
        "Not in the audio",
        "<li>Table: cost by section of the wall</li>",
        "0:07 What it costs",
        'href="https://blog.example.org/2020/sea-wall-1.html"',
        f'href="{PAGE}"',
        "Read by synthetic voices.",
    ):
        assert words in notes


def test_short_notes_are_short_and_lead_on() -> None:
    notes = short_notes(build_episode(lines=one_line("word " * 1000)), PAGE, ENGLISH)
    assert len(notes) < 800
    assert f'href="{PAGE}"' in notes


def test_pictures_that_no_app_could_load_are_left_out() -> None:
    pictures = (Picture("photo_files/wave.jpg", "A wave"), Picture("data:image/png;base64,AAAA", "A dot"))
    assert "<img" not in full_notes(build_episode(pictures=pictures), PAGE, ENGLISH)


def test_what_is_not_html_in_the_post_is_not_html_in_the_notes() -> None:
    episode = replace(
        build_episode(lines=one_line("Use <b> & 'quotes'")), omissions=(Omission("other", "<iframe>"),)
    )
    notes = full_notes(episode, PAGE, ENGLISH)
    assert "Use &lt;b&gt; &amp; 'quotes'" in notes
    assert "<iframe>" not in notes


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTPS://Example.org/a b?c=d e#f", "https://Example.org/a%20b?c=d%20e#f"),
        ("https://example.org/%C3%A9?a=%20", "https://example.org/%C3%A9?a=%20"),
        ("http://bücher.example/ä", "http://xn--bcher-kva.example/%C3%A4"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://[broken/x", None),
        ("ftp://example.org/", None),
        ("javascript:alert(1)", None),
        ("//example.org/x", None),
        ("relative/path", None),
        ("http:///nohost", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(given: str | None, address: str | None) -> None:
    assert web_address(given) == address


@pytest.mark.parametrize("text", ["", "short", "two words", "長" * 50, "a" * 100, "word " * 40])
def test_cutting_keeps_to_the_limit_and_keeps_what_fits(text: str) -> None:
    assert len(shorten(text, 20)) <= 20
    assert len(cut_bytes(text, 40).encode()) <= 40
    assert shorten(text, 1000) == cut_bytes(text, 4000) == text
