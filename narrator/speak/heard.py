"""Answers of speech services, decoded and held against the text they should speak."""

from __future__ import annotations

import re
import statistics
import threading

from narrator.speak.engine import Sound
from narrator.speak.patience import Trouble

SHORTEST_S_PER_CHARACTER = 0.04
"""25 characters a second: half as fast again as the quickest voice that was measured."""
DOUBTFUL = 0.65
"""A piece this much shorter than what its voice needs on average may have been cut off."""
ENOUGH_TO_COMPARE = 5
SAME_ANSWERS = 3
"""So many answers of the same length are believed: the text is quick to say."""


class Ear:
    """Knows how long a voice takes for its texts, and finds answers that were cut off.

    A well-formed answer whose sound stops half-way carries no other sign than its length.
    """

    def __init__(self) -> None:
        self._paces: list[float] = []
        self._doubts: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def hear(self, data: bytes, text: str, *, kind: str | None = None, pace: float = 1.0) -> Sound:
        """The sound in an answer.

        Args:
            data: the audio file.
            text: what it should speak.
            kind: its format, when it is known ("mp3").
            pace: how much faster than naturally it was to be spoken.

        Raises:
            Trouble: it is no sound, or too short for the text.
        """
        from narrator.sound.ffmpeg import decode
        from narrator.sound.mp3 import decode_mp3

        try:
            pcm, rate_hz = decode_mp3(data) if kind == "mp3" else decode(data, kind=kind)
        except ValueError as error:
            raise Trouble("failing", f"sends what is no sound ({error})") from error
        return self.judge(Sound(pcm, rate_hz), text, pace)

    def judge(self, sound: Sound, text: str, pace: float = 1.0) -> Sound:
        """*sound*, when it is long enough for *text*.

        Raises:
            Trouble: it is too short, or nothing is heard in it.
        """
        if not any(sound.pcm):
            raise Trouble("failing", "sends silence")
        seconds = len(sound.pcm) / 2 / sound.rate_hz * pace
        per_character_s = seconds / max(1, len(_sounding(text)))
        if per_character_s < SHORTEST_S_PER_CHARACTER:
            raise Trouble("failing", "sends less sound than text")
        with self._lock:
            usual_s = statistics.median(self._paces[-200:]) if len(self._paces) >= ENOUGH_TO_COMPARE else 0.0
            if per_character_s < DOUBTFUL * usual_s:
                doubts = self._doubts.setdefault(text, [])
                doubts.append(seconds)
                if doubts.count(seconds) < SAME_ANSWERS:
                    raise Trouble("failing", "sends sound that may have been cut off")
            self._doubts.pop(text, None)
            self._paces.append(per_character_s)
        return sound


def _sounding(text: str) -> str:
    """*text* with every run of marks as one character: they take the time of a pause at most."""
    return re.sub(r"[\W_]+", " ", text).strip()
