"""Voice files: which engine speaks, which of its voices reads which role, and how long it pauses.

A voice file is TOML. Every field is described where it is defined below; `voices/` holds those
that ship, a show's own ``voices/`` and the user's configuration folder may hold more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from narrator.errors import ConfigError, VoiceNotFound
from narrator.files import read_text
from narrator.models.json import from_builtins
from narrator.nearest import nearest
from narrator.toml import parse_toml

CastRole = Literal["anchor", "analyst", "caption", "quote", "cue"]


@dataclass(frozen=True, slots=True)
class Casting:
    """How one of an engine's voices is to be used."""

    voice: str
    """The engine's own name for it: "en-gb+f2" (espeak), "en" (gtts), "en_GB-alan-medium" (piper)."""
    pace: float = 1.0
    """Speed, 1.0 is the engine's natural one."""
    gain_db: float = 0.0
    """Louder or softer than the level every voice is brought to."""
    options: dict[str, str | int | float | bool] = field(default_factory=dict)
    """The engine's own settings: pitch and range (espeak), tld (gtts), speaker (piper) …"""

    def __post_init__(self) -> None:
        """Refuse what no engine can do.

        Raises:
            ValueError: pace or gain is out of range.
        """
        if not 0.2 <= self.pace <= 5.0:
            raise ValueError(f"pace must be from 0.2 to 5, not {self.pace}")
        if not -40.0 <= self.gain_db <= 40.0:
            raise ValueError(f"gain_db must be from -40 to 40, not {self.gain_db}")


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silences in milliseconds, by what stands before them."""

    start_ms: int = 300
    """Before the first line."""
    headline_ms: int = 900
    sentence_ms: int = 350
    paragraph_ms: int = 600
    heading_ms: int = 700
    """Before and after a crosshead."""
    caption_ms: int = 700
    """Before and after a caption with its cue."""
    sidebar_ms: int = 1000
    """Before the cue that opens a sidebar, or that leads back to the story."""
    cue_ms: int = 700
    """After a cue."""
    caption_cue_ms: int = 250
    """After the cue before a caption."""
    end_ms: int = 1200
    """After the last line."""

    def __post_init__(self) -> None:
        """Refuse silences nobody would sit through.

        Raises:
            ValueError: one is below 0 or over a minute.
        """
        for name in self.__dataclass_fields__:
            if not 0 <= getattr(self, name) <= 60_000:
                raise ValueError(f"{name} must be from 0 to 60000, not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice file, read."""

    engine: str
    language: str
    """BCP 47; a voice for "en" also reads "en-GB"."""
    roles: dict[CastRole, tuple[Casting, ...]]
    """Who reads what. A role with several castings takes another one for each speaker."""
    name: str = ""
    """The file's name without ``.toml``."""
    description: str = ""
    """One sentence for `narrator voices`."""
    pauses: Pauses = Pauses()
    show_as: str | None = None
    """How transcripts name the anchor; None is "Narrator" in the language of the show."""

    def cast(self, role: CastRole, speaker: str | None = None) -> Casting:
        """Who reads a line of *role*; the same *speaker* is always read by the same casting.

        A role the file does not name is read as: analyst and caption by the anchor's voice, cue and quote
        too.
        """
        castings = self._castings(role)
        return castings[0 if speaker is None else _preferred(speaker, len(castings))]

    def cast_all(self, parts: Iterable[tuple[CastRole, str | None]]) -> list[Casting]:
        """Who reads each of *parts*, the (role, speaker) of all lines of one script.

        As `cast`, but two speakers of a role that would share a casting are told apart while there are
        castings left. Which of the two takes another does not depend on who comes first, so that it is
        the same one in every script with both.
        """
        parts = list(parts)
        taken: dict[CastRole, dict[bytes, int]] = {}
        for role, speaker in sorted(set(parts), key=lambda part: (_digest(part[1]), part[1] or "")):
            size = len(self._castings(role))
            of_role = taken.setdefault(role, {})
            first = 0 if speaker is None else _preferred(speaker, size)
            free = ((first + step) % size for step in range(size))
            of_role.setdefault(
                _digest(speaker), next((at for at in free if at not in of_role.values()), first)
            )
        return [self._castings(role)[taken[role][_digest(speaker)]] for role, speaker in parts]

    def _castings(self, role: CastRole) -> tuple[Casting, ...]:
        return self.roles.get(role) or self.roles["anchor"]


def _digest(speaker: str | None) -> bytes:
    return hashlib.sha256(" ".join((speaker or "").casefold().split()).encode("utf-8", "replace")).digest()


def _preferred(speaker: str, castings: int) -> int:
    return int.from_bytes(_digest(speaker)[:4], "big") % castings


def shipped_voices() -> Path:
    """The folder of voice files that came with narrator: in the wheel, else in the checkout."""
    package = Path(__file__).parent
    inside = package / "voices"
    return inside if inside.is_dir() else package.parent / "voices"


def voice_folders(show: Path | None = None) -> tuple[Path, ...]:
    """Where voice files are looked for: the show's own, the user's, those that came along."""
    import platformdirs

    own = (show / "voices",) if show else ()
    return (*own, platformdirs.user_config_path("narrator") / "voices", shipped_voices())


def find_voices(show: Path | None = None) -> Iterator[Path]:
    """Every voice file in reach; one in an earlier folder hides its namesakes in later ones."""
    seen: set[str] = set()
    for folder in voice_folders(show):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            if path.stem not in seen:
                seen.add(path.stem)
                yield path


def read_voice(name: str, show: Path | None = None) -> Voice:
    """The voice file called *name*, or at the path *name*.

    Raises:
        VoiceNotFound: there is none; the message names the nearest ones.
        ConfigError: the file is not a voice file; the message says what is wrong in it.
    """
    if name.endswith(".toml") and ("/" in name or Path(name).is_file()):
        path = Path(name)
        if not path.is_file():
            raise VoiceNotFound(
                "no voice file", where=name, hint='Run "narrator voices" for those there are.'
            )
        return load_voice(path)
    paths = {path.stem: path for path in find_voices(show)}
    if name not in paths:
        near = nearest(name, paths, n=4, cutoff=0.4) or sorted(paths)[:6]
        raise VoiceNotFound(
            f'no voice named "{name}" (nearest: {", ".join(near)})',
            hint='Run "narrator voices".',
        )
    return load_voice(paths[name])


def load_voice(path: Path) -> Voice:
    """Read one voice file, as it is now: a run that goes on for days sees it edited.

    Raises:
        ConfigError: unreadable, not TOML, or a key or value that does not belong.
    """
    try:
        return _parse(path, read_text(path))
    except (OSError, ValueError) as error:
        raise ConfigError(f"voice file cannot be read: {error}", where=str(path)) from error


@cache
def _parse(path: Path, text: str) -> Voice:
    data = parse_toml(text)
    roles = data.get("roles")
    if isinstance(roles, dict):
        data["roles"] = {k: v if isinstance(v, list) else [v] for k, v in roles.items()}
    known = set(Voice.__dataclass_fields__)
    for key in data:
        if key not in known:
            near = nearest(key, known, n=1)
            meant = f', did you mean "{near[0]}"?' if near else ""
            raise ConfigError(f'unknown key "{key}"{meant}', where=str(path))
    try:
        voice = from_builtins({**data, "name": path.stem}, Voice)
    except ValueError as error:
        raise ConfigError(f"voice file is wrong: {error}", where=str(path)) from error
    if not voice.roles.get("anchor"):
        raise ConfigError('no [roles.anchor] with a "voice"', where=str(path))
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", voice.language):
        raise ConfigError(f'"{voice.language}" is not a language', where=str(path))
    return voice
