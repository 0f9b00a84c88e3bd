"""A batch may be stopped in any way at any moment; run again, it does what is left and nothing else."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from read.archives.exports import sample
from run.batches import check_show, listed, write_posts

from narrator.machine import cores
from narrator.run.local import ATTEMPTS, LocalCrew, portable

POSTS = int(os.environ.get("NARRATOR_TEST_POSTS", "12"))
KILLS = int(os.environ.get("NARRATOR_TEST_KILLS", "3"))
"""What "must show" asks for is 40 and 8; the same test does it when the variables say so."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_posts(tmp_path / "wp.xml", [sample(number) for number in range(POSTS)])


def start(archive: Path, show: Path, *options: str) -> subprocess.Popen[str]:
    """A batch in a process group of its own."""
    command = [
        sys.executable,
        "-m",
        "narrator",
        "batch",
        archive,
        "--show",
        show,
        "--engine",
        "tone",
        "--json",
    ]
    return subprocess.Popen(
        [*map(str, command), "--jobs", "2", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that starts the tests in the background has them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def finish(process: subprocess.Popen[str]) -> tuple[dict[str, int], str]:
    """The totals of a batch that runs to its end."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])["totals"], err


def wait_for(show: Path, count: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while len(list(show.glob("episodes/*"))) < count and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)


def stamps(show: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in show.glob("episodes/*/episode.json"):
        stat = path.stat()
        found[path.parent.name] = (stat.st_ino, stat.st_mtime_ns)
    return found


def test_killed_over_and_over_it_ends_with_every_episode_made_once(archive: Path, tmp_path: Path) -> None:
    show, chance = tmp_path / "show", random.Random(20150918)
    for number in range(KILLS):
        before = stamps(show)
        process = start(archive, show)
        wait_for(show, len(before) + chance.randrange(1 + 2 * POSTS // KILLS), process)
        time.sleep(chance.uniform(0, 0.4))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        check_show(show)
        assert before.items() <= stamps(show).items(), "an episode was made again"
        if number == 1:
            shutil.rmtree(show / ".narrator")
    before = stamps(show)
    totals, _ = finish(start(archive, show))
    assert totals["made"] == POSTS - len(before)
    assert totals["unchanged"] == len(before)
    assert before.items() <= stamps(show).items()
    assert len(check_show(show)) == len(listed(show)) == POSTS
    assert finish(start(archive, show))[0] == {"made": 0, "unchanged": POSTS, "skipped": 0, "failed": 0}
    assert not (show / ".narrator" / "work").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_told_to_stop_it_publishes_what_it_has(
    number: signal.Signals, code: int, archive: Path, tmp_path: Path
) -> None:
    show = tmp_path / "show"
    process = start(archive, show)
    wait_for(show, 2, process)
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    assert "run the same command to go on" in err
    assert "Traceback" not in err
    guids = check_show(show)
    assert 2 <= len(guids) < POSTS
    assert sorted(listed(show)) == sorted(guids)


def test_killed_worker_costs_nothing(archive: Path, tmp_path: Path) -> None:
    show = tmp_path / "show"
    process = start(archive, show)
    wait_for(show, 1, process)
    for worker in _workers(process.pid):
        os.kill(worker, signal.SIGKILL)
    totals, _ = finish(process)
    assert totals["made"] == POSTS
    assert totals["failed"] == 0
    assert len(check_show(show)) == POSTS


def test_second_batch_waits_for_the_first(archive: Path, tmp_path: Path) -> None:
    show = tmp_path / "show"
    first = start(archive, show)
    wait_for(show, 1, first)
    os.killpg(first.pid, signal.SIGSTOP)  # or it might be done before the other comes to the lock
    goes_on = Timer(60, os.killpg, (first.pid, signal.SIGCONT))
    goes_on.start()
    second = start(archive, show)
    assert second.stderr
    said = second.stderr.readline()
    goes_on.cancel()
    os.killpg(first.pid, signal.SIGCONT)
    made, _ = finish(first)
    waited, _ = finish(second)
    assert "waiting for it" in said
    assert made["made"] == POSTS
    assert waited == {"made": 0, "unchanged": POSTS, "skipped": 0, "failed": 0}


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full's errors from a small file system")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_full_disk_ends_in_one_line_and_room_lets_it_go_on(archive: Path, tmp_path: Path) -> None:
    show = tmp_path / "show"
    show.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(show)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        process = start(archive, show)
        _, err = process.communicate(timeout=120)
        assert process.returncode & 64, err
        assert "No space left" in err
        assert "Traceback" not in err
        some = len(check_show(show))
        assert some < POSTS
        subprocess.run(["mount", "-o", "remount,size=64m", str(show)], check=True)
        totals, _ = finish(start(archive, show))
        assert totals["made"] == POSTS - some
        assert len(check_show(show)) == len(listed(show)) == POSTS
    finally:
        subprocess.run(["umount", str(show)], check=True)


def test_task_that_takes_its_worker_down_fails_alone(tmp_path: Path) -> None:
    crew = LocalCrew(2)
    try:
        ended = {done.task: done for done in crew.run(_die_of_three, (n for n in range(6)))}
    finally:
        crew.close()
    assert [ended[n].result for n in (0, 1, 2, 4, 5)] == [0, 10, 20, 40, 50]
    assert "ended on it twice" in str(ended[3].error)
    assert ATTEMPTS == 2


def test_bug_in_a_worker_comes_back_with_its_traceback() -> None:
    crew = LocalCrew(1)
    try:
        (done,) = crew.run(_divide, [0])
    finally:
        crew.close()
    assert "ZeroDivisionError" in str(done.error)
    assert "_divide" in "".join(getattr(done.error, "__notes__", ()))


def test_bug_in_a_worker_tells_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECH_API_KEY", "sk-of-somebody")
    try:
        _ask_with_key("https://ann:pass-of-ann@voices.example/v1")
    except ValueError as error:
        told = portable(error)
    whole = str(told) + "".join(told.__notes__)
    assert "_ask_with_key" in whole
    assert "voices.example" in whole
    assert "pass-of-ann" not in whole
    assert "sk-of-somebody" not in whole


def test_workers_share_the_cores_of_the_machine() -> None:
    here = cores()
    for size in (1, 2):
        crew = LocalCrew(size)
        try:
            (done,) = crew.run(_cores, [0])
        finally:
            crew.close()
        assert done.result == max(1, here // size)


def test_tasks_are_taken_only_when_somebody_is_free() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(50):
            taken.append(number)
            yield number

    crew = LocalCrew(2)
    try:
        for count, _ in enumerate(crew.run(_ten_times, tasks()), 1):
            assert len(taken) <= count + 2
    finally:
        crew.close()
    assert len(taken) == 50


def test_next_task_is_at_work_before_an_ended_one_is_told_of() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(3):
            taken.append(number)
            yield number

    crew = LocalCrew(1)
    try:
        ended = crew.run(_ten_times, tasks())
        assert next(ended).task == 0
        assert taken == [0, 1]
    finally:
        crew.close()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where Linux tells them")
def test_workers_are_forked_from_a_process_without_threads() -> None:
    code = "import os, narrator.run.preload; print(len(os.listdir('/proc/self/task')))"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "1"


def _ask_with_key(address: str) -> None:
    raise ValueError(f"{address} refuses {os.environ['SPEECH_API_KEY']}")


def _cores(_: int) -> int:
    return cores()


def _ten_times(number: int) -> int:
    return number * 10


def _divide(number: int) -> float:
    return 1 / number


def _die_of_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 10


def _workers(pid: int) -> list[int]:
    """The processes that a batch's process server has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == pid and int(fields[1]) != os.getpid():  # of its process group
            parent = (
                Path(f"/proc/{fields[1]}/cmdline").read_bytes()
                if Path(f"/proc/{fields[1]}").exists()
                else b""
            )
            if b"forkserver" in parent:
                found.append(int(path.parent.name))
    return found
