"""The manifest of an episode, from what was said and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from narrator import __version__
from narrator.join.encode import encoder_version
from narrator.models import Audio, Chapter, Episode, Identity, Script, SpokenLine
from narrator.voices import Voice


@dataclass(frozen=True, slots=True)
class Sound:
    """What the finished sound is."""

    audio: Audio
    duration_seconds: float
    loudness_lufs: float
    peak_dbtp: float
    lines: tuple[SpokenLine, ...]
    chapters: tuple[Chapter, ...]


def make_manifest(script: Script, identity: Identity, voice: Voice, sound: Sound, cover: str) -> Episode:
    """The episode of *script* as it was made.

    Args:
        script: what is said.
        identity: who the episode is.
        voice: who said it.
        sound: what came of it.
        cover: name of the picture in the episode's folder.
    """
    return Episode(
        guid=identity.guid,
        slug=identity.slug,
        title=script.title,
        source=script.source,
        added=identity.added,
        language=script.language,
        engine=voice.engine,
        voice=voice.name,
        duration_seconds=sound.duration_seconds,
        loudness_lufs=round(sound.loudness_lufs, 2),
        peak_dbtp=round(sound.peak_dbtp, 2),
        audio=sound.audio,
        published=script.published,
        updated=identity.updated,
        byline=script.byline,
        chapters=sound.chapters,
        lines=sound.lines,
        sidebars=script.sidebars,
        ledger=script.ledger,
        show_guid=identity.show_guid,
        address=script.address,
        outlet=script.outlet,
        post_id=script.post_id,
        pictures=script.pictures,
        omissions=script.omissions,
        warnings=script.warnings,
        cover=f"episodes/{identity.slug}/{cover}",
        made_with={"narrator": __version__, "encoder": encoder_version()},
    )
