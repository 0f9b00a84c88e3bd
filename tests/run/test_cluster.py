"""The same jobs on a real Dask scheduler with workers of its own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from read.archives.exports import sample
from run.batches import NOW, check_show, counts, run, write_posts

from narrator.config import Settings
from narrator.errors import ConfigError
from narrator.run.batch import run_batch
from narrator.run.session import Options, Session, Watcher, open_session

pytest.importorskip("distributed", reason="needs the extra narrator-podcast[cluster]")
pytestmark = [pytest.mark.net, pytest.mark.filterwarnings("ignore::Warning")]

POSTS = [sample(number) for number in range(8)]


class Cluster:
    """A scheduler and three single-threaded workers."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        worker = ["worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
        self.processes = [self._start(folder, *scheduler)]
        self.processes += [
            self._start(folder, *worker, "--local-directory", str(folder / f"w{n}")) for n in range(3)
        ]
        self.workers = self.processes[1:]

    def _start(self, folder: Path, *words: str) -> subprocess.Popen[bytes]:
        environ = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environ,
        )

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    started = Cluster(folder)
    try:
        yield started
    finally:
        started.stop()


def run_on(cluster: Cluster, archive: Path, show: Path, watcher: Watcher | None = None) -> Session:
    from narrator.run.cluster import ClusterCrew

    until = time.monotonic() + 60
    while True:
        try:
            crew = ClusterCrew(cluster.address)
            crew._client.wait_for_workers(len(cluster.workers), timeout=30)
            break
        except ConfigError:
            if time.monotonic() > until:
                raise
    settings = Settings(engine="tone", image=None)
    with open_session(show, settings, Options(), now=NOW, crew=crew, watcher=watcher or Watcher()) as session:
        run_batch(session, [str(archive)])
    return session


def contents(show: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(show)): path.read_bytes()
        for path in sorted(show.rglob("*"))
        if path.is_file() and ".narrator" not in path.parts
    }


def test_cluster_makes_the_same_bytes_as_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    archive = write_posts(tmp_path / "wp.xml", POSTS)
    assert counts(run_on(cluster, archive, tmp_path / "far")) == {"made": len(POSTS)}
    assert counts(run(archive, tmp_path / "near")) == {"made": len(POSTS)}
    assert contents(tmp_path / "far") == contents(tmp_path / "near")


def test_killed_cluster_worker_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    class Killer(Watcher):
        done = 0

        def ended(self, row: object) -> None:
            self.done += 1
            if self.done == 2:
                cluster.workers[0].send_signal(signal.SIGKILL)

    archive = write_posts(tmp_path / "wp.xml", POSTS)
    session = run_on(cluster, archive, tmp_path / "show", Killer())
    assert counts(session) == {"made": len(POSTS)}
    assert len(check_show(tmp_path / "show")) == len(POSTS)


def test_absent_scheduler_is_said_in_one_line() -> None:
    from narrator.run import cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "WAIT_S", 1)
        with pytest.raises(ConfigError, match="no Dask scheduler"):
            cluster.ClusterCrew("tcp://127.0.0.1:9")
