"""Mixing and encoding in the background, on every core, until all is as loud as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from narrator.join.assemble import checksum
from narrator.join.encode import encode
from narrator.join.mix import Heard, mix
from narrator.join.plan import Plan
from narrator.join.spans import Span, cut_in_spans
from narrator.machine import cores

MOST_PASSES = 3
CLOSE_LU = 0.25
"""What the limiter may take off before everything is encoded again, a little louder."""
STREAM = ".stream"


class Encoding:
    """A plan on its way to MP3 streams. As a context it starts at once, and ends early on an error.

    Attributes:
        spans: the parts of the timeline, each with an encoder of its own.
        streams: their files, whole after `finish`.
        checksums: of those files.
    """

    def __init__(self, plan: Plan, read_pcm: Callable[[str], bytes], folder: Path) -> None:
        self.spans = cut_in_spans(plan.timeline)
        self.streams = [folder / f"{STREAM}{number}" for number in range(len(self.spans))]
        self.checksums: list[int] = []
        self._plan = plan
        self._read_pcm = read_pcm
        self._unwanted = Event()
        self._pool = ThreadPoolExecutor(cores(), thread_name_prefix="encode")
        self._parts: list[Future[tuple[Heard, int]]] = []

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self._unwanted.set()
        self._pool.shutdown(wait=True)

    def finish(self) -> Heard:
        """Wait for the end; what was heard comes back.

        Raises:
            NotAcceptable: the samples of a clip are not what the clip says.
            JoinError: an encoder failed.
        """
        heard = self._heard()
        for _ in range(MOST_PASSES - 1):
            missing_db = self._plan.target_lufs - self._plan.metered(heard.energies)
            if missing_db < CLOSE_LU:
                break
            self._plan = self._plan.louder(missing_db)
            self._begin()
            heard = self._heard()
        return heard

    def _begin(self) -> None:
        spans = zip(self.spans, self.streams, strict=True)
        self._parts = [self._pool.submit(self._encode, span, stream) for span, stream in spans]

    def _heard(self) -> Heard:
        """All parts together. When one fails the others end early, and its error is raised, not theirs."""
        errors = [error for part in self._parts if (error := part.exception())]
        for error in sorted(errors, key=lambda error: isinstance(error, _UnwantedError)):
            raise error
        whole = Heard()
        for part in self._parts:
            whole.merge(part.result()[0])
        self.checksums = [part.result()[1] for part in self._parts]
        return whole

    def _encode(self, span: Span, stream: Path) -> tuple[Heard, int]:
        heard = Heard()
        pieces = mix(self._plan, span, self._read_pcm, heard)
        try:
            encode(
                self._while_wanted(pieces),
                stream,
                rate_hz=self._plan.timeline.rate_hz,
                channels=self._plan.channels,
                bitrate_kbps=self._plan.bitrate_kbps,
            )
        except BaseException:
            self._unwanted.set()
            raise
        return heard, checksum(stream)

    def _while_wanted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self._unwanted.is_set():
                raise _UnwantedError
            yield piece


class _UnwantedError(Exception):
    """Another part failed, or nobody waits any more."""
