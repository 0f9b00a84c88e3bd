"""A draft of source lines becomes an article: the one place where text and pages are decided alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from narrator.errors import NotAnArticle
from narrator.models import Article, Block, Picture
from narrator.models.ids import content_id, unique_ids
from narrator.read.captions import mark_captions
from narrator.read.collection import uncollected
from narrator.read.datelines import cut_datelines
from narrator.read.draft import Draft
from narrator.read.furniture import mark_furniture, skip_buttons, skip_link_lists, trim_tail
from narrator.read.head import Head, read_head
from narrator.read.kinds import mark_items, mark_notes, mark_runs, settle_kinds
from narrator.read.language import detect_language
from narrator.read.ledger import write_ledger
from narrator.read.markers import Markers, read_markers
from narrator.read.passages import Passage
from narrator.read.pull_quotes import skip_pull_quotes
from narrator.read.sidebars import drop_empty, find_sidebars
from narrator.read.tail import read_tail, skip_taglines
from narrator.read.titles import cut_named_outlet, cut_outlet, first_words
from narrator.read.wraps import join_lines
from narrator.read.zones import cut_zones

_PREFIXES = {"paragraph": "p", "heading": "h", "caption": "c", "quote": "q", "list-item": "l", "note": "n"}
_AHEAD = timedelta(hours=14)
"""How far the first time zone is ahead of UTC: a day that has begun somewhere is not the future."""


@uncollected()
def assemble(draft: Draft, *, now: datetime) -> Article:
    """The article in *draft*: every line typed and placed, and accounted for in the ledger.

    Args:
        draft: the source's lines with what its markup said of them.
        now: when this run counts as; a later date is not believed.

    Raises:
        NotAnArticle: nothing in it could be read out as a story.
    """
    passages = join_lines(draft.items)
    language = draft.language or detect_language(
        " ".join(one.text[:500] for one in passages[:200] if one.closed)
    )
    markers = read_markers(language)
    stated = cut_outlet(draft.title, draft.outlet) if draft.title else None
    head = _decide(passages, draft, markers, stated)
    sidebars = find_sidebars(passages, head.start, markers, head.people)
    skip_buttons(passages, head.start)
    settle_kinds(passages, head.start, markers)
    sidebars = drop_empty(sidebars, passages)
    blocks, placed = _make_blocks(passages)
    if not blocks:
        raise NotAnArticle(
            _what_was_found(passages), where=draft.source, hint="Give the address or text of one post."
        )
    warnings = list(draft.warnings)
    title = _settle_title(stated, head, passages, markers, warnings)
    published, corrected = _settle_dates(draft, head, now, warnings)
    return Article(
        title=title,
        blocks=blocks,
        source=draft.source,
        language=language,
        byline=tuple(draft.byline or head.people),
        published=published,
        sidebars=tuple(sidebars),
        ledger=write_ledger(passages),
        address=draft.address,
        outlet=draft.outlet,
        post_id=draft.post_id,
        corrected=corrected,
        pictures=_with_captions(draft.pictures, placed),
        omissions=tuple(draft.omissions),
        warnings=tuple(warnings),
        title_made_up=head.title is None and not stated,
    )


def _decide(passages: list[Passage], draft: Draft, markers: Markers, title: str | None) -> Head:
    """Tell the story from everything around it; the head, with what it said."""
    mark_furniture(passages, markers)
    skip_link_lists(passages)
    mark_notes(passages, markers)
    mark_captions(passages, markers)
    mark_items(passages, markers)
    head = read_head(passages, markers, title=title)
    cut_zones(passages, head.start, markers)
    read_tail(passages, head, markers)
    trim_tail(passages, head.start, markers)
    skip_taglines(passages, head.start, draft.byline or head.people, markers)
    skip_pull_quotes(passages, head.start)
    mark_runs(passages, head.start, markers)
    cut_datelines(passages, head, markers, outlet=draft.outlet)
    return head


def _make_blocks(passages: Sequence[Passage]) -> tuple[tuple[Block, ...], dict[int, str]]:
    """The blocks in reading order, and the ids of the captions by their pictures' index."""
    spoken = [one for one in passages if one.part == "story" and one.kind is not None and one.text]
    ids = unique_ids(
        content_id(_PREFIXES[one.kind or "paragraph"], one.kind or "", one.text) for one in spoken
    )
    blocks = tuple(
        Block(
            id=name,
            kind=one.kind or "paragraph",
            text=one.text,
            sidebar=one.sidebar,
            language=one.items[0].language,
        )
        for name, one in zip(ids, spoken, strict=True)
    )
    pairs = zip(spoken, ids, strict=True)
    return blocks, {one.items[0].picture: name for one, name in pairs if one.items[0].picture is not None}


def _with_captions(pictures: Sequence[Picture], placed: dict[int, str]) -> tuple[Picture, ...]:
    return tuple(
        Picture(address=one.address, alt=one.alt, caption=placed.get(index, one.caption))
        for index, one in enumerate(pictures)
    )


def _settle_title(
    stated: str | None, head: Head, passages: Sequence[Passage], markers: Markers, warnings: list[str]
) -> str:
    if head.title is not None:
        return cut_named_outlet(passages[head.title].text, markers)
    if stated:
        return stated
    spoken = next(one for one in passages if one.part == "story" and one.kind is not None and one.text)
    title = first_words(spoken.text)
    warnings.append(f'No headline was found; the title is made of the first words: "{title}".')
    return title


def _settle_dates(
    draft: Draft, head: Head, now: datetime, warnings: list[str]
) -> tuple[datetime | None, datetime | None]:
    """When the post was published and last changed, as far as that can be believed."""
    first = [one.when for one in head.dates if not one.updated]
    changed = [one.when for one in head.dates if one.updated]
    published = draft.published or next(iter(first or changed), None)
    corrected = draft.corrected or (max(changed) if changed and first else None)
    if published and _aware(published) > now + _AHEAD:
        warnings.append(f"The date {published.date()} is later than today and was not believed.")
        published = None
    if corrected and _aware(corrected) > now + _AHEAD:
        corrected = None
    return (_aware(published) if published else None), (_aware(corrected) if corrected else None)


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _what_was_found(passages: Sequence[Passage]) -> str:
    reasons = {one.reason for one in passages if one.reason}
    if not passages:
        return "there is no text in it"
    found = ", ".join(sorted(reasons)[:4])
    return f"no article was found in it, only {found}" if found else "no article was found in it"
