"""Speech services on loopback: Google's endpoint as gTTS talks to it, and one like OpenAI's.

Both answer with real MP3, as long as the text deserves, and fail on demand: `plan` holds what becomes
of the next requests in order ("ok" when it is empty), or is a function of text and attempt.
"""

from __future__ import annotations

import base64
import json
import math
import socket
import subprocess
import threading
import time
import urllib.parse
from array import array
from collections import Counter
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from narrator.sound.ffmpeg import ffmpeg_binary

RATE_HZ = 24_000
FRAME_SAMPLES = 576
FRAME_BYTES = 96  # 32 kbit/s
S_PER_CHARACTER = 0.06
Plan = list[str] | Callable[[str, int], str]


@cache
def hum() -> list[bytes]:
    """MP3 frames of a wavering hum, each of which can stand alone."""
    samples = array(
        "h",
        (round(9000 * math.sin(n * 0.05) * math.sin(n * 0.0003)) for n in range(RATE_HZ * 12)),
    )
    encode = "-f s16le -ar 24000 -ac 1 -i pipe:0 -c:a libmp3lame -b:a 32k -reservoir 0 -write_xing 0"
    mp3 = subprocess.run(
        [ffmpeg_binary(), "-v", "error", *encode.split(), "-id3v2_version", "0", "-f", "mp3", "pipe:1"],
        input=samples.tobytes(),
        capture_output=True,
        check=True,
    ).stdout
    return [mp3[at : at + FRAME_BYTES] for at in range(0, len(mp3) - FRAME_BYTES, FRAME_BYTES)]


def speech(text: str, *, part: float = 1.0) -> bytes:
    """MP3 of the length *text* takes; *part* of it."""
    frames = max(4, round(len(text) * S_PER_CHARACTER * RATE_HZ / FRAME_SAMPLES))
    start = sum(map(ord, text)) % 50 + 2
    return b"".join(hum()[start + n % 300] for n in range(max(1, round(frames * part))))


class Service:
    """A server in threads, counting what it is asked; use it as a context."""

    def __init__(self, answer: Callable[[Any, str, str], None], text_of: Callable[[bytes], str]) -> None:
        self.plan: Plan = []
        self.latency_s = 0.0
        self.texts: list[str] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once = 0
        self._attempts: Counter[str] = Counter()
        self._inside = 0
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                text = text_of(body)
                fate = service._enter(text, body, dict(self.headers))
                try:
                    time.sleep(service.latency_s)
                    if fate == "hang":
                        time.sleep(3)
                    if fate in ("reset", "hang"):
                        self.connection.shutdown(socket.SHUT_RDWR)
                        self.close_connection = True
                        return
                    answer(self, text, fate)
                finally:
                    service._leave()

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Clients that lost patience are no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Service:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _enter(self, text: str, body: bytes, headers: dict[str, str]) -> str:
        with self._lock:
            self._inside += 1
            self.most_at_once = max(self.most_at_once, self._inside)
            self.texts.append(text)
            self.bodies.append(body)
            self.headers.append(headers)
            self._attempts[text] += 1
            if callable(self.plan):
                return self.plan(text, self._attempts[text])
            return self.plan.pop(0) if self.plan else "ok"

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1


def reply(
    handler: Any, body: bytes, *, status: int = 200, kind: str = "audio/mpeg", promise: int = 0
) -> None:
    """Send a whole answer, or with *promise* one that breaks off."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(promise or len(body)))
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = bool(promise)


def google() -> Service:
    """Google's endpoint: POST /_/TranslateWebserverUi/data/batchexecute."""

    def text_of(body: bytes) -> str:
        rpc = json.loads(urllib.parse.parse_qs(body.decode())["f.req"][0])
        return str(json.loads(rpc[0][0][1])[0])

    def answer(handler: Any, text: str, fate: str) -> None:
        if fate.isdigit():
            reply(handler, b"<html>no</html>", status=int(fate), kind="text/html")
            return
        if fate == "captcha":
            reply(handler, b"<html>unusual traffic</html>", kind="text/html")
            return
        audio = {"garbage": b"this is no sound " * 20, "short": speech(text, part=0.5)}.get(fate) or speech(
            text
        )
        coded = base64.b64encode(audio).decode()
        coded = coded[:101] if fate == "cut base64" else coded
        payload = None if fate == "empty" else json.dumps([coded])
        rows = [] if fate == "nothing" else [["wrb.fr", "jQ1olc", payload, None, None, None, "generic"]]
        body = b")]}'\n\n" + json.dumps([*rows, ["di", 7]]).encode()
        if fate == "truncated":
            reply(handler, body[: len(body) // 2], promise=len(body))
        else:
            reply(handler, body, kind="application/json")

    return Service(answer, text_of)


def openai() -> Service:
    """A server with POST /v1/audio/speech."""

    def answer(handler: Any, text: str, fate: str) -> None:
        errors = {"quota": (429, "insufficient_quota"), "bad key": (401, "invalid_api_key")}
        if fate in errors:
            status, code = errors[fate]
            body = json.dumps({"error": {"code": code, "message": "see your account"}}).encode()
            reply(handler, body, status=status, kind="application/json")
        elif fate.isdigit():
            reply(handler, b'{"error": {"message": "busy"}}', status=int(fate), kind="application/json")
        elif fate == "page":
            reply(handler, b"<html>hello</html>", kind="text/html")
        else:
            reply(handler, speech(text, part=0.5 if fate == "short" else 1.0))

    return Service(answer, lambda body: str(json.loads(body)["input"]))
