"""A web page → `Draft`: trafilatura chooses the text, the untouched tree says what each element is."""

from __future__ import annotations

from lxml.html import HtmlElement

from narrator.errors import NotAnArticle
from narrator.models import Omission
from narrator.read.article_text import choose_text, find_chosen
from narrator.read.box_matter import Matter
from narrator.read.boxes import find_boxes
from narrator.read.collection import uncollected
from narrator.read.draft import Draft
from narrator.read.embeds import find_embeds
from narrator.read.encodings import decode_page
from narrator.read.headline import find_headline
from narrator.read.markers import read_markers
from narrator.read.metadata import read_metadata
from narrator.read.omissions import name_omission
from narrator.read.page_body import (
    Body,
    choose_by_structure,
    complete_chosen,
    extend,
    find_body,
    prose_chars,
    start_after,
    take_whole,
)
from narrator.read.page_head import merge_people, read_head
from narrator.read.page_items import Reading, make_items
from narrator.read.page_parse import parse_page
from narrator.read.page_pictures import find_pictures, match_captions, name_uncaptioned, page_base
from narrator.read.page_runs import read_runs
from narrator.read.page_tree import PageText
from narrator.read.refusals import check_whole, what_is_there
from narrator.read.surroundings import Reader
from narrator.read.table_items import say_tables
from narrator.read.tables import find_tables


@uncollected()
def draft_page(
    data: bytes,
    *,
    source: str,
    address: str | None = None,
    charset: str | None = None,
    whole: bool = False,
) -> Draft:
    """The page in *data* as a draft: every element with text, and what its markup says of it.

    Args:
        data: the page as it came.
        source: what to call it.
        address: where it was fetched from, to resolve relative addresses with.
        charset: what the server said its encoding is.
        whole: it is one post from end to end, as the HTML in an export is: what nothing marks as
            furniture is its text, and it is not asked whether it may be something else.

    Raises:
        NotAnArticle: there is no article in the page; the message says what there is instead.
    """
    tree = parse_page(decode_page(data, charset))
    page = read_runs(tree)
    body = _find_article(tree, page, address)
    if whole:
        body = take_whole(page, body)
    if body is None:
        raise NotAnArticle(what_is_there(tree, page), where=source)
    facts = read_metadata(tree, page, body, address)
    if not whole:
        is_article = facts.kind == "article"
        check_whole(tree, page, body, is_free=facts.is_free, is_article=is_article, source=source)
    headline = find_headline(page, body, facts.title)
    reader = Reader(page, body)
    around = [reader.of(run) for run in page.runs]
    if whole:
        extend(body, headline, [not said.reason for said in around])
    language = facts.language or "en"
    markers = read_markers(language)
    head = read_head(page, body, around, headline, markers)
    facts.byline = merge_people(facts.byline, head, facts.sites)
    start_after(body, headline, head.parts)
    boxes = find_boxes(page, body, around, Matter(markers, [one.name for one in facts.byline]))
    for index, reason in boxes.reasons.items():
        around[index] = around[index]._replace(reason=reason)
    for index in boxes.headings:
        around[index] = around[index]._replace(kind="heading")
    placed = find_pictures(page, body, around, headline, facts.picture, page_base(tree, address))
    captioned = match_captions(placed, around)
    tables = find_tables(page, body)
    reading = Reading(page, body, around, boxes.numbers, headline, head.parts, captioned, markers)
    draft = Draft(say_tables(make_items(reading), tables), source, "page")
    facts.fill(draft)
    draft.pictures = [one.picture for one in placed]
    draft.omissions = [
        *(Omission("table", name_omission("table", one.name, language)) for one in tables if not one.rows),
        *find_embeds(page, body, around, language),
        *name_uncaptioned(placed, captioned, facts.title, language),
    ]
    return draft


def _find_article(tree: HtmlElement, page: PageText, address: str | None) -> Body | None:
    """Where the article is: as trafilatura finds it, else by structure; None when there is none."""
    text = choose_text(tree, prose_chars(page), address)
    chosen = complete_chosen(page, find_chosen([run.text for run in page.runs], text))
    return find_body(page, chosen) or find_body(page, choose_by_structure(page))
