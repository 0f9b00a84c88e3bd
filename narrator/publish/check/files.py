"""The files a feed names: there, public, and what they claim to be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from narrator.publish.check.finding import Finding, error, warning
from narrator.publish.namespaces import ITUNES, PODCAST
from narrator.publish.public import is_public

_MAKE = "Make the episode again."
_REBUILD = "Run narrator feed."


def check_files(folder: Path, channel: Any, base: str) -> Iterator[Finding]:
    """Faults of the files the feed in *channel* names, as they lie in *folder*."""
    seen_covers: set[str] = set()
    for path in channel.xpath("i:image/@href | item/i:image/@href", namespaces={"i": ITUNES}):
        if path not in seen_covers:
            seen_covers.add(path)
            yield from _cover(folder, path, base)
    for item in channel.findall("item"):
        for sound in item.findall("enclosure"):
            yield from _sound(folder, sound, base)
        for transcript in item.findall(f"{{{PODCAST}}}transcript"):
            yield from _transcript(folder, transcript.get("url", ""), base)
        for chapters in item.findall(f"{{{PODCAST}}}chapters"):
            yield from _chapters(folder, chapters.get("url", ""), base, item)
        _, wrong = _look_up(folder, item.findtext("link") or "", base)
        if wrong:
            yield wrong


def _look_up(folder: Path, address: str, base: str) -> tuple[str, Finding | None]:
    """The path of *address* in the show, and what is wrong with what is there, if anything is."""
    if not address.startswith(f"{base}/"):
        return "", error(address, f"leads away from {base}", _REBUILD)
    name = unquote(address.removeprefix(f"{base}/"))
    if not is_public(name):
        return name, error(name, "is named in the feed and not public", _REBUILD)
    if not (folder / name).is_file():
        again = _REBUILD if name.endswith(".html") or "/" not in name else _MAKE
        return name, error(name, "is named in the feed and absent", again)
    return name, None


def _sound(folder: Path, sound: Any, base: str) -> Iterator[Finding]:
    name, wrong = _look_up(folder, sound.get("url", ""), base)
    if wrong:
        yield wrong
        return
    path = folder / name
    size = path.stat().st_size
    if str(size) != sound.get("length"):
        yield error(name, f"has {size} bytes, the feed says {sound.get('length')}", _MAKE)
    with path.open("rb") as file:
        head = file.read(4)
    if not (head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] and head[1] & 0xE6 == 0xE2)):
        yield error(name, "is not an MP3", _MAKE)


def _cover(folder: Path, address: str, base: str) -> Iterator[Finding]:
    name, wrong = _look_up(folder, address, base)
    if wrong:
        yield wrong
        return
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(folder / name) as picture:
            (width, height), mode, kind = picture.size, picture.mode, picture.format
    except (OSError, UnidentifiedImageError):
        yield error(name, "is not a picture", "Set image in show.toml to a JPEG or PNG.")
        return
    suffix = {"JPEG": ".jpg", "PNG": ".png"}.get(kind or "")
    if suffix != Path(name).suffix:
        yield error(name, f"is {kind} inside", "Give it the right name.")
    if width != height or not 1400 <= width <= 3000:
        yield error(name, f"is {width}×{height}", "Apple takes squares of 1400 to 3000 pixels.")
    if mode not in {"RGB", "RGBA", "P"}:
        yield warning(name, f"has the colours {mode}", "Save it as RGB.")


def _transcript(folder: Path, address: str, base: str) -> Iterator[Finding]:
    name, wrong = _look_up(folder, address, base)
    if wrong:
        yield wrong
        return
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield error(name, "is not UTF-8", _MAKE)
        return
    if name.endswith(".vtt") and not re.match(r"\ufeff?WEBVTT(\s|$)", text):
        yield error(name, "does not begin with WEBVTT", _MAKE)
    elif name.endswith((".vtt", ".srt")) and "-->" not in text:
        yield error(name, "has no cues", _MAKE)
    elif name.endswith(".json") and not _segments(text):
        yield error(name, "has no segments", _MAKE)
    elif not text.strip():
        yield error(name, "is empty", _MAKE)


def _segments(text: str) -> bool:
    try:
        return bool(json.loads(text)["segments"])
    except (ValueError, KeyError, TypeError):
        return False


def _chapters(folder: Path, address: str, base: str, item: Any) -> Iterator[Finding]:
    name, wrong = _look_up(folder, address, base)
    if wrong:
        yield wrong
        return
    try:
        starts = [chapter["startTime"] for chapter in json.loads((folder / name).read_bytes())["chapters"]]
        rising = all(one < other for one, other in pairwise(starts))
        seconds = int(item.findtext(f"{{{ITUNES}}}duration") or 0)
    except (ValueError, KeyError, TypeError):
        yield error(name, "is not a chapters file", _MAKE)
        return
    if not starts or starts[0] != 0:
        yield error(name, "has no chapter at 0", _MAKE)
    if not rising:
        yield error(name, "has chapters out of order", _MAKE)
    if starts and seconds and starts[-1] > seconds:
        yield error(name, "has a chapter after the end of the audio", _MAKE)
