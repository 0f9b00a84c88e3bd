"""Which posts of an archive a run is about: by label, title, date, length, or one of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from narrator.models import Article
from narrator.read.archives import Entry
from narrator.run.cards import Card


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for; everything when nothing was."""

    since: datetime | None = None
    until: datetime | None = None
    """The first moment that is too late."""
    labels: frozenset[str] = frozenset()
    """In lower case; one of them is enough."""
    match: str | None = None
    """A regular expression, sought in title and name whatever the case."""
    min_words: int = 1
    names: frozenset[str] | None = None
    """Names of the only posts that count, for trying failed ones again."""

    def wants_entry(self, entry: Entry) -> bool:
        """Whether *entry* may be one of those asked for, as far as its archive tells."""
        if self.names is not None and entry.name not in self.names:
            return False
        if self.labels and not self.labels & {label.casefold() for label in entry.labels}:
            return False
        return entry.published is None or self._in_time(entry.published)

    def wants(self, card: Card) -> bool:
        """Whether a post that was read is one of those asked for; undated ones are in no time."""
        return self._wants(card.title, card.name, card.published)

    def wants_article(self, article: Article, name: str) -> bool:
        """`wants` for an article that was read under *name*."""
        return self._wants(article.title, name, article.published)

    def too_short(self, card: Card) -> str | None:
        """The reason to pass over a post that has too few words, else None."""
        if card.words >= self.min_words:
            return None
        return f"too short ({card.words} words; --min-words is {self.min_words})"

    def _wants(self, title: str, name: str, published: datetime | None) -> bool:
        if self.match and not re.search(self.match, f"{title}\n{name}", re.I):
            return False
        if self.since is None and self.until is None:
            return True
        return published is not None and self._in_time(published)

    def _in_time(self, when: datetime) -> bool:
        return (self.since is None or when >= self.since) and (self.until is None or when < self.until)


def choose_samples(cards: Sequence[Card], count: int) -> list[Card]:
    """Up to *count* posts that differ in what is in them: the commonest kind first, one of each, then more.

    Of each kind the one of middling length is taken.
    """
    kinds: dict[str, list[Card]] = {}
    for card in cards:
        kinds.setdefault(card.shape, []).append(card)
    often = Counter({shape: len(found) for shape, found in kinds.items()})
    queues = [sorted(kinds[shape], key=lambda one: one.words) for shape, _ in often.most_common()]
    chosen: list[Card] = []
    while len(chosen) < count and any(queues):
        for queue in queues:
            if queue and len(chosen) < count:
                chosen.append(queue.pop(len(queue) // 2))
    wanted = {card.digest for card in chosen}
    return [card for card in cards if card.digest in wanted]
