"""What tests of the speak stage share: a store, scripts, services on loopback, a tiny Piper voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from speak import services

from narrator.models import Line, Script
from narrator.models.script import Role
from narrator.speak import ClipStore
from narrator.speak.engine import find_engine

PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return ClipStore(tmp_path / "clips")


@pytest.fixture
def fresh_engines() -> Iterator[None]:
    """Engines that remember nothing of other tests."""
    find_engine.cache_clear()
    yield
    find_engine.cache_clear()


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between attempts a thirtieth as long."""
    for module in ("narrator.speak.retry", "narrator.speak.gate"):
        monkeypatch.setattr(f"{module}.FIRST_PAUSE_S", 0.01)
        monkeypatch.setattr(f"{module}.LONGEST_PAUSE_S", 0.25)


@pytest.fixture
def google(
    monkeypatch: pytest.MonkeyPatch, fresh_engines: None, quick_retries: None
) -> Iterator[services.Service]:
    """Google's endpoint on loopback, in plain HTTP."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    with services.google() as service:
        monkeypatch.setattr("gtts.tts._translate_url", lambda tld="com", path="": f"{service.url}/{path}")
        yield service


@pytest.fixture
def openai(
    monkeypatch: pytest.MonkeyPatch, fresh_engines: None, quick_retries: None
) -> Iterator[services.Service]:
    """A speech server like OpenAI's on loopback."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "test-key")
    with services.openai() as service:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{service.url}/v1")
        yield service


@pytest.fixture
def piper_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_engines: None) -> Path:
    """An empty place for Piper voices and voice files of the user."""
    pytest.importorskip("piper", reason="the extra narrator-podcast[piper] is not installed")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "data" / "narrator" / "piper"


def lines(*texts: str, role: Role = "anchor") -> tuple[Line, ...]:
    return tuple(Line(f"l{n}", role, "paragraph", text, text, 350) for n, text in enumerate(texts))


def script_of(*texts: str, language: str = "en") -> Script:
    return Script("Test", lines(*texts), "test.txt", language)


@pytest.fixture
def make_script() -> Callable[..., Script]:
    return script_of
