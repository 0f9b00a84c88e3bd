"""Which post is this: known again by its own id, never by its path; and what it is called in the show."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime

from narrator.guids import feed_guid, make_guid
from narrator.likeness import SAME_TEXT, plain_title, share_of_runs, told_texts, words_of
from narrator.models import Article, Episode, Identity, Script

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
        and share_of_runs(words, words_of(told_texts(episode))) >= SAME_TEXT
    ]
    return min(alike, key=lambda episode: (episode.source != post.source, episode.added), default=None)


def _both_have_ids(post: Post, episode: Episode) -> bool:
    return bool((post.post_id and episode.post_id) or (post.address and episode.address))


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
    guid = make_guid(key)
    while guid in guids:
        guid = make_guid(guid)
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
        return feed_guid(feed_url)
    return make_guid(f"{show_title}\x1f{first_guid}")


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
