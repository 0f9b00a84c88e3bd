"""Script lines → clips: what was voiced before is found again, the rest is voiced now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from narrator.errors import EngineUnavailable, SpeakError, SpeechFailed
from narrator.models import Clip, Line, Script, Word
from narrator.speak.clips import ClipStore, clip_key
from narrator.speak.engine import ANY_LANGUAGE, Engine, Sound, Utterance, find_engine
from narrator.speak.patience import Patience
from narrator.speak.split import clean_line, is_speakable, shorten_words
from narrator.voices import Casting, Voice

MARGIN_MS = 20
"""Silence left before and after the words of every clip."""
SOUND_VERSION = "1"
"""Raised when what is done to a sound between engine and store changes."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A line that has something to say, and where its clip is kept."""

    line: Line
    utterance: Utterance
    key: str
    note: str


def speak_script(
    script: Script,
    voice: Voice,
    store: ClipStore,
    *,
    on_line: Callable[[int, int], None] | None = None,
    workers: int | None = None,
    patience: Patience | None = None,
) -> list[Clip]:
    """One clip for each line of *script*, in order.

    Lines are stored as soon as they are voiced, so that a run that fails half-way goes on from there.
    A line without a letter or digit is not sent to the engine; its clip has no samples.

    Args:
        script: what is to be said.
        voice: who says it; one engine and its castings for the whole script.
        store: where clips are found again and kept.
        on_line: told (lines done, lines in all) as they come.
        workers: lines voiced at the same time; what suits the engine when None. Worker processes
            of a batch say 1.
        patience: how long to bear with a service in trouble; that of `narrator make` when None.

    Raises:
        SpeakError: the engine cannot speak here, or a line failed; the message names the line.
    """
    engine = ready_engine(voice.engine, voice.cast("anchor"))
    castings = voice.cast_all((line.role, line.speaker) for line in script.lines)
    jobs = [
        _plan(line, casting, script, voice, engine)
        for line, casting in zip(script.lines, castings, strict=True)
    ]
    found: dict[str, Clip] = {}
    missing: dict[str, _Job] = {}
    for job in filter(None, jobs):
        if job.key in found or job.key in missing:
            continue
        clip = store.find(job.key, job.line.id)
        if clip is None:
            missing[job.key] = job
        else:
            found[job.key] = clip
    total, done = len(jobs), len(jobs) - len(missing)
    report = on_line or (lambda done, total: None)
    report(done, total)
    for clip in _voice(missing.values(), engine, store, workers or engine.at_once, patience or Patience()):
        found[clip.key] = clip
        done += 1
        report(done, total)
    if missing:
        store.shrink_sometimes()
    return list(_in_order(script, jobs, found))


def ready_engine(name: str, casting: Casting | None = None) -> Engine:
    """The engine called *name*, sure to work on this machine, for *casting* when one is given.

    Raises:
        EngineNotFound: none of that name.
        EngineUnavailable: it lacks something; the message says what, and how to get it.
    """
    engine = find_engine(name)
    lacks = engine.lacks(casting)
    if lacks:
        raise EngineUnavailable(lacks, where=f"engine {name}", hint=engine.needs)
    return engine


def _plan(line: Line, casting: Casting, script: Script, voice: Voice, engine: Engine) -> _Job | None:
    """What has to be voiced for *line*; None when there is nothing to say in it."""
    say, note = shorten_words(clean_line(line.say))
    if not is_speakable(say) and not line.phonemes:
        return None
    own = script.language if voice.language == ANY_LANGUAGE else voice.language
    foreign = line.language is not None and _base(line.language) != _base(own)
    utterance = Utterance(
        say=say,
        casting=casting,
        language=line.language if foreign and line.language else own,
        phonemes=clean_line(line.phonemes) if line.phonemes and not note else None,
        foreign=foreign,
    )
    return _Job(line, utterance, _key(utterance, engine), note)


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()


def _key(utterance: Utterance, engine: Engine) -> str:
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


def _voice(
    jobs: Iterable[_Job], engine: Engine, store: ClipStore, workers: int, patience: Patience
) -> Iterator[Clip]:
    """Each job's clip as it is ready, longest line first, so that no worker is left with it at the end.

    When a line fails, those under way are still finished and kept before the error is raised.
    """
    waiting = sorted(jobs, key=lambda job: -len(job.utterance.say))
    if workers <= 1 or len(waiting) <= 1:
        for job in waiting:
            yield _voice_one(job, engine, store, patience)
        return
    with ThreadPoolExecutor(min(workers, len(waiting)), thread_name_prefix="speak") as pool:
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


def _voice_one(job: _Job, engine: Engine, store: ClipStore, patience: Patience) -> Clip:
    from narrator.sound.energy import measure
    from narrator.sound.pcm import trim_silence

    try:
        sound = engine.speak(job.utterance, patience)
        if not any(sound.pcm):
            raise SpeechFailed("the engine answered with silence")
    except SpeakError as error:
        error.where = error.where or f'line {job.line.id} "{_beginning(job.utterance.say)}"'
        raise
    pcm, cut = trim_silence(sound.pcm, sound.rate_hz, margin_ms=MARGIN_MS)
    energies, peak = measure(pcm, sound.rate_hz)
    clip = Clip(
        line_id=job.line.id,
        key=job.key,
        samples=len(pcm) // 2,
        rate_hz=sound.rate_hz,
        energies=energies,
        peak=peak,
        words=tuple(_moved(sound, cut, len(pcm) // 2)),
        note="; ".join(filter(None, (job.note, sound.note))),
    )
    store.keep(clip, pcm)
    return clip


def _moved(sound: Sound, cut: int, samples: int) -> Iterator[Word]:
    """The words of *sound* after *cut* samples of silence were taken off its head."""
    for word in sound.words:
        yield replace(word, start=min(max(0, word.start - cut), samples))


def _beginning(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _in_order(script: Script, jobs: list[_Job | None], found: dict[str, Clip]) -> Iterator[Clip]:
    """A clip for each line; of lines that sound alike only the first was voiced now."""
    rate_hz = next((clip.rate_hz for clip in found.values()), 0)
    if not rate_hz:
        raise SpeechFailed("there is nothing to say in this script", where=script.source)
    seen: set[str] = set()
    for line, job in zip(script.lines, jobs, strict=True):
        if job is None:
            yield Clip(line_id=line.id, key="", samples=0, rate_hz=rate_hz)
            continue
        clip = found[job.key]
        yield replace(clip, line_id=line.id, reused=clip.reused or job.key in seen)
        seen.add(job.key)
