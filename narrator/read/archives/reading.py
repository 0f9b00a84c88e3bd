"""An entry of an archive → `Article`, by the readers that single posts go through."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from narrator.errors import NotAnArticle, ReadError, SourceTooLarge
from narrator.models import Article, Person, Picture
from narrator.read.archives.entry import Entry, Lacking
from narrator.read.draft import Draft
from narrator.read.moments import date_in_address


def read_entry(entry: Entry, *, now: datetime, max_size_bytes: int = 20_000_000) -> Article:
    """The post *entry* holds, every line of it accounted for.

    What the archive states (title, author, date, address, id) goes before what the text says; what
    neither states is taken from the index, then from a date in the file's name or the address.

    Args:
        entry: a post, not one to be skipped.
        now: the moment against which dates are believed.
        max_size_bytes: the largest post that is read.

    Raises:
        ReadError: it is broken in its archive, or could not be fetched.
        SourceTooLarge: it is larger than that.
        NotAnArticle: there is no article in it.
    """
    # The readers take half a second to import, which a run that finds nothing new can do without.
    from narrator.read.assemble import assemble

    entry = fetch_entry(entry, max_size_bytes=max_size_bytes)
    if entry.damage:
        raise ReadError(entry.damage, where=entry.name)
    if len(entry.body) > max_size_bytes:
        raise SourceTooLarge(
            f"is larger than {max_size_bytes / 1e6:g} MB",
            where=entry.name,
            hint="Raise the limit with --max-size.",
        )
    try:
        draft = _drafted(entry)
        _fill(draft, entry)
        article = assemble(draft, now=now)
    except NotAnArticle as error:
        error.where = entry.name
        raise
    return _complete(article, entry, now)


def fetch_entry(entry: Entry, *, max_size_bytes: int) -> Entry:
    """*entry* with its page in the place of its summary, when it is to be fetched.

    What fails is written into `Entry.damage`.
    """
    if not entry.fetch:
        return entry
    from narrator.read.archives.online import fetch_post

    return fetch_post(entry, max_size_bytes=max_size_bytes)


def _drafted(entry: Entry) -> Draft:
    from narrator.read.sources import Source, make_draft

    if entry.format == "fragment":
        body = entry.body if isinstance(entry.body, str) else entry.body.decode("utf-8", "replace")
        if not body.strip():
            raise NotAnArticle("the post is empty", where=entry.name)
        from narrator.read.archives.fragments import draft_fragment

        return draft_fragment(
            body, source=entry.source, title=entry.title, address=entry.address, language=None
        )
    data = entry.body if isinstance(entry.body, bytes) else entry.body.encode("utf-8", "replace")
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise NotAnArticle("it is empty", where=entry.name)
    return make_draft(Source(data, entry.source, entry.address, entry.charset))


def _fill(draft: Draft, entry: Entry) -> None:
    """Write what the archive states into *draft*."""
    draft.title = entry.title or draft.title
    draft.byline = list(entry.byline) or draft.byline
    draft.published = entry.published or draft.published
    draft.address = entry.address or draft.address
    draft.post_id = entry.post_id or draft.post_id
    draft.outlet = draft.outlet or entry.outlet
    lead = [one for one in entry.pictures if not _has(draft.pictures, one)]
    if lead:
        for item in draft.items:
            if item.picture is not None:
                item.picture += len(lead)
        draft.pictures[:0] = lead


def _has(pictures: list[Picture], picture: Picture) -> bool:
    """Whether *picture* is among *pictures*, be it in another size ("rain-300x200.jpg" of "rain.jpg")."""
    return any(_file(one.address) == _file(picture.address) for one in pictures)


def _file(address: str) -> str:
    name = address.partition("?")[0].rpartition("/")[2]
    return re.sub(r"-\d+x\d+(?=\.\w+$)", "", name)


def _complete(article: Article, entry: Entry, now: datetime) -> Article:
    lacking = entry.lacking or Lacking()
    if lacking.title and article.title_made_up:
        article = replace(article, title=lacking.title, title_made_up=False)
    if lacking.byline and not article.byline:
        names = (name.strip() for name in lacking.byline.split(","))
        article = replace(article, byline=tuple(Person(name) for name in names if name))
    if article.published is None:
        day = lacking.published or date_in_address(f"/{entry.name}") or date_in_address(article.address or "")
        if day and day <= now:
            article = replace(article, published=day)
    return article
