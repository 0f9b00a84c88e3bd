"""What workers do: from an entry to an article, from an article to a finished episode's files.

Pure functions of their task, so that any process on any machine can do it: no show folder is read, and
nothing is written but the clip cache and a folder of the task's own.
"""

from __future__ import annotations

import errno
import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from narrator.config import Settings
from narrator.errors import ListOfArticles, NarratorError, NotAnArticle, ShowNotWritable
from narrator.models import Article, Episode, Identity
from narrator.read.archives import Entry, read_entry
from narrator.run.cards import Card, make_card
from narrator.run.finish import finish_episode, script_key
from narrator.run.identity import words_changed
from narrator.run.prepare import document_of
from narrator.run.telling import Telling
from narrator.say import Lexicon
from narrator.script import write_script
from narrator.speak import ClipStore, Patience, find_engine, speak_script
from narrator.voices import Voice

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
"""Errors of a disk that takes no more, which the next post would meet as well."""
_TAGS = re.compile(r"<[^<>]*>|&nbsp;|&#160;")


@dataclass(frozen=True, slots=True)
class ReadTask:
    """An entry to be read."""

    entry: Entry
    now: datetime
    max_size_bytes: int


@dataclass(frozen=True, slots=True)
class Read:
    """An entry that was read."""

    card: Card | None = None
    article: Article | None = None
    skip: str | None = None
    """Why it is no post after all."""


@dataclass(frozen=True, slots=True)
class MakeTask:
    """An article to be made an episode."""

    article: Article
    identity: Identity
    """A new one, or that of the episode it already is; `updated` is as it was."""
    existing: Episode | None
    is_whole: bool
    """Whether every file of the existing episode is there."""
    settings: Settings
    voice: Voice
    lexicon: Lexicon
    now: datetime
    scratch: Path
    """Where clips are kept and files made; on the show's disk when that is this machine's."""
    show_folder: Path | None
    """Where the paths in the settings lead; None when the work is done elsewhere."""
    show_files: Mapping[str, bytes] = field(default_factory=dict)
    """What they lead to, then."""
    file_digests: Mapping[str, str] = field(default_factory=dict)
    """Of what they lead to, from `show_file_digests`."""
    lines_at_once: int | None = 1
    """Lines spoken at the same time; None leaves it to the engine. Services are waited for, so a post
    asks them for several; the embedded voice has a worker for each core already."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an article."""

    episode: Episode
    bench: Path | None
    """The folder with its files, for the coordinator to move; None when nothing had to be made."""
    voiced: int = 0
    reused: int = 0
    characters: int = 0
    """What the engine was given, spaces included."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What is in that folder, when it was made on another machine."""


def read_post(task: ReadTask) -> Read:
    """The article of an entry, with its card.

    Raises:
        ReadError: it cannot be read as a post.
    """
    entry = task.entry
    try:
        article = read_entry(entry, now=task.now, max_size_bytes=task.max_size_bytes)
    except ListOfArticles:
        return Read(skip="listing page")
    except NotAnArticle:
        if entry.format == "fragment" and not entry.fetch and _is_wordless(entry.body):
            return Read(skip="no text, only pictures or video")
        raise
    return Read(make_card(article, digest=entry.digest, name=entry.name, labels=entry.labels), article)


def make_post(task: MakeTask) -> Made:
    """The files of an article's episode, in a folder of their own.

    Raises:
        NarratorError: a stage failed.
        ShowNotWritable: the disk takes no more.
    """
    bench = task.scratch / "work" / secrets.token_hex(6)
    try:
        telling, identity = _tell(task)
        if task.existing and _is_done(task, telling):
            return Made(task.existing, None, reused=len(task.existing.lines))
        store = ClipStore(task.scratch / "clips")
        clips = speak_script(
            telling.script,
            telling.voice,
            store,
            workers=task.lines_at_once,
            patience=Patience.for_batch(),
        )
        bench.mkdir(parents=True)
        episode = finish_episode(
            telling,
            clips,
            identity,
            script_file=lambda: document_of(telling, task.lexicon),
            settings=task.settings,
            store=store,
            bench=bench,
            show_folder=task.show_folder,
        )
    except BaseException as error:
        shutil.rmtree(bench, ignore_errors=True)
        if is_full(error):
            raise _no_room(task.scratch.parent, error) from error
        raise
    reused = sum(clip.reused for clip in clips)
    said = sum(len(line.say) for line in telling.script.lines)
    return Made(episode, bench, len(clips) - reused, reused, said)


def make_post_away(task: MakeTask) -> Made:
    """`make_post` on a machine without the show's disk: the files come back as bytes.

    Raises:
        NarratorError: a stage failed.
    """
    # Clips stay with the worker: a post that comes again, corrected, finds most of its lines there.
    clips = Path(tempfile.gettempdir()) / "narrator-worker"
    with tempfile.TemporaryDirectory(prefix="narrator-") as folder:
        show = Path(folder) / "show"
        for name, data in task.show_files.items():
            path = show / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        made = make_post(replace(task, scratch=clips, show_folder=show))
    if made.bench is None:
        return made
    files = {path.name: path.read_bytes() for path in sorted(made.bench.iterdir())}
    shutil.rmtree(made.bench)
    return replace(made, bench=None, files=files)


def weigh_post(task: MakeTask) -> tuple[int, int]:
    """Characters that would be spoken of an article, and in how many pieces its engine takes them.

    Both are 0 when its episode is as it should be.

    Raises:
        NarratorError: its script cannot be written.
    """
    telling, _ = _tell(task)
    if _is_done(task, telling):
        return 0, 0
    lengths = [len(line.say) for line in telling.script.lines]
    limit = find_engine(task.voice.engine).limit_chars
    return sum(lengths), sum(-(-length // limit) for length in lengths)


def _is_done(task: MakeTask, telling: Telling) -> bool:
    """Whether the episode is there as it would be made now."""
    if task.existing is None or not task.is_whole:
        return False
    return task.existing.script_key == script_key(telling, task.settings, task.file_digests)


def is_full(error: BaseException | None) -> bool:
    """Whether *error*, or what it was raised from, is a disk that takes no more."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__cause__
    return False


def _no_room(show: Path, error: BaseException) -> NarratorError:
    cause: BaseException = error
    while not isinstance(cause, OSError) and cause.__cause__ is not None:
        cause = cause.__cause__
    said = getattr(cause, "strerror", None) or str(cause)
    return ShowNotWritable(
        f"writing failed ({said})",
        where=str(show),
        hint="Make room, then run the same command again; what was finished is kept.",
    )


def _tell(task: MakeTask) -> tuple[Telling, Identity]:
    """The script as it is to be told now; a corrected text says so and is dated."""

    def told(updated: datetime | None) -> Telling:
        script = write_script(
            task.article,
            settings=task.settings,
            voice=task.voice,
            lexicon=task.lexicon,
            now=task.identity.added,
            updated=updated,
        )
        return Telling(script, task.voice)

    telling = told(task.identity.updated)
    if task.existing and words_changed(task.existing, telling.script):
        return told(task.now), replace(task.identity, updated=task.now)
    return telling, task.identity


def _is_wordless(body: bytes | str) -> bool:
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    return len(re.findall(r"\w{2,}", _TAGS.sub(" ", text))) < 8
