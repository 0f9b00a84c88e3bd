"""Sound of a command: written to a WAV file, or played by whatever player the machine has."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.errors import ConfigError

if TYPE_CHECKING:
    from narrator.speak import Sound

PLAYERS = (
    ("paplay",),
    ("aplay", "--quiet"),
    ("afplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("play", "-q"),
)


def sound_out(sound: Sound, out: Path | None) -> Path | None:
    """Write *sound* to *out*, or play it when *out* is None; what comes back is the file written.

    Raises:
        ConfigError: the file cannot be written, or there is no player.
    """
    if out is None:
        _play(sound)
        return None
    try:
        _write_wav(sound, out)
    except OSError as error:
        raise ConfigError(f"cannot be written ({error.strerror})", where=str(out)) from error
    return out


def _write_wav(sound: Sound, path: Path) -> None:
    with open(path, "wb") as file, wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(sound.rate_hz)
        wav.writeframes(sound.pcm)


def _play(sound: Sound) -> None:
    hint = "Write it to a file with --out FILE.wav."
    player = next((one for one in PLAYERS if shutil.which(one[0])), None)
    if player is None:
        raise ConfigError("no program here can play sound", hint=hint)
    with tempfile.TemporaryDirectory(prefix="narrator-") as folder:
        path = Path(folder) / "say.wav"
        _write_wav(sound, path)
        done = subprocess.run(
            [*player, str(path)], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ConfigError(
            f"{player[0]} could not play it ({said[-1] if said else 'no reason given'})", hint=hint
        )
