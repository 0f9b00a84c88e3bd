"""What a check has to say: one fault, where it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that is not met."""

    level: Literal["error", "warning"]
    """An error makes directories or apps refuse the show or an episode; a warning costs it something."""
    where: str
    """File, episode or setting it was found in."""
    what: str
    """What is wrong, without a full stop."""
    hint: str
    """What to do, a full sentence."""

    def __str__(self) -> str:
        """The finding on one line."""
        return f"{self.level}: {self.where}: {self.what}. {self.hint}"


def error(where: str, what: str, hint: str) -> Finding:
    """A `Finding` that keeps a show from being published."""
    return Finding("error", where, what, hint)


def warning(where: str, what: str, hint: str) -> Finding:
    """A `Finding` that does not."""
    return Finding("warning", where, what, hint)
