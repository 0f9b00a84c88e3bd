"""What to do about failures that may pass: wait, try again, and know when to stop.

Engines that send text over a network call `persist`, which needs three things: a `Gate` (how many
requests are under way at once), the run's `Patience` (how long trouble may last), and an attempt that
raises `Trouble` when it failed in a way that may pass.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeVar

from narrator.errors import SpeechFailed
from narrator.speak.gate import Gate
from narrator.speak.patience import Patience, Trouble

Result = TypeVar("Result")

FIRST_PAUSE_S = 0.3
LONGEST_PAUSE_S = 8.0
FIRST_TIMEOUT_S = 5.0
LONGER_TIMEOUT_S = 3.0
"""What each further attempt may take longer, for a service that is only slow."""


def persist(attempt: Callable[[float], Result], *, gate: Gate, patience: Patience, what: str) -> Result:
    """What *attempt* returns, tried again until it works or *patience* ends.

    Args:
        attempt: called with the seconds it may take; raises `Trouble` when it failed in a way that
            may pass.
        gate: how many run at once.
        patience: the run's.
        what: names the service in the error.

    Raises:
        SpeechFailed: it did not work in time. Transient.
    """
    tries = 0
    while patience.left_s():
        try:
            with gate.place(patience):
                timeout_s = FIRST_TIMEOUT_S + LONGER_TIMEOUT_S * tries
                result = attempt(max(0.1, min(timeout_s, patience.left_s())))
        except Trouble as trouble:
            if not patience.left_s():
                break
            patience.bad(trouble)
            if (trouble.retry_after_s or 0.0) > patience.left_s():
                trouble.detail += f", to be asked again in {trouble.retry_after_s:.0f} s"
                break
        else:
            gate.good()
            patience.good()
            return result
        tries += 1
        pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(tries, 6))
        patience.wait(pause_s * random.uniform(0.5, 1.0))
    waited_s = round(patience.lasted_s())
    patience.end()
    raise SpeechFailed(
        f"{what} {patience.last.detail}; gave up after {waited_s} s",
        hint='What was voiced is kept: run it again later, or use "--engine espeak", which needs no network.',
        transient=True,
    ) from patience.last
