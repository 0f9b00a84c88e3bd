"""Lines cut into pieces an engine takes, and put together so that nobody hears where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from narrator.errors import SpeechFailed
from narrator.models import Word
from narrator.speak.engine import Engine, Sound, Utterance
from narrator.speak.patience import Patience
from narrator.speak.split import split_for_engine

SEAM_MARGIN_MS = 10
"""Of its own silence left to a piece on either side of a seam."""
_SEAM_MS = (
    # silence a reader leaves after a piece that ends like this
    (r"[.!?…。！？।][\"'”’»)\]]*$", 330),
    (r"[;:；：—–]['\"”’»)\]]*$", 200),
    (r"[,，、،][\"'”’»)\]]*$", 130),
    (r"", 10),
)


def cut_utterance(utterance: Utterance, engine: Engine) -> list[Utterance]:
    """*utterance* in pieces the engine takes; itself when it takes it whole.

    A casting's option ``limit_chars`` makes the engine's limit smaller. A line with phonemes is not cut.
    """
    limit_chars = min(
        engine.limit_chars, int(utterance.casting.options.get("limit_chars", engine.limit_chars))
    )
    if utterance.phonemes or len(utterance.say) <= limit_chars:
        return [utterance]
    return [replace(utterance, say=piece) for piece in split_for_engine(utterance.say, limit_chars)]


def speak_whole(utterance: Utterance, engine: Engine, patience: Patience) -> Sound:
    """*utterance* of any length as one sound, its pieces one after the other.

    Raises:
        SpeakError: a piece could not be spoken.
    """
    pieces = cut_utterance(utterance, engine)
    sounds = [engine.speak(piece, patience) for piece in pieces]
    return join_pieces([piece.say for piece in pieces], sounds)


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
    parts: list[bytes] = []
    words: list[Word] = []
    length = 0
    for piece, sound in zip(pieces, sounds, strict=True):
        pcm, cut = trim_silence(sound.pcm, rate_hz, margin_ms=SEAM_MARGIN_MS)
        words += [replace(word, start=max(0, word.start - cut) + length) for word in sound.words]
        pause_ms = next(ms for pattern, ms in _SEAM_MS if re.search(pattern, piece))
        parts += [pcm, silence(pause_ms * rate_hz // 1000)]
        length += len(pcm) // 2 + pause_ms * rate_hz // 1000
    notes = "; ".join(filter(None, (sound.note for sound in sounds)))
    return Sound(b"".join(parts[:-1]), rate_hz, tuple(words), notes)


def shift_pitch(sound: Sound, semitones: float) -> Sound:
    """*sound* higher and faster, or lower and slower, as a tape played at another speed.

    It tells roles apart where an engine has only one voice for a language. Words move along.
    """
    if not semitones or not sound.pcm:
        return sound
    from narrator.sound.ffmpeg import resample

    factor = 2 ** (semitones / 12)
    pcm = resample(sound.pcm, round(sound.rate_hz * factor), sound.rate_hz)
    words = tuple(replace(word, start=round(word.start / factor)) for word in sound.words)
    return Sound(pcm, sound.rate_hz, words, sound.note)
