"""ID3v2.4 of an episode: what it is, its picture, and its chapters with a table of contents."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
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


def make_tag(
    script: Script,
    *,
    artist: str,
    album: str,
    chapters: Sequence[Chapter],
    duration_ms: int,
    cover: bytes | None = None,
) -> bytes:
    """The tag that stands before the sound, chapters and picture included.

    Times of now are nowhere in it: the date is that of the post, none when the post has none.
    """
    tag = id3.ID3()
    texts = {"TIT2": script.title, "TALB": album, "TPE1": artist, "TLAN": iso639_2(script.language)}
    texts |= {"TCON": "Podcast", "TLEN": str(duration_ms)}
    if script.published:
        texts["TDRC"] = script.published.date().isoformat()
    for name, text in texts.items():
        tag.add(getattr(id3, name)(encoding=UTF8, text=[text]))
    if script.address:
        # WOAS is the frame made for it; players show the other one.
        tag.add(id3.WOAS(url=script.address))
        tag.add(id3.WXXX(encoding=UTF8, desc="Source", url=script.address))
    if cover:
        tag.add(id3.APIC(encoding=UTF8, mime="image/jpeg", type=FRONT_COVER, desc="Cover", data=cover))
    _add_chapters(tag, chapters, duration_ms)
    data = io.BytesIO()
    tag.save(data, v2_version=4, padding=lambda info: 0)
    return data.getvalue()


def _add_chapters(tag: Any, chapters: Sequence[Chapter], duration_ms: int) -> None:
    starts = [round(chapter.start * 1000) for chapter in chapters]
    names = [f"chp{number}" for number in range(len(chapters))]
    for name, chapter, start, end in zip(names, chapters, starts, [*starts[1:], duration_ms], strict=True):
        tag.add(
            id3.CHAP(
                element_id=name,
                start_time=start,
                end_time=end,
                start_offset=NO_OFFSET,
                end_offset=NO_OFFSET,
                sub_frames=[id3.TIT2(encoding=UTF8, text=[chapter.title])],
            )
        )
    if names:
        flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
        tag.add(id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))


def iso639_2(language: str) -> str:
    """The three-letter code ID3 wants for a BCP 47 *language*.

    >>> iso639_2("pt-BR"), iso639_2("haw"), iso639_2("")
    ('por', 'haw', 'XXX')
    """
    base = language.partition("-")[0].lower()
    return _codes().get(base, base if len(base) == 3 else UNKNOWN_LANGUAGE)


@cache
def _codes() -> dict[str, str]:
    table = (files("narrator.join") / "iso639.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
