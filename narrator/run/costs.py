"""What speaking would take: minutes, megabytes, time, requests, money; measured where that was possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narrator.speak import find_engine

if TYPE_CHECKING:
    from narrator.run.batch import Estimate
    from narrator.run.session import Session

CHARACTERS_PER_S = 14.5
"""What voices speak in a second, pauses included; taken until the show has episodes of its own."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a batch would take."""

    minutes: float
    megabytes: float
    seconds: float | None
    """Of work, at the rate earlier runs had; None before the first."""
    words: str
    """Requests and price, for people."""
    requests: int
    price_dollars: float

    def as_json(self, session: Session, estimate: Estimate) -> dict[str, Any]:
        """The estimate as `narrator batch --dry-run --json` prints it."""
        return {
            "posts": estimate.posts,
            "unchanged": session.totals.counts["unchanged"],
            "skipped": session.totals.counts["skipped"],
            "failed": session.totals.counts["failed"],
            "characters": estimate.characters,
            "minutes": round(self.minutes, 1),
            "megabytes": round(self.megabytes, 1),
            "requests": self.requests,
            "price_dollars": round(self.price_dollars, 2),
            "seconds": None if self.seconds is None else round(self.seconds),
        }


def cost_of(session: Session, estimate: Estimate) -> Cost:
    """The cost of an estimate with the engine the show has."""
    minutes = estimate.characters / CHARACTERS_PER_S / 60
    engine = find_engine(session.tellers.engine() or "espeak")
    requests = 0 if engine.offline else estimate.requests
    price = getattr(engine, "price_usd", 0.0) * estimate.characters / 1_000_000
    seconds = _measured_s(session, estimate.characters)
    parts = ["no requests, no price" if engine.offline else f"{requests:,} requests"]
    if price:
        parts.append(f"about ${price:,.2f}")
    if seconds is not None:
        parts.append(f"about {seconds / 60:,.0f} minutes of work at the rate of the last run")
    return Cost(
        minutes=minutes,
        megabytes=minutes * 60 * session.settings.bitrate_kbps / 8 / 1000,
        seconds=seconds,
        words=f"{engine.name}: {', '.join(parts)}.",
        requests=requests,
        price_dollars=price,
    )


def _measured_s(session: Session, characters: int) -> float | None:
    """How long *characters* would take at the rate the journal tells of the last run."""
    rate = None
    for row in session.journal.read():
        if row.get("characters") and row.get("wall_seconds"):
            rate = row["wall_seconds"] / row["characters"]
    return None if rate is None else rate * characters
