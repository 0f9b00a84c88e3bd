"""What the espeakng-loader wheel brings: the library's file, its data, its voices and variants."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from narrator.errors import EngineUnavailable, LanguageNotSpoken, SpeechFailed
from narrator.nearest import nearest


@cache
def installed() -> tuple[Path, Path]:
    """The library and its data folder.

    Raises:
        EngineUnavailable: they are not here.
    """
    try:
        import espeakng_loader
    except ImportError as error:
        raise EngineUnavailable("the espeakng-loader package is not installed") from error
    library, data = Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_data_path())
    if not (library.is_file() and (data / "phontab").is_file()):
        raise EngineUnavailable(f"espeak-ng is incomplete in {data.parent}")
    return library, data


@cache
def data_path() -> bytes:
    """The data folder under a name of fewer than 140 bytes: the library has room for 160."""
    path = os.fsencode(installed()[1])
    if len(path) < 140:
        return path
    folder = tempfile.mkdtemp(prefix="narrator-")
    link = Path(folder) / "data"
    link.symlink_to(installed()[1], target_is_directory=True)
    return os.fsencode(link)


@cache
def voice_files() -> dict[str, str]:
    """Language code in lower case → path of its voice, as the library names it ("gmw/en-US")."""
    data = installed()[1]
    dictionaries = {entry.name for entry in os.scandir(data)}
    ranked: list[tuple[int, str, str]] = []
    for folder, _, names in os.walk(data / "lang"):
        for name in names:
            said = _said(f"{folder}/{name}")
            languages = said.get("language", [])
            rules = said["dictionary"][0][0] if "dictionary" in said else languages[0][0]
            # The wheel lacks the reading rules of a few languages.
            if not dictionaries.isdisjoint({f"{rules}_dict", f"{rules.partition('-')[0]}_dict"}):
                path = f"{folder}/{name}"[len(f"{data}/lang/") :]
                ranked += [(_rank(more), path, code.casefold()) for code, *more in languages]
    return {code: path for _, path, code in sorted(ranked, reverse=True)}


def _said(path: str) -> dict[str, list[list[str]]]:
    """The lines of a voice file that give its languages and its reading rules, in words, by the first."""
    said: dict[str, list[list[str]]] = {}
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            first, *more = line.split() or ("",)
            if more and first in {"language", "dictionary"}:
                said.setdefault(first, []).append(more)
    return said


def _rank(words: list[str]) -> int:
    """How good a voice is for one of its languages, the best is lowest; 5 where its file does not say."""
    return int(words[0]) if words and words[0].isdigit() else 5


@cache
def _variants() -> frozenset[str]:
    return frozenset(path.name for path in (installed()[1] / "voices" / "!v").iterdir())


def voice_path(voice: str) -> bytes:
    """What to ask the library for: the voice's file and the variant.

    Raises:
        LanguageNotSpoken: no voice for that language.
        SpeechFailed: no variant of that name.
    """
    language, plus, variant = voice.partition("+")
    path = voice_files().get(language.casefold())
    if path is None:
        near = nearest(language.casefold(), voice_files(), n=4, cutoff=0.5)
        raise LanguageNotSpoken(f'espeak has no voice "{language}" (nearest: {", ".join(near) or "en-gb"})')
    if plus and variant not in _variants():
        near = nearest(variant, _variants(), n=4, cutoff=0.4)
        raise SpeechFailed(f'espeak has no variant "{variant}" (nearest: {", ".join(near) or "f2, m3"})')
    return os.fsencode(path + plus + variant)
