"""Piper voices fetched from the project's catalogue: checked, resumed, and given a voice file.

The catalogue names every file with its size and MD5 digest. What was fetched before a connection broke
is kept beside the target and gone on with; a file is renamed into place when its digest fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from narrator.errors import SpeechFailed, VoiceNotFound
from narrator.files import write_text
from narrator.nearest import nearest

CATALOGUE = "https://huggingface.co/rhasspy/piper-voices/resolve/main/voices.json"
TIMEOUT_S = (10.0, 30.0)
TRIES = 4
CHUNK_BYTES = 1 << 14


@dataclass(frozen=True, slots=True)
class _File:
    size_bytes: int
    md5_digest: str


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    name_english: str = ""
    country_english: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice of the catalogue."""

    key: str
    """Its name: "en_GB-alan-medium"."""
    language: _Language
    files: dict[str, _File]
    """By path, relative to the catalogue."""
    quality: str = ""
    num_speakers: int = 1

    @property
    def size_bytes(self) -> int:
        """Of all that is fetched."""
        return sum(file.size_bytes for path, file in self.files.items() if _is_needed(path))

    @property
    def tag(self) -> str:
        """BCP 47: "en-GB"."""
        return self.language.code.replace("_", "-")


def read_catalogue(address: str = CATALOGUE) -> dict[str, Offer]:
    """The voices on offer, by name.

    Raises:
        SpeechFailed: the catalogue cannot be had, or is none.
    """
    import requests

    try:
        answer = requests.get(address, timeout=TIMEOUT_S)
        answer.raise_for_status()
        return msgspec.json.decode(answer.content, type=dict[str, Offer])
    except requests.RequestException as error:
        raise _not_fetched(address, error) from error
    except ValueError as error:
        raise SpeechFailed(f"is no catalogue of voices ({error})", where=address) from error


def install_voices(
    names: Sequence[str],
    *,
    models: Path,
    voices: Path,
    catalogue: str = CATALOGUE,
    on_bytes: Callable[[str, int, int], None] | None = None,
) -> Path:
    """Fetch the models called *names* and write a voice file that casts them.

    The first is the anchor, the others are the analysts; alone, it reads those lower and higher.

    Args:
        names: as in the catalogue.
        models: folder for the models.
        voices: folder for the voice file, which is named after the first.
        catalogue: address of the catalogue; the files lie beside it.
        on_bytes: told (file name, bytes so far, bytes in all).

    Returns:
        The voice file. One that is there already is left as it is.

    Raises:
        VoiceNotFound: a name is not in the catalogue; the message has the nearest.
        SpeechFailed: a file cannot be had, or is not what the catalogue says.
    """
    offers = read_catalogue(catalogue)
    chosen = [_pick(name, offers) for name in names]
    base = catalogue.partition("?")[0].rpartition("/")[0]
    for offer in chosen:
        for path, file in offer.files.items():
            if _is_needed(path):
                _fetch(f"{base}/{path}", models / path.rpartition("/")[2], file, on_bytes or _ignore)
    target = voices / f"{chosen[0].key}.toml"
    if not target.exists():
        write_text(target, _voice_file(chosen))
    return target


def _pick(name: str, offers: dict[str, Offer]) -> Offer:
    if name in offers:
        return offers[name]
    near = nearest(name, offers, n=5, cutoff=0.4)
    raise VoiceNotFound(
        f'no voice "{name}" in the catalogue (nearest: {", ".join(near) or "none"})',
        hint='Run "narrator voices catalogue" for all of them.',
    )


def _is_needed(path: str) -> bool:
    return path.endswith((".onnx", ".onnx.json"))


def _ignore(name: str, done: int, total: int) -> None:
    pass


def _fetch(address: str, target: Path, file: _File, on_bytes: Callable[[str, int, int], None]) -> None:
    """Bring one file to *target*, going on with what an earlier try left."""
    import requests

    if target.is_file() and target.stat().st_size == file.size_bytes and _md5(target) == file.md5_digest:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    for left in reversed(range(TRIES)):
        try:
            _fetch_rest(address, part, file, on_bytes)
            break
        except requests.RequestException as error:
            if not left or getattr(error.response, "status_code", 0) in (401, 403, 404, 410):
                raise _not_fetched(address, error) from error
    if part.stat().st_size != file.size_bytes or _md5(part) != file.md5_digest:
        part.unlink()
        raise SpeechFailed(
            "is not what the catalogue says (size or digest)", where=address, hint="Try again later."
        )
    part.replace(target)


def _fetch_rest(address: str, part: Path, file: _File, on_bytes: Callable[[str, int, int], None]) -> None:
    import requests

    have = part.stat().st_size if part.exists() else 0
    if have == file.size_bytes:
        return
    headers = {"Accept-Encoding": "identity"}
    if 0 < have < file.size_bytes:
        headers["Range"] = f"bytes={have}-"
    with requests.get(address, headers=headers, stream=True, timeout=TIMEOUT_S) as answer:
        answer.raise_for_status()
        goes_on = answer.status_code == 206
        have = have if goes_on else 0
        with open(part, "ab" if goes_on else "wb") as out:
            for chunk in answer.iter_content(CHUNK_BYTES):
                out.write(chunk)
                have += len(chunk)
                on_bytes(part.name.removesuffix(".part"), have, file.size_bytes)
                if have > file.size_bytes:
                    return


def _not_fetched(address: str, error: Any) -> SpeechFailed:
    status = getattr(error.response, "status_code", None)
    why = f"HTTP {status}" if status else "no connection"
    return SpeechFailed(
        f"cannot be fetched ({why})",
        where=address,
        hint="Run the same command again: what was fetched is kept.",
        transient=True,
    )


def _md5(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _voice_file(chosen: Sequence[Offer]) -> str:
    """TOML that casts the models: as different as they can be."""
    anchor = chosen[0]
    about = (
        f"{anchor.language.name_english or anchor.tag} ({anchor.language.country_english or anchor.quality})"
    )
    lines = [
        "# Written by narrator voices install; change it as you like.",
        'engine = "piper"',
        f'language = "{anchor.tag}"',
        f'description = "Piper, {about}, offline."',
        "",
        "[roles.anchor]",
        f'voice = "{anchor.key}"',
    ]
    analysts = [(offer.key, 0.0) for offer in chosen[1:]] or [(anchor.key, -2.5), (anchor.key, 2.5)]
    for role, (key, semitones) in [
        *(("[[roles.analyst]]", one) for one in analysts),
        ("[roles.caption]", (anchor.key, 1.0)),
    ]:
        lines += ["", role, f'voice = "{key}"']
        if semitones:
            lines.append(f"options = {{ semitones = {semitones} }}")
    return "\n".join(lines) + "\n"
