"""Which voice reads: the one that was named, else the best there is for the language."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from narrator.errors import LanguageNotSpoken, NarratorError
from narrator.speak.engine import ANY_LANGUAGE, Engine, Remote, find_engine
from narrator.speak.lines import ready_engine
from narrator.voices import Casting, Voice, find_voices, load_voice, read_voice

FALLBACK = "espeak"
"""The engine that came with narrator and works anywhere."""

log = logging.getLogger(__name__)


def choose_voice(
    language: str,
    *,
    name: str | None = None,
    engine: str | None = None,
    show: Path | None = None,
    for_make: bool = False,
) -> Voice:
    """The voice that reads text in *language*.

    A named voice is taken as it is, whether it works here or not: a script can be written for it all the
    same, and `speak_script` says what is missing. With only an engine, the nearest of its voice files.
    With neither: an installed Piper voice for the language, else (for `make` only) Google's when it
    answers at once, else espeak.

    Args:
        language: BCP 47, such as "en" or "pt-BR".
        name: of a voice file, or a path to one.
        engine: overrides the voice's; another voice of the same language is taken then.
        show: the show folder, whose own ``voices/`` come first.
        for_make: text may be sent to a service on the network without being asked for.

    Raises:
        VoiceNotFound: no voice of that name.
        EngineNotFound: no engine of that name.
        EngineUnavailable: the engine lacks something on this machine.
        LanguageNotSpoken: no engine, or not this one, speaks the language.
    """
    if name is not None and not _is_plain_voice(name, engine, show):
        voice = read_voice(name, show)
        if engine is None or engine == voice.engine:
            return voice
        language = language if voice.language == ANY_LANGUAGE else voice.language
    if engine is not None:
        return voice_for(ready_engine(engine), language, show)
    return _choose_automatically(language, show, for_make)


def prepare_speaking(engine: str | None) -> None:
    """Load what speaking through *engine* needs, espeak when None: for a thread, while a script is made."""
    import_module("narrator.sound.pcm")
    find_engine(engine or FALLBACK).languages()


def _is_plain_voice(name: str, engine: str | None, show: Path | None) -> bool:
    """Whether *name* is what `voice_for` calls the voice of an engine without voice files."""
    return name == engine and all(path.stem != name for path in find_voices(show))


def _choose_automatically(language: str, show: Path | None, for_make: bool) -> Voice:
    for name in ("piper", "gtts") if for_make else ("piper",):
        try:
            engine = ready_engine(name)
            voice = voice_for(engine, language, show)
        except NarratorError:
            continue
        if isinstance(engine, Remote):
            if not engine.answers():
                log.info("%s does not answer: taking %s", name, FALLBACK)
                continue
            log.warning("The text is sent to Google to be spoken; --engine %s keeps it here.", FALLBACK)
        return voice
    return voice_for(ready_engine(FALLBACK), language, show)


def voice_for(engine: Engine, language: str, show: Path | None = None) -> Voice:
    """The voice file of *engine* nearest to *language*, else its plain voice, named like the engine.

    Raises:
        LanguageNotSpoken: the engine has no voice for the language.
    """
    if not speaks(engine, language):
        raise LanguageNotSpoken(
            f'engine {engine.name} does not speak "{language}"',
            hint='Run "narrator voices" for the languages of each.' if engine.languages() else engine.needs,
        )
    near = sorted(_ranked(engine, language, show), key=lambda one: one[0])
    if near:
        return near[0][1]
    return Voice(engine.name, language, {"anchor": (Casting(language.casefold()),)}, name=engine.name)


def speaks(engine: Engine, language: str) -> bool:
    """Whether *engine* has a voice for *language*, of whatever country."""
    spoken = engine.languages()
    wanted = language.casefold()
    base = wanted.partition("-")[0]
    return ANY_LANGUAGE in spoken or any(one == wanted or one.partition("-")[0] == base for one in spoken)


def _ranked(engine: Engine, language: str, show: Path | None) -> Iterator[tuple[tuple[int, int], Voice]]:
    """The engine's voice files that read *language* and lack nothing, with how far each is from it."""
    wanted = language.casefold()
    for order, path in enumerate(find_voices(show)):
        try:
            voice = load_voice(path)
        except NarratorError as error:
            log.warning("%s", error)
            continue
        has = voice.language.casefold()
        if voice.engine != engine.name or engine.lacks(voice.cast("anchor")):
            continue
        if has == wanted:
            yield (0, order), voice
        elif has == ANY_LANGUAGE:
            yield (3, order), voice
        elif has.partition("-")[0] == wanted.partition("-")[0]:
            yield (1 if has == wanted.partition("-")[0] else 2, order), voice
