"""The episode's samples, piece after piece: read, faded, levelled; one piece in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from narrator.errors import NotAcceptable
from narrator.join.music import Music
from narrator.join.timeline import MusicName, Placed, PlacedMusic, Timeline
from narrator.sound.energy import measure
from narrator.sound.ffmpeg import resample
from narrator.sound.limiter import Levelled, level
from narrator.sound.pcm import SAMPLE_BYTES, fade_edges, to_stereo

CEILING_DBTP = -1.5
"""Highest true peak given to the encoder. What comes out of an MP3 decoder has other peaks: LAME takes
0.45 dB off everything, and what it leaves out of the spectrum can raise single peaks again."""
SILENCE_CHUNK_S = 10


@dataclass(slots=True)
class Heard:
    """What the mixed samples turned out to be; whole when the mix has come to its end."""

    energies: dict[str, Sequence[float]] = field(default_factory=dict)
    """By piece, of one channel."""
    peak: float = 0.0
    """Highest true peak, full scale = 1.0."""
    edges: dict[str, float] = field(default_factory=dict)
    """By piece, the larger of its first and last sample: the step at a join with silence."""

    def add(self, piece_id: str, levelled: Levelled, energies: Sequence[float], channels: int) -> None:
        """Take note of a piece that was mixed."""
        self.energies[piece_id] = energies
        self.peak = max(self.peak, levelled.peak)
        ends = memoryview(levelled.pcm).cast("h")
        self.edges[piece_id] = max(map(abs, (*ends[:channels], *ends[-channels:])), default=0) / 32768


def mix(
    timeline: Timeline,
    gains: Mapping[str, float],
    read_pcm: Callable[[str], bytes],
    music: Mapping[MusicName, Music],
    heard: Heard,
) -> Iterator[bytes]:
    """The samples of the whole episode in pieces, interleaved stereo when there is music.

    Args:
        timeline: where the pieces stand.
        gains: in dB, by piece.
        read_pcm: gives a clip's samples for its key.
        music: by name; stereo samples at the episode's rate.
        heard: filled in on the way.

    Raises:
        NotAcceptable: a clip's samples are not as long as the clip says.
    """
    channels = 2 if music else 1
    at = 0
    for piece in timeline.pieces:
        yield from _silence(piece.start - at, timeline.rate_hz, channels)
        if isinstance(piece, PlacedMusic):
            pcm = music[piece.name].pcm
        else:
            pcm = _clip_pcm(piece, timeline.rate_hz, read_pcm)
            pcm = to_stereo(pcm, timeline.rate_hz) if channels == 2 else pcm
        gain_db = gains.get(piece.id, 0.0)
        levelled = level(pcm, timeline.rate_hz, gain_db, CEILING_DBTP, channels)
        energies = (
            measure(levelled.pcm, timeline.rate_hz, channels).energies
            if levelled.limited
            else _louder(piece_energies(piece, music), gain_db)
        )
        heard.add(piece.id, levelled, energies, channels)
        yield levelled.pcm
        at = piece.end
    yield from _silence(timeline.samples - at, timeline.rate_hz, channels)


def _clip_pcm(piece: Placed, rate_hz: int, read_pcm: Callable[[str], bytes]) -> bytes:
    clip = piece.clip
    pcm = read_pcm(clip.key)
    if len(pcm) != clip.samples * SAMPLE_BYTES:
        raise NotAcceptable(
            f"its clip has {len(pcm) // SAMPLE_BYTES} samples, not {clip.samples}",
            where=f"line {piece.id}",
            hint="Delete the clip folder in .narrator and make it again.",
        )
    if clip.rate_hz != rate_hz:
        size = piece.samples * SAMPLE_BYTES
        pcm = resample(pcm, clip.rate_hz, rate_hz)[:size].ljust(size, b"\0")
    return fade_edges(pcm, rate_hz)


def piece_energies(piece: Placed | PlacedMusic, music: Mapping[MusicName, Music]) -> Sequence[float]:
    """100 ms energies of *piece* before any gain."""
    return music[piece.name].energies if isinstance(piece, PlacedMusic) else piece.clip.energies


def _louder(energies: Sequence[float], gain_db: float) -> list[float]:
    factor = 10 ** (gain_db / 10)
    return [energy * factor for energy in energies]


def _silence(samples: int, rate_hz: int, channels: int) -> Iterator[bytes]:
    chunk = bytes(SILENCE_CHUNK_S * rate_hz * channels * SAMPLE_BYTES)
    size = samples * channels * SAMPLE_BYTES
    while size > 0:
        yield chunk[:size]
        size -= len(chunk)
