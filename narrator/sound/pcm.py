"""Edits of raw samples: silence, fades, channels. The only module that imports pydub.

Samples are bytes, signed 16-bit little-endian mono, because that is what travels between processes
and sits in the clip store; pydub's `AudioSegment` is only ever a view of one clip.
"""

from __future__ import annotations

import warnings
from typing import Any

with warnings.catch_warnings():
    # pydub complains of a missing ffmpeg on PATH (ours is a wheel's, see ``ffmpeg``) and imports
    # audioop, which Python 3.11 and 3.12 call deprecated (audioop-lts takes over from 3.13).
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

SAMPLE_BYTES = 2
SILENT_BELOW_PEAK_DB = 50.0
"""10 ms are silent when their level lies this far below the clip's peak; a soft consonant 40 dB below
it stays."""


def trim_silence(pcm: bytes, rate_hz: int, *, margin_ms: int = 20) -> tuple[bytes, int]:
    """*pcm* with *margin_ms* of its own silence left at both ends.

    Where there is less silence than the margin, digital silence is added, so that every clip starts
    and ends alike. A clip that is silent throughout becomes two margins of silence.

    Returns:
        The samples, and how many were cut at the head (negative when some were added): what word
        times have to be moved back by.
    """
    sound = _segment(pcm, rate_hz)
    if not sound.max:
        return silence(2 * margin_ms * rate_hz // 1000), 0
    threshold = sound.max_dBFS - SILENT_BELOW_PEAK_DB
    margin = margin_ms * rate_hz // 1000
    samples = len(pcm) // SAMPLE_BYTES
    start = _silent_samples(sound, threshold) - margin
    end = samples - _silent_samples_at_end(pcm, rate_hz, threshold) + margin
    kept = pcm[max(start, 0) * SAMPLE_BYTES : min(end, samples) * SAMPLE_BYTES]
    return silence(-start) + kept + silence(end - samples), start


def _silent_samples(sound: Any, threshold_db: float) -> int:
    silent_ms = detect_leading_silence(sound, silence_threshold=threshold_db, chunk_size=10)
    return int(silent_ms * sound.frame_rate) // 1000


def _silent_samples_at_end(pcm: bytes, rate_hz: int, threshold_db: float) -> int:
    """Silence is looked for from the start, so the end is turned round: a second of it mostly does."""
    size = rate_hz * SAMPLE_BYTES
    while True:
        tail = _segment(pcm[-size:], rate_hz).reverse()
        silent = _silent_samples(tail, threshold_db)
        if silent < rate_hz * len(tail) // 1000 or size >= len(pcm):
            return silent
        size *= 2


def fade_edges(pcm: bytes, rate_hz: int, *, fade_ms: int = 5) -> bytes:
    """*pcm* faded in and out over *fade_ms*, so that it may stand next to silence without a click.

    A clip shorter than both fades stays as it is.
    """
    edge = fade_ms * rate_hz // 1000 * SAMPLE_BYTES
    if len(pcm) < 2 * edge or not edge:
        return pcm
    head = _segment(pcm[:edge], rate_hz).fade_in(fade_ms).raw_data
    tail = _segment(pcm[-edge:], rate_hz).fade_out(fade_ms).raw_data
    return bytes(head + pcm[edge:-edge] + tail)


def to_stereo(pcm: bytes, rate_hz: int) -> bytes:
    """Mono *pcm* on both channels, interleaved."""
    return bytes(_segment(pcm, rate_hz).set_channels(2).raw_data)


def silence(samples: int) -> bytes:
    """That many samples of digital silence; none when *samples* is negative."""
    return bytes(max(samples, 0) * SAMPLE_BYTES)


def _segment(pcm: bytes, rate_hz: int) -> Any:
    return AudioSegment(pcm, sample_width=SAMPLE_BYTES, frame_rate=rate_hz, channels=1)
