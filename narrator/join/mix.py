"""The episode's samples, piece after piece: read, faded, levelled; one piece in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from narrator.errors import NotAcceptable
from narrator.join.loudness import Energies
from narrator.join.plan import Plan
from narrator.join.spans import Span
from narrator.join.timeline import Placed, PlacedMusic
from narrator.sound.ffmpeg import resample
from narrator.sound.limiter import Levelled, level
from narrator.sound.pcm import SAMPLE_BYTES, fade_edges, to_stereo

CEILING_DBTP = -1.5
"""Highest true peak given to the encoder. What comes out of an MP3 decoder has other peaks: LAME takes
0.45 dB off everything, and what it leaves out of the spectrum can raise single peaks again."""
SILENCE_CHUNK_S = 10


@dataclass(slots=True)
class Heard:
    """What the mixed samples turned out to be."""

    energies: dict[str, Energies] = field(default_factory=dict)
    """By piece, of one channel."""
    peak: float = 0.0
    """Highest true peak, full scale = 1.0."""
    edges: dict[str, float] = field(default_factory=dict)
    """By piece, the larger of its first and last sample: the step at a join with silence."""

    def add(self, piece_id: str, levelled: Levelled, energies: Energies, channels: int) -> None:
        """Take note of a piece that was mixed."""
        self.energies[piece_id] = energies
        self.peak = max(self.peak, levelled.peak)
        ends = memoryview(levelled.pcm).cast("h")
        self.edges[piece_id] = max(map(abs, (*ends[:channels], *ends[-channels:])), default=0) / 32768

    def merge(self, other: Heard) -> None:
        """Take over what is known of another span."""
        self.energies |= other.energies
        self.edges |= other.edges
        self.peak = max(self.peak, other.peak)


def mix(plan: Plan, span: Span, read_pcm: Callable[[str], bytes], heard: Heard) -> Iterator[bytes]:
    """The samples of a span in pieces, interleaved stereo when there is music.

    Args:
        plan: how loud everything is.
        span: what to mix.
        read_pcm: gives a clip's samples for its key.
        heard: filled in on the way.

    Raises:
        NotAcceptable: a clip's samples are not as long as the clip says.
    """
    rate_hz, channels = plan.timeline.rate_hz, plan.channels
    at = span.start
    for piece in span.pieces:
        yield from _silence(piece.start - at, rate_hz, channels)
        if isinstance(piece, PlacedMusic):
            pcm = plan.music[piece.name].pcm
        else:
            pcm = _clip_pcm(piece, rate_hz, read_pcm)
            pcm = to_stereo(pcm, rate_hz) if channels == 2 else pcm
        gain_db = plan.gains[piece.id]
        levelled = level(pcm, rate_hz, gain_db, CEILING_DBTP, channels)
        energies = np.asarray(plan.energies(piece), np.float32) * np.float32(10 ** (gain_db / 10))
        if levelled.kept is not None:
            # A resampled clip may be one step longer than its energies, or shorter.
            steps = min(energies.size, levelled.kept.size)
            energies[:steps] *= levelled.kept[:steps]
        heard.add(piece.id, levelled, energies, channels)
        yield levelled.pcm
        at = piece.end
    yield from _silence(span.end - at, rate_hz, channels)


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


def _silence(samples: int, rate_hz: int, channels: int) -> Iterator[bytes]:
    chunk = bytes(SILENCE_CHUNK_S * rate_hz * channels * SAMPLE_BYTES)
    size = samples * channels * SAMPLE_BYTES
    while size > 0:
        yield chunk[:size]
        size -= len(chunk)
