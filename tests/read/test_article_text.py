"""Which of a page's text trafilatura is asked for, and how thoroughly."""

from __future__ import annotations

from typing import Any

import pytest
from trafilatura import bare_extraction

from narrator.read import article_text
from narrator.read.article_text import choose_text
from narrator.read.page_body import prose_chars
from narrator.read.page_parse import parse_page
from narrator.read.page_runs import read_runs

_TOLD = "The harbour wall gave way at noon, and forty boats were carried out to sea by the tide. "
_STORY = [f"On day {number} the harbour wall of Lomar gave way again. {_TOLD}" for number in range(5)]
_PAGE = f"<html><body><article>{''.join(f'<p>{told}</p>' for told in _STORY)}</article></body></html>"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time trafilatura was asked, whether quickly."""
    calls: list[bool] = []

    def recorded(tree: Any, **options: Any) -> Any:
        calls.append(options["fast"])
        return bare_extraction(tree, **options)

    monkeypatch.setattr(article_text, "bare_extraction", recorded)
    return calls


def test_a_quick_choice_that_holds_the_pages_prose_is_taken(asked: list[bool]) -> None:
    tree = parse_page(_PAGE)
    assert choose_text(tree, prose_chars(read_runs(tree))).split("\n") == [one.strip() for one in _STORY]
    assert asked == [True]


@pytest.mark.parametrize("times", [0, 5])
def test_a_quick_choice_far_from_the_pages_prose_is_made_again_thoroughly(
    asked: list[bool], times: int
) -> None:
    tree = parse_page(_PAGE)
    assert choose_text(tree, times * len("".join(_STORY)))
    assert asked == [True, False]


def test_links_and_hidden_text_are_no_prose_of_a_page() -> None:
    page = f"<body><p>{_TOLD}</p><p><a href=/>{_TOLD}</a></p><p hidden>{_TOLD}</p></body>"
    assert prose_chars(read_runs(parse_page(page))) == len(_TOLD.strip())
