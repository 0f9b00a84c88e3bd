"""What an engine is, and how engines are found.

An engine is a class registered under the entry-point group ``narrator.engines``; narrator's own are
registered the same way, but found without asking every installed package (30 ms). It is made without
arguments when it is first asked for, and only then are the libraries it needs imported.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

from narrator.errors import EngineNotFound, EngineUnavailable
from narrator.models import Word
from narrator.nearest import nearest
from narrator.speak.patience import Patience
from narrator.voices import Casting

GROUP = "narrator.engines"
OWN = {
    name: f"narrator.speak.engines.{name}:{name.capitalize()}Engine"
    for name in ("espeak", "gtts", "openai", "piper", "tone")
}
"""As registered in pyproject.toml. Another package cannot take their names."""
ANY_LANGUAGE = "mul"
"""ISO 639-2 for "several languages": a voice or an engine that reads whatever it is given."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line for an engine: what to say and in which of its voices."""

    say: str
    """The text in spoken form; at least one character of it can be spoken."""
    casting: Casting
    language: str
    """BCP 47 of the voice file, or of the line when it is in another language."""
    phonemes: str | None = None
    """In the engine's own notation; wins over `say` where the engine takes phonemes."""
    foreign: bool = False
    """The line is in another language than the voice file."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What an engine makes of an utterance: signed 16-bit little-endian mono samples."""

    pcm: bytes
    rate_hz: int
    words: tuple[Word, ...] = ()
    """When each word is heard, where the engine knows it."""
    note: str = ""
    """What a person should know was done to the line, such as a word cut short."""


@runtime_checkable
class Engine(Protocol):
    """Turns lines into sound. `speak` may be called from `at_once` threads at the same time."""

    name: str
    offline: bool
    """No text leaves this machine."""
    needs: str
    """What a person has to install or set to use it, a full sentence; "" when nothing."""
    price_usd: float
    """Per million characters; 0 when it costs nothing."""
    at_once: int
    """How many lines are worth speaking at the same time."""
    limit_chars: int
    """Longest text `speak` takes; longer lines are cut for it, and joined again."""

    def lacks(self, casting: Casting | None = None) -> str | None:
        """What is missing on this machine, for *casting* when one is given; None when it can speak."""
        ...

    def languages(self) -> Collection[str]:
        """BCP 47 codes in lower case; `ANY_LANGUAGE` alone when it reads whatever it is given."""
        ...

    def fingerprint(self, casting: Casting) -> str:
        """Version of all that shapes the sound besides the casting; part of every clip's key.

        Raises:
            SpeakError: the engine has no such voice, or lacks something on this machine.
        """
        ...

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """The utterance as sound: always whole, else an error.

        Args:
            utterance: what to say, in which voice.
            patience: how long this run bears with trouble; shared by all its lines.

        Raises:
            SpeakError: it could not be spoken.
        """
        ...


@runtime_checkable
class Remote(Engine, Protocol):
    """An engine that sends the text elsewhere, and can tell whether anybody is there."""

    def answers(self) -> bool:
        """Whether the service answers at once."""
        ...


def engine_names() -> list[str]:
    """Names of all registered engines, sorted; not all of them need to work here."""
    from importlib.metadata import entry_points

    return sorted({point.name for point in entry_points(group=GROUP)})


@cache
def find_engine(name: str) -> Engine:
    """The engine called *name*; the same object for the whole process.

    Raises:
        EngineNotFound: none of that name; the message names the nearest ones.
        EngineUnavailable: it is registered, but cannot be imported here.
    """
    try:
        kind = _load(name)
        engine = kind()
    except ImportError as error:
        raise EngineUnavailable(
            f"cannot be loaded ({error})", where=f"engine {name}", hint='Run "narrator voices".'
        ) from error
    if not isinstance(engine, Engine):
        raise EngineUnavailable("what is registered is not an engine", where=f"engine {name}")
    return engine


def _load(name: str) -> Any:
    """The class of the engine called *name*."""
    if name in OWN:
        module, _, kind = OWN[name].partition(":")
        return getattr(import_module(module), kind)
    from importlib.metadata import entry_points

    points = {point.name: point for point in entry_points(group=GROUP)}
    if name not in points:
        near = nearest(name, points, n=3, cutoff=0.4) or sorted(points)
        raise EngineNotFound(f'no engine named "{name}" (nearest: {", ".join(near)})')
    return points[name].load()
