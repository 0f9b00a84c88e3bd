"""The first half of a batch: every post is read, and it is decided which episode each one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from narrator.errors import NarratorError, ReadError
from narrator.likeness import words_of
from narrator.models import Listed
from narrator.read.archives import Entry, fetch_entry, open_archive
from narrator.removals import find_removal
from narrator.run.cards import Card
from narrator.run.known import is_whole
from narrator.run.local import Done
from narrator.run.report import Row, failure
from narrator.run.reposts import Decision, decide
from narrator.run.selection import choose_samples
from narrator.run.session import Session
from narrator.run.work import Read, ReadTask, read_post


def survey(session: Session, sources: Sequence[str]) -> list[Decision]:
    """What this run is to make, in the order of the archive; all else is told as it is found.

    Posts that were read before and are as they were are not read again. Copies are told apart when
    everything is read, for the copy that is kept may come last.
    """
    cards = [card for card in _Reader(session).read(sources) if not _was_removed(session, card)]
    marks = {card.guid: card.marks for card in session.cards if card.guid}
    decisions = decide(
        cards,
        session.known,
        taken=session.taken,
        words=lru_cache(maxsize=64)(
            lambda card: words_of(block.text for block in session.article(card).blocks)
        ),
        marks=marks.get,
    )
    for decision in decisions:
        if decision.copy_of is not None:
            session.skip(decision.card.name, copy_reason(decision.copy_of), decision.card.title)
    return _narrowed(session, decisions)


def copy_reason(original: Card | Listed) -> str:
    """Why a copy is passed over."""
    date = f" of {original.published.date()}" if original.published else ""
    return f"re-post of “{original.title}”{date}"


def _narrowed(session: Session, decisions: list[Decision]) -> list[Decision]:
    """The decisions that --sample and --limit leave; copies stay, to be remembered."""
    copies = [one for one in decisions if one.copy_of is not None]
    made = [one for one in decisions if one.copy_of is None]
    if session.options.sample is not None:
        chosen = choose_samples([one.card for one in made], session.options.sample)
        wanted = {card.digest for card in chosen}
        session.totals.unselected += len(made) - len(wanted)
        made = [one for one in made if one.card.digest in wanted]
    if session.options.limit is not None:
        session.totals.waiting += max(0, len(made) - session.options.limit)
        made = made[: session.options.limit]
    return made + copies


def _was_removed(session: Session, card: Card) -> bool:
    if not session.removals or find_removal(session.article(card), session.removals) is None:
        return False
    session.skip(card.name, "its episode was taken down", card.title)
    return True


class _Reader:
    """Reads the entries of archives by the crew."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.order: dict[str, int] = {}
        """Digest of each entry and its place."""
        self.cards: list[Card] = []

    def read(self, sources: Sequence[str]) -> list[Card]:
        """The cards of the posts that are asked for and not known to be unchanged."""
        self.session.watcher.phase("reading", None)
        for done in self.session.crew.run(read_post, self._tasks(sources)):
            self._take(done)
        return sorted(self.cards, key=lambda card: self.order[card.digest])

    def _tasks(self, sources: Sequence[str]) -> Iterator[ReadTask]:
        session, size = self.session, self.session.options.max_size_bytes
        for entry in self._entries(sources):
            session.watcher.step()
            if entry.skip:
                session.skip(entry.name, entry.skip, entry.title)
            elif not session.options.selection.wants_entry(entry):
                session.totals.unselected += 1
            else:
                entry = fetch_entry(entry, max_size_bytes=size)
                digest = entry.digest
                if digest in self.order:
                    session.skip(entry.name, "stands in the archive twice", entry.title)
                    continue
                self.order[digest] = len(self.order)
                card = session.cards.find(digest)
                if card is not None and self._is_settled(card):
                    continue
                if card is not None and session.has_article(card):
                    self._add(replace(card, frame="", guid=None, copy_of=None))
                else:
                    yield ReadTask(entry, session.now, size)

    def _entries(self, sources: Sequence[str]) -> Iterator[Entry]:
        options = self.session.options
        for source in sources:
            try:
                yield from open_archive(
                    source, now=self.session.now, max_size_bytes=options.max_size_bytes, index=options.index
                )
            except ReadError as error:
                self.session.end(failure(source, error))

    def _take(self, done: Done[ReadTask, Read]) -> None:
        """Note what was read, and put the text aside when it is to go on."""
        entry, read = done.task.entry, done.result
        if read is None:
            self.session.end(failure(entry.name, done.error, entry.title))
        elif read.card is None or read.article is None:
            self.session.skip(entry.name, read.skip or "no post", entry.title)
        else:
            self.session.keep_article(read.card, read.article)
            self.session.cards.put(read.card)
            self._add(read.card)

    def _add(self, card: Card) -> None:
        if self._is_wanted(card):
            self.cards.append(card)

    def _is_wanted(self, card: Card) -> bool:
        selection = self.session.options.selection
        if not selection.wants(card):
            self.session.totals.unselected += 1
            return False
        short = selection.too_short(card)
        if short:
            self.session.skip(card.name, short, card.title)
        return short is None

    def _is_settled(self, card: Card) -> bool:
        """Whether a post read before needs nothing: it is as it is in the show, or still a copy."""
        session = self.session
        if not card.frame:
            return False
        known = session.known.get(card.copy_of or card.guid)
        if known is None:
            return False
        if card.copy_of:
            if self._is_wanted(card):
                session.skip(card.name, copy_reason(known), card.title)
            return True
        if known.script_key != card.script_key or known.guid in session.taken or not self._as_told(card):
            return False
        if not is_whole(session.folder, known):
            return False
        session.taken.add(known.guid)
        if self._is_wanted(card):
            session.end(Row(card.name, "unchanged", "", card.title, known, reused=card.lines))
        return True

    def _as_told(self, card: Card) -> bool:
        """Whether settings, voice and lexicon are those it was told with."""
        try:
            return self.session.tellers.of(card.language).frame == card.frame
        except NarratorError:
            return False
