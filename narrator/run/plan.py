"""What is to be made of an archive's posts: who each episode is, and what a worker needs for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from narrator.errors import NarratorError
from narrator.models import Article, Identity, Listed
from narrator.run.identity import new_identity
from narrator.run.known import is_whole
from narrator.run.report import failure
from narrator.run.reposts import Decision
from narrator.run.session import Session
from narrator.run.show_files import show_file_digests, show_files
from narrator.run.work import MakeTask
from narrator.shows import Show
from narrator.speak import find_engine

CLUSTER_REQUESTS = 4
"""Requests at a time that one worker of a cluster sends to a speech service."""


class Planner:
    """Settles who each episode is, one after the other, before any is made."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.slugs = {folder.name for folder in (session.folder / "episodes").glob("*")}
        self.guids = {known.guid for known in session.known} | {one.guid for one in session.removals}
        carried = (one.show_guid for one in session.known if one.show_guid)
        self.show_guid = session.settings.show_guid or next(carried, None)
        files = () if session.crew.is_here else show_files(session.settings, session.folder).values()
        self.show_files = {str(path.relative_to(session.folder)): path.read_bytes() for path in files}
        self.file_digests = show_file_digests(session.settings, session.folder)
        self.feed_url = (
            Show(session.folder, session.settings, ()).feed_url if session.settings.base_url else None
        )

    def tasks(self, decisions: Sequence[Decision]) -> Iterator[tuple[Decision, MakeTask]]:
        """The tasks of *decisions*, each with its text only when it is asked for."""
        session = self.session
        for decision in decisions:
            if decision.copy_of is not None:
                continue
            card, article = decision.card, session.article(decision.card)
            try:
                teller = session.tellers.of(card.language)
            except NarratorError as error:
                session.end(failure(card.name, error, card.title))
                continue
            known = decision.episode
            if known:  # what an export of another kind does not tell is still true
                article = replace(
                    article,
                    address=article.address or known.address,
                    post_id=article.post_id or known.post_id,
                )
            yield (
                decision,
                MakeTask(
                    article=article,
                    identity=self._kept(known) if known else self._fresh(article),
                    existing=session.known.episode(known.guid) if known else None,
                    is_whole=known is not None and is_whole(session.folder, known),
                    settings=session.settings,
                    voice=teller.voice,
                    lexicon=teller.lexicon,
                    now=session.now,
                    scratch=session.scratch,
                    show_folder=session.folder if session.crew.is_here else None,
                    show_files=self.show_files,
                    file_digests=self.file_digests,
                    lines_at_once=self._lines_at_once(teller.voice.engine),
                ),
            )

    def _lines_at_once(self, engine: str) -> int | None:
        """One for engines that compute here; services share their limit over all processes of a machine."""
        if find_engine(engine).offline:
            return 1
        return None if self.session.crew.is_here else CLUSTER_REQUESTS

    def _kept(self, known: Listed) -> Identity:
        return Identity(
            guid=known.guid,
            slug=known.slug,
            added=known.added,
            show_guid=known.show_guid,
            show_title=self.session.settings.title,
            updated=known.updated,
        )

    def _fresh(self, article: Article) -> Identity:
        identity = new_identity(
            article,
            guids=self.guids,
            slugs=self.slugs,
            added=self.session.now,
            show_title=self.session.settings.title,
            show_guid=self.show_guid,
            feed_url=self.feed_url,
        )
        self.guids.add(identity.guid)
        self.slugs.add(identity.slug)
        self.show_guid = self.show_guid or identity.show_guid
        return identity
