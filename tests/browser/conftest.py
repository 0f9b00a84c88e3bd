"""A show in Debian's Chromium: served by `narrator serve`, watched for errors and foreign requests."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sample_show import build_episode, build_show

from narrator.publish import publish_show
from narrator.shows import Show

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SHOTS = Path(os.environ.get("SCREENSHOTS", "")) if os.environ.get("SCREENSHOTS") else None
"""Where screenshots are kept, when they are wanted."""

HOSTILE = '"><img src=x onerror=window.hurt=1><script>window.hurt=1</script>'


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra e2e)")
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def browsed_show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """A published show of four episodes over two years, one of them Arabic, one with a hostile title."""
    folder = tmp_path_factory.mktemp("site") / "podcast"
    folder.mkdir()
    plain, other, arabic, hostile = (build_episode(number) for number in range(4))
    other = replace(other, title="Ferry strike ends in the northern isles", published=None)
    arabic = replace(
        arabic,
        title="المدينة تبني جدارها البحري من جديد",
        language="ar",
        lines=tuple(replace(one, text="بدأ العمل في الجدار البحري يوم الاثنين.") for one in arabic.lines),
    )
    hostile = replace(hostile, title=HOSTILE)
    show = build_show(
        folder, episodes=[plain, other, arabic, hostile], description="News from a harbour town."
    )
    publish_show(show)
    return show


@pytest.fixture(scope="session")
def address(browsed_show: Show) -> Iterator[str]:
    """Where the show is served."""
    command = [sys.executable, "-m", "narrator", "serve", "--show", str(browsed_show.folder), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    found = next(filter(None, (re.search(r"Site: (http\S+)", line) for line in process.stderr)))
    yield found[1]
    process.send_signal(signal.SIGTERM)
    process.wait()
    process.stderr.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the show; at the end no page may have complained or asked another host."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def watch(page: Any, base: str) -> None:
        origin = urlsplit(base)[:2]

        def asked(request: Any) -> None:
            parts = urlsplit(request.url)
            if parts.scheme not in {"data", "blob"} and parts[:2] != origin:
                troubles.append(f"asked {request.url}")

        def said(message: Any) -> None:
            # Browsers ask for it by themselves where a page, such as an XML one, names no icon.
            if message.type in {"error", "warning"} and "favicon.ico" not in message.location["url"]:
                troubles.append(message.text)

        page.on("request", asked)
        page.on("pageerror", lambda error: troubles.append(f"error {error}"))
        page.on("console", said)

    def open_one(path: str = "", *, base: str = address, **context: Any) -> Any:
        contexts.append(browser.new_context(**{"viewport": {"width": 1100, "height": 800}, **context}))
        page = contexts[-1].new_page()
        watch(page, base)
        page.goto(base + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not troubles


@pytest.fixture
def shoot() -> Callable[[Any, str], None]:
    """Keeps a screenshot of a whole page, when SCREENSHOTS names a folder."""

    def keep(page: Any, name: str) -> None:
        if SHOTS:
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)

    return keep
