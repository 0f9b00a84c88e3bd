"""Standard input → samples on standard output, with the espeak-ng library and nothing else."""

import ctypes
import sys

SYNCHRONOUS, UTF8 = 2, 1

library = ctypes.CDLL(sys.argv[1])
library.espeak_Initialize(SYNCHRONOUS, 0, sys.argv[2].encode(), 0)
write = sys.stdout.buffer.write


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
def hand_on(samples: int | None, count: int, events: int | None) -> int:
    """Pass each piece on as it is made."""
    if samples and count:
        write(ctypes.string_at(samples, count * 2))
    return 0


library.espeak_SetSynthCallback(hand_on)
library.espeak_SetVoiceByName(b"en-gb")
text = sys.stdin.buffer.read()
library.espeak_Synth(text, len(text) + 1, 0, 0, 0, UTF8, None, None)
