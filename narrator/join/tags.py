"""ID3v2.4 of an episode: what it is, its picture, and its chapters with a table of contents."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import mutagen.id3

from narrator.models import Chapter, Script

id3: Any = mutagen.id3
"""Typed only in part, which strict checking does not accept."""
UTF8 = 3
NO_OFFSET = 0xFFFFFFFF
FRONT_COVER = 3
UNKNOWN_LANGUAGE = "XXX"
"""What ID3v2.4 says for a language without a code."""
HEADER_BYTES = 10


def make_tag(
    script: Script,
    *,
    artist: str,
    album: str,
    chapters: Sequence[Chapter],
    end_ms: int,
    cover: bytes | None = None,
) -> bytes:
    """The tag that stands before the sound, chapters and picture included.

    Times of now are nowhere in it: the date is that of the post, none when the post has none.

    Args:
        script: title, date, language and address.
        artist: who wrote it.
        album: the show.
        chapters: in order.
        end_ms: when the last chapter ends.
        cover: a JPEG.
    """
    frames = [*_texts(script, artist, album), *_chapters(chapters, end_ms)]
    if cover:
        frames.append(id3.APIC(encoding=UTF8, mime="image/jpeg", type=FRONT_COVER, desc="Cover", data=cover))
    # Frame by frame, because mutagen sorts a tag's frames by size, and ffprobe lists chapters as they stand.
    body = b"".join(map(_frame_bytes, frames))
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _texts(script: Script, artist: str, album: str) -> Iterator[Any]:
    texts = {"TIT2": script.title, "TPE1": artist, "TALB": album, "TCON": "Podcast"}
    texts["TLAN"] = iso639_2(script.language)
    if script.published:
        texts["TDRC"] = script.published.date().isoformat()
    for name, text in texts.items():
        yield getattr(id3, name)(encoding=UTF8, text=[" ".join(text.split())])
    if script.address:
        # WOAS is the frame made for it; players show the other one.
        yield id3.WOAS(url=script.address)
        yield id3.WXXX(encoding=UTF8, desc="Source", url=script.address)


def _chapters(chapters: Sequence[Chapter], end_ms: int) -> Iterator[Any]:
    names = [f"chp{number}" for number in range(len(chapters))]
    if names:
        flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
        yield id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])
    starts = [round(chapter.start * 1000) for chapter in chapters]
    for name, chapter, start, end in zip(names, chapters, starts, [*starts[1:], end_ms], strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=start,
            end_time=end,
            start_offset=NO_OFFSET,
            end_offset=NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=UTF8, text=[chapter.title])],
        )


def _frame_bytes(frame: Any) -> bytes:
    tag, data = id3.ID3(), io.BytesIO()
    tag.add(frame)
    tag.save(data, v2_version=4, padding=lambda info: 0)
    return data.getvalue()[HEADER_BYTES:]


def _synchsafe(size: int) -> bytes:
    """*size* in four bytes of seven bits, as ID3v2.4 writes sizes."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def iso639_2(language: str) -> str:
    """The three-letter code ID3 wants for a BCP 47 *language*.

    >>> iso639_2("pt-BR"), iso639_2("haw"), iso639_2("")
    ('por', 'haw', 'XXX')
    """
    base = language.partition("-")[0].lower()
    return _codes().get(base, base if len(base) == 3 else UNKNOWN_LANGUAGE)


@cache
def _codes() -> dict[str, str]:
    table = (Path(__file__).parent / "iso639.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
