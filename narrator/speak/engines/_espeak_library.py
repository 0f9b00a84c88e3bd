"""espeak-ng's C interface, as far as it is used: one loaded copy, one voice, one line.

Constants and layouts are those of ``speak_lib.h`` of espeak-ng 1.52.
"""

from __future__ import annotations

import _ctypes
import contextlib
import ctypes
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from narrator.speak.engines._espeak_data import data_path, installed

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_BUFFER_MS = 1000
"""Of sound per call-back; the default of 60 ms spends a quarter more time in call-backs."""
_UTF8 = 1
_PHONEMES = 0x100
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_GAP_UNIT_MS = 10
_LAST_EVENT = 0


class LibraryFailed(Exception):
    """The library refused something; the message says what."""


class Event(NamedTuple):
    """Something that happens at a sample: a word starts (type 1), a sentence starts (2) …"""

    type: int
    text_position: int
    """Character it stands for, counted from 1."""
    length: int
    sample: int


class _CEvent(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CallBack = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_CEvent))

# Kinds of functions. A `ctypes.CDLL` would make a class of its own, and with it work for the garbage
# collector, each time the library is loaded: a fifth of the time that loading takes. Those that only set
# something keep Python's lock (`PYFUNCTYPE`): to get it back from another thread takes longer than they do.
_Plain = ctypes.CFUNCTYPE(ctypes.c_int)
_Initialize = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int)
_Info = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)
_SetSeed = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_long)
_SetVoice = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)
_SetParameter = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int)
_SetCallBack = ctypes.PYFUNCTYPE(None, _CallBack)
_Synth = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_char_p,
    ctypes.c_size_t,
    ctypes.c_uint,
    ctypes.c_int,
    ctypes.c_uint,
    ctypes.c_uint,
    ctypes.c_void_p,
    ctypes.c_void_p,
)


class Library:
    """A copy of the library with nothing said yet."""

    def __init__(self, path: str, data_path: bytes) -> None:
        """Load the library file *path*, which no other thread may have loaded.

        Raises:
            LibraryFailed: it cannot be loaded, or its data are not in *data_path*.
        """
        try:
            self._handle = _ctypes.dlopen(path, ctypes.DEFAULT_MODE)
        except OSError as error:
            raise LibraryFailed(f"cannot be loaded ({error})") from error
        self.rate_hz: int = self._function("espeak_Initialize", _Initialize)(
            _SYNCHRONOUS, _BUFFER_MS, data_path, _DONT_EXIT
        )
        if self.rate_hz <= 0:
            self._close()
            raise LibraryFailed(f"does not start with the data in {data_path.decode(errors='replace')}")
        self._set_parameter = self._function("espeak_SetParameter", _SetParameter)

    @property
    def version(self) -> str:
        """Such as "1.52.0"."""
        said: bytes = self._function("espeak_Info", _Info)(None)
        return said.decode().split()[0]

    def set_seed(self, seed: int) -> None:
        """Start the noise in breathy voices at *seed*; at start it is the time of day."""
        self._function("espeak_ng_SetRandSeed", _SetSeed)(seed)

    def set_voice(self, name: bytes) -> None:
        """Speak as *name*, a voice file with maybe a variant: b"gmw/en-US+f2".

        Raises:
            LibraryFailed: no such voice file.
        """
        if self._function("espeak_SetVoiceByName", _SetVoice)(name):
            raise LibraryFailed(f'no voice "{name.decode(errors="replace")}"')

    def set_voice_file(self, path: bytes) -> None:
        """Speak as the voice file at *path* says, all in one file, in fewer than 140 bytes.

        Raises:
            LibraryFailed: there is none.
        """
        if self._function("espeak_ng_SetVoiceByFile", _SetVoice)(path):
            raise LibraryFailed(f"no voice file {path.decode(errors='replace')}")

    def set_rate(self, words_per_minute: int) -> None:
        """80 to 450; what is outside is brought to the nearest."""
        self._set_parameter(_RATE, min(max(words_per_minute, 80), 450), 0)

    def set_pitch(self, pitch: int, pitch_range: int) -> None:
        """Height and liveliness, 0 to 100 each."""
        self._set_parameter(_PITCH, min(max(pitch, 0), 100), 0)
        self._set_parameter(_RANGE, min(max(pitch_range, 0), 100), 0)

    def set_volume(self, volume: int) -> None:
        """0 to 200; 100 is the library's own."""
        self._set_parameter(_VOLUME, min(max(volume, 0), 200), 0)

    def set_word_gap(self, gap_ms: int) -> None:
        """More silence between words, in steps of 10 ms."""
        self._set_parameter(_WORD_GAP, max(0, gap_ms) // _GAP_UNIT_MS, 0)

    def speak(self, text: str, *, phonemes: bool = False) -> tuple[bytes, list[Event]]:
        """The samples of *text* and what happens when.

        Args:
            text: without control characters; markup is read as it stands.
            phonemes: ``[[…]]`` in it are phonemes in espeak's notation.

        Raises:
            LibraryFailed: the text was not taken.
        """
        chunks: list[bytes] = []
        events: list[Event] = []

        def collect(wav: int | None, samples: int, happened: Any) -> int:
            if wav and samples > 0:
                chunks.append(ctypes.string_at(wav, samples * 2))
            at = 0
            while happened[at].type != _LAST_EVENT:
                one = happened[at]
                events.append(Event(one.type, one.text_position, one.length, one.sample))
                at += 1
            return 0

        call_back = _CallBack(collect)
        self._function("espeak_SetSynthCallback", _SetCallBack)(call_back)
        said = text.encode("utf-8", "replace") + b"\0"
        flags = _UTF8 | (_PHONEMES if phonemes else 0)
        synthesise = self._function("espeak_Synth", _Synth)
        status = synthesise(said, len(said), 0, 0, 0, flags, None, None)
        if status:
            raise LibraryFailed(f"the text was refused (status {status})")
        return b"".join(chunks), events

    def unload(self) -> None:
        """Forget everything: the next load starts as a fresh process does."""
        self._function("espeak_Terminate", _Plain)()
        self._close()

    def _function(self, name: str, kind: type[Any]) -> Any:
        """The library's function called *name*."""
        return kind(_ctypes.dlsym(self._handle, name))

    def _close(self) -> None:
        _ctypes.dlclose(self._handle)
        self._handle = 0


_copies: list[str] = []
_copies_lock = threading.Lock()
_copies_made = 0


@contextlib.contextmanager
def fresh_library() -> Iterator[Library]:
    """The library, loaded anew; its copy of the file is this thread's alone for the block."""
    path = _take_copy()
    try:
        library = Library(path, data_path())
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
    original = installed()[0]
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
            Library(path, data_path()).unload()  # fails where memory may not be executed
            return path
    folder = tempfile.TemporaryDirectory(prefix="narrator-")
    _folders.append(folder)
    made_at = Path(folder.name) / original.name
    made_at.write_bytes(original.read_bytes())
    return str(made_at)


_folders: list[tempfile.TemporaryDirectory[str]] = []
