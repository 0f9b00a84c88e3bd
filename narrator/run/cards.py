"""What a batch remembers of the posts it has read, so that running again costs next to nothing.

A cache beside the clips: `cards.jsonl` in the scratch folder, one line for each post as it was last
seen, the later line counting. Nothing is believed of it that a manifest does not bear out, and deleting
it costs time only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from pathlib import Path
from typing import IO

import msgspec

from narrator.likeness import word_runs, words_of
from narrator.models import Article
from narrator.models.json import from_json

MARKS = 6
"""Digests kept of a text; two texts that share nine tenths have one in common in all but a millionth."""


@dataclass(frozen=True, slots=True)
class Card:
    """A post as a batch has read it, without its text."""

    digest: str
    """Of the archive's entry: the same digest, the same post."""
    name: str
    title: str
    language: str
    words: int
    published: datetime | None = None
    labels: tuple[str, ...] = ()
    post_id: str | None = None
    address: str | None = None
    marks: tuple[str, ...] = ()
    """The smallest digests of the text's runs of words, to find copies by."""
    shape: str = ""
    """What kinds of things are in it, for choosing samples."""
    frame: str = ""
    """Digest of settings, voice and lexicon it was told with; "" while it was not."""
    guid: str | None = None
    """The episode it became."""
    script_key: str = ""
    """That episode's; the manifest must have the same."""
    lines: int = 0
    """How many lines that episode has."""
    copy_of: str | None = None
    """Guid of the episode of which it is a re-post."""


class CardFile:
    """The cards of one show, kept in a file as they come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._cards: dict[str, Card] = {}
        self._file: IO[bytes] | None = None
        self._read()

    def find(self, digest: str) -> Card | None:
        """The card of the post whose entry has this digest."""
        return self._cards.get(digest)

    def __iter__(self) -> Iterator[Card]:
        return iter(self._cards.values())

    def put(self, card: Card) -> None:
        """Keep *card*. A full disk loses it, which costs time later and nothing else."""
        self._cards[card.digest] = card
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self.path.open("ab", buffering=0)
            self._file.write(msgspec.json.encode(card) + b"\n")
        except OSError:
            self._file = None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read(self) -> None:
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError:
            return
        for line in lines:
            try:
                card = from_json(line, Card) if line else None
            except ValueError:
                continue  # cut off when a run was killed, or of another version
            if card is not None:
                self._cards[card.digest] = card
        if lines[-1] or len(lines) > 3 * len(self._cards) + 100:
            self._write_anew()

    def _write_anew(self) -> None:
        from narrator.files import write_bytes

        data = b"".join(msgspec.json.encode(card) + b"\n" for card in self._cards.values())
        try:
            write_bytes(self.path, data)
        except OSError:
            return


def make_marks(texts: Iterable[str]) -> tuple[str, ...]:
    """The smallest digests of the runs of words in *texts*; equal texts have equal ones."""
    return tuple(nsmallest(MARKS, map(_digest, set(word_runs(words_of(texts))))))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def make_card(article: Article, *, digest: str, name: str, labels: tuple[str, ...]) -> Card:
    """The card of an article that was read from the entry with this *digest*."""
    texts = [block.text for block in article.blocks]
    return Card(
        digest=digest,
        name=name,
        title=article.title,
        language=article.language,
        words=sum(map(count_words, texts)),
        published=article.published,
        labels=labels,
        post_id=article.post_id,
        address=article.address,
        marks=make_marks(texts),
        shape=_shape(article),
    )


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""


def count_words(text: str) -> int:
    """About how many words *text* has; two letters count as one where a script does not part its words.

    >>> count_words("Boats may enter."), count_words("船は入港できる。")
    (3, 4)
    """
    letters = len(_UNSPACED.findall(text))
    return letters // 2 + len(_UNSPACED.sub(" ", text).split()) if letters else len(text.split())


def _shape(article: Article) -> str:
    """The kinds of blocks and sidebars in it, its language, and what it lacks."""
    kinds = sorted({block.kind for block in article.blocks} - {"paragraph"})
    sidebars = sorted({f"sidebar {one.kind}" for one in article.sidebars})
    lacks = [name for name, value in (("date", article.published), ("byline", article.byline)) if not value]
    length = "short" if sum(len(block.text) for block in article.blocks) < 1500 else "long"
    parts = [article.language.partition("-")[0], length, *kinds, *sidebars, *(f"no {one}" for one in lacks)]
    return ", ".join(parts)
