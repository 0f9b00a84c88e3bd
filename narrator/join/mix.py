"""The episode's samples, piece after piece: read, faded, levelled; one piece in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from narrator.errors import NotAcceptable
from narrator.join.music import Music
from narrator.join.timeline import MusicName, Placed, PlacedMusic, Timeline
from narrator.sound.energy import measure
from narrator.sound.ffmpeg import resample
from narrator.sound.limiter import level, true_peak
from narrator.sound.pcm import SAMPLE_BYTES, fade_edges, to_stereo

CEILING_DBTP = -2.0
"""Highest true peak given to the encoder: MP3 at 64 kbit/s raises peaks by up to 0.8 dB."""
SILENCE_CHUNK_S = 10


@dataclass(slots=True)
class Heard:
    """What the mixed samples turned out to be; whole when the mix has come to its end."""

    energies: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """By piece, of one channel."""
    peak: float = 0.0
    """Highest true peak, full scale = 1.0."""
    edges: dict[str, float] = field(default_factory=dict)
    """By piece, the larger of its first and last sample: the step at a join with silence."""
    samples: int = 0


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
        pcm = level(pcm, timeline.rate_hz, gains.get(piece.id, 0.0), CEILING_DBTP, channels)
        _note(heard, piece, pcm, timeline.rate_hz, channels)
        yield pcm
        at = piece.end
    yield from _silence(timeline.samples - at, timeline.rate_hz, channels)
    heard.samples = timeline.samples


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


def _note(heard: Heard, piece: Placed | PlacedMusic, pcm: bytes, rate_hz: int, channels: int) -> None:
    heard.energies[piece.id] = measure(pcm, rate_hz, channels).energies
    heard.peak = max(heard.peak, true_peak(pcm, channels))
    ends = memoryview(pcm).cast("h")
    heard.edges[piece.id] = max(map(abs, (*ends[:channels], *ends[-channels:])), default=0) / 32768


def _silence(samples: int, rate_hz: int, channels: int) -> Iterator[bytes]:
    chunk = bytes(SILENCE_CHUNK_S * rate_hz * channels * SAMPLE_BYTES)
    size = samples * channels * SAMPLE_BYTES
    while size > 0:
        yield chunk[:size]
        size -= len(chunk)
