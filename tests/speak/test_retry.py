"""When to wait, when to ask less, when to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from narrator.errors import SpeechFailed
from narrator.speak.gate import GOODS_FOR_ONE_MORE, Gate
from narrator.speak.patience import GOOD_IN_A_ROW, Patience, Trouble
from narrator.speak.retry import persist
from narrator.speak.slots import AllTaken, Slots


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the retry module, in its only element; sleeping moves it on."""
    now = [1000.0]

    def pass_time(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr("narrator.speak.patience.time.monotonic", lambda: now[0])
    monkeypatch.setattr(Patience, "wait", lambda self, seconds: pass_time(min(seconds, self.left_s())))
    monkeypatch.setattr(threading.Condition, "wait", lambda self, timeout=None: pass_time(timeout or 1))
    return now


def failing(kind: str) -> Trouble:
    return Trouble(kind, "does not work")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "limit_s"), [("failing", 60), ("throttled", 90), ("hanging", 90), ("unreachable", 60)]
)
def test_make_gives_up_within_its_limit(clock: list[float], kind: str, limit_s: float) -> None:
    begun = clock[0]

    def attempt(timeout_s: float) -> None:
        clock[0] += timeout_s if kind == "hanging" else 0.2
        raise failing(kind)

    with pytest.raises(SpeechFailed, match="does not work"):
        persist(attempt, gate=Gate(8), patience=Patience(), what="it")
    assert clock[0] - begun <= limit_s - 5


def test_a_batch_waits_longer(clock: list[float]) -> None:
    tries = 0

    def attempt(timeout_s: float) -> str:
        nonlocal tries
        tries += 1
        clock[0] += 1
        if clock[0] < 1900:
            raise failing("throttled")
        return "at last"

    assert persist(attempt, gate=Gate(8), patience=Patience.for_batch(), what="it") == "at last"


def test_trouble_is_over_after_good_replies_running(clock: list[float]) -> None:
    patience = Patience(failing_s=10)
    patience.bad(failing("failing"))
    clock[0] += 9
    for _ in range(GOOD_IN_A_ROW - 1):
        patience.good()
    assert patience.left_s() == pytest.approx(1)
    patience.good()
    clock[0] += 100
    assert patience.left_s() > 10


def test_now_and_then_a_good_reply_is_no_end_of_trouble(clock: list[float]) -> None:
    patience = Patience(failing_s=10)
    for _ in range(11):
        patience.bad(failing("failing"))
        patience.good()
        clock[0] += 1
    assert patience.left_s() == 0


def test_a_network_that_was_there_is_waited_for_longer(clock: list[float]) -> None:
    never, before = Patience(), Patience()
    before.good()
    for patience in (never, before):
        patience.bad(failing("unreachable"))
    clock[0] += 20
    assert never.left_s() == 0
    assert before.left_s() > 0


def test_to_be_asked_again_in_an_hour_ends_it_now(clock: list[float]) -> None:
    def attempt(timeout_s: float) -> None:
        raise Trouble("throttled", "asks for fewer", retry_after_s=3600)

    with pytest.raises(SpeechFailed, match="in 3600 s"):
        persist(attempt, gate=Gate(8), patience=Patience(), what="it")


def test_one_line_that_gives_up_stops_the_others() -> None:
    patience = Patience(failing_s=0.1)

    def attempt(timeout_s: float) -> None:
        raise failing("failing")

    for _ in range(2):
        begun = time.monotonic()
        with pytest.raises(SpeechFailed):
            persist(attempt, gate=Gate(8), patience=patience, what="it")
        assert time.monotonic() - begun < 1


def places(gate: Gate) -> int:
    return gate._open_places()


def fail(gate: Gate, patience: Patience, trouble: Trouble, before: Callable[[], object] = int) -> None:
    """One request through the gate that ends in *trouble*."""
    with gate.place(patience):
        before()
        raise trouble


def throttle(
    gate: Gate, patience: Patience, retry_after_s: float | None = None, before: Callable[[], object] = int
) -> None:
    with pytest.raises(Trouble):
        fail(gate, patience, Trouble("throttled", "less", retry_after_s=retry_after_s), before)


def test_the_gate_halves_when_told_and_recovers_slowly(clock: list[float]) -> None:
    gate = Gate(8)
    throttle(gate, Patience())
    assert places(gate) == 4
    clock[0] += 10
    throttle(gate, Patience())
    assert places(gate) == 2
    for _ in range(GOODS_FOR_ONE_MORE):
        gate.good()
    assert places(gate) == 3
    for _ in range(GOODS_FOR_ONE_MORE * 20):
        gate.good()
    assert places(gate) == 8


def test_many_refusals_at_once_count_as_one() -> None:
    gate, patience = Gate(8), Patience()
    entered = threading.Barrier(4)

    def hold() -> None:
        throttle(gate, patience, before=entered.wait)

    threads = [threading.Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert places(gate) == 4


def test_retry_after_closes_the_gate(clock: list[float]) -> None:
    gate = Gate(8)
    throttle(gate, Patience(), retry_after_s=7)
    assert gate._closed_until == clock[0] + 7


def test_a_request_that_hangs_keeps_its_place_for_a_while(clock: list[float]) -> None:
    gate = Gate(8)

    def five_seconds() -> None:
        clock[0] += 5

    with pytest.raises(Trouble):
        fail(gate, Patience(), Trouble("hanging", "no answer"), five_seconds)
    assert places(gate) == 7
    clock[0] += 26
    assert places(gate) == 8


def test_processes_share_the_places_of_a_machine(tmp_path: Path) -> None:
    ours, theirs = Slots("x", 2, tmp_path), Slots("x", 2, tmp_path)
    with ours.take(1), theirs.take(1), pytest.raises(AllTaken), ours.take(0.05):
        pass
    with ours.take(0.05):
        pass


def test_without_a_folder_for_places_nothing_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Slots("x", 1, tmp_path / "file" / "places").take(0):
        pass
