"""Article → Script: who says what, in which order, with which silence after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from narrator.config import Settings
from narrator.models import Article, Block, LedgerRow, Line, LineKind, Role, Script
from narrator.models.ids import line_id, unique_ids
from narrator.say import Lexicon, read_lexicon, say_line, split_sentences
from narrator.script.cues import Cues, read_cues
from narrator.script.order import Part, left_out, order_blocks
from narrator.script.pauses import Boundary, pause_ms
from narrator.voices import Pauses, Voice

OLD = timedelta(days=30)
"""A post first published longer ago than this, when its episode is made, is told with its date."""


@dataclass(slots=True)
class _Planned:
    """A line before its pause and its id are known."""

    before: Boundary
    """What stands between it and the line before."""
    role: Role
    kind: LineKind
    text: str
    block: Block | None = None
    sidebar: int | None = None
    speaker: str | None = None
    chapter: str | None = None


def write_script(
    article: Article,
    *,
    settings: Settings,
    voice: Voice,
    lexicon: Lexicon | None = None,
    now: datetime,
    updated: datetime | None = None,
) -> Script:
    """The narration of *article*: headline first, cues in place, one line per sentence.

    Args:
        article: what was written.
        settings: the show's policies and texts.
        voice: the voice file; its engine decides how figures are spelt, its pauses the silences.
        lexicon: how names are said; the show's own language list when None.
        now: when the episode is (or was first) made; older posts are told with their date.
        updated: when a corrected text was made; said in a cue if the show wants it.
    """
    cues = read_cues(article.language)
    if lexicon is None:
        lexicon = read_lexicon(None, article.language)
    planned = [
        *_opening(article, settings, cues, now, updated),
        *_telling(article, settings, cues),
        *_closing(article, settings, cues),
    ]
    lines = _finished(planned, article.language, voice, lexicon)
    return Script(
        title=article.title,
        lines=tuple(lines),
        source=article.source,
        language=article.language,
        byline=article.byline,
        published=article.published,
        sidebars=article.sidebars,
        blocks=article.blocks,
        ledger=_ledger(article, lines, settings),
        start_ms=voice.pauses.start_ms,
        address=article.address,
        outlet=article.outlet,
        post_id=article.post_id,
        pictures=article.pictures,
        omissions=article.omissions,
        warnings=article.warnings,
    )


def _opening(
    article: Article, settings: Settings, cues: Cues, now: datetime, updated: datetime | None
) -> Iterator[_Planned]:
    if settings.intro:
        yield _Planned("cue", "cue", "cue", _filled(settings.intro, article, settings, cues))
    yield _Planned("cue", "anchor", "headline", article.title, chapter=article.title)
    told = article.published and (
        settings.spoken_date == "always" or (settings.spoken_date == "old" and now - article.published > OLD)
    )
    if told and article.published:
        date = cues.spoken_date(article.published.date())
        yield _Planned("headline", "cue", "cue", cues.cue("first_published", date=date))
    if updated and settings.spoken_update:
        date = cues.spoken_date(updated.date())
        yield _Planned("cue" if told else "headline", "cue", "cue", cues.cue("updated", date=date))


def _telling(article: Article, settings: Settings, cues: Cues) -> Iterator[_Planned]:
    """The story and its sidebars, each sidebar announced and, if the story goes on, closed."""
    before: Sequence[Part] = ()
    for part in order_blocks(article.blocks, settings):
        if part.captions:
            yield _Planned(
                "sidebar", "cue", "cue", cues.cue("captions_at_end"), chapter=cues.chapter("captions")
            )
        elif part.sidebar is not None:
            sidebar = article.sidebars[part.sidebar]
            yield _Planned(
                "sidebar",
                "cue",
                "cue",
                cues.announce(sidebar),
                chapter=cues.sidebar_chapter(sidebar),
            )
        elif before and before[-1].sidebar is not None:
            yield _Planned("sidebar", "cue", "cue", cues.back, chapter=cues.chapter("continued"))
        first: Boundary = "cue" if before or part.sidebar is not None or part.captions else "headline"
        yield from _part_lines(part, article, cues, first)
        before = (*before, part)


def _part_lines(part: Part, article: Article, cues: Cues, first: Boundary) -> Iterator[_Planned]:
    speaker = None
    if part.sidebar is not None:
        sidebar = article.sidebars[part.sidebar]
        speaker = sidebar.author or sidebar.heading
    boundary = first
    previous: Block | None = None
    for block in part.blocks:
        if previous is not None:
            boundary = _between(previous, block)
        if block.kind == "caption" and not part.captions:
            yield _Planned(boundary, "cue", "cue", cues.cue("caption"), sidebar=part.sidebar)
            boundary = "caption_cue"
        role: Role = "caption" if block.kind == "caption" else "anchor" if part.sidebar is None else "analyst"
        for sentence in split_sentences(block.text, block.language or article.language):
            yield _Planned(
                boundary,
                role,
                block.kind,
                sentence,
                block,
                part.sidebar,
                speaker if role == "analyst" else None,
                block.text if block.kind == "heading" and part.sidebar is None else None,
            )
            boundary = "sentence"
        previous = block


def _between(before: Block, after: Block) -> Boundary:
    kinds = {before.kind, after.kind}
    if "caption" in kinds:
        return "caption"
    return "heading" if "heading" in kinds else "paragraph"


def _closing(article: Article, settings: Settings, cues: Cues) -> Iterator[_Planned]:
    texts = []
    if article.outlet and settings.spoken_source:
        texts.append(cues.cue("outlet", outlet=article.outlet))
    if settings.outro:
        texts.append(_filled(settings.outro, article, settings, cues))
    if settings.spoken_disclosure:
        texts.append(cues.cue("disclosure"))
    for number, text in enumerate(texts):
        yield _Planned("cue" if number else "sidebar", "cue", "cue", text)


def _filled(text: str, article: Article, settings: Settings, cues: Cues) -> str:
    """*text* with its placeholders filled in; those the post has nothing for become empty."""
    facts = {
        "show": settings.title,
        "title": article.title,
        "byline": ", ".join(person.name for person in article.byline),
        "outlet": article.outlet or "",
        "date": cues.spoken_date(article.published.date()) if article.published else "",
    }
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return " ".join(text.split())


def _finished(planned: list[_Planned], language: str, voice: Voice, lexicon: Lexicon) -> list[Line]:
    """Lines with ids, spoken form and pauses; those with nothing to say are dropped."""
    lines: list[Line] = []
    befores: list[Boundary] = []
    for one in planned:
        before: Boundary = one.before
        if lines and lines[-1].kind == "cue" and before in {"headline", "paragraph", "heading"}:
            before = "cue"
        own = one.block.language if one.block else None
        spoken = say_line(one.text, language=own or language, engine=voice.engine, lexicon=lexicon)
        if not any(character.isalnum() for character in spoken.say) and not spoken.phonemes:
            continue
        lines.append(
            Line(
                id=line_id(one.role, one.text),
                role=one.role,
                kind=one.kind,
                text=one.text,
                say=spoken.say,
                pause_ms=0,
                block=one.block.id if one.block else None,
                phonemes=spoken.phonemes,
                speaker=one.speaker,
                sidebar=one.sidebar,
                chapter=one.chapter,
                language=own,
            )
        )
        befores.append(before)
    return number_lines(lines, befores, voice.pauses)


def number_lines(lines: list[Line], befores: list[Boundary], pauses: Pauses) -> list[Line]:
    """The same lines with unique ids and the silence that the boundary after each one asks for."""
    ids = unique_ids(line.id for line in lines)
    afters: list[Boundary] = [*befores[1:], "end"]
    return [
        replace(line, id=own, pause_ms=pause_ms(after, pauses))
        for line, own, after in zip(lines, ids, afters, strict=True)
    ]


def _ledger(article: Article, lines: list[Line], settings: Settings) -> tuple[LedgerRow, ...]:
    """The article's ledger, with what this script's policies leave out marked as skipped."""
    reasons = left_out(article.blocks, settings)
    spoken = {line.block for line in lines}
    for block in article.blocks:
        if block.id not in spoken:
            reasons.setdefault(block.id, "nothing in it can be said")
    if not reasons:
        return article.ledger
    texts = {block.text: reasons[block.id] for block in article.blocks if block.id in reasons}
    headings: dict[str, str] = {}
    for number, sidebar in enumerate(article.sidebars):
        inside = [block.id for block in article.blocks if block.sidebar == number]
        if inside and all(own in reasons for own in inside):
            headings[" ".join(sidebar.heading.split())] = reasons[inside[0]]
    return tuple(_marked(row, texts, headings) for row in article.ledger)


def _marked(row: LedgerRow, texts: dict[str, str], headings: dict[str, str]) -> LedgerRow:
    """*row*, as skipped when it holds one of *texts*, or opens the sidebar one of *headings* stands over."""
    if row.fate == "skipped":
        return row
    said = " ".join(row.text.split())
    for text, reason in texts.items():
        if text == said or (text in said and 2 * len(text) > len(said)) or (len(said) > 20 and said in text):
            return replace(row, fate="skipped", reason=reason)
    for heading, reason in headings.items():
        if row.fate == "rewritten" and heading and said.startswith(heading):
            return replace(row, fate="skipped", reason=reason)
    return row
