"""Voices what is not in the store, several pieces at a time, and keeps each as soon as it is there.

A line over the engine's limit is voiced in pieces. Each piece is a clip of its own, so that whatever
stops a run, no answer of a service is asked for twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from narrator.errors import SpeakError, SpeechFailed
from narrator.models import Clip
from narrator.speak.clips import ClipStore, clip_key
from narrator.speak.engine import Engine, Sound, Utterance
from narrator.speak.patience import Patience
from narrator.speak.pieces import cut_utterance, join_pieces

MARGIN_MS = 20
"""Silence left before and after the words of every clip."""
SOUND_VERSION = "3"
"""Raised when what is done to a sound between engine and store changes."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to say, and where its clip is kept."""

    line_id: str
    utterance: Utterance
    key: str
    note: str = ""
    """What was done to the text before."""


def key_of(utterance: Utterance, engine: Engine) -> str:
    """Where the store keeps *utterance* as *engine* says it."""
    casting = utterance.casting
    return clip_key(
        SOUND_VERSION,
        engine.name,
        engine.fingerprint(casting),
        casting.voice,
        repr(casting.pace),
        msgspec.json.encode(casting.options, order="sorted").decode(),
        utterance.language,
        utterance.say,
        utterance.phonemes or "",
    )


def voice_jobs(
    jobs: Sequence[Job], engine: Engine, store: ClipStore, *, at_once: int, patience: Patience
) -> Iterator[Clip]:
    """The clip of each of *jobs*, which are not in the store, as it is ready; all are there then.

    When one fails, those under way are still finished and kept before the error is raised.
    """
    pieces = {job.key: _pieces_of(job, engine) for job in jobs}
    clips = {
        piece.key: None if piece.key in pieces else store.find(piece.key, piece.line_id)
        for parts in pieces.values()
        for piece in parts
    }
    missing = {piece.key: piece for parts in pieces.values() for piece in parts if not clips[piece.key]}
    users: dict[str, list[Job]] = {}
    for job in jobs:
        for key in {piece.key for piece in pieces[job.key]} & missing.keys():
            users.setdefault(key, []).append(job)

    def finished(job: Job) -> Iterator[Clip]:
        parts = pieces[job.key]
        found = [clip for piece in parts if (clip := clips[piece.key])]
        if len(found) == len(parts):
            yield found[0] if parts[0] is job else _join(job, parts, found, store)

    for job in jobs:
        yield from finished(job)
    for clip in _voice_all(missing.values(), engine, store, at_once, patience):
        clips[clip.key] = clip
        for job in users[clip.key]:
            yield from finished(job)


def _pieces_of(job: Job, engine: Engine) -> list[Job]:
    """What *job* is voiced as: itself, or pieces the engine takes."""
    pieces = cut_utterance(job.utterance, engine)
    if len(pieces) == 1:
        return [job]
    return [Job(job.line_id, piece, key_of(piece, engine)) for piece in pieces]


def _voice_all(
    jobs: Iterable[Job], engine: Engine, store: ClipStore, at_once: int, patience: Patience
) -> Iterator[Clip]:
    """Each job's clip as it is ready, longest first, so that no worker is left with it at the end."""
    waiting = sorted(jobs, key=lambda job: -len(job.utterance.say))
    if at_once <= 1 or len(waiting) <= 1:
        for job in waiting:
            yield _voice_one(job, engine, store, patience)
        return
    with ThreadPoolExecutor(min(at_once, len(waiting)), thread_name_prefix="speak") as pool:
        futures = [pool.submit(_voice_one, job, engine, store, patience) for job in waiting]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            patience.end()
            pool.shutdown(wait=True, cancel_futures=True)
            _hear_out(futures)
            raise


def _hear_out(futures: Iterable[Future[Clip]]) -> None:
    """Take note of the other lines' errors, of which the first was reported."""
    for future in futures:
        if not future.cancelled():
            with suppress(SpeakError):
                future.result()


def _voice_one(job: Job, engine: Engine, store: ClipStore, patience: Patience) -> Clip:
    try:
        sound = engine.speak(job.utterance, patience)
        if not any(sound.pcm):
            raise SpeechFailed("the engine answered with silence")
    except SpeakError as error:
        error.where = error.where or f'line {job.line_id} "{_beginning(job.utterance.say)}"'
        raise
    return _keep(sound, job, store)


def _join(job: Job, pieces: Sequence[Job], clips: Sequence[Clip], store: ClipStore) -> Clip:
    """The line whose pieces are in the store, as a clip of its own."""
    sounds = [Sound(store.read_pcm(clip.key), clip.rate_hz, clip.words, clip.note) for clip in clips]
    return _keep(join_pieces([piece.utterance.say for piece in pieces], sounds), job, store)


def _keep(sound: Sound, job: Job, store: ClipStore) -> Clip:
    """Trim and measure *sound*, and store it as the clip of *job*."""
    from narrator.sound.energy import measure
    from narrator.sound.pcm import trim_silence

    pcm, cut = trim_silence(sound.pcm, sound.rate_hz, margin_ms=MARGIN_MS)
    samples = len(pcm) // 2
    energies, peak = measure(pcm, sound.rate_hz)
    clip = Clip(
        line_id=job.line_id,
        key=job.key,
        samples=samples,
        rate_hz=sound.rate_hz,
        energies=energies,
        peak=peak,
        words=tuple(replace(word, start=min(max(0, word.start - cut), samples)) for word in sound.words),
        note="; ".join(filter(None, (job.note, sound.note))),
    )
    store.keep(clip, pcm)
    return clip


def _beginning(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
