"""`tone`: a test engine whose sound is a function of the text alone.

Each character is 40 ms of a sine, the pitch is the casting's, so a test knows every offset to the
sample without a voice, a library or a network. Nothing of it is meant to be listened to.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection
from functools import cache

from narrator.models import Word
from narrator.speak.engine import ANY_LANGUAGE, Sound, Utterance
from narrator.speak.patience import Patience
from narrator.speak.split import find_words
from narrator.voices import Casting

RATE_HZ = 22_050
SAMPLES_PER_CHARACTER = 882
"""40 ms at pace 1.0."""
PITCH_HZ = 200
AMPLITUDE = 6_000


class ToneEngine:
    """A sine of ``options.pitch_hz``, `SAMPLES_PER_CHARACTER` long for each character of `say`."""

    name = "tone"
    offline = True
    needs = ""
    price_usd = 0.0
    at_once = 1
    limit_chars = 100_000

    def lacks(self, casting: Casting | None = None) -> str | None:
        """Nothing, ever."""
        return None

    def languages(self) -> Collection[str]:
        """Any."""
        return (ANY_LANGUAGE,)

    def fingerprint(self, casting: Casting) -> str:
        """The version of this file's arithmetic."""
        return "1"

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """A tone, and for each word the offset of its first character."""
        casting = utterance.casting
        step = round(SAMPLES_PER_CHARACTER / casting.pace)
        pitch_hz = int(casting.options.get("pitch_hz", PITCH_HZ))
        second = _one_second(pitch_hz)
        size = 2 * step * len(utterance.say)
        pcm = (second * (size // len(second) + 1))[:size]
        words = tuple(Word(word, at * step) for at, word in find_words(utterance.say))
        return Sound(pcm, RATE_HZ, words)


@cache
def _one_second(pitch_hz: int) -> bytes:
    """One second of the sine; a whole number of periods, so that seconds join without a click."""
    turn = 2 * math.pi * pitch_hz / RATE_HZ
    return array("h", (round(AMPLITUDE * math.sin(turn * n)) for n in range(RATE_HZ))).tobytes()
