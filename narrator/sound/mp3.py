"""MP3 to samples inside this process: what `ffmpeg.decode` does in a process of its own.

Starting ffmpeg takes 20 ms of work, decoding the three seconds of an answer 1 ms; a post read by a
speech service has fifty answers (docs/design/engines.md).
"""

from __future__ import annotations

from array import array


def decode_mp3(data: bytes) -> tuple[bytes, int]:
    """A whole MP3 as mono samples at its own rate.

    Returns:
        Samples and their rate.

    Raises:
        ValueError: not MP3, or nothing in it can be decoded.
    """
    import miniaudio

    try:
        decoded = miniaudio.mp3_read_s16(data)
    except miniaudio.DecodeError as error:
        raise ValueError("not MP3") from error
    if not decoded.nchannels or not decoded.sample_rate or not len(decoded.samples):
        raise ValueError("no audio in it")
    samples = decoded.samples
    if decoded.nchannels > 1:
        samples = _mixed(samples, decoded.nchannels)
    return samples.tobytes(), int(decoded.sample_rate)


def _mixed(samples: array[int], channels: int) -> array[int]:
    """Interleaved *samples* as the mean of their channels."""
    import numpy as np

    mixed = np.frombuffer(samples, dtype=np.int16).reshape(-1, channels).mean(axis=1)
    return array("h", mixed.round().astype(np.int16).tobytes())
