"""Pieces of one line put together again, so that nobody hears where it was cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.errors import SpeechFailed
from narrator.speak.engine import Sound

SEAM_MARGIN_MS = 10
"""Of its own silence left to a piece on either side of a seam."""
_SEAM_MS = (
    # silence a reader leaves after a piece that ends like this
    (re.compile(r"[.!?…。！？।][\"'”’»)\]]*$"), 330),
    (re.compile(r"[;:；：—–]['\"”’»)\]]*$"), 200),
    (re.compile(r"[,，、،][\"'”’»)\]]*$"), 130),
    (re.compile(r""), 10),
)


def join_pieces(pieces: Sequence[str], sounds: Sequence[Sound]) -> Sound:
    """The sounds of a line's pieces as one, with the pause of a reader at each seam.

    Engines put silence around everything they say; left in, a seam in the middle of a sentence would be
    heard as a pause.

    Raises:
        SpeechFailed: the pieces have different rates.
    """
    from narrator.sound.pcm import silence, trim_silence

    if len(sounds) == 1:
        return sounds[0]
    rate_hz = sounds[0].rate_hz
    if any(sound.rate_hz != rate_hz for sound in sounds):
        raise SpeechFailed("the service changed its sample rate in the middle of a line", transient=True)
    parts = []
    for piece, sound in zip(pieces, sounds, strict=True):
        pcm, _ = trim_silence(sound.pcm, rate_hz, margin_ms=SEAM_MARGIN_MS)
        pause_ms = next(ms for pattern, ms in _SEAM_MS if pattern.search(piece))
        parts += [pcm, silence(pause_ms * rate_hz // 1000)]
    return Sound(b"".join(parts[:-1]), rate_hz)


def shift_pitch(sound: Sound, semitones: float) -> Sound:
    """*sound* higher and faster, or lower and slower, as a tape played at another speed.

    It tells roles apart where an engine has only one voice for a language. Words move along.
    """
    if not semitones or not sound.pcm:
        return sound
    from dataclasses import replace

    from narrator.sound.ffmpeg import resample

    factor = 2 ** (semitones / 12)
    pcm = resample(sound.pcm, round(sound.rate_hz * factor), sound.rate_hz)
    words = tuple(replace(word, start=round(word.start / factor)) for word in sound.words)
    return Sound(pcm, sound.rate_hz, words, sound.note)
