"""The title of a page's article: the headline people see, as far as the page's own title agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from narrator.read.furniture import content_words
from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text, name_words
from narrator.read.page_tree import PageText, Piece, Run, is_sentence
from narrator.read.page_words import is_marked

ABOVE = 60
"""Runs above the first paragraph among which the headline is looked for."""
_SEPARATOR = re.compile(r"\s+[|\-–—~»•·]+\s+|\s*\|\s*")
_MARKS = " :|–—-/•"
"""What stands between a topic and its headline."""
_LETTERS = re.compile(r"[\W_]+")
_NEXT = 8
"""Runs above the first paragraph among which a headline stands that no title states."""
_ABOUT = 0.5
"""Share of a headline's words that its story has at least."""
_PART = 3
"""One part in so many of a stated title is a headline that stands in no h1; a shorter one is its topic."""
_TITLE_TAGS = {"h1": 0, "h2": 1, "h3": 2}


def choose_title(page: PageText, body: Body, stated: Sequence[str], outlet: str | None) -> str | None:
    """The headline on the page that one of the *stated* titles holds, else the best stated one.

    Args:
        page: the page's runs.
        body: where its article is.
        stated: titles from JSON-LD, meta elements and ``<title>``, the most trusted first.
        outlet: the publication's name, which is no part of a title.
    """
    seen = _headlines(page, body)
    wanted = [_letters(title) for title in stated]
    sites = _site_names(stated, outlet)
    best: tuple[int, int, str] | None = None
    for run in seen:
        key = _letters(run.text)
        if len(key) < 8 or key in sites:
            continue
        holding = [title for title in wanted if key in title]
        if holding and (run.node.tag == "h1" or len(key) * _PART >= min(map(len, holding))):
            rank = (-len(key), _TITLE_TAGS.get(run.node.tag, 3), headline_of(run))
            best = rank if best is None or rank < best else best
    if best is not None:
        return best[2]
    for tag in ("h1", "h2"):
        for run in reversed(seen):
            if run.node.tag == tag and _agree(run.text, stated) and _letters(run.text) not in sites:
                plain = [strip_site(title, outlet) for title in stated]
                return next((one for one in plain if one and one in run.text), headline_of(run))
    return _instead_of_site(page, body, stated) or _best_stated(page, body, stated, outlet)


def _best_stated(page: PageText, body: Body, stated: Sequence[str], outlet: str | None) -> str | None:
    """The first of the *stated* titles that speaks of what the text does, else the first of all."""
    story = _story_words(page, body)
    about = (title for title in stated if _known(title, story) >= _ABOUT)
    title = next(about, stated[0] if stated else None)
    return strip_site(title, outlet) if title else None


def _site_names(stated: Sequence[str], outlet: str | None) -> set[str]:
    """The letters of what is the publication's name in the *stated* titles."""
    names = {_letters(outlet or "")}
    for title in stated:
        kept = _letters(strip_site(title, outlet))
        names.update(key for part in _SEPARATOR.split(title) if (key := _letters(part)) not in kept)
    return names


def _instead_of_site(page: PageText, body: Body, stated: Sequence[str]) -> str | None:
    """The bold line or heading right above the text, where the stated titles name the site only.

    The line must speak of what the text does, of which the stated titles have hardly a word.
    """
    story = _story_words(page, body)
    if any(_known(title, story) > _ABOUT / 2 for title in stated):
        return None
    for run in reversed(page.runs[max(0, body.first - _NEXT) : body.first + 1]):
        marked = run.node.tag in _TITLE_TAGS or run.is_bold
        if marked and 3 <= run.text.count(" ") <= 25 and not is_sentence(run.text):
            return headline_of(run) if _known(run.text, story) >= _ABOUT else None
    return None


def _story_words(page: PageText, body: Body) -> set[str]:
    text = (run.text for run, ok in zip(page.runs, body.chosen, strict=True) if ok and is_sentence(run.text))
    return {word for one in text for word in content_words(one)}


def _known(title: str, story: set[str]) -> float:
    """The share of a title's words that its story has."""
    own = content_words(title)
    return len(own & story) / len(own) if own else 0.0


def headline_of(run: Run) -> str:
    """The headline in *run*, without the topic that many outlets print in front of it in an element of
    its own: "Greifing: The woman who bought the station".
    """
    shown = list(dropwhile(_is_topic, run.pieces))
    text = clean_text("".join(piece.text for piece in shown)).lstrip(_MARKS)
    return text if len(shown) < len(run.pieces) and text.count(" ") >= 2 else run.text.lstrip(_MARKS)


def _is_topic(piece: Piece) -> bool:
    """It is named as what stands above a headline, is for screen readers only, or says nothing."""
    if not any(char.isalnum() for char in piece.text):
        return True
    names = [name_words(element) for element in piece.inline]
    return any(is_marked(words, "kicker") or is_marked(words, "unseen") for words in names)


def find_headline(page: PageText, body: Body, title: str | None) -> int | None:
    """Index of the run that is the headline: the last above the article that says *title*, else its h1."""
    wanted = _letters(title or "")
    start = max(0, body.first - ABOVE)
    told = [i for i in range(start, body.first + 1) if wanted and wanted in _both(page.runs[i])]
    headings = [i for i in range(start, body.first) if page.runs[i].node.tag == "h1"]
    inside = [i for i in headings if body.container in page.runs[i].node.lineage()]
    return next((found[-1] for found in (told, inside, headings) if found), None)


def strip_site(title: str, outlet: str | None = None) -> str:
    """*title* without the site's name at its end or start.

    >>> strip_site("Bear breaks into bakery, leaves by the front door - Cable News")
    'Bear breaks into bakery, leaves by the front door'
    """
    key = _letters(outlet or "")
    for mark in reversed(list(_SEPARATOR.finditer(title))):
        head, tail = title[: mark.start()].strip(), title[mark.end() :].strip()
        if key and _letters(tail) == key:
            return head
        if key and _letters(head) == key:
            return tail
        if len(head.split()) >= 3 and len(tail.split()) <= 4 and len(tail) < len(head):
            title = head
    return title


def site_parts(title: str) -> list[str]:
    """What may be the site's name in *title*: its parts after the first separator.

    >>> site_parts("Bear breaks into bakery - Cable News")
    ['Cable News']
    """
    return [part.strip() for part in _SEPARATOR.split(title)[1:] if part.strip()]


def _headlines(page: PageText, body: Body) -> list[Run]:
    """Runs above the article (its first one included) short enough for a headline; far above only ``h1``."""
    start = max(0, body.first - ABOVE)
    far = (run for run in page.runs[:start] if run.node.tag == "h1")
    return [
        run
        for run in (*far, *page.runs[start : body.first + 1])
        if len(run.text) <= 300 and not run.node.hidden
    ]


def _both(run: Run) -> set[str]:
    """The run's letters, with and without its kicker."""
    return {_letters(run.text), _letters(headline_of(run))} if len(run.pieces) > 1 else {_letters(run.text)}


def _agree(text: str, stated: Sequence[str]) -> bool:
    """The headline shares most of its words with a stated title, or there is none to compare with."""
    words = set(text.lower().split())
    return not stated or any(
        len(words & set(title.lower().split())) >= 0.4 * min(len(words), len(title.split()))
        for title in stated
    )


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).lower()
