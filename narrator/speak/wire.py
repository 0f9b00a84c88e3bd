"""Requests to speech services: kept-alive and verified, with an end, and every failure named.

`requests.Session.send` passes over the environment's proxies and certificates for a prepared request
unless it is told them, so they are merged in here.
"""

from __future__ import annotations

import contextlib
import email.utils
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narrator.errors import SpeechFailed
from narrator.speak.patience import Kind, Trouble

if TYPE_CHECKING:
    import requests

CONNECT_S = 5.0
LARGEST_BYTES = 50_000_000
"""Of one answer; an hour of speech is less."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said."""

    status: int
    type: str
    """Media type, without parameters."""
    body: bytes
    retry_after_s: float | None = None

    def raise_for_trouble(self) -> None:
        """Do nothing when the answer is final: a success, or a refusal no waiting will change.

        Raises:
            Trouble: a status that may pass (429, 403, 408, 5xx).
        """
        if self.status not in (403, 408, 429) and self.status < 500:
            return
        kind: Kind = "throttled" if self.status in (429, 503) else "failing"
        does = {429: "asks for fewer requests", 403: "refuses"}.get(self.status, "is out of order")
        raise Trouble(kind, f"{does} (HTTP {self.status})", retry_after_s=self.retry_after_s)


class Wire:
    """Sessions that stay open between requests; each is one thread's at a time."""

    def __init__(self, service: str) -> None:
        """*service* names the other side in messages: "Google's speech service"."""
        self._service = service
        self._free: list[requests.Session] = []
        if hasattr(os, "register_at_fork"):  # a connection must not be used by two processes
            os.register_at_fork(after_in_child=self._free.clear)

    def send(self, request: requests.PreparedRequest, timeout_s: float) -> Answer:
        """The answer to *request*, whole, whatever its status; redirects are not followed.

        Raises:
            Trouble: there was none, for a reason that may pass.
            SpeechFailed: the service cannot prove that it is itself.
        """
        import requests

        until = time.monotonic() + timeout_s
        try:
            with self._session() as session:
                settings = session.merge_environment_settings(request.url, {}, True, None, None)
                settings["verify"] = _certificates(settings["verify"])
                timeout = (min(CONNECT_S, timeout_s), timeout_s)
                with session.send(request, timeout=timeout, allow_redirects=False, **settings) as response:
                    body = _read(response, until)
                    status, headers = response.status_code, response.headers
        except requests.RequestException as error:
            raise self._trouble(error) from error
        media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(status, media_type, body, _retry_after(headers.get("Retry-After")))

    @contextlib.contextmanager
    def _session(self) -> Iterator[requests.Session]:
        import requests

        session = self._free.pop() if self._free else requests.Session()
        yield session
        self._free.append(session)  # not after an error: the connection may be in any state

    def _trouble(self, error: Exception) -> Trouble | SpeechFailed:
        """What *error* of requests means for the next attempt."""
        import requests
        from urllib3 import exceptions

        cause = getattr(error.args[0] if error.args else None, "reason", None)
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return SpeechFailed(
                f"{self._service} does not prove its identity (certificate not trusted)",
                hint="Behind a proxy, name its certificates in REQUESTS_CA_BUNDLE.",
            )
        if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError) or isinstance(
            cause, exceptions.NewConnectionError
        ):
            return Trouble("unreachable", "cannot be reached")
        if isinstance(error, requests.Timeout) or "timed out" in str(error):
            return Trouble("hanging", "does not answer in time")
        if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
            return SpeechFailed(f"{self._service}: not an address ({error})")
        return Trouble("failing", "breaks the connection")


def _certificates(found: bool | str | None) -> bool | str | None:
    """requests knows ``REQUESTS_CA_BUNDLE`` and ``CURL_CA_BUNDLE``; everybody else ``SSL_CERT_FILE``."""
    return os.environ.get("SSL_CERT_FILE") or found if found is True else found


def _read(response: Any, until: float) -> bytes:
    """The body, read before *until*: the read timeout alone lets an answer trickle for ever."""
    body = bytearray()
    for chunk in response.iter_content(65_536):
        body += chunk
        if time.monotonic() > until:
            raise Trouble("hanging", "does not answer in time")
        if len(body) > LARGEST_BYTES:
            raise Trouble("failing", "sends an answer without an end")
    return bytes(body)


def _retry_after(said: str | None) -> float | None:
    """Seconds to wait, of a header that holds seconds or a date; None when it holds neither.

    >>> _retry_after("7"), _retry_after("soon")
    (7.0, None)
    """
    if not said:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return None
