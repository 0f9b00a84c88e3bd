"""A line as sound."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """When one word of a line is heard, where the engine knows it."""

    text: str
    start: int
    """Samples from the start of the clip."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One script line as sound, with no silence before or after it but a known margin."""

    line_id: str
    key: str
    """Where the clip store keeps its samples (signed 16-bit little-endian, mono)."""
    samples: int
    """Length; all times are sums of these."""
    rate_hz: int
    """Samples per second."""
    energies: tuple[float, ...] = ()
    """Mean square (full scale = 1.0) after K-weighting, of each 100 ms from the start; the last
    one may be of a shorter stretch."""
    peak: float = 0.0
    """Largest absolute sample, full scale = 1.0."""
    words: tuple[Word, ...] = ()
    reused: bool = False
    """True when it came from the store and nothing was synthesised."""
    note: str = ""
    """What a person should know was done to the line, such as a word cut short; "" when nothing."""
