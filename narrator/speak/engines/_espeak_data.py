"""What the espeakng-loader wheel brings: the library's file, its data, its voices and variants."""

from __future__ import annotations

import difflib
import os
import tempfile
from functools import cache
from pathlib import Path

from narrator.errors import EngineUnavailable, LanguageNotSpoken, SpeechFailed


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
    ranked: list[tuple[int, str, str]] = []
    for path in sorted((data / "lang").rglob("*")):
        if path.is_file():
            said = [line.split() for line in path.read_text("utf-8", "replace").splitlines()]
            languages = [words[1:] for words in said if words[:1] == ["language"] and words[1:]]
            rules = [words[1] for words in said if words[:1] == ["dictionary"]] or [languages[0][0]]
            if _has_dictionary(data, rules[0]):
                name = path.relative_to(data / "lang").as_posix()
                ranked += [(_rank(more), name, code.casefold()) for code, *more in languages]
    return {code: name for _, name, code in sorted(ranked, reverse=True)}


def _rank(words: list[str]) -> int:
    """How good a voice is for one of its languages, the best is lowest; 5 where its file does not say."""
    return int(words[0]) if words and words[0].isdigit() else 5


def _has_dictionary(data: Path, rules: str) -> bool:
    """Whether the wheel has the reading rules of a voice; it lacks those of a few languages."""
    return any((data / f"{name}_dict").is_file() for name in (rules, rules.partition("-")[0]))


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
        near = difflib.get_close_matches(language.casefold(), voice_files(), n=4, cutoff=0.5)
        raise LanguageNotSpoken(f'espeak has no voice "{language}" (nearest: {", ".join(near) or "en-gb"})')
    if plus and variant not in _variants():
        near = difflib.get_close_matches(variant, _variants(), n=4, cutoff=0.4)
        raise SpeechFailed(f'espeak has no variant "{variant}" (nearest: {", ".join(near) or "f2, m3"})')
    return os.fsencode(path + plus + variant)
