"""Edits of raw samples: silence, fades, channels. The only module that imports pydub.

Samples are bytes, signed 16-bit little-endian mono, because that is what travels between processes
and sits in the clip store; pydub's `AudioSegment` is only ever a view of one clip.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from narrator.sound.energy import FULL_SCALE, peak_of

with warnings.catch_warnings():
    # pydub complains of a missing ffmpeg on PATH (ours is a wheel's, see ``ffmpeg``) and imports
    # audioop, which Python 3.11 and 3.12 call deprecated (audioop-lts takes over from 3.13).
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

SAMPLE_BYTES = 2
GRAIN_MS = 10
GRAINS_AT_ONCE = 20
SILENT_BELOW_PEAK_DB = 50.0
"""So many are silent when their level lies this far below the clip's peak; a soft consonant 40 dB below
it stays."""


def trim_silence(pcm: bytes, rate_hz: int, *, margin_ms: int = 20) -> tuple[bytes, int]:
    """*pcm* with *margin_ms* of its own silence left at both ends.

    Where there is less silence than the margin, digital silence is added, so that every clip starts
    and ends alike. A clip that is silent throughout becomes two margins of silence.

    Returns:
        The samples, and how many were cut at the head (negative when some were added): what word
        times have to be moved back by.
    """
    samples = np.frombuffer(pcm, "<i2")
    margin = margin_ms * rate_hz // 1000
    threshold = peak_of(samples) * 10 ** (-SILENT_BELOW_PEAK_DB / 20)
    if not threshold:
        return silence(2 * margin), 0
    grain = rate_hz * GRAIN_MS // 1000
    start = _silent_samples(samples, grain, threshold) - margin
    end = samples.size - _silent_samples(samples[::-1], grain, threshold) + margin
    kept = pcm[max(start, 0) * SAMPLE_BYTES : end * SAMPLE_BYTES]
    if start >= 0 and end <= samples.size:
        return kept, start
    return silence(-start) + kept + silence(end - samples.size), start


def _silent_samples(samples: NDArray[np.int16], grain: int, threshold: float) -> int:
    """How many *samples* stand before the first *grain* with a root mean square of *threshold*.

    They are looked at a fifth of a second at a time, and the first mostly does.
    """
    for at in range(0, samples.size, GRAINS_AT_ONCE * grain):
        some = samples[at : at + GRAINS_AT_ONCE * grain].astype(np.float32)
        some.resize(-(-some.size // grain), grain, refcheck=False)  # the rest is filled with silence
        levels = np.sqrt(np.einsum("ij,ij->i", some, some) / grain) / FULL_SCALE
        heard = np.flatnonzero(levels >= threshold)
        if heard.size:
            return at + int(heard[0]) * grain
    return int(samples.size)


def fade_edges(pcm: bytes, rate_hz: int, *, fade_ms: int = 5) -> bytes:
    """*pcm* faded in and out over *fade_ms*, so that it may stand next to silence without a click.

    A clip shorter than both fades stays as it is.
    """
    edge = fade_ms * rate_hz // 1000 * SAMPLE_BYTES
    if len(pcm) < 2 * edge or not edge:
        return pcm
    head = _segment(pcm[:edge], rate_hz).fade_in(fade_ms).raw_data
    tail = _segment(pcm[-edge:], rate_hz).fade_out(fade_ms).raw_data
    return b"".join((head, memoryview(pcm)[edge:-edge], tail))


def to_stereo(pcm: bytes, rate_hz: int) -> bytes:
    """Mono *pcm* on both channels, interleaved."""
    return bytes(_segment(pcm, rate_hz).set_channels(2).raw_data)


def silence(samples: int) -> bytes:
    """That many samples of digital silence; none when *samples* is negative."""
    return bytes(max(samples, 0) * SAMPLE_BYTES)


def _segment(pcm: bytes, rate_hz: int) -> Any:
    return AudioSegment(pcm, sample_width=SAMPLE_BYTES, frame_rate=rate_hz, channels=1)
