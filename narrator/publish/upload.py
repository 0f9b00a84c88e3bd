"""Uploads a show so that its subscribers never see half of it: audio first, the feed last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from narrator.publish.public import is_public, public_files
from narrator.publish.target import Target
from narrator.shows import scratch_folder

AT_ONCE = 8
"""Files on their way at the same time, to places that take it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upload will do, in this order."""

    phases: tuple[tuple[str, ...], ...]
    """Paths to send; one phase is finished before the next begins."""
    unchanged: int
    """Files that are there already."""
    stale: tuple[str, ...]
    """Files there that the show no longer has; deleted only when asked for, and last."""
    size_bytes: int
    """Of everything to be sent."""

    @property
    def paths(self) -> list[str]:
        """Everything to be sent, in order."""
        return [path for phase in self.phases for path in phase]


def plan_upload(folder: Path, target: Target) -> Plan:
    """Compare the public files of the show in *folder* with what *target* has."""
    there = target.sizes()
    sent = _Record(folder, target.name).read()
    here = {path.relative_to(folder).as_posix(): path for path in public_files(folder)}
    phases: list[list[str]] = [[] for _ in _ORDER]
    size = 0
    for name, path in here.items():
        length = path.stat().st_size
        if there.get(name) == length and (_named_by_content(name) or sent.get(name) == _digest(path)):
            continue
        phases[_phase(name)].append(name)
        size += length
    stale = tuple(sorted(name for name in there if name not in here and is_public(name)))
    return Plan(
        phases=tuple(tuple(sorted(phase)) for phase in phases if phase),
        unchanged=len(here) - sum(map(len, phases)),
        stale=stale,
        size_bytes=size,
    )


def upload(
    folder: Path,
    target: Target,
    plan: Plan,
    *,
    delete: bool = False,
    on_file: Callable[[str], None] | None = None,
) -> None:
    """Carry out *plan*. Stopped at any point, it can be planned and carried out again.

    Args:
        folder: the show folder.
        target: where to.
        plan: what `plan_upload` said.
        delete: also delete what the show no longer has.
        on_file: called with each path once it is there.

    Raises:
        PublishError: the other side failed.
    """
    record = _Record(folder, target.name)

    def send(name: str) -> None:
        target.put(folder / name, name)
        record.add(name, folder / name)
        if on_file:
            on_file(name)

    for phase in plan.phases:
        _each(send, phase, at_once=AT_ONCE if target.concurrent else 1)
    if delete:
        _each(target.remove, plan.stale, at_once=1)


def _each(do: Callable[[str], None], names: Sequence[str], *, at_once: int) -> None:
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        futures = [pool.submit(do, name) for name in names]
        try:
            for future in futures:
                future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _named_by_content(name: str) -> bool:
    return name.endswith((".mp3", ".m4a"))


_ORDER: tuple[Callable[[str], bool], ...] = (
    _named_by_content,
    lambda name: not name.endswith((".html", ".xml")) and name != "episodes.json",
    lambda name: name.startswith("episodes/"),
    lambda name: name != "feed.xml",
    lambda name: True,
)
"""Audio; transcripts, pictures and style; episode pages; the index and other feeds; the feed."""


def _phase(name: str) -> int:
    return next(number for number, belongs in enumerate(_ORDER) if belongs(name))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _Record:
    """What was sent to one destination, so that a file of equal size and other content is sent again.

    It lies in the scratch folder: without it, everything but audio is sent once more.
    """

    def __init__(self, folder: Path, destination: str) -> None:
        key = hashlib.sha256(destination.encode()).hexdigest()[:16]
        self._path = scratch_folder(folder) / f"published-{key}.jsonl"
        self._lock = Lock()

    def read(self) -> dict[str, str]:
        """Digest of each file when it was sent last."""
        try:
            lines: Iterable[str] = self._path.read_text(encoding="utf-8").splitlines()
        except OSError:
            return {}
        sent = {}
        for line in lines:
            try:
                row = json.loads(line)
                sent[row["path"]] = row["sha256"]
            except (ValueError, KeyError, TypeError):
                continue  # a line the last run was stopped in
        return sent

    def add(self, name: str, path: Path) -> None:
        """Note that *path* is there now as *name*."""
        if _named_by_content(name):
            return
        line = json.dumps({"path": name, "sha256": _digest(path)})
        with self._lock:
            self._path.parent.mkdir(exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
