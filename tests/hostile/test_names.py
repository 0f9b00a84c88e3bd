"""Titles as names of folders and files."""

from __future__ import annotations

import re

import pytest
from hostile.conftest import House
from hostile.test_pages import PARAGRAPHS, page

from narrator.run.identity import make_slug

BODY = (
    "\n\nThe bridge over the Orra will open again on Friday, the council of Hallvik said after two years.\n\n"
    "It carries nine thousand vehicles a day and is the only way to the hospital on the southern bank.\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "../../../etc/passwd and what became of it",
        "/etc/cron.d/narrator was here",
        "C:\\Windows\\System32\\drivers",
        "..",
        ". . .  and nothing more",
        "CON",
        "nul.txt",
        "COM1",
        "lpt9.md and others",
        "a" * 500,
        "Bridge " * 80,
        "é" * 300,
        "桥" * 200,
        "🚢🚢🚢",
        "Title with a\ttab and trailing dots...",
        "Bridge | rm -rf / ; echo $(id) `id`",
        "-rf --help",
        "~root",
        "%2e%2e%2fetc",
        "file:///etc/passwd",
        "\u202ecod.exe",
        "episode.json",
        "index.html",
        ".narrator",
        "<script>alert(1)</script>",
        "aux. the silent partner",
    ],
)
def test_title_becomes_one_plain_folder_name(title: str) -> None:
    taken: set[str] = set()
    for _ in range(3):
        name = make_slug(title, "8d2f9c4e-0000", taken)
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)
        assert len(name) <= 80
        assert not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name)
        assert name not in taken
        taken.add(name.upper())
        taken.add(name)


@pytest.mark.parametrize(
    "title",
    ["../../../etc/passwd and what became of it", "Bridge " * 70, "<script>alert(1)</script> on a wall"],
)
def test_files_of_an_episode_have_plain_names_inside_the_show(house: House, title: str) -> None:
    house.make(
        house.put(
            "page.html", page(PARAGRAPHS).replace("Bridge over the Orra reopens", title.replace("<", "&lt;"))
        )
    )
    (folder,) = (house.show / "episodes").iterdir()
    assert len(folder.name) <= 80
    for path in folder.iterdir():
        assert re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9]+)+", path.name)


@pytest.mark.parametrize("link", ["episodes/bridge-over-the-orra-reopens"])
def test_link_that_leads_out_of_the_show_is_not_written_through(house: House, link: str) -> None:
    outside = house.folder / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("mine")
    place = house.show / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside)
    result = house.run(
        "make", house.put("post.txt", f"Bridge over the Orra reopens{BODY}"), "--engine", "tone"
    )
    assert (outside / "precious.txt").read_text() == "mine"
    assert result.code in (0, 64)
