"""`espeak`: espeak-ng from the espeakng-loader wheel, in this process; the voice that always works.

What was measured and is relied on here (docs/design/engines.md):

* The library keeps its state in globals. It is loaded anew for each line (1 ms) and its noise generator
  seeded, which gives every line the bytes of a fresh process, whatever was spoken before it.
* One copy of the library cannot run in two threads. Copies of the *file* are separate libraries to the
  loader, so each thread takes one of its own; synthesis leaves Python's lock, and all cores work.
* An unknown voice name leaves the previous voice in force and an unknown variant is passed over, so
  names are looked up in the data folder first.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterator
from functools import cache

from narrator.errors import EngineUnavailable, SpeechFailed
from narrator.machine import cores
from narrator.models import Word
from narrator.speak.engine import ANY_LANGUAGE, Sound, Utterance
from narrator.speak.engines._espeak_data import installed, voice_files, voice_path
from narrator.speak.engines._espeak_library import Event, Library, LibraryFailed, fresh_library
from narrator.speak.engines._espeak_tone import read_tone, toned_voice
from narrator.speak.patience import Patience
from narrator.voices import Casting

WORDS_PER_MINUTE = 146
"""espeak's count, at pace 1.0. In English it gives 185 words a minute within a sentence and about 170
with the pauses of a story; newsreaders speak at 160 to 180."""
PITCH = 50
PITCH_RANGE = 50
VOLUME = 72
"""Of 100, where some variants go over full scale in some languages; levels are set in the join."""
SEED = 1
SETTINGS_VERSION = "2"
"""Raised when the same casting is to sound otherwise."""
_WORD_EVENT = 1
_TOKEN = re.compile(r"\[\[.*?\]\]\S*|\S+")


class EspeakEngine:
    """Formant synthesis, some hundred languages, 900 times as fast as speech.

    Casting: `voice` is a language and maybe a variant ("en-gb+f2"; "mul+f2" takes the language of the
    text), `options` are ``pitch`` and ``range`` (0 to 100, 50 is espeak's own), ``gap_ms`` (more
    silence between words) and ``tone`` (what to add at up to five frequencies, in Hz and dB, such as
    "300:0 1600:-5").
    """

    name = "espeak"
    offline = True
    needs = 'Install it with "pip install espeakng-loader".'
    price_usd = 0.0
    limit_chars = 5_000

    def __init__(self) -> None:
        self.at_once = cores()

    def lacks(self, casting: Casting | None = None) -> str | None:
        """The wheel, on a machine for which there is none."""
        try:
            installed()
        except EngineUnavailable as error:
            return error.message
        return None

    def languages(self) -> Collection[str]:
        """Every language with a voice file in the wheel."""
        return voice_files().keys()

    def fingerprint(self, casting: Casting) -> str:
        """Version of the library and of the settings in this file."""
        if casting.voice.partition("+")[0] != ANY_LANGUAGE:
            voice_path(casting.voice)
        return f"{_version()}/{SETTINGS_VERSION}"

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """The utterance at 22,050 Hz, with the offset of every word."""
        casting = utterance.casting
        set_voice = _voice_setter(_own_voice(utterance), casting)
        text, phonemes = utterance.say, False
        if utterance.phonemes:
            text, phonemes = _as_phonemes(utterance.phonemes), True
        try:
            with fresh_library() as library:
                library.set_seed(SEED)
                set_voice(library)
                library.set_rate(round(WORDS_PER_MINUTE * casting.pace))
                library.set_pitch(_option(casting, "pitch", PITCH), _option(casting, "range", PITCH_RANGE))
                library.set_volume(VOLUME)
                library.set_word_gap(_option(casting, "gap_ms", 0))
                pcm, events = library.speak(text, phonemes=phonemes)
        except LibraryFailed as error:
            raise SpeechFailed(f"espeak-ng: {error}") from error
        return Sound(pcm, library.rate_hz, tuple(_words(utterance.say, text, events)))


def _option(casting: Casting, name: str, default: int) -> int:
    value = casting.options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SpeechFailed(f'voice "{casting.voice}": {name} must be a number, not {value!r}')
    return round(value)


def _voice_setter(voice: str, casting: Casting) -> Callable[[Library], None]:
    """What makes a library speak as *voice*, in the casting's tone when it has one."""
    tone = casting.options.get("tone")
    if tone is None:
        path = voice_path(voice)
        return lambda library: library.set_voice(path)
    try:
        file = toned_voice(voice, read_tone(str(tone)))
    except ValueError as error:
        raise SpeechFailed(f'voice "{casting.voice}": tone must be {error}, not {tone!r}') from error
    return lambda library: library.set_voice_file(file)


def _own_voice(utterance: Utterance) -> str:
    """The casting's voice; for a line in another language, the same variant in that one if there is one."""
    voice = utterance.casting.voice
    own, plus, variant = voice.partition("+")
    if not utterance.foreign and own != ANY_LANGUAGE:
        return voice
    language = utterance.language.casefold()
    known = voice_files()
    spoken = next((one for one in (language, language.partition("-")[0]) if one in known), own)
    return f"{spoken}{plus}{variant}"


def _as_phonemes(phonemes: str) -> str:
    """What the library takes for phonemes; a line may mix them with text: "A [[h@l'oU]] to all"."""
    return phonemes if "[[" in phonemes else f"[[{phonemes}]]"


def _words(say: str, text: str, events: list[Event]) -> Iterator[Word]:
    """The words of *say* with their offsets; a number that is read as several words counts once.

    Args:
        say: the line as text.
        text: what the library was given: the same, or with phonemes in place of some words.
        events: what the library said of it.
    """
    spans = [found.span() for found in _TOKEN.finditer(text)]
    ends = [end for _, end in spans]
    words = _TOKEN.findall(say)
    if len(words) != len(ends):
        return
    following = 0
    for event in events:
        if event.type != _WORD_EVENT:
            continue
        position = event.text_position - 1  # the library counts characters from one
        at = bisect(ends, position, following)
        if at < len(ends) and position >= spans[at][0]:
            yield Word(words[at], event.sample)
            following = at + 1


@cache
def _version() -> str:
    with fresh_library() as library:
        return library.version
