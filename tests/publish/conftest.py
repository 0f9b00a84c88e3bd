"""Shows to publish: one for tests that only read it, and a maker of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sample_show import build_show

from narrator.publish import publish_show
from narrator.shows import Show


@pytest.fixture
def make_show(tmp_path: Path) -> Callable[..., Show]:
    """Builds and publishes a show in a folder of its own; arguments as for `build_show`."""

    def make(count: int = 1, **settings: Any) -> Show:
        folder = tmp_path / "podcast"
        folder.mkdir()
        show = build_show(folder, count, **settings)
        publish_show(show)
        return show

    return make


@pytest.fixture(scope="session")
def standing_show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """A published show of three episodes with all their files; not to be changed."""
    folder = tmp_path_factory.mktemp("podcast")
    show = build_show(folder, 3)
    publish_show(show)
    return show


@pytest.fixture
def channel_of() -> Callable[..., ElementTree.Element]:
    """Reads a feed file of a show and gives its channel element."""

    def read(show: Show, name: str = "feed.xml") -> ElementTree.Element:
        channel = ElementTree.parse(show.folder / name).getroot().find("channel")
        assert channel is not None
        return channel

    return read
