"""What every hostile case is held to: one clear line, the right exit code, little memory and time."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran

SPARE_BYTES = 1_000_000_000
"""What a case may take beyond what the process has when it starts."""
LONGEST_S = int(os.environ.get("NARRATOR_TEST_LONGEST_S", "30"))

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def bounds() -> Iterator[None]:
    """A case that takes a gigabyte gets a MemoryError, one that takes half a minute a timeout."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    if pages:
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + SPARE_BYTES, before[1]))
    old = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, old)
    resource.setrlimit(resource.RLIMIT_AS, before)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took more than {LONGEST_S} s")


class House:
    """A show with its surroundings; nothing but the show may change."""

    def __init__(self, run: Run, folder: Path, show: Path) -> None:
        self.run_narrator = run
        self.folder = folder
        self.show = show

    def put(self, name: str, data: bytes | str) -> Path:
        """A file among the sources."""
        path = self.folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return path

    def run(self, command: str, *args: object) -> Ran:
        """A command on the show; it may not crash, nor touch what is not the show's."""
        before = self._around()
        result = self.run_narrator(command, *args, "--show", self.show)
        assert "Traceback" not in result.err, result.err
        assert "a bug" not in result.err, result.err
        assert result.code != 1, result
        assert self._around() == before
        return result

    def refused(self, code: int, *words: str, by: tuple[object, ...]) -> Ran:
        """Run *by*; it must end with *code*, one line that holds *words*, and the show as it was."""
        result = self.refused_with((code,), by=by)
        for word in words:
            assert word in result.err, result.err
        return result

    def refused_with(self, codes: tuple[int, ...], *, by: tuple[object, ...]) -> Ran:
        """`refused`, with one of several codes."""
        before = _files(self.show)
        result = self.run(str(by[0]), *by[1:])
        assert result.code in codes, result
        assert len(result.err.strip().splitlines()) == 1, result.err
        assert _files(self.show) == before
        return result

    def make(self, *args: object) -> Ran:
        """`make` on the tone engine, which must succeed."""
        result = self.run("make", *args, "--engine", "tone")
        assert result.code == 0, result
        return result

    def script(self, source: Path, *, engine: str = "tone") -> dict[str, Any]:
        """The script of *source*."""
        import json

        result = self.run("script", source, "--format", "json", "--engine", engine)
        assert result.code == 0, result
        return dict(json.loads(result.out))

    def _around(self) -> dict[str, bytes]:
        return {
            name: data
            for name, data in _files(self.folder).items()
            if not name.startswith((f"{self.show.name}/", "cache/"))
        }


def _files(folder: Path) -> dict[str, bytes]:
    """Every file below *folder* but what is only the show's cache."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".narrator" not in path.parts
    }


@pytest.fixture
def house(run_narrator: Run, tmp_path: Path, show: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A show that does not exist yet, in a folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return House(run_narrator, tmp_path, show)
