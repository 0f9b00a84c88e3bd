"""Posts are read in another process just as they are in this one."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import EPOCH, snapshot

from narrator.config import Settings
from narrator.errors import NotAnArticle, ReadError, VoiceNotFound
from narrator.run.desk import Desk
from narrator.run.telling import House

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # pytest has threads
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")

APART = """
import sys, threading
from narrator.run.desk import DESK
if {apart}:
    DESK.open()
    assert DESK.is_apart
from narrator.cli import main
main(sys.argv[1:])
"""


def make(post: Path, show: Path, *, apart: bool) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", APART.format(apart=apart), "make", str(post), "--show", str(show)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    return subprocess.run(
        [*command, "--engine", "tone"], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def desk():
    """A desk in a process of its own, whatever threads the tests have."""
    from narrator.run import desk as home

    made = Desk()
    made._line = home._fork()
    yield made
    made.close()


@LINUX
def test_shows_are_the_same_whoever_read_the_post(story: Path, tmp_path: Path) -> None:
    for name in ("here", "there"):
        done = make(story, tmp_path / name, apart=name == "there")
        assert done.returncode == 0, done.stderr
    here, there = (snapshot(tmp_path / name) for name in ("here", "there"))
    assert here == there


@LINUX
def test_a_post_that_cannot_be_read_is_told_as_ever(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    here, there = (make(empty, tmp_path / "show", apart=apart) for apart in (False, True))
    assert (here.returncode, here.stderr) == (there.returncode, there.stderr)
    assert there.returncode == 4
    assert "Traceback" not in there.stderr


@LINUX
def test_what_is_told_while_a_script_is_written_is_heard_here(desk, story, tmp_path, caplog):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "odd.toml").write_text("engine = 1")
    post = desk.read(str(story), max_size_bytes=10**6, now=NOW)()
    settings = Settings(engine="tone")
    telling = desk.tell(post, House(settings, tmp_path, ()), now=NOW, where="x")
    assert telling.voice.engine == "tone"
    assert "voice file is wrong" in caplog.text
    assert "[anchor headline]" in desk.write_file(telling, tmp_path)()


@LINUX
def test_errors_come_back_with_all_they_say(desk, tmp_path, story):
    blank = tmp_path / "blank.txt"
    blank.write_text("\n")
    with pytest.raises(NotAnArticle) as caught:
        desk.read(str(blank), max_size_bytes=10**6, now=NOW)()
    assert "is empty" in caught.value.__notes__[0], "a traceback for --debug"
    post = desk.read(str(story), max_size_bytes=10**6, now=NOW)()
    with pytest.raises(VoiceNotFound, match="no voice named"):
        desk.tell(post, House(Settings(voice="nobody"), tmp_path, ()), now=NOW, where="x")


@LINUX
def test_a_desk_that_dies_is_an_error_and_the_next_post_is_read_here(desk, story):
    os.kill(desk._line._pid, signal.SIGKILL)
    with pytest.raises(ReadError, match="died"):
        desk.read(str(story), max_size_bytes=10**6, now=NOW)()
    assert not desk.is_apart
    assert desk.read(str(story), max_size_bytes=10**6, now=NOW)().title


@LINUX
def test_nobody_is_left_when_it_is_closed_or_its_owner_dies(tmp_path: Path) -> None:
    code = (
        "import os, sys; from narrator.run.desk import DESK; DESK.open();"
        "print(DESK._line._pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    for _ in range(200):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.05)
    pytest.fail("the desk lives on")


def test_where_there_are_threads_nothing_is_forked(story: Path) -> None:
    from threading import Event, Thread

    wait = Event()
    thread = Thread(target=wait.wait)
    thread.start()
    try:
        desk = Desk()
        desk.open()
        assert not desk.is_apart
        assert desk.read(str(story), max_size_bytes=10**6, now=NOW)().title
    finally:
        wait.set()
        thread.join()
