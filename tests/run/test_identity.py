import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.likeness import share_of_runs
from narrator.models import Article, Audio, Block, Episode, SpokenLine
from narrator.run.identity import find_episode, make_show_guid, make_slug, new_identity

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = (
    "Fisheries ministers have agreed to reopen the strait to small boats after seven weeks of talks.",
    "Prices for fresh cod doubled while it was closed, and skippers waited in every harbour of the coast.",
)


def post(title: str = "Strait reopens", texts: tuple[str, ...] = TEXT, **facts: object) -> Article:
    blocks = tuple(Block(f"p{n}", "paragraph", text) for n, text in enumerate(texts))
    return Article(title=title, blocks=blocks, source="a.txt", **facts)  # type: ignore[arg-type]


def episode(title: str = "Strait reopens", texts: tuple[str, ...] = TEXT, **facts: object) -> Episode:
    lines = [
        SpokenLine(f"a{n}", "anchor", "paragraph", text, text, "Narrator", n, n + 1)
        for n, text in enumerate(texts)
    ]
    made = Episode(
        guid="g1",
        slug="strait-reopens",
        title=title,
        source="old-name.txt",
        added=NOW,
        language="en",
        engine="tone",
        voice="tone",
        duration_seconds=9.0,
        loudness_lufs=-19.0,
        peak_dbtp=-3.0,
        audio=Audio("a.mp3", 1, "audio/mpeg", "0"),
        lines=tuple(lines),
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def test_renamed_file_is_the_same_post() -> None:
    assert find_episode(post(), [episode()]) is not None


def test_corrected_text_is_the_same_post() -> None:
    corrected = (TEXT[0].replace("seven", "eight"), TEXT[1])
    assert find_episode(post(texts=corrected), [episode()]) is not None


def test_another_text_under_the_same_title_is_another_post() -> None:
    other = ("Rain is expected in the north, and the tram will not run on Sunday morning.",)
    assert find_episode(post("Morning briefing", other), [episode("Morning briefing")]) is None


def test_address_wins_over_title_and_text() -> None:
    known = episode("Old headline", ("Another text altogether.",), address="https://example.org/a")
    assert find_episode(post(address="https://example.org/a"), [known]) is known


def test_two_addresses_are_two_posts_though_texts_are_equal() -> None:
    known = episode(address="https://example.org/a")
    assert find_episode(post(address="https://example.org/b"), [known]) is None


def test_episode_of_another_source_in_this_run_is_not_taken_twice() -> None:
    assert find_episode(post(), [episode()], taken={"g1"}) is None


def test_equal_posts_get_equal_identities_whatever_the_folder() -> None:
    facts: dict[str, object] = {"added": NOW, "show_title": "T", "show_guid": None, "feed_url": None}
    one = new_identity(post(), guids=set(), slugs=set(), **facts)  # type: ignore[arg-type]
    other = new_identity(post(), guids=set(), slugs=set(), **facts)  # type: ignore[arg-type]
    assert one == other


def test_guid_in_use_is_never_given_again() -> None:
    facts: dict[str, object] = {"added": NOW, "show_title": "T", "show_guid": None, "feed_url": None}
    one = new_identity(post(), guids=set(), slugs=set(), **facts)  # type: ignore[arg-type]
    second = new_identity(post(), guids={one.guid}, slugs={one.slug}, **facts)  # type: ignore[arg-type]
    assert second.guid != one.guid
    assert second.slug == "strait-reopens-2"


def test_show_guid_follows_the_podcast_name_space() -> None:
    # The example of https://podcasting2.org/docs/podcast-namespace/tags/guid
    assert make_show_guid("https://podnews.net/rss", "x", "y") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Écoles: 3 in 10 shut!", "ecoles-3-in-10-shut"),
        ("Straße gesperrt", "strasse-gesperrt"),
        ("CON", "post-8d2f9c4e"),
        ("../../etc/passwd", "etc-passwd"),
        ("Выборы", "post-8d2f9c4e"),
        ("a" * 300, "a" * 60),
    ],
)
def test_slug_is_a_safe_folder_name(title: str, slug: str) -> None:
    assert make_slug(title, "8d2f9c4e-0000", set()) == slug


@given(st.text(), st.sets(st.text(alphabet="ab-", max_size=3)))
def test_any_title_gives_a_new_safe_slug(title: str, taken: set[str]) -> None:
    slug = make_slug(title, "8d2f9c4e-0000", taken)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,80}", slug)
    assert slug not in taken


@given(st.lists(st.sampled_from("abc"), max_size=20))
def test_a_text_shares_all_its_shingles_with_itself(words: list[str]) -> None:
    assert share_of_runs(words, words) == (1.0 if words else 0.0)
