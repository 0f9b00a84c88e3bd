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

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from narrator.errors import EngineUnavailable, LanguageNotSpoken, SpeechFailed
from narrator.models import Word
from narrator.speak.engine import ANY_LANGUAGE, Sound, Utterance, cores
from narrator.speak.engines._espeak_library import Event, Library, LibraryFailed
from narrator.speak.patience import Patience
from narrator.voices import Casting

WORDS_PER_MINUTE = 146
"""espeak's count, at pace 1.0. In English it gives 185 words a minute within a sentence and about 170
with the pauses of a story; newsreaders speak at 160 to 180."""
PITCH = 50
PITCH_RANGE = 50
VOLUME = 80
"""Of 100, where some variants go over full scale in some languages; levels are set in the join."""
SEED = 1
SETTINGS_VERSION = "1"
"""Raised when the same casting is to sound otherwise."""
_WORD_EVENT = 1
_TOKEN = re.compile(r"\[\[.*?\]\]\S*|\S+")


class EspeakEngine:
    """Formant synthesis, some hundred languages, 900 times as fast as speech.

    Casting: `voice` is a language and maybe a variant ("en-gb+f2"; "mul+f2" takes the language of the
    text), `options` are ``pitch`` and ``range`` (0 to 100, 50 is espeak's own) and ``gap_ms`` (more
    silence between words).
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
            _installed()
        except EngineUnavailable as error:
            return error.message
        return None

    def languages(self) -> Collection[str]:
        """Every language with a voice file in the wheel."""
        return _voice_files().keys()

    def fingerprint(self, casting: Casting) -> str:
        """Version of the library and of the settings in this file."""
        if casting.voice.partition("+")[0] != ANY_LANGUAGE:
            _voice_path(casting.voice)
        return f"{_version()}/{SETTINGS_VERSION}"

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """The utterance at 22,050 Hz, with the offset of every word."""
        casting = utterance.casting
        voice = _voice_path(_own_voice(utterance))
        text, phonemes = utterance.say, False
        if utterance.phonemes:
            text, phonemes = _as_phonemes(utterance.phonemes), True
        try:
            with _library() as library:
                library.set_seed(SEED)
                library.set_voice(voice)
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


def _own_voice(utterance: Utterance) -> str:
    """The casting's voice; for a line in another language, the same variant in that one if there is one."""
    voice = utterance.casting.voice
    own, plus, variant = voice.partition("+")
    if not utterance.foreign and own != ANY_LANGUAGE:
        return voice
    language = utterance.language.casefold()
    known = _voice_files()
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
    words = _TOKEN.findall(say)
    if len(words) != len(spans):
        return
    following = 0
    for event in events:
        if event.type != _WORD_EVENT:
            continue
        position = event.text_position - 1  # the library counts characters from one
        at = next((n for n in range(following, len(spans)) if position < spans[n][1]), len(spans))
        if at < len(spans) and position >= spans[at][0]:
            yield Word(words[at], event.sample)
            following = at + 1


@cache
def _installed() -> tuple[Path, Path]:
    """The library and its data folder.

    Raises:
        EngineUnavailable: they are not here.
    """
    try:
        import espeakng_loader
    except ImportError as error:
        raise EngineUnavailable("the espeakng-loader package is not installed") from error
    library, data = Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_data_path())
    if not (library.is_file() and (data / "phontab").is_file()):
        raise EngineUnavailable(f"espeak-ng is incomplete in {data.parent}")
    return library, data


@cache
def _data_path() -> bytes:
    """The data folder under a name of fewer than 140 bytes: the library has room for 160."""
    path = os.fsencode(_installed()[1])
    if len(path) < 140:
        return path
    folder = tempfile.mkdtemp(prefix="narrator-")
    link = Path(folder) / "data"
    link.symlink_to(_installed()[1], target_is_directory=True)
    return os.fsencode(link)


@cache
def _version() -> str:
    with _library() as library:
        return library.version


@cache
def _voice_files() -> dict[str, str]:
    """Language code in lower case → path of its voice, as the library names it ("gmw/en-US")."""
    folder = _installed()[1] / "lang"
    ranked: list[tuple[int, str, str]] = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                key, *values = line.split()[:3] or [""]
                if key == "language" and values:
                    rank = int(values[1]) if len(values) > 1 and values[1].isdigit() else 5
                    ranked.append((rank, name, values[0].casefold()))
    return {code: name for _, name, code in sorted(ranked, reverse=True)}


@cache
def _variants() -> frozenset[str]:
    return frozenset(path.name for path in (_installed()[1] / "voices" / "!v").iterdir())


def _voice_path(voice: str) -> bytes:
    """What to ask the library for: the voice's file and the variant.

    Raises:
        LanguageNotSpoken: no voice for that language.
        SpeechFailed: no variant of that name.
    """
    import difflib

    language, plus, variant = voice.partition("+")
    path = _voice_files().get(language.casefold())
    if path is None:
        near = difflib.get_close_matches(language.casefold(), _voice_files(), n=4, cutoff=0.5)
        raise LanguageNotSpoken(f'espeak has no voice "{language}" (nearest: {", ".join(near) or "en-gb"})')
    if plus and variant not in _variants():
        near = difflib.get_close_matches(variant, _variants(), n=4, cutoff=0.4)
        raise SpeechFailed(f'espeak has no variant "{variant}" (nearest: {", ".join(near) or "f2, m3"})')
    return os.fsencode(path + plus + variant)


_copies: list[str] = []
_copies_lock = threading.Lock()
_copies_made = 0


@contextlib.contextmanager
def _library() -> Iterator[Library]:
    """The library, loaded anew; its copy of the file is this thread's alone for the block."""
    path = _take_copy()
    try:
        library = Library(path, _data_path())
        try:
            yield library
        finally:
            library.unload()
    finally:
        with _copies_lock:
            _copies.append(path)


def _take_copy() -> str:
    """A file of the library that no other thread has loaded: the wheel's own, then copies in memory."""
    global _copies_made
    original = _installed()[0]
    with _copies_lock:
        if _copies:
            return _copies.pop()
        number, _copies_made = _copies_made, _copies_made + 1
    return str(original) if not number else _copy(original)


def _copy(original: Path) -> str:
    """The path of a copy of *original* that goes away with this process."""
    if hasattr(os, "memfd_create"):
        with contextlib.suppress(OSError, LibraryFailed):
            descriptor = os.memfd_create(original.name)
            with open(descriptor, "wb", closefd=False) as made:
                made.write(original.read_bytes())
            path = f"/proc/self/fd/{descriptor}"
            Library(path, _data_path()).unload()  # fails where memory may not be executed
            return path
    folder = tempfile.TemporaryDirectory(prefix="narrator-")
    _folders.append(folder)
    made_at = Path(folder.name) / original.name
    made_at.write_bytes(original.read_bytes())
    return str(made_at)


_folders: list[tempfile.TemporaryDirectory[str]] = []
