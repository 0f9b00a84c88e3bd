"""What espeak-ng would say of a text, as phonemes: the ear of the spoken-form tests.

Run as a script it answers questions on standard input, one JSON line each. The tests ask it in a
process of its own, because the engine's tests unload the library and it may be loaded only once.
"""

from __future__ import annotations

import ctypes
import functools
import json
import re
import sys

import espeakng_loader

_PHONEMES_IPA = 0x02
_CHARS_UTF8 = 1
_SYNCHRONOUS = 2
_PHONEME_INPUT = 0x100
_SILENCE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(lambda *_: 0)


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("unused", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


@functools.cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    # A synthesis with this flag leaves the reading of [[phonemes]] on, as the engine has it.
    library.espeak_SetSynthCallback(_SILENCE)
    library.espeak_Synth(b"x", 2, 0, 1, 0, _CHARS_UTF8 | _PHONEME_INPUT, None, None)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)
    return library


def raw_phonemes(text: str, language: str = "en-gb") -> str:
    """IPA of *text*, clause by clause."""
    library = _library()
    voice = _Voice(languages=language.encode())
    if library.espeak_SetVoiceByProperties(ctypes.byref(voice)) != 0:
        raise LookupError(f"espeak-ng has no voice for {language}")
    left = ctypes.c_char_p(text.encode())
    parts = []
    while left.value is not None:
        part = library.espeak_TextToPhonemes(ctypes.byref(left), _CHARS_UTF8, _PHONEMES_IPA)
        parts.append((part or b"").decode("utf-8", "replace"))
    return " ".join(parts)


def heard(text: str, language: str = "en-gb") -> str:
    """The sounds alone: no stress, no length of pauses, no word spaces; a weak "and" is an "and"."""
    sounds = re.sub(r"[\sˈˌ.,;:!?_|\-‿]+", "", raw_phonemes(text, language))
    return sounds.replace("ɐnd", "and")


if __name__ == "__main__":
    for line in sys.stdin:
        question = json.loads(line)
        print(json.dumps(heard(question["text"], question["language"])), flush=True)
