"""Which post is this: known again by its own id, never by its path; and what it is called in the show."""

from __future__ import annotations

import difflib
import re
import unicodedata
import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from narrator.models import Article, Episode, Identity, Script

GUID_SPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Name space of podcast:guid, see https://podcasting2.org/docs/podcast-namespace/tags/guid."""

SAME_TEXT = 0.5
"""Share of word shingles from which on two texts of one title are one post, corrected or not.
Corrections change sentences; another story under a standing title ("Morning briefing") shares less."""

SHINGLE_WORDS = 4
SLUG_CHARS = 60

Post = Article | Script


def find_episode(post: Post, episodes: Iterable[Episode], taken: Collection[str] = ()) -> Episode | None:
    """The episode *post* already has, if it has one.

    A post is known by its id or its address; where either side has neither, by the same title with a
    mostly equal text.

    Args:
        post: what was read now.
        episodes: those of the show.
        taken: guids that other sources of this run already are.
    """
    free = [episode for episode in episodes if episode.guid not in taken]
    for own, theirs in (("post_id", "post_id"), ("address", "address")):
        value = getattr(post, own)
        for episode in free if value else ():
            if getattr(episode, theirs) == value:
                return episode
    title = plain_title(post.title)
    words = words_of(block.text for block in post.blocks)
    alike = [
        episode
        for episode in free
        if plain_title(episode.title) == title
        and not _both_have_ids(post, episode)
        and share_of_shingles(words, words_of(told_texts(episode))) >= SAME_TEXT
    ]
    return min(alike, key=lambda episode: (episode.source != post.source, episode.added), default=None)


def _both_have_ids(post: Post, episode: Episode) -> bool:
    return bool((post.post_id and episode.post_id) or (post.address and episode.address))


def told_texts(episode: Episode) -> Iterable[str]:
    """The texts of an episode's lines without its cues and its headline."""
    return (line.text for line in episode.lines if line.kind not in ("cue", "headline"))


def plain_title(title: str) -> str:
    """*title* as it is compared: its words in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold()))


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of *texts* in order, lower case, as they are compared."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", " ".join(texts)).casefold())


def share_of_shingles(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two word lists share, 0 to 1: common runs of four words over all runs of both.

    >>> share_of_shingles("a b c d e".split(), "a b c d e".split())
    1.0
    """
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / (len(first | second) or 1)


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return {tuple(words[n : n + SHINGLE_WORDS]) for n in range(count)} - {()}


def words_changed(episode: Episode, script: Script) -> bool:
    """Whether *script* says other words than *episode* did; spelling and punctuation do not count."""
    before = words_of(told_texts(episode)) + words_of([episode.title])
    after = words_of(line.text for line in script.lines if line.kind not in ("cue", "headline"))
    after += words_of([script.title])
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if a2 - a1 != b2 - b1 or not all(map(_is_respelt, before[a1:a2], after[b1:b2])):
            return True
    return False


def _is_respelt(before: str, after: str) -> bool:
    """Two spellings of one word: no figures in them, and few letters apart."""
    if any(character.isdigit() for character in before + after):
        return False
    return difflib.SequenceMatcher(None, before, after).ratio() >= 0.75


def new_identity(
    post: Post,
    *,
    guids: Collection[str],
    slugs: Collection[str],
    added: datetime,
    show_title: str,
    show_guid: str | None,
    feed_url: str | None,
) -> Identity:
    """An identity for a post the show does not have yet; equal posts in equal shows get equal ones.

    Args:
        post: what was read.
        guids: those in use, folders of removed episodes included.
        slugs: folder names in use.
        added: when the episode is made.
        show_title: as set now.
        show_guid: the show's, once it has one.
        feed_url: public address of the feed; None while the show has none.
    """
    key = post.post_id or post.address or "\x1f".join((plain_title(post.title), " ".join(_body(post))))
    guid = str(uuid.uuid5(GUID_SPACE, key))
    while guid in guids:
        guid = str(uuid.uuid5(GUID_SPACE, guid))
    return Identity(
        guid=guid,
        slug=make_slug(post.title, guid, slugs),
        added=added,
        show_guid=show_guid or make_show_guid(feed_url, show_title, guid),
        show_title=show_title,
    )


def _body(post: Post) -> list[str]:
    return words_of(block.text for block in post.blocks)


def make_show_guid(feed_url: str | None, show_title: str, first_guid: str) -> str:
    """The show's podcast:guid: of its feed's address by the rule of the podcast name space.

    A show without an address yet gets one of its title and first episode. It is fixed from then on.
    """
    if feed_url:
        return str(uuid.uuid5(GUID_SPACE, feed_url.partition("://")[2].rstrip("/")))
    return str(uuid.uuid5(GUID_SPACE, f"{show_title}\x1f{first_guid}"))


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$")
"""File names Windows keeps for itself."""


_LETTERS = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae", "đ": "d"}
"""Latin letters that have no decomposition."""


def make_slug(title: str, guid: str, slugs: Collection[str]) -> str:
    """A folder name for *title*: ASCII letters, digits and hyphens, not in *slugs*.

    >>> make_slug("Écoles: 3 in 10 shut!", "8d2f9c4e-…", set())
    'ecoles-3-in-10-shut'
    """
    folded = "".join(_LETTERS.get(letter, letter) for letter in title)
    ascii_title = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_title.replace("'", "")).strip("-")
    if len(slug) > SLUG_CHARS:
        slug = slug[: SLUG_CHARS + 1].rpartition("-")[0] or slug[:SLUG_CHARS]
    if len(slug) < 3 or _RESERVED.match(slug):
        slug = f"post-{guid[:8]}"
    taken = {one.casefold() for one in slugs}
    number = 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
