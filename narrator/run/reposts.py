"""Which episode is which post of an archive, and which posts are copies of others.

Decided for all posts together, not one after the other, so that their order does not matter: a post that
is an episode already keeps it, and of copies the dated, earliest one is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from narrator.likeness import SAME_TEXT, plain_title, share_of_runs, told_texts
from narrator.models import Listed
from narrator.run.cards import Card, make_marks
from narrator.run.known import KnownEpisodes

Kept = TypeVar("Kept")

COPY = 0.9
"""Share of word runs that two texts have in common, from which on they are copies of one."""
_SEPARATOR = re.compile(r"\s*[:|»·•]\s+|\s+[-–—/]\s+|\s*::\s*")
LONGEST_PREFIX = 6
"""Words; site and section names are shorter, so a longer difference makes another title."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of a post."""

    card: Card
    episode: Listed | None = None
    """The episode it already is."""
    copy_of: Card | Listed | None = None
    """What it is a copy of; then it is not made."""


def decide(
    cards: Sequence[Card],
    known: KnownEpisodes,
    *,
    taken: Iterable[str],
    words: Callable[[Card], Sequence[str]],
    marks: Callable[[str], tuple[str, ...] | None],
) -> list[Decision]:
    """What becomes of each of *cards*, in their order.

    Args:
        cards: posts that are not known to be unchanged.
        known: the show's episodes.
        taken: guids of the episodes that other posts of this run are.
        words: gives the words of a card's text.
        marks: gives the marks of an episode's text for its guid, where they are kept.
    """
    claimed = _claim_by_id(cards, known, set(taken))
    claimed |= _claim_by_text(cards, known, {*taken, *(one.guid for one in claimed.values())}, claimed, words)
    fresh = [card for card in cards if card.digest not in claimed]
    copies = _find_copies(fresh, known, words, marks)
    return [Decision(card, claimed.get(card.digest), copies.get(card.digest)) for card in cards]


def shared_runs(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of word runs two texts have in common, 0 to 1: common ones over the mean of both."""
    share = share_of_runs(one, other)
    return 2 * share / (1 + share)


def _claim_by_id(cards: Sequence[Card], known: KnownEpisodes, taken: set[str]) -> dict[str, Listed]:
    claimed: dict[str, Listed] = {}
    for card in cards:
        found = known.by_id(card.post_id, card.address)
        if found is not None and found.guid not in taken:
            taken.add(found.guid)
            claimed[card.digest] = found
    return claimed


def _claim_by_text(
    cards: Sequence[Card],
    known: KnownEpisodes,
    taken: set[str],
    claimed: dict[str, Listed],
    words: Callable[[Card], Sequence[str]],
) -> dict[str, Listed]:
    """Posts without an id in common with an episode, by title and text; the most alike first."""
    pairs = []
    for number, card in enumerate(cards):
        if card.digest in claimed:
            continue
        for episode in known.by_title(card.title):
            if episode.guid not in taken and not _differ_by_id(card, episode):
                share = share_of_runs(words(card), known.words(episode.guid))
                if share >= SAME_TEXT:
                    pairs.append((-share, number, card, episode))
    found: dict[str, Listed] = {}
    for _, _, card, episode in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[3].slug)):
        if card.digest not in found and episode.guid not in taken:
            taken.add(episode.guid)
            found[card.digest] = episode
    return found


def _differ_by_id(card: Card, episode: Listed) -> bool:
    pairs = ((card.post_id, episode.post_id), (card.address, episode.address))
    return any(one and other and one != other for one, other in pairs)


def _find_copies(
    fresh: Sequence[Card],
    known: KnownEpisodes,
    words: Callable[[Card], Sequence[str]],
    marks: Callable[[str], tuple[str, ...] | None],
) -> dict[str, Card | Listed]:
    """For each copy among *fresh* what it is a copy of: an episode, else the earliest of its like."""
    copies: dict[str, Card | Listed] = {}
    episodes, earlier = _ByTitle[Listed](), _ByTitle[Card]()
    for episode in known if fresh else ():
        made_of = marks(episode.guid) or make_marks(told_texts(known.episode(episode.guid)))
        episodes.add(episode, episode.title, made_of)
    for card in sorted(fresh, key=_by_date):
        found: Iterator[tuple[Listed | Card, Sequence[str]]] = chain(
            ((one, known.words(one.guid)) for one in episodes.find(card.title, card.marks)),
            ((one, words(one)) for one in earlier.find(card.title, card.marks)),
        )
        original = next((one for one, text in found if shared_runs(words(card), text) >= COPY), None)
        if original is None:
            earlier.add(card, card.title, card.marks)
        else:
            copies[card.digest] = original
    return copies


class _ByTitle(Generic[Kept]):
    """Things found again by a title that may be theirs, in the order they were added."""

    def __init__(self) -> None:
        self._things: dict[str, list[tuple[Kept, frozenset[str]]]] = defaultdict(list)

    def add(self, thing: Kept, title: str, marks: Iterable[str]) -> None:
        kept = thing, frozenset(marks)
        for core in _cores(title):
            self._things[core].append(kept)

    def find(self, title: str, marks: Iterable[str]) -> Iterator[Kept]:
        """Those whose title may be *title* and whose text has a mark in common; each once."""
        wanted = frozenset(marks)
        seen: set[int] = set()
        for core in _cores(title):
            for thing, theirs in self._things.get(core, ()):
                if id(thing) not in seen and not wanted.isdisjoint(theirs):
                    seen.add(id(thing))
                    yield thing


def _by_date(card: Card) -> tuple[bool, float]:
    """Dated before undated, early before late; among equals the archive's order stays."""
    return card.published is None, card.published.timestamp() if card.published else 0.0


def _cores(title: str) -> set[str]:
    """What *title* may be without names of sites and sections around it, each whole between separators.

    >>> sorted(_cores("BBC News: Ministers agree"))
    ['bbc news', 'bbc news ministers agree', 'ministers agree']
    """
    parts = _SEPARATOR.split(title)
    whole = len(plain_title(title).split())
    found = set()
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            core = plain_title(" ".join(parts[start:end]))
            size = len(core.split())
            if whole - size <= LONGEST_PREFIX and (size >= 2 or size == whole):
                found.add(core)
    return found
