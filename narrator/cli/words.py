"""Small things said in sentences: how many, how long."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """*number* of a *thing*.

    >>> counted(1, "episode"), counted(2_000, "episode")
    ('1 episode', '2,000 episodes')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def clock(seconds: float) -> str:
    """*seconds* as a clock shows them.

    >>> clock(75), clock(3700)
    ('1:15', '1:01:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
