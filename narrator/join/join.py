"""`join_clips`: one script and its clips become an episode's files.

The encoder works in a thread of its own while the cover is drawn and transcripts are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log10
from pathlib import Path

from narrator import __version__
from narrator.config import Settings
from narrator.errors import ConfigError, NotAcceptable
from narrator.join import transcript
from narrator.join.accept import check_episode, check_gaps
from narrator.join.chapters import chapters_json, make_chapters
from narrator.join.encode import bitrates_for, encode, encoder_gain_db, mp3_rate
from narrator.join.loudness import (
    LEVEL_LUFS,
    MONO_LU,
    MUSIC_LU,
    as_energies,
    gated_loudness,
    level_voices,
    whole_loudness,
)
from narrator.join.mix import Heard, mix
from narrator.join.mp3 import read_info
from narrator.join.music import Music, read_music
from narrator.join.spoken import narrator_name, spoken_lines
from narrator.join.timeline import MusicName, PlacedMusic, Timeline, lay_out
from narrator.models import Audio, Chapter, Clip, Episode, Identity, Script, SpokenLine
from narrator.sound.ffmpeg import ffmpeg_version
from narrator.voices import Voice

COVER_PX = 1400
MEDIA_TYPE = "audio/mpeg"
COPY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be heard, and how loud."""

    timeline: Timeline
    music: dict[MusicName, Music]
    gains: dict[str, float]
    target: float
    """Loudness as metered on the file."""

    @property
    def channels(self) -> int:
        return 2 if self.music else 1


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
        read_pcm: gives the samples of a clip for its key; called once for each line.
        into: an existing folder, to become ``episodes/SLUG``.
        identity: who the episode is.
        settings: bit rate, sample rate, loudness and music.
        voice: whose castings are levelled.
        show_folder: what paths in the settings are relative to.

    Raises:
        NotAcceptable: the episode fails a check; the message names the line where it can.
        JoinError: music or encoder failed.
        ConfigError: the bit rate is not one that MP3 has.
    """
    plan = _plan(script, clips, settings, voice, show_folder)
    timeline = plan.timeline
    lines = spoken_lines(timeline, voice.show_as or narrator_name(settings.language or script.language))
    chapters = make_chapters(timeline, script.title)
    sound, heard = into / ".sound", Heard()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode") as pool:
        pieces = mix(timeline, plan.gains, read_pcm, plan.music, heard)
        encoding = pool.submit(
            encode,
            pieces,
            sound,
            rate_hz=timeline.rate_hz,
            channels=plan.channels,
            bitrate_kbps=settings.bitrate_kbps,
        )
        cover = _write_side_files(into, script, lines, chapters, identity)
        encoding.result()
    softer_db = encoder_gain_db(settings.bitrate_kbps)
    loudness = _metered(whole_loudness(timeline, heard.energies), plan.channels) + softer_db
    _accept(plan, heard, sound, loudness)
    tag = _tag(script, settings, identity, chapters, timeline, cover)
    audio = _name_by_content(tag, sound, into, identity.slug)
    return _episode(
        script, identity, voice, timeline, lines, chapters, audio, loudness, _dbtp(heard.peak) + softer_db
    )


def _plan(
    script: Script, clips: Sequence[Clip], settings: Settings, voice: Voice, folder: Path | None
) -> _Plan:
    rate_hz = mp3_rate(settings.rate_hz or max((clip.rate_hz for clip in clips), default=0))
    if settings.bitrate_kbps not in bitrates_for(rate_hz):
        choices = ", ".join(map(str, bitrates_for(rate_hz)))
        raise ConfigError(
            f"MP3 has no {settings.bitrate_kbps} kbit/s at {rate_hz} Hz",
            where="bitrate_kbps",
            hint=f"Choose from: {choices}.",
        )
    music = read_music(settings, folder, rate_hz)
    timeline = lay_out(script, clips, rate_hz, {name: piece.samples for name, piece in music.items()})
    if not timeline.lines:
        raise NotAcceptable("no line has any sound", where=script.source)
    check_gaps(timeline)
    energies: dict[str, Sequence[float]] = {placed.id: placed.clip.energies for placed in timeline.lines}
    gains = level_voices(timeline.lines, voice)
    target = settings.loudness_lufs + (0.0 if music else MONO_LU)
    for piece in timeline.pieces:
        if isinstance(piece, PlacedMusic):
            energies[piece.id] = music[piece.name].energies
            gains[piece.id] = LEVEL_LUFS + MUSIC_LU - gated_loudness(as_energies(energies[piece.id]))
    before = _metered(whole_loudness(timeline, energies, gains), 2 if music else 1)
    gain_db = target - before - encoder_gain_db(settings.bitrate_kbps)
    return _Plan(timeline, music, {name: level + gain_db for name, level in gains.items()}, target)


def _metered(channel_lufs: float, channels: int) -> float:
    """Loudness of the file when each of its channels is that loud."""
    return channel_lufs - (MONO_LU if channels == 2 else 0.0)


def _dbtp(peak: float) -> float:
    return 20 * log10(max(peak, 1e-5))


def _write_side_files(
    into: Path, script: Script, lines: Sequence[SpokenLine], chapters: Sequence[Chapter], identity: Identity
) -> bytes:
    """Chapters, transcripts and cover; the cover is what comes back."""
    from narrator.cover import draw_cover

    cover = draw_cover(script.title, identity.show_title, COVER_PX)
    files = {
        "cover.jpg": cover,
        "chapters.json": chapters_json(chapters, script.title),
        "transcript.vtt": transcript.vtt(lines).encode("utf-8", "replace"),
        "transcript.srt": transcript.srt(lines).encode("utf-8", "replace"),
        "transcript.json": transcript.json(lines),
        "transcript.txt": transcript.plain(script.title, lines).encode("utf-8", "replace"),
    }
    for name, data in files.items():
        (into / name).write_bytes(data)
    return cover


def _accept(plan: _Plan, heard: Heard, sound: Path, loudness: float) -> None:
    with sound.open("rb") as file:
        head = file.read(2048)
    try:
        info = read_info(head)
    except ValueError as error:
        raise NotAcceptable(f"the encoder wrote no MP3 ({error})") from error
    check_episode(
        plan.timeline,
        heard,
        info,
        size_bytes=sound.stat().st_size,
        loudness_lufs=loudness,
        target=plan.target,
    )


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
        duration_ms=round(timeline.samples * 1000 / timeline.rate_hz),
        cover=cover,
    )


def _name_by_content(tag: bytes, sound: Path, into: Path, slug: str) -> Audio:
    """Put *tag* before *sound* under a name made of both, so that other bytes have another name."""
    digest = hashlib.sha256(tag)
    whole = into / ".audio"
    with sound.open("rb") as source, whole.open("wb") as target:
        target.write(tag)
        while block := source.read(COPY_BYTES):
            digest.update(block)
            target.write(block)
    sound.unlink()
    name = f"{slug}-{digest.hexdigest()[:8]}.mp3"
    whole.replace(into / name)
    size_bytes = (into / name).stat().st_size
    return Audio(f"episodes/{slug}/{name}", size_bytes, MEDIA_TYPE, digest.hexdigest())


def _episode(
    script: Script,
    identity: Identity,
    voice: Voice,
    timeline: Timeline,
    lines: tuple[SpokenLine, ...],
    chapters: tuple[Chapter, ...],
    audio: Audio,
    loudness: float,
    peak_dbtp: float,
) -> Episode:
    return Episode(
        guid=identity.guid,
        slug=identity.slug,
        title=script.title,
        source=script.source,
        added=identity.added,
        language=script.language,
        engine=voice.engine,
        voice=voice.name,
        duration_seconds=timeline.seconds(timeline.samples),
        loudness_lufs=round(loudness, 2),
        peak_dbtp=round(peak_dbtp, 2),
        audio=audio,
        published=script.published,
        updated=identity.updated,
        byline=script.byline,
        chapters=chapters,
        lines=lines,
        sidebars=script.sidebars,
        ledger=script.ledger,
        show_guid=identity.show_guid,
        address=script.address,
        outlet=script.outlet,
        post_id=script.post_id,
        pictures=script.pictures,
        omissions=script.omissions,
        warnings=script.warnings,
        cover=f"episodes/{identity.slug}/cover.jpg",
        made_with={"narrator": __version__, "ffmpeg": ffmpeg_version()},
    )
