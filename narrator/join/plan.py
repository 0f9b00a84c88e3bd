"""What is to be heard, and how loud: settled before the first sample is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from narrator.config import Settings
from narrator.errors import ConfigError, NotAcceptable
from narrator.join.encode import bitrates_for, encoder_gain_db, mp3_rate
from narrator.join.loudness import (
    LEVEL_LUFS,
    MONO_LU,
    MUSIC_LU,
    Energies,
    gated_loudness,
    level_voices,
    whole_loudness,
)
from narrator.join.music import Music, read_music
from narrator.join.timeline import MusicName, Placed, PlacedMusic, Timeline, lay_out
from narrator.models import Clip, Script
from narrator.voices import Voice


@dataclass(frozen=True, slots=True)
class Plan:
    """The timeline of an episode, its music, and the gain of every piece."""

    timeline: Timeline
    music: dict[MusicName, Music]
    gains: dict[str, float]
    """In dB, by piece."""
    bitrate_kbps: int
    target_lufs: float
    """Loudness as metered on the file."""

    @property
    def channels(self) -> int:
        """Stereo only when there is music."""
        return 2 if self.music else 1

    def metered(
        self, energies: Mapping[str, Sequence[float] | Energies], gains: dict[str, float] | None = None
    ) -> float:
        """Loudness of the file in LUFS when its pieces have these 100 ms energies.

        Args:
            energies: of one channel, by piece, before the encoder.
            gains: what the pieces are still to be made louder by, in dB.
        """
        both_lu = -MONO_LU if self.channels == 2 else 0.0
        return whole_loudness(self.timeline, energies, gains) + both_lu + encoder_gain_db(self.bitrate_kbps)

    def louder(self, gain_db: float) -> Plan:
        """The same with every piece louder by *gain_db*."""
        return replace(self, gains={piece_id: gain + gain_db for piece_id, gain in self.gains.items()})

    def energies(self, piece: Placed | PlacedMusic) -> Sequence[float]:
        """100 ms energies of *piece* before any gain."""
        return self.music[piece.name].energies if isinstance(piece, PlacedMusic) else piece.clip.energies


def plan_episode(
    script: Script, clips: Sequence[Clip], settings: Settings, voice: Voice, folder: Path | None = None
) -> Plan:
    """The plan for an episode of *clips*.

    Args:
        script: what is said.
        clips: a clip for each line.
        settings: bit rate, sample rate, loudness and music.
        voice: whose castings are brought to one level.
        folder: what the music's paths are relative to.

    Raises:
        NotAcceptable: the clips are not those of the script, or none has any sound.
        JoinError: the music cannot be had.
        ConfigError: MP3 has no such bit rate.
    """
    rate_hz = mp3_rate(settings.rate_hz or max((clip.rate_hz for clip in clips), default=0))
    if settings.bitrate_kbps not in bitrates_for(rate_hz):
        raise ConfigError(
            f"MP3 has no {settings.bitrate_kbps} kbit/s at {rate_hz} Hz",
            where="bitrate_kbps",
            hint=f"Choose from: {', '.join(map(str, bitrates_for(rate_hz)))}.",
        )
    music = read_music(settings, folder, rate_hz)
    timeline = lay_out(script, clips, rate_hz, {name: piece.samples for name, piece in music.items()})
    if not timeline.lines:
        raise NotAcceptable("no line has any sound", where=script.source)
    gains = level_voices(timeline.lines, voice)
    target = settings.loudness_lufs + (0.0 if music else MONO_LU)
    plan = Plan(timeline, music, gains, settings.bitrate_kbps, target)
    energies = {piece.id: plan.energies(piece) for piece in timeline.pieces}
    for piece in timeline.pieces:
        if isinstance(piece, PlacedMusic):
            gains[piece.id] = LEVEL_LUFS + MUSIC_LU - gated_loudness(energies[piece.id])
    return plan.louder(target - plan.metered(energies, gains))
