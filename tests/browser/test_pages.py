from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from narrator.shows import Show

pytestmark = pytest.mark.net

EPISODE = "episodes/sea-wall-1/index.html"
ARABIC = "episodes/sea-wall-3/index.html"
HOSTILE = "episodes/sea-wall-4/index.html"
PAGES = ["", EPISODE, ARABIC, HOSTILE]

OpenPage = Callable[..., Any]
Shoot = Callable[[Any, str], None]


def sideways(page: Any) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")  # type: ignore[no-any-return]


def serious(found: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Findings of axe that keep people from using a page, with the elements."""
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


def test_search_filters_by_words_without_regard_to_accents(open_page: OpenPage) -> None:
    page = open_page()
    field = page.get_by_label("Search episodes")
    shown = page.locator(".year li:visible")
    assert shown.count() == 4
    field.fill("FERRY  stríke")
    assert shown.count() == 1
    assert page.get_by_role("status").text_content() == "1 shown"
    assert page.locator(".year:visible").count() == 1
    field.fill("nonesuch")
    assert shown.count() == 0
    assert page.get_by_role("status").text_content() == "No episode matches."
    field.fill("")
    assert shown.count() == 4


def test_the_feed_address_is_copied(open_page: OpenPage, address: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}feed.xml"


@pytest.mark.parametrize("path", PAGES)
def test_narrow_windows_need_no_sideways_scroll(open_page: OpenPage, path: str, shoot: Shoot) -> None:
    page = open_page(path, viewport={"width": 320, "height": 640})
    assert sideways(page) <= 0
    shoot(page, f"narrow-{PAGES.index(path)}")


@pytest.mark.parametrize("path", PAGES)
def test_text_at_twice_its_size_needs_no_sideways_scroll(
    open_page: OpenPage, path: str, shoot: Shoot
) -> None:
    page = open_page(path, viewport={"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sideways(page) <= 0
    shoot(page, f"large-{PAGES.index(path)}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_serious_finding_of_axe(open_page: OpenPage, path: str, scheme: str, shoot: Shoot) -> None:
    axe = pytest.importorskip(
        "axe_core_python.sync_playwright", reason="axe-core is not installed (extra e2e)"
    )
    page = open_page(path, color_scheme=scheme, bypass_csp=True)
    found = axe.Axe().run(page)
    assert not serious(found)
    shoot(page, f"{scheme}-{PAGES.index(path)}")


def test_the_current_line_keeps_its_contrast(open_page: OpenPage) -> None:
    axe = pytest.importorskip(
        "axe_core_python.sync_playwright", reason="axe-core is not installed (extra e2e)"
    )
    for scheme in ("light", "dark"):
        page = open_page(EPISODE, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
        page.evaluate("document.querySelectorAll('.line')[1].setAttribute('aria-current', 'true')")
        found = axe.Axe().run(page)
        assert not serious(found)
        style = "getComputedStyle(document.querySelectorAll('.line')[1]).textDecorationLine"
        assert page.evaluate(style) == "underline"


def test_hostile_titles_are_words_on_the_page(open_page: OpenPage) -> None:
    for path in ("", HOSTILE):
        page = open_page(path)
        assert page.evaluate("window.hurt") is None
        assert page.get_by_text("onerror=window.hurt").first.is_visible()


def test_a_right_to_left_page_is_mirrored(open_page: OpenPage) -> None:
    page = open_page(ARABIC)
    assert page.evaluate("getComputedStyle(document.querySelector('article')).direction") == "rtl"
    right = page.evaluate("document.querySelector('.transcript').getBoundingClientRect().right")
    assert right > 800


def test_pictures_are_fetched_only_when_asked_for(open_page: OpenPage, browser: Any, address: str) -> None:
    page = open_page(EPISODE)
    link = page.get_by_role("link", name="Show picture from blog.example.org")
    assert link.is_visible()
    assert page.locator("figure img").count() == 0


def test_a_folder_opened_without_a_server_works_too(open_page: OpenPage, browsed_show: Show) -> None:
    page = open_page(base=f"file://{browsed_show.folder}/", path="index.html")
    page.get_by_role("link", name="Ferry strike").click()
    page.wait_for_function("document.querySelector('audio').readyState >= 1")
    page.locator(".line").nth(3).click()
    page.wait_for_function("document.querySelector('audio').currentTime > 4")


def test_the_feed_itself_is_a_page_in_a_browser(open_page: OpenPage) -> None:
    page = open_page("feed.xml")
    assert page.evaluate("getComputedStyle(document.querySelector('channel > title')).display") == "block"
    assert page.evaluate("getComputedStyle(document.querySelector('enclosure')).display") == "none"


def test_printing_leaves_the_story(open_page: OpenPage) -> None:
    page = open_page(EPISODE)
    page.emulate_media(media="print")
    assert page.locator(".player").is_hidden()
    assert page.get_by_text("Ferries keep running").is_visible()


@pytest.mark.parametrize(("path", "name"), [("", "show"), (EPISODE, "episode")])
def test_what_assistive_technology_hears_is_as_agreed(
    open_page: OpenPage, path: str, name: str, address: str
) -> None:
    page = open_page(path)
    told = page.locator("body").aria_snapshot().replace(address.rstrip("/"), "http://HOST") + "\n"
    told = told.replace(address.split("://")[1].rstrip("/"), "HOST").replace(
        address.rstrip("/").replace(":", "%3A").replace("/", "%2F"), "http%3A%2F%2FHOST"
    )
    golden = Path(__file__).parent / "golden" / f"{name}.aria.yaml"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
        pytest.fail(f"{golden.name} was written anew; look at it and run again")
    assert told == golden.read_text(encoding="utf-8")
