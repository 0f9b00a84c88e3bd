"""`join_clips`: one script and its clips become an episode's files.

Two encoders work on its halves while the cover is drawn and transcripts are written. What needs numpy,
pydub, Pillow or mutagen is imported when an episode is joined, because most runs of `narrator` join none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from math import log10
from pathlib import Path

from narrator.config import Settings
from narrator.join import transcript
from narrator.join.assemble import join_streams, name_by_content
from narrator.join.chapters import chapters_json, make_chapters
from narrator.join.encode import encoder_gain_db
from narrator.join.manifest import Sound, make_manifest
from narrator.join.spoken import narrator_name, spoken_lines
from narrator.join.timeline import Timeline
from narrator.models import Chapter, Clip, Episode, Identity, Script, SpokenLine
from narrator.voices import Voice

COVER = "cover.jpg"
HEAVY = tuple(f"narrator.join.{name}" for name in ("accept", "artwork", "encoding", "plan", "tags"))
"""Modules that import numpy, pydub, Pillow or mutagen."""


def prepare_joining() -> None:
    """Load what `join_clips` needs: for a thread of its own, while lines are voiced."""
    for name in HEAVY:
        import_module(name)


def join_clips(
    script: Script,
    clips: Sequence[Clip],
    *,
    read_pcm: Callable[[str], bytes],
    into: Path,
    identity: Identity,
    settings: Settings,
    voice: Voice,
    show_folder: Path | None = None,
) -> Episode:
    """The episode of *script*; its sound, transcripts, chapters and cover are in the folder *into*.

    ``episode.json`` and ``script.md`` are the caller's to write. Equal arguments give equal files,
    with the same versions of ffmpeg and Pillow.

    Args:
        script: what is said.
        clips: a clip for each line, in order.
        read_pcm: gives the samples of a clip for its key; called in two threads, mostly once for each line.
        into: an existing folder, to become ``episodes/SLUG``.
        identity: who the episode is.
        settings: bit rate, sample rate, loudness and music.
        voice: whose castings are levelled.
        show_folder: what paths in the settings are relative to.

    Raises:
        NotAcceptable: the episode fails a check; the message names the line where it can.
        JoinError: music or encoder failed.
        ConfigError: the bit rate is not one that MP3 has, or the show's picture is none.
        OSError: *into* cannot be written.
    """
    from narrator.join.accept import check_episode, check_gaps
    from narrator.join.artwork import episode_cover
    from narrator.join.encoding import Encoding
    from narrator.join.plan import plan_episode

    plan = plan_episode(script, clips, settings, voice, show_folder)
    timeline = plan.timeline
    check_gaps(timeline)
    lines = spoken_lines(timeline, voice.show_as or narrator_name(settings.language or script.language))
    chapters = make_chapters(timeline, script.title)
    with Encoding(plan, read_pcm, into) as encoding:
        _write_texts(into, script, lines, chapters)
        cover = episode_cover(script.title, identity.show_title, settings, show_folder)
        (into / COVER).write_bytes(cover)
        tag = _tag(script, settings, identity, chapters, timeline, cover)
        heard = encoding.finish()
    loudness = plan.metered(heard.energies)
    info = join_streams(encoding.streams, encoding.checksums, encoding.spans)
    check_episode(timeline, heard, info.samples, loudness, plan.target_lufs)
    sound = Sound(
        audio=name_by_content(tag, info, encoding.streams, into, identity.slug),
        duration_seconds=timeline.seconds(timeline.samples),
        loudness_lufs=loudness,
        peak_dbtp=20 * log10(max(heard.peak, 1e-5)) + encoder_gain_db(plan.bitrate_kbps),
        lines=lines,
        chapters=chapters,
    )
    return make_manifest(script, identity, voice, sound, COVER)


def _write_texts(
    into: Path, script: Script, lines: Sequence[SpokenLine], chapters: Sequence[Chapter]
) -> None:
    (into / "chapters.json").write_bytes(chapters_json(chapters, script.title))
    (into / "transcript.json").write_bytes(transcript.json(lines))
    for kind, text in (
        ("vtt", transcript.vtt(lines)),
        ("srt", transcript.srt(lines)),
        ("txt", transcript.plain(script.title, lines)),
    ):
        (into / f"transcript.{kind}").write_bytes(text.encode("utf-8", "replace"))


def _tag(
    script: Script,
    settings: Settings,
    identity: Identity,
    chapters: Sequence[Chapter],
    timeline: Timeline,
    cover: bytes,
) -> bytes:
    from narrator.join.tags import make_tag

    byline = ", ".join(person.name for person in script.byline)
    return make_tag(
        script,
        artist=byline or settings.author or script.outlet or identity.show_title,
        album=identity.show_title,
        chapters=chapters,
        end_ms=round(timeline.samples * 1000 / timeline.rate_hz),
        cover=cover,
    )
