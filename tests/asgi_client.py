"""Asks an ASGI application one thing at a time, with paths and headers exactly as given."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit

Result = TypeVar("Result")


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """What *work* returns, run in a thread of its own: a browser may keep a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.content.decode()


class Client:
    """Asks *app* as a client at *host* would."""

    def __init__(self, app: Any, host: str = "192.168.1.9:8000") -> None:
        self.app = app
        self.host = host

    def get(self, path: str, **headers: str) -> Answer:
        """GET *path*, an address or a path that is not tidied up; header names with _ for -."""
        return self.ask("GET", path, **headers)

    def head(self, path: str, **headers: str) -> Answer:
        """HEAD *path*."""
        return self.ask("HEAD", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> Answer:
        """Any *method* on *path*."""
        if path.startswith("http://"):
            path = urlsplit(path).path
        said = {"host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "method": method,
            # As a server hands it on: decoded once, what is not UTF-8 replaced.
            "path": unquote_to_bytes(path).decode("utf-8", "replace"),
            "raw_path": path.encode(),
            "query_string": b"",
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in said.items()],
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        run_apart(self.app(scope, receive, send))
        return Answer(
            status=sent[0]["status"],
            headers={name.decode(): value.decode() for name, value in sent[0]["headers"]},
            content=b"".join(message.get("body", b"") for message in sent[1:]),
        )
