"""Pages that hold no article: what they hold instead, told before anything is read out."""

from __future__ import annotations

import re
from functools import cache

from lxml.html import HtmlElement

from narrator.errors import ListOfArticles, NotAnArticle
from narrator.read.page_body import Body
from narrator.read.page_tree import PageText, Run, is_sentence
from narrator.read.page_words import furniture_reason, phrases
from narrator.read.surroundings import LINKS

_SHORT = 600
"""Characters of sentences below which a page with a login form, an error … is that and nothing more."""
_LOGIN = 250
"""Characters of sentences that a page may spend on asking for a password."""
_TEASER = 1500
"""Characters of sentences below which an article for subscribers is taken for its beginning only."""
_BELOW = 8
"""Runs below the text among which a request to subscribe says that it breaks off."""
_ELSEWHERE = frozenset({"li", "nav"})
"""Elements in which a request to subscribe belongs to another story."""
_MOST_TEASED = 4
_SAVE = "Open it in a browser, save the page with its whole text, and give narrator the file."


def check_whole(
    tree: HtmlElement, page: PageText, body: Body, *, is_free: bool, is_article: bool, source: str
) -> None:
    """Raise when what was found is no article, or only the beginning of one.

    Args:
        tree: the page.
        page: its runs.
        body: where its article text is.
        is_free: False when the page says that its text is for subscribers.
        is_article: True when the page calls itself an article.
        source: the page's name, for the message.

    Raises:
        NotAnArticle: it is an error page, a login page, a cookie notice, a list of articles, or the
            beginning of an article for subscribers.
    """
    prose = _prose(page, body)
    if prose < _SHORT and (found := _purpose(tree, page)):
        raise NotAnArticle(found, where=source, hint=_SAVE)
    if not is_article and _is_index(page, body):
        raise ListOfArticles(
            "it is a list of articles, not one", where=source, hint="Give the address of one of them."
        )
    if prose < _TEASER and (not is_free or _asks_to_subscribe(page, body)):
        raise NotAnArticle(
            "only its beginning is there, the rest is for subscribers", where=source, hint=_SAVE
        )


def what_is_there(tree: HtmlElement, page: PageText) -> str:
    """What a page without article text holds instead."""
    if found := _purpose(tree, page):
        return found
    if any(thing.tag in {"img", "amp-img"} for thing in page.things):
        return "it holds only pictures and no article text"
    if page.runs and sum(run.share(LINKS) > 0.5 for run in page.runs) * 2 > len(page.runs):
        return "it holds only links and no article text"
    return "there is no article text in the page"


def _purpose(tree: HtmlElement, page: PageText) -> str | None:
    """What a page with hardly a sentence of its own is for, when it says so."""
    title = " ".join(tree.xpath("string(//head/title)").split())
    heads = [title, *(run.text for run in page.runs if run.node.tag in {"h1", "h2"})][:6]
    told = next((head for head in heads if _says(head, "error")), None)
    if told:
        return f'it is an error page ("{told[:80]}")'
    sentences = [run for run in page.runs if is_sentence(run.text)]
    has_password = any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))
    if has_password and sum(len(run.text) for run in sentences) < _LOGIN:
        return "it is a login page"
    if sentences and sum(_is_consent(run) for run in sentences) * 2 > len(sentences):
        return "it is a cookie notice in front of the article"
    return None


def _prose(page: PageText, body: Body) -> int:
    """Characters of sentences that are article text."""
    return sum(
        len(run.text) for run, ok in zip(page.runs, body.chosen, strict=True) if ok and is_sentence(run.text)
    )


def _is_consent(run: Run) -> bool:
    named = any(furniture_reason(node.words) == "cookie notice" for node in run.node.lineage() if node.words)
    return named or _says(run.text, "consent")


def _is_index(page: PageText, body: Body) -> bool:
    """Most sentences of the text stand under headings that are links: they are teasers."""
    sentences = teasers = 0
    for index, (run, ok) in enumerate(zip(page.runs, body.chosen, strict=True)):
        if not ok or not is_sentence(run.text):
            continue
        sentences += 1
        above = page.runs[max(0, index - (2 if index and len(page.runs[index - 1].text) < 40 else 1)) : index]
        teasers += any(one.node.tag in {"h2", "h3", "h4", "h5"} and one.share(LINKS) > 0.9 for one in above)
    return teasers >= _MOST_TEASED and teasers * 4 >= sentences * 3


def _asks_to_subscribe(page: PageText, body: Body) -> bool:
    """The text breaks off with a request to subscribe; one to take part in the discussion, or one under
    another story's link, says nothing of this text.
    """
    below = page.runs[max(0, body.last - 3) : body.last + 1 + _BELOW]
    return any(
        len(run.text) < 300
        and _says(run.text, "paywall")
        and not _says(run.text, "discussion")
        and not any(node.tag in _ELSEWHERE for node in run.node.lineage())
        for run in below
    )


def _says(text: str, subject: str) -> bool:
    """*text* holds one of the phrases for *subject*."""
    return any(pattern.search(text) for pattern in _patterns(subject))


@cache
def _patterns(subject: str) -> list[re.Pattern[str]]:
    return [re.compile(rf"(?<!\w){phrase}(?!\w)", re.IGNORECASE) for phrase in phrases(subject)]
