"""What was made: an episode's manifest, the only state an episode has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from narrator.models.article import LedgerRow, Omission, Person, Picture, Sidebar
from narrator.models.script import LineKind, Role


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an episode is, settled before it is made and kept for good."""

    guid: str
    """Never changes: not by renaming, re-voicing, moving or correcting."""
    slug: str
    """Name of its folder under ``episodes/``; ASCII, at most 80 characters."""
    added: datetime
    """When it was first made. Aware."""
    show_guid: str
    show_title: str
    updated: datetime | None = None
    """When a corrected text was last made."""


@dataclass(frozen=True, slots=True)
class Audio:
    """The audio file of an episode."""

    path: str
    """Relative to the show folder, with forward slashes."""
    size_bytes: int
    type: str
    """Media type, such as "audio/mpeg"."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A place in the episode a listener can jump to."""

    start: float
    """Seconds from the start of the audio, to the millisecond."""
    title: str


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line of the script and when it is heard."""

    id: str
    role: Role
    kind: LineKind
    text: str
    say: str
    speaker: str
    """Who speaks; the show's narrator is called "Narrator" in the show's language."""
    start: float
    """Seconds, to the millisecond."""
    end: float
    block: str | None = None
    sidebar: int | None = None
    language: str | None = None
    words: tuple[tuple[float, str], ...] = ()
    """(start in seconds, word), where the engine knows them."""


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode as published; ``episode.json`` is this, field by field."""

    guid: str
    """Never changes: not by renaming, re-voicing, moving or correcting."""
    slug: str
    """Name of its folder under ``episodes/``."""
    title: str
    source: str
    added: datetime
    """When it was first made. Aware."""
    language: str
    engine: str
    voice: str
    duration_seconds: float
    """From sample counts, to the millisecond."""
    loudness_lufs: float
    """Integrated, as metered on the file: -19 when mono."""
    peak_dbtp: float
    audio: Audio
    published: datetime | None = None
    updated: datetime | None = None
    """When a corrected text was last made; None before that."""
    byline: tuple[Person, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    lines: tuple[SpokenLine, ...] = ()
    sidebars: tuple[Sidebar, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    show_guid: str = ""
    """The show's podcast:guid, here so that it outlives settings and addresses."""
    address: str | None = None
    outlet: str | None = None
    post_id: str | None = None
    pictures: tuple[Picture, ...] = ()
    omissions: tuple[Omission, ...] = ()
    warnings: tuple[str, ...] = ()
    cover: str | None = None
    """Path of the episode's picture relative to the show folder."""
    script_key: str = ""
    """Digest of everything that was to be heard: equal keys mean nothing has to be made anew."""
    made_with: dict[str, str] = field(default_factory=dict)
    """Versions of what made it: narrator, engine, encoder."""

    @property
    def not_in_audio(self) -> list[str]:
        """What is not in the audio, equal things counted: "Picture without a caption × 3"."""
        counts = Counter(one.text for one in self.omissions)
        return [text if count == 1 else f"{text} × {count}" for text, count in counts.items()]
