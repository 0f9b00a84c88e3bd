"""Script lines → clips: what was voiced before is found again, the rest is voiced now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from narrator.errors import EngineUnavailable, SpeechFailed
from narrator.models import Clip, Line, Script
from narrator.speak.clips import ClipStore
from narrator.speak.engine import ANY_LANGUAGE, Engine, Utterance, find_engine
from narrator.speak.patience import Patience
from narrator.speak.split import clean_line, is_speakable, shorten_words
from narrator.speak.voicing import Job, key_of, voice_jobs
from narrator.voices import Casting, Voice


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
    missing: dict[str, Job] = {}
    for job in filter(None, jobs):
        if job.key in found or job.key in missing:
            continue
        clip = store.find(job.key, job.line_id)
        if clip is None:
            missing[job.key] = job
        else:
            found[job.key] = clip
    total, done = len(jobs), len(jobs) - len(missing)
    report = on_line or (lambda done, total: None)
    report(done, total)
    at_once = workers or engine.at_once
    for clip in voice_jobs(
        [*missing.values()], engine, store, at_once=at_once, patience=patience or Patience()
    ):
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


def _plan(line: Line, casting: Casting, script: Script, voice: Voice, engine: Engine) -> Job | None:
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
    return Job(line.id, utterance, key_of(utterance, engine), note)


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()


def _in_order(script: Script, jobs: list[Job | None], found: dict[str, Clip]) -> Iterator[Clip]:
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
