"""An episode as a show of thousands keeps it in mind: its manifest without what is told in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from narrator.models.episode import Audio, Episode


@dataclass(frozen=True, slots=True)
class Listed:
    """Who an episode is and where its sound lies; fields as in `Episode`."""

    guid: str
    slug: str
    title: str
    added: datetime
    language: str
    engine: str
    voice: str
    duration_seconds: float
    audio: Audio
    published: datetime | None = None
    updated: datetime | None = None
    address: str | None = None
    outlet: str | None = None
    post_id: str | None = None
    show_guid: str = ""
    cover: str | None = None
    script_key: str = ""


def listed(episode: Episode) -> Listed:
    """What of *episode* is kept in memory."""
    return Listed(**{name: getattr(episode, name) for name in Listed.__dataclass_fields__})
