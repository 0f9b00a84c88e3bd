"""The code of the feed's address is drawn once for all shows that have it."""

from pathlib import Path

import pytest

from narrator.publish.site import qr
from narrator.publish.site.qr import kept_qr_svg, qr_svg

ADDRESS = "https://news.example/feed.xml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "narrator"


def test_what_is_kept_is_what_was_drawn(monkeypatch):
    drawn = qr_svg(ADDRESS)
    assert kept_qr_svg(ADDRESS) == drawn
    monkeypatch.setattr(qr, "qr_svg", None)
    assert kept_qr_svg(ADDRESS) == drawn


def test_another_address_has_another_code():
    kept_qr_svg(ADDRESS)
    assert kept_qr_svg(ADDRESS + "?2") == qr_svg(ADDRESS + "?2")


def test_without_a_folder_to_keep_it_in_it_is_drawn_each_time(cache):
    cache.parent.write_text("a file")
    assert kept_qr_svg(ADDRESS) == qr_svg(ADDRESS)
