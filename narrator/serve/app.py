"""The ASGI application: what is public, for whom, and with which headers."""

from __future__ import annotations

import hmac
import os
from email.utils import parsedate_to_datetime
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from narrator.publish.public import is_public, media_type
from narrator.serve.addresses import is_host
from narrator.serve.cache import Page, PageCache
from narrator.serve.ranges import OutOfRange, parse_range

_AUDIO = (".mp3", ".m4a")
# Pictures of a post may be shown from its own site, when the reader asks for them.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; media-src 'self'; connect-src 'self'; "
    "img-src 'self' https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)


def make_app(folder: Path, *, base_url: str | None = None, token: str | None = None) -> ASGIApp:
    """The show in *folder* as an ASGI application.

    Args:
        folder: the show folder; it is read at each request, so a new episode is there at once.
        base_url: address to put into feed and pages; None puts in the one that was asked.
        token: first part of every path; without it everything is "not found".
    """
    return _Server(folder.resolve(), base_url.rstrip("/") if base_url else None, token)


class _Server:
    def __init__(self, folder: Path, base_url: str | None, token: str | None) -> None:
        self._folder = folder
        self._root = str(folder) + os.sep
        self._base_url = base_url
        self._token = token
        self._pages = PageCache(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        response = await self._answer(scope)
        response.headers["x-content-type-options"] = "nosniff"
        response.headers.setdefault("content-security-policy", _POLICY.format(frames="'self'"))
        await response(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("method not allowed\n", 405, {"allow": "GET, HEAD"})
        headers = Headers(scope=scope)
        base = self._base(scope, headers)
        if base is None:
            return PlainTextResponse("the Host header is not a host\n", 400)
        path = self._within(scope["path"])
        if path is None:
            return _not_found()
        if path == "" and not scope["path"].endswith("/"):
            return RedirectResponse(f"{base}/", 308)
        if path == "" or path.endswith("/"):
            path += "index.html"
        if not is_public(path):
            return self._folder_or_nothing(path, base)
        try:
            state = os.stat(self._root + path)  # noqa: PTH116 - a third of the time of Path's
        except OSError:
            return _not_found()
        return await self._file(path, base, state, headers, head=scope["method"] == "HEAD")

    def _base(self, scope: Scope, headers: Headers) -> str | None:
        """The address to put into the files; None when the client named no proper host."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not is_host(hosts[0]):
            return None
        if self._base_url:
            return self._base_url
        token = f"/{self._token}" if self._token else ""
        # A proxy may say which; whatever it says, it is one of these two.
        scheme = "https" if scope["scheme"] == "https" else "http"
        return f"{scheme}://{hosts[0]}{token}"

    def _within(self, path: str) -> str | None:
        """*path* below the token, without the slash; None for all who do not know the token."""
        if self._token is None:
            return path.removeprefix("/")
        first, _, rest = path.removeprefix("/").partition("/")
        if not hmac.compare_digest(first.encode("utf-8", "replace"), self._token.encode()):
            return None
        return rest

    def _folder_or_nothing(self, path: str, base: str) -> Response:
        if is_public(f"{path}/index.html") and Path(f"{self._root}{path}/index.html").is_file():
            return RedirectResponse(f"{base}/{path}/", 308)
        return _not_found()

    async def _file(
        self, path: str, base: str, state: os.stat_result, headers: Headers, *, head: bool
    ) -> Response:
        page = self._pages.find(path, base, state)
        if page is None:
            # A link may lead out of the folder; what it leads to is not the show's to give away.
            if not os.path.realpath(self._root + path).startswith(self._root):
                return _not_found()
            if path.endswith(_AUDIO):
                return self._big_file(path, state, headers)
            try:
                page = await to_thread.run_sync(self._pages.load, path, base, state)
            except OSError:
                return _not_found()
        return self._small_file(path, page, headers, head=head)

    def _small_file(self, path: str, page: Page, headers: Headers, *, head: bool) -> Response:
        about = self._headers(path) | {"etag": page.etag, "last-modified": page.last_modified}
        if _unchanged(headers, page.etag, page.last_modified):
            return Response(status_code=304, headers=about)
        kind = media_type(path)
        if path.endswith(".xml") and "text/html" not in headers.get("accept", ""):
            kind = "application/rss+xml; charset=utf-8"  # no browser: a podcast app
        about |= {"content-type": kind, "accept-ranges": "bytes"}
        return _body(page, about, headers, head=head)

    def _big_file(self, path: str, state: os.stat_result, headers: Headers) -> Response:
        response = FileResponse(
            self._root + path, headers=self._headers(path), media_type=media_type(path), stat_result=state
        )
        if _unchanged(headers, response.headers["etag"], response.headers["last-modified"]):
            kept = ("etag", "last-modified", "cache-control", "access-control-allow-origin")
            return Response(status_code=304, headers={name: response.headers[name] for name in kept})
        return response

    def _headers(self, path: str) -> dict[str, str]:
        who = "private" if self._token else "public"
        if path.endswith(_AUDIO):
            # Named by its content: what is under this name never changes.
            caching = f"{who}, max-age=31536000, immutable"
        else:
            caching = f"{who}, no-cache"
        found = {
            "cache-control": caching,
            "access-control-allow-origin": "*",
            "referrer-policy": "no-referrer" if self._token else "strict-origin-when-cross-origin",
        }
        if path == "embed.html":
            found["content-security-policy"] = _POLICY.format(frames="*")
        if not path.endswith(_AUDIO):
            found["vary"] = "Host, Accept"
        return found


def _not_found() -> Response:
    return PlainTextResponse("not found\n", 404)


def _body(page: Page, about: dict[str, str], headers: Headers, *, head: bool) -> Response:
    """The page, or the part of it that is asked for."""
    size = len(page.body)
    current = headers.get("if-range") in {None, page.etag, page.last_modified}
    try:
        part = parse_range(headers.get("range") if current else None, size)
    except OutOfRange:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    if part:
        about["content-range"] = f"bytes {part[0]}-{part[1] - 1}/{size}"
    start, end = part or (0, size)
    about["content-length"] = str(end - start)
    return Response(b"" if head else page.body[start:end], status_code=206 if part else 200, headers=about)


def _unchanged(headers: Headers, etag: str, last_modified: str) -> bool:
    """Whether the client has what it asks for already (RFC 9110, 13.1): tags win over dates."""
    tags = headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or etag in known
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(last_modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
