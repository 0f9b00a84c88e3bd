"""Which of a page's text trafilatura is asked for, and how thoroughly."""

from __future__ import annotations

from typing import Any

import pytest

from narrator.read import article_text
from narrator.read.article_text import choose_text
from narrator.read.page_body import prose_chars
from narrator.read.page_parse import parse_page
from narrator.read.page_runs import read_runs

_TOLD = "The harbour wall gave way at noon, and forty boats were carried out to sea by the tide. "
_PAGE = f"<html><body><article>{f'<p>{_TOLD * 3}</p>' * 5}</article></body></html>"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time trafilatura was asked, whether quickly."""
    calls: list[bool] = []
    extract = article_text.bare_extraction

    def recorded(*args: Any, fast: bool, **options: Any) -> Any:
        calls.append(fast)
        return extract(*args, fast=fast, **options)

    monkeypatch.setattr(article_text, "bare_extraction", recorded)
    return calls


def test_a_quick_choice_that_holds_the_pages_prose_is_taken(asked: list[bool]) -> None:
    tree = parse_page(_PAGE)
    assert choose_text(tree, prose_chars(read_runs(tree))).count("The harbour wall") == 15
    assert asked == [True]


@pytest.mark.parametrize("times", [0, 5])
def test_a_quick_choice_far_from_the_pages_prose_is_made_again_thoroughly(
    asked: list[bool], times: int
) -> None:
    tree = parse_page(_PAGE)
    assert choose_text(tree, times * len(_TOLD) * 15)
    assert asked == [True, False]


def test_links_and_hidden_text_are_no_prose_of_a_page() -> None:
    page = f"<body><p>{_TOLD}</p><p><a href=/>{_TOLD}</a></p><p hidden>{_TOLD}</p></body>"
    assert prose_chars(read_runs(parse_page(page))) == len(_TOLD.strip())
