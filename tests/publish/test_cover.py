"""The show's cover: as large as Apple takes, light, and drawn only when something about it changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sample_show import build_show

from narrator.publish.cover import drawn_cover, write_cover
from narrator.shows import Show


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """A show without a picture of its own."""
    show = build_show(tmp_path, files=False, image=None)
    (tmp_path / "cover.jpg").unlink()
    return show


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the covers drawn so far."""
    from narrator import cover

    titles: list[str] = []
    draw = cover.draw_cover

    def draw_and_note(title: str, show_title: str, size_px: int) -> bytes:
        titles.append(title)
        return draw(title, show_title, size_px)

    drawn_cover.cache_clear()
    monkeypatch.setattr(cover, "draw_cover", draw_and_note)
    return titles


def test_drawn_cover_is_the_largest_apple_takes_and_under_half_a_megabyte(show: Show) -> None:
    path = show.folder / write_cover(show)
    with Image.open(path) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert path.stat().st_size < 500_000


def test_cover_is_drawn_once_and_again_for_another_title_or_a_lost_file(show: Show, drawn: list[str]) -> None:
    for _ in range(3):
        write_cover(show)
    assert drawn == ["Merrow Haven Post"]
    other = replace(show, settings=replace(show.settings, title="Merrow Haven Herald"))
    write_cover(other)
    (show.folder / "cover.jpg").unlink()
    drawn_cover.cache_clear()  # as in another run
    write_cover(other)
    write_cover(other)
    assert drawn == ["Merrow Haven Post", "Merrow Haven Herald", "Merrow Haven Herald"]
