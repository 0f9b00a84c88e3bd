"""Fetches one page, politely: robots.txt first, a limit on everything, nothing fetched twice unchanged."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
from requests.exceptions import ConnectionError, RequestException, SSLError, Timeout

from narrator import __version__
from narrator.errors import FetchFailed, NotAnArticle, SourceTooLarge
from narrator.read.deadline import within
from narrator.read.page_cache import CachedPage, PageCache
from narrator.redact import without_userinfo

USER_AGENT = f"narrator/{__version__} (+podcast reader)"
MAX_REDIRECTS = 5
ATTEMPTS = 3
"""How often a page is asked for when what went wrong may pass."""
TIMEOUT_S = (10.0, 20.0)
"""Seconds to connect, and to wait for the next bytes."""
DEADLINE_S = 25.0
"""Seconds after which a page is given up, all attempts, redirects and pauses included."""
_CHUNK_BYTES = 16_384
_ROBOTS_BYTES = 512_000
"""What RFC 9309 asks a reader of robots.txt to take at least."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 402, 403, 407, 451})
_PACKINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Encodings of a body that unpack at most a thousandfold; packed twice, 16 kB are as many gigabytes."""
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,text/markdown;q=0.9,*/*;q=0.5"
_SAVE_IT = "Save the page from a browser and give narrator the file."


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as a server gave it."""

    data: bytes
    address: str
    """Where it was found in the end, after redirects; without a user's name and password."""
    charset: str | None
    """The encoding the server named, if it named one."""


def fetch_page(
    address: str,
    *,
    max_size_bytes: int,
    cache: PageCache | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchedPage:
    """The page at *address*.

    A page that is in the cache is asked for with its ETag or date and taken from there when it has
    not changed. Certificates and proxies are those of the environment.

    Args:
        address: an http or https address.
        max_size_bytes: the most that is read, decompressed.
        cache: where fetched pages are kept; the user's cache folder when None.
        sleep: how to wait between attempts, in seconds.

    Raises:
        FetchFailed: the server cannot be reached, takes more than `DEADLINE_S`, or it, or its robots.txt,
            refuses; `transient` when trying later may help.
        SourceTooLarge: the page is over *max_size_bytes*.
        NotAnArticle: what is there is no text.
    """
    fetcher = _Fetcher(max_size_bytes, cache or PageCache(), time.monotonic() + DEADLINE_S)
    try:
        return within(DEADLINE_S, lambda: _try_to_fetch(fetcher, address, sleep))
    except TimeoutError as error:
        raise _too_slow(address) from error


def _try_to_fetch(fetcher: _Fetcher, address: str, sleep: Callable[[float], None]) -> FetchedPage:
    attempt = 1
    while True:
        try:
            return fetcher.fetch(address)
        except FetchFailed as error:
            wait_s = fetcher.retry_after_s or 2.0 ** (attempt - 1)
            if not error.transient or attempt >= ATTEMPTS or time.monotonic() + wait_s > fetcher.deadline:
                raise
            sleep(wait_s)
        attempt += 1


class _Fetcher:
    """One page's way through redirects."""

    def __init__(self, max_size_bytes: int, cache: PageCache, deadline: float) -> None:
        self.max_size_bytes = max_size_bytes
        self.cache = cache
        self.deadline = deadline
        self.retry_after_s: float | None = None

    def fetch(self, address: str) -> FetchedPage:
        place = address
        for _ in range(MAX_REDIRECTS + 1):
            _check_scheme(place, address)
            _check_robots(place)
            kept = self.cache.find(place)
            with _get(place, kept.validators if kept else {}) as response:
                if following := _following(response, place):
                    place = following
                    continue
                if response.status_code == 304 and kept is not None:
                    return FetchedPage(kept.data, without_userinfo(place), kept.charset)
                self._check_status(response, place)
                _check_type(response, place)
                _check_packing(response, place)
                page = FetchedPage(self._read(response, place), without_userinfo(place), _charset(response))
                self.cache.keep(place, CachedPage(page.data, page.charset, _validators(response)))
                return page
        raise FetchFailed(f"redirected more than {MAX_REDIRECTS} times", where=address)

    def _check_status(self, response: requests.Response, place: str) -> None:
        status = response.status_code
        if status < 400 and status != 304:
            return
        said = f"the server answered {status} {response.reason or ''}".strip()
        self.retry_after_s = _seconds(response.headers.get("retry-after"))
        if status in _BUSY:
            raise FetchFailed(said, where=place, hint="Try again later.", transient=True)
        if status in _REFUSED:
            raise FetchFailed(said, where=place, hint=_SAVE_IT)
        raise FetchFailed(said, where=place, hint="Check the address.")

    def _read(self, response: requests.Response, place: str) -> bytes:
        """The body; stopped as soon as it is too large or too slow."""
        data = bytearray()
        try:
            for chunk in response.iter_content(_CHUNK_BYTES):
                data += chunk
                if len(data) > self.max_size_bytes:
                    raise SourceTooLarge(
                        f"is larger than {self.max_size_bytes / 1e6:g} MB",
                        where=place,
                        hint="Raise the limit with --max-size.",
                    )
                if time.monotonic() > self.deadline:
                    raise _too_slow(place)
        except RequestException as error:
            raise _broken_off(place) from error
        return bytes(data)


def _too_slow(place: str) -> FetchFailed:
    return FetchFailed(
        f"still arriving after {DEADLINE_S:g} seconds", where=place, hint="Try again later.", transient=True
    )


def _broken_off(place: str) -> FetchFailed:
    return FetchFailed("the page broke off on its way", where=place, hint="Try again.", transient=True)


def _following(response: requests.Response, place: str) -> str | None:
    """Where *response* leads on to, when it is a redirect that says so."""
    if response.status_code not in _REDIRECTS or "location" not in response.headers:
        return None
    try:
        return str(urljoin(place, response.headers["location"]))
    except ValueError as error:
        raise FetchFailed("redirected to what is no address", where=place) from error


def _get(place: str, validators: Mapping[str, str]) -> requests.Response:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        **validators,
    }
    # requests reads REQUESTS_CA_BUNDLE itself, but not what OpenSSL and most other tools go by.
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE")
    try:
        return requests.get(
            place,
            headers=headers,
            timeout=TIMEOUT_S,
            stream=True,
            allow_redirects=False,
            verify=bundle or True,
        )
    except SSLError as error:
        raise FetchFailed(
            "the server's certificate cannot be verified", where=place, hint=_SAVE_IT
        ) from error
    except Timeout as error:
        raise FetchFailed(
            "the server did not answer in time", where=place, hint="Try again later.", transient=True
        ) from error
    except ConnectionError as error:
        raise FetchFailed(
            "the server cannot be reached",
            where=place,
            hint="Check the address and the network.",
            transient=True,
        ) from error
    except (RequestException, ValueError) as error:
        raise FetchFailed(
            f"not a working address ({error})", where=place, hint="Check the address."
        ) from error


def _check_scheme(place: str, address: str) -> None:
    parts = _split(place, address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchFailed(
            f"redirected to {parts.scheme or 'no'} address, which is not followed", where=address
        )


def _split(place: str, where: str) -> SplitResult:
    try:
        parts = urlsplit(place)
        _ = parts.port  # checked only when it is asked for
    except ValueError as error:
        raise FetchFailed(
            f"not a working address ({error})", where=where, hint="Check the address."
        ) from error
    return parts


def _check_robots(place: str) -> None:
    """Raise when the site's robots.txt keeps narrator away from *place*."""
    parts = _split(place, place)
    if not _robots(f"{parts.scheme}://{parts.netloc}").can_fetch(USER_AGENT, place):
        raise FetchFailed("the site's robots.txt keeps readers like narrator out", where=place, hint=_SAVE_IT)


@lru_cache(maxsize=500)
def _robots(site: str) -> RobotFileParser:
    """The rules of *site*; as RFC 9309 has it, none when there is no such file."""
    rules = RobotFileParser()
    place = f"{site}/robots.txt"
    for _ in range(MAX_REDIRECTS + 1):
        with _get(place, {}) as response:
            if following := _following(response, place):
                _check_scheme(following, site)
                place = following
                continue
            if response.status_code >= 500 or response.status_code == 429:
                raise FetchFailed(
                    f"its robots.txt cannot be read (the server answered {response.status_code})",
                    where=site,
                    hint="Try again later.",
                    transient=True,
                )
            text = b"" if response.status_code >= 400 else _read_robots(response, place)
            rows = text.decode("utf-8", "replace").splitlines()
            rules.parse([row for row in rows if _is_rule(row)])
            return rules
    rules.parse([])
    return rules


def _is_rule(row: str) -> bool:
    """Whether *row* can be read; the parser fails on one like "Disallow: http://[rain"."""
    try:
        urlsplit(unquote(row.partition(":")[2].strip()))
    except ValueError:
        return False
    return True


def _read_robots(response: requests.Response, place: str) -> bytes:
    """The beginning of a robots.txt; what is beyond `_ROBOTS_BYTES` does not count."""
    _check_packing(response, place)
    data = bytearray()
    try:
        for chunk in response.iter_content(_CHUNK_BYTES):
            data += chunk
            if len(data) >= _ROBOTS_BYTES:
                break
    except RequestException as error:
        raise _broken_off(place) from error
    return bytes(data[:_ROBOTS_BYTES])


def _check_packing(response: requests.Response, place: str) -> None:
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in _PACKINGS:
        raise FetchFailed(f'is packed in a way narrator did not ask for ("{packing[:40]}")', where=place)


def _check_type(response: requests.Response, place: str) -> None:
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind.startswith(("image/", "audio/", "video/", "font/")) or kind in {
        "application/pdf",
        "application/zip",
    }:
        raise NotAnArticle(f"what is there is {kind}, not a page", where=place)


def _charset(response: requests.Response) -> str | None:
    header = Message()
    header["content-type"] = response.headers.get("content-type", "")
    return header.get_content_charset()


def _validators(response: requests.Response) -> dict[str, str]:
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    return {ask: response.headers[told] for ask, told in pairs if told in response.headers}


def _seconds(value: str | None) -> float | None:
    return min(30.0, float(value)) if value and value.strip().isdigit() else None
