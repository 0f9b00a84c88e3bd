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
from pathlib import Path

from narrator import __version__
from narrator.errors import ShowNotWritable
from narrator.files import write_text
from narrator.models import Listed, listed
from narrator.models.json import to_builtins, to_json
from narrator.publish import publish_show
from narrator.publish.public import file_stamps
from narrator.run.cards import Card
from narrator.run.finish import commit_episode, warnings_of
from narrator.run.plan import Planner
from narrator.run.report import Row, Status, failure
from narrator.run.reposts import Decision
from narrator.run.session import Session
from narrator.run.survey import survey
from narrator.run.work import Made, MakeTask, make_post, make_post_away, weigh_post
from narrator.say import read_lexicon
from narrator.say.unusual import NameAudit
from narrator.shows import episode_folder, open_shelf

PUBLISH_EVERY_S = 5.0
"""While episodes are made, feed and site follow them at least this far apart,"""
PUBLISH_SHARE = 30
"""and so seldom that they take no more than a thirtieth of the time."""


@dataclass(slots=True)
class Estimate:
    """What a batch would take, found without speaking."""

    posts: int = 0
    characters: int = 0
    """As an engine gets them."""
    requests: int = 0
    """As its engine takes them."""


def run_batch(session: Session, sources: Sequence[str]) -> None:
    """Make every post of *sources* that is missing from the show or changed; *session* tells what came of it.

    Raises:
        ShowNotWritable: the disk takes no more. What was made by then is kept.
        PublishError: a manifest is damaged, or the feed would break a rule.
    """
    started = time.monotonic()
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


def estimate_batch(session: Session, sources: Sequence[str]) -> Estimate:
    """What `run_batch` would make, and how much there is to speak; the show stays as it is."""
    found = Estimate()
    try:
        tasks = (task for _, task in Planner(session).tasks(survey(session, sources)))
        for done in session.crew.run(weigh_post, tasks):
            if done.result is None:
                session.end(failure(done.task.article.source, done.error, done.task.article.title))
            elif done.result != (0, 0):
                found.posts += 1
                found.characters += done.result[0]
                found.requests += done.result[1]
    finally:
        session.close(finished=True)
    return found


def audit_batch(session: Session, sources: Sequence[str]) -> dict[str, Counter[str]]:
    """Names and acronyms an engine may say wrongly in what `run_batch` would make, counted by language."""
    audits: dict[str, NameAudit] = {}
    try:
        for decision in survey(session, sources):
            language = decision.card.language.partition("-")[0]
            if language not in audits:
                audits[language] = NameAudit(language, read_lexicon(session.folder, language))
            for block in session.article(decision.card).blocks:
                audits[language].read(block.text)
    finally:
        session.close(finished=True)
    return {language: audit.unusual() for language, audit in audits.items()}


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
        self.published_at = time.monotonic()
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
            for decision, task in Planner(session).tasks(decisions):
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
