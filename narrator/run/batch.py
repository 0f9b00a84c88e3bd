"""Many posts become episodes: what is missing or changed is made, then feed and site follow.

Running it again is always right, whatever stopped it before: an episode appears whole or not at all, its
manifest alone says that it is there, and everything else is a cache. Only this process writes the show;
workers hand it finished folders.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from narrator import __version__
from narrator.config import Settings
from narrator.errors import NarratorError, ShowNotWritable
from narrator.files import write_text
from narrator.models import Article, Identity, Listed, listed
from narrator.models.json import to_builtins, to_json
from narrator.publish import publish_show
from narrator.publish.public import file_stamps
from narrator.run.cards import Card
from narrator.run.identity import new_identity
from narrator.run.known import is_whole
from narrator.run.local import Crew
from narrator.run.pipeline import commit_episode, warnings_of
from narrator.run.report import Row, Status, failure
from narrator.run.reposts import Decision
from narrator.run.session import Options, Session, Watcher
from narrator.run.survey import survey
from narrator.run.work import Made, MakeTask, make_post, make_post_away, weigh_post
from narrator.say import read_lexicon
from narrator.say.unusual import NameAudit
from narrator.shows import Show, episode_folder, locked_show, open_shelf
from narrator.speak import find_engine

PUBLISH_EVERY_S = 5.0
"""While episodes are made, feed and site follow them at least this far apart,"""
PUBLISH_SHARE = 30
"""and so seldom that they take no more than a thirtieth of the time."""

CLUSTER_REQUESTS = 4
"""Requests at a time that one worker of a cluster sends to a speech service."""


@dataclass(slots=True)
class Estimate:
    """What a batch would take, found without speaking."""

    posts: int = 0
    characters: int = 0
    """As an engine gets them."""
    requests: int = 0
    """As its engine takes them."""


def run_batch(
    sources: Sequence[str],
    folder: Path,
    settings: Settings,
    options: Options,
    *,
    now: datetime,
    crew: Crew,
    watcher: Watcher,
) -> Session:
    """Make every post of *sources* that is missing from the show or changed; what came of it all.

    Raises:
        ShowNotWritable: the disk takes no more. What was made by then is kept.
        PublishError: a manifest is damaged, or the feed would break a rule.
    """
    started = time.monotonic()
    with locked_show(folder, watcher.note):
        session = Session(folder, settings, options, now=now, crew=crew, watcher=watcher)
        maker = _Maker(session)
        finished = False
        try:
            maker.publish()  # what a killed run had made
            maker.make(survey(session, sources))
            finished = True
        finally:
            session.close(finished=finished)
            maker.publish()
            session.totals.wall_seconds = time.monotonic() - started
            if session.totals.counts["made"]:
                session.journal.write(session.totals.as_json())
    return session


def estimate_batch(
    sources: Sequence[str],
    folder: Path,
    settings: Settings,
    options: Options,
    *,
    now: datetime,
    crew: Crew,
    watcher: Watcher,
) -> tuple[Session, Estimate]:
    """What `run_batch` would make, and how much there is to speak; the show stays as it is."""
    with locked_show(folder, watcher.note):
        session = Session(folder, settings, options, now=now, crew=crew, watcher=watcher)
        found = Estimate()
        try:
            tasks = (task for _, task in _Planner(session).tasks(survey(session, sources)))
            for done in crew.run(weigh_post, tasks):
                if done.result is None:
                    session.end(failure(done.task.article.source, done.error, done.task.article.title))
                elif done.result != (0, 0):
                    found.posts += 1
                    found.characters += done.result[0]
                    found.requests += done.result[1]
        finally:
            session.close(finished=True)
    return session, found


def audit_batch(
    sources: Sequence[str],
    folder: Path,
    settings: Settings,
    options: Options,
    *,
    now: datetime,
    crew: Crew,
    watcher: Watcher,
) -> tuple[Session, dict[str, Counter[str]]]:
    """Names and acronyms an engine may say wrongly in what `run_batch` would make, counted by language."""
    with locked_show(folder, watcher.note):
        session = Session(folder, settings, options, now=now, crew=crew, watcher=watcher)
        audits: dict[str, NameAudit] = {}
        try:
            for decision in survey(session, sources):
                language = decision.card.language.partition("-")[0]
                if language not in audits:
                    audits[language] = NameAudit(language, read_lexicon(folder, language))
                for block in session.article(decision.card).blocks:
                    audits[language].read(block.text)
        finally:
            session.close(finished=True)
    return session, {language: audit.unusual() for language, audit in audits.items()}


class _Planner:
    """Settles who each episode is, one after the other, before any is made."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.slugs = {folder.name for folder in (session.folder / "episodes").glob("*")}
        self.guids = {known.guid for known in session.known} | {one.guid for one in session.removals}
        carried = (one.show_guid for one in session.known if one.show_guid)
        self.show_guid = session.settings.show_guid or next(carried, None)
        self.show_files = {} if session.crew.is_here else _files_of(session.settings, session.folder)
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


def _files_of(settings: Settings, folder: Path) -> dict[str, bytes]:
    """What the settings lead to in the show folder, for workers that do not have it."""
    names = (settings.intro_music, settings.outro_music, settings.sidebar_sound, settings.image)
    return {name: (folder / name).read_bytes() for name in names if name and (folder / name).is_file()}


def _unpacked(files: Mapping[str, bytes], work: Path) -> Path:
    """A folder with *files*, on the show's disk."""
    bench = work / secrets.token_hex(6)
    bench.mkdir(parents=True)
    for name, data in files.items():
        (bench / name).write_bytes(data)
    return bench


class _Maker:
    """Has the crew make episodes, moves them into the show, and publishes now and then."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.published_at = float("-inf")
        self.publish_took_s = 0.0

    def make(self, decisions: Sequence[Decision]) -> None:
        """Make what *decisions* say, and remember the rest."""
        session = self.session
        total = sum(one.copy_of is None for one in decisions)
        session.watcher.phase("making", total)
        session.totals.waiting += total
        in_hand: dict[str, Decision] = {}
        made: dict[str, str] = {}

        def tasks() -> Iterator[MakeTask]:
            for decision, task in _Planner(session).tasks(decisions):
                in_hand[task.identity.guid] = decision
                session.watcher.started(decision.card.title)
                yield task

        function = make_post if session.crew.is_here else make_post_away
        for done in session.crew.run(function, tasks()):
            card = in_hand.pop(done.task.identity.guid).card
            session.totals.waiting -= 1
            if done.result is None:
                session.end(failure(card.name, done.error, card.title))
                if isinstance(done.error, ShowNotWritable):
                    raise done.error
                continue
            self._take(card, done.task, done.result)
            made[card.digest] = done.result.episode.guid
            pause_s = max(PUBLISH_EVERY_S, PUBLISH_SHARE * self.publish_took_s)
            if time.monotonic() - self.published_at > pause_s:
                self.publish()
        self._remember_copies(decisions, made)

    def publish(self) -> None:
        """Write feed and site from the manifests, when there is anything to tell."""
        session = self.session
        mark = session.scratch / "published"
        told = mark.is_file() and mark.read_text() == self._state()
        if not len(session.known) or (told and not session.changed):
            return
        session.watcher.phase("publishing", None)
        started = time.monotonic()
        publish_show(open_shelf(session.folder, session.settings), only=session.changed)
        session.changed.clear()
        write_text(mark, self._state())
        self.published_at = time.monotonic()
        self.publish_took_s = self.published_at - started

    def _state(self) -> str:
        """Digest of what feed and index are made of, and of how the files stand that were made.

        A run that was killed may have left them behind, and anybody may have changed or deleted one.
        """
        session = self.session
        facts = [__version__, to_builtins(session.settings), file_stamps(session.folder, session.settings)]
        facts += sorted((one.slug, one.audio.path, one.script_key) for one in session.known)
        return hashlib.blake2b(to_json(facts), digest_size=16).hexdigest()

    def _take(self, card: Card, task: MakeTask, made: Made) -> None:
        """Move a finished episode into the show, and write down what it was made of."""
        session, episode = self.session, made.episode
        is_made = made.bench is not None or bool(made.files)
        if is_made:
            try:
                bench = made.bench or _unpacked(made.files, session.scratch / "work")
                commit_episode(bench, episode_folder(session.folder, episode.slug), episode)
            except OSError as error:
                raise ShowNotWritable(
                    f"writing failed ({error.strerror})",
                    where=str(session.folder),
                    hint="Make room, then run the same command again; what was finished is kept.",
                ) from error
            session.changed.add(episode.slug)
        if not len(session.known):
            session.watcher.note(
                f'This show is now read by the voice "{episode.voice}" ({episode.engine});'
                " change it in show.toml or with --voice."
            )
        known = listed(episode)
        session.known.add(known)
        session.taken.add(known.guid)
        session.forget_article(card)
        session.totals.characters += made.characters
        frame = session.tellers.of(card.language).frame
        lines = len(episode.lines)
        session.cards.put(
            replace(card, frame=frame, guid=known.guid, script_key=known.script_key, lines=lines)
        )
        status: Status = "made" if is_made else "unchanged"
        reason = ""
        if is_made and task.existing:
            reason = "made anew" if episode.updated == task.existing.updated else "corrected"
        warnings = tuple(warnings_of(episode))
        session.end(Row(card.name, status, reason, card.title, known, made.voiced, made.reused, warnings))

    def _remember_copies(self, decisions: Sequence[Decision], made: dict[str, str]) -> None:
        for decision in decisions:
            original = decision.copy_of
            if original is None:
                continue
            guid = original.guid if isinstance(original, Listed) else made.get(original.digest)
            if guid is not None:
                frame = self.session.tellers.of(decision.card.language).frame
                self.session.cards.put(replace(decision.card, frame=frame, copy_of=guid))
