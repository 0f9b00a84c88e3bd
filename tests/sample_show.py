"""Shows for tests: manifests of invented posts, and real, small sound files beside them."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from narrator.config import Settings
from narrator.models import (
    Audio,
    Chapter,
    Episode,
    LedgerRow,
    Omission,
    Person,
    Picture,
    Sidebar,
    SpokenLine,
)
from narrator.models.json import to_json
from narrator.shows import Show
from narrator.sound.ffmpeg import ffmpeg_binary

SHOW_GUID = "55d3f8a7-5f2b-5b34-9a55-0d0c0b1c5a77"
LINE_SECONDS = 1.5

STORY: list[tuple[str, str, str | None, int | None, str]] = [
    # kind, role, block, sidebar, text
    ("headline", "anchor", None, None, "Harbour town rebuilds its sea wall"),
    ("paragraph", "anchor", "p1", None, "Work on the sea wall at Merrow Haven began on Monday."),
    ("paragraph", "anchor", "p1", None, 'The council calls it "the largest job in sixty years" & more.'),
    ("cue", "cue", None, None, "Caption."),
    ("caption", "caption", "c1", None, "Waves reached the old lighthouse twice last winter."),
    ("heading", "anchor", "h1", None, "What it costs"),
    ("paragraph", "anchor", "p2", None, "The wall will cost £12m, most of it from the region."),
    ("cue", "cue", None, 0, "Analysis, by Ida Quill, coast editor."),
    ("paragraph", "analyst", "a1", 0, "A wall buys time, and the town knows what it will do with it."),
    ("paragraph", "analyst", "a2", 0, "The marsh behind it matters more than the stone in front."),
    ("cue", "cue", None, None, "Back to the main story."),
    ("paragraph", "anchor", "p3", None, "Ferries keep running while the work lasts."),
    ("cue", "cue", None, None, "Read by synthetic voices."),
]


def one_line(text: str, **facts: Any) -> tuple[SpokenLine, ...]:
    """A story of one paragraph."""
    return (
        SpokenLine(
            id="p1",
            role="anchor",
            kind="paragraph",
            text=text,
            say=text,
            speaker="Narrator",
            start=0.3,
            end=2.0,
            block="p1",
            **facts,
        ),
    )


def build_episode(number: int = 0, **changes: Any) -> Episode:
    """The *number*-th invented episode; *changes* replace fields."""
    title = changes.pop("title", f"Harbour town rebuilds its sea wall, part {number + 1}")
    slug = changes.pop("slug", f"sea-wall-{number + 1}")
    sound = tone(len(STORY) * LINE_SECONDS)
    digest = hashlib.sha256(sound + slug.encode()).hexdigest()
    lines = [
        SpokenLine(
            id=f"{kind[0]}{place}",
            role=role,  # type: ignore[arg-type]
            kind=kind,  # type: ignore[arg-type]
            text=title if kind == "headline" else text,
            say=text,
            speaker="Ida Quill" if role == "analyst" else "Narrator",
            start=0.3 + place * LINE_SECONDS if place else 0.3,
            end=(place + 1) * LINE_SECONDS,
            block=block,
            sidebar=sidebar,
        )
        for place, (kind, role, block, sidebar, text) in enumerate(STORY)
    ]
    fields: dict[str, Any] = {
        "guid": f"tag:example.org,2020:{slug}",
        "slug": slug,
        "title": title,
        "source": f"https://blog.example.org/2020/{slug}.html",
        "address": f"https://blog.example.org/2020/{slug}.html",
        "added": datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=number),
        "published": datetime(2020, 1, 5, 8, 30, tzinfo=UTC) + timedelta(days=number),
        "language": "en-GB",
        "engine": "tone",
        "voice": "test",
        "duration_seconds": len(STORY) * LINE_SECONDS,
        "loudness_lufs": -19.0,
        "peak_dbtp": -3.0,
        "audio": Audio(
            path=f"episodes/{slug}/{slug}-{digest[:8]}.mp3",
            size_bytes=len(sound),
            type="audio/mpeg",
            sha256=digest,
        ),
        "byline": (Person("Rosa Tarn", "harbour reporter"),),
        "chapters": (
            Chapter(0.0, title),
            Chapter(0.3 + 5 * LINE_SECONDS, "What it costs"),
            Chapter(0.3 + 7 * LINE_SECONDS, "Analysis: Ida Quill"),
            Chapter(0.3 + 11 * LINE_SECONDS, "Ferries"),
        ),
        "lines": tuple(lines),
        "sidebars": (Sidebar("analysis", "Analysis", "Ida Quill", "coast editor"),),
        "ledger": (LedgerRow(1, "Home » News", "skipped", "navigation"),),
        "show_guid": SHOW_GUID,
        "pictures": (Picture("https://blog.example.org/p/wave.jpg", "A wave breaks", "c1"),),
        "omissions": (Omission("table", "Table: cost by section of the wall"),),
        "cover": f"episodes/{slug}/cover.jpg",
    }
    return Episode(**{**fields, **changes})


def build_show(
    folder: Path,
    count: int = 1,
    *,
    files: bool = True,
    episodes: list[Episode] | None = None,
    **settings: Any,
) -> Show:
    """A show of *count* invented episodes in *folder*, with the files the stages before publish make."""
    made = episodes if episodes is not None else [build_episode(number) for number in range(count)]
    for episode in made:
        write_episode(folder, episode, files=files)
    (folder / "cover.jpg").write_bytes(picture())
    made.sort(key=lambda one: (one.published or one.added, one.slug), reverse=True)
    said = {"title": "Merrow Haven Post", "image": "cover.jpg", "author": "Merrow Haven Press", **settings}
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items() if value is not None]
    (folder / "show.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Show(folder=folder, settings=Settings(**said), episodes=tuple(made))


def write_episode(folder: Path, episode: Episode, *, files: bool = True) -> None:
    """The manifest of *episode* and, with *files*, its sound, transcripts, chapters and picture."""
    place = folder / "episodes" / episode.slug
    place.mkdir(parents=True)
    (place / "episode.json").write_bytes(to_json(episode))
    if not files:
        return
    (folder / episode.audio.path).write_bytes(tone(len(STORY) * LINE_SECONDS))
    (place / "cover.jpg").write_bytes(picture())
    (place / "script.md").write_text("# a script\n")
    vtt, srt, segments, text = ["WEBVTT", ""], [], [], []
    for number, line in enumerate(episode.lines, 1):
        vtt += [f"{_stamp(line.start)} --> {_stamp(line.end)}", f"<v {line.speaker}>{line.text}", ""]
        srt += [
            str(number),
            f"{_stamp(line.start)} --> {_stamp(line.end)}".replace(".", ","),
            line.text[:32].strip(),
            "",
        ]
        segments.append(
            {"speaker": line.speaker, "startTime": line.start, "endTime": line.end, "body": line.text}
        )
        text.append(line.text)
    (place / "transcript.vtt").write_text("\n".join(vtt), encoding="utf-8")
    (place / "transcript.srt").write_text("\n".join(srt), encoding="utf-8")
    (place / "transcript.json").write_text(json.dumps({"version": "1.0.0", "segments": segments}))
    (place / "transcript.txt").write_text("\n\n".join(text) + "\n", encoding="utf-8")
    chapters = [{"startTime": one.start, "title": one.title} for one in episode.chapters]
    (place / "chapters.json").write_text(json.dumps({"version": "1.2.0", "chapters": chapters}))


def _stamp(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


@cache
def tone(seconds: float) -> bytes:
    """An MP3 of a quiet tone."""
    source = f"sine=frequency=220:sample_rate=22050:duration={seconds}"
    command = f"-nostdin -v error -f lavfi -i {source} -b:a 32k -f mp3 -fflags +bitexact -"
    return subprocess.run([ffmpeg_binary(), *command.split()], check=True, stdout=subprocess.PIPE).stdout


@cache
def picture() -> bytes:
    """A square JPEG of the smallest size directories take."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1400, 1400), (42, 92, 110)).save(out, "JPEG", quality=60)
    return out.getvalue()
