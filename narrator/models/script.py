"""What will be said: lines with a role, a text to show and a text to speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from narrator.models.article import Block, BlockKind, LedgerRow, Omission, Person, Picture, Sidebar

Role = Literal["anchor", "analyst", "caption", "cue"]
LineKind = BlockKind | Literal["headline", "cue"]


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance: a sentence, a caption, a headline or a cue."""

    id: str
    """Made from role and text (see `models.ids`), so it stays when other lines change."""
    role: Role
    kind: LineKind
    """What it is on the page; "headline" and "cue" stand for no block."""
    text: str
    """As shown in transcripts and on the site."""
    say: str
    """As spoken: the input of the engine."""
    pause_ms: int
    """Silence after it."""
    block: str | None = None
    """Id of the block it came from; None for headline and cues."""
    phonemes: str | None = None
    """Phonemes in the engine's own notation, which win over `say` where the engine takes them."""
    speaker: str | None = None
    """Who speaks, as transcripts name them; None is the story's own voice."""
    sidebar: int | None = None
    """Index into the script's sidebars; None is the main story."""
    chapter: str | None = None
    """Title of the chapter that begins with this line."""
    language: str | None = None
    """Set only when it differs from the script's."""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that will be said, in order, and what was left out."""

    title: str
    lines: tuple[Line, ...]
    source: str
    language: str = "en"
    byline: tuple[Person, ...] = ()
    published: datetime | None = None
    sidebars: tuple[Sidebar, ...] = ()
    blocks: tuple[Block, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    start_ms: int = 300
    """Silence before the first line."""
    address: str | None = None
    outlet: str | None = None
    post_id: str | None = None
    pictures: tuple[Picture, ...] = ()
    omissions: tuple[Omission, ...] = ()
    warnings: tuple[str, ...] = ()
