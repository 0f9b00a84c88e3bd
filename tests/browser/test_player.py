from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytestmark = pytest.mark.net

EPISODE = "episodes/sea-wall-1/index.html"
CURRENT = ".line[aria-current='true']"

OpenPage = Callable[..., Any]


def seek(page: Any, seconds: float) -> None:
    page.evaluate(
        """seconds => new Promise(done => {
            const audio = document.querySelector("audio");
            audio.addEventListener("seeked", done, { once: true });
            audio.currentTime = seconds;
        })""",
        seconds,
    )


def heard(page: Any) -> float:
    """Where the sound is; it may have gone on a little since it was sent there."""
    return page.evaluate("document.querySelector('audio').currentTime") + 0.05  # type: ignore[no-any-return]


def wait_until_loaded(page: Any) -> None:
    page.wait_for_function("document.querySelector('audio').readyState >= 1")


@pytest.fixture
def page(open_page: OpenPage) -> Any:
    found = open_page(EPISODE)
    wait_until_loaded(found)
    return found


def current(page: Any) -> list[str]:
    return page.locator(CURRENT).all_text_contents()  # type: ignore[no-any-return]


def test_the_current_line_follows_every_seek(page: Any) -> None:
    lines = page.locator(".line").evaluate_all(
        "all => all.map(one => [one.textContent, +one.dataset.start, +one.dataset.end])"
    )
    for text, start, end in (*lines[::3], *lines[::-4]):
        for time in (start, (start + end) / 2, end - 0.05):
            seek(page, time)
            assert current(page) == [text]


def test_exactly_one_line_is_current_in_silences_and_at_both_ends(page: Any) -> None:
    duration = page.evaluate("document.querySelector('audio').duration")
    for time in (0, 0.1, 1.55, duration - 0.01, duration):
        seek(page, time)
        assert len(current(page)) == 1


def test_while_playing_the_line_goes_with_the_sound(page: Any) -> None:
    page.evaluate("document.querySelector('audio').play()")
    first = page.locator(".line").nth(1).text_content()
    page.wait_for_function(
        'text => document.querySelector(".line[aria-current]")?.textContent === text', arg=first, timeout=8000
    )
    time = page.evaluate("document.querySelector('audio').currentTime")
    assert 1.7 < time < 3.3


def test_a_click_on_a_line_plays_it(page: Any) -> None:
    line = page.locator(".line").nth(6)
    line.click()
    start = float(line.get_attribute("data-start"))
    page.wait_for_function("!document.querySelector('audio').paused")
    assert 0 <= heard(page) - start < 3


def test_a_chapter_plays_from_its_start_and_is_marked(page: Any) -> None:
    chapter = page.locator("[data-chapter-start]").nth(2)
    chapter.click()
    assert 0 <= heard(page) - 10.8 < 3
    assert chapter.get_attribute("aria-current") == "location"
    assert page.locator("[data-chapter-start][aria-current]").count() == 1
    assert page.locator("[aria-current='true']").count() == 1


def test_the_keyboard_alone_does_it_all(page: Any) -> None:
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
        if stops[-1] == "line":
            break
    assert stops[-1] == "line"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent").startswith("Work on the sea wall")
    page.keyboard.press("Enter")
    assert 0 <= heard(page) - 1.8 < 3
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent") == "Read by synthetic voices."
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") != "line"


def test_following_along_never_moves_the_focus(page: Any) -> None:
    page.locator("[data-skip='30']").focus()
    page.evaluate("document.querySelector('audio').play()")
    seek(page, 15)
    page.wait_for_timeout(400)
    assert page.evaluate("document.activeElement.dataset.skip") == "30"


def test_the_transcript_is_one_tab_stop_and_says_what_is_current_without_a_live_region(page: Any) -> None:
    assert page.locator(".line[tabindex='0']").count() == 1
    assert page.locator("#lines [aria-live], #lines [role=status]").count() == 0


def test_skips_and_speed_do_what_they_say(page: Any) -> None:
    page.get_by_role("button", name="Forward 30 seconds").click()
    assert page.evaluate("document.querySelector('audio').currentTime") == pytest.approx(19.5, abs=0.6)
    page.get_by_role("button", name="Back 15 seconds").click()
    assert page.evaluate("document.querySelector('audio').currentTime") == pytest.approx(4.5, abs=0.7)
    page.get_by_label("Speed").select_option("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5


def test_nothing_plays_by_itself(page: Any) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('audio').paused")


def test_where_one_stopped_is_offered_again(page: Any) -> None:
    page.evaluate(
        "localStorage.setItem('narrator:at:' + document.querySelector('audio').dataset.guid, '17.2')"
    )
    page.reload()
    wait_until_loaded(page)
    button = page.get_by_role("button", name="Resume at 0:17")
    button.click()
    assert 0 <= heard(page) - 17.2 < 3
    assert not button.is_visible()


def test_media_keys_know_what_is_played(page: Any) -> None:
    assert (
        page.evaluate("navigator.mediaSession.metadata.title") == "Harbour town rebuilds its sea wall, part 1"
    )


def test_a_link_with_a_time_starts_there(open_page: OpenPage) -> None:
    page = open_page(f"{EPISODE}#t=9.4")
    wait_until_loaded(page)
    page.wait_for_function("document.querySelector('audio').currentTime > 9")
    assert current(page) == ["The wall will cost £12m, most of it from the region."]


def test_the_page_is_whole_without_scripts(open_page: OpenPage) -> None:
    page = open_page(EPISODE, java_script_enabled=False)
    assert page.locator("audio[controls]").count() == 1
    assert page.get_by_text("The marsh behind it matters more").is_visible()
    assert page.locator(".keys").is_hidden()
    page.locator("[data-chapter-start]").nth(1).click()
    assert page.url.endswith("#l-h5")


def test_the_player_finds_its_post_inside_a_frame(open_page: OpenPage, address: str) -> None:
    page = open_page("embed.html#" + "http%3A%2F%2Fwww.blog.example.org%2F2020%2Fsea-wall-1.html%3Fm%3D1")
    page.wait_for_selector("audio:visible")
    assert page.locator("h1").text_content().strip() == "Harbour town rebuilds its sea wall, part 1"
    missing = open_page("embed.html#https%3A%2F%2Fblog.example.org%2F1999%2Fother.html")
    missing.wait_for_selector(".none:visible")
    assert missing.locator("audio").is_hidden()


@pytest.fixture
def blog(tmp_path: Path, address: str) -> Iterator[str]:
    """Another site, whose template holds the one line; one of its two posts has an episode."""
    line = f'<script src="{address}site/embed.js" async></script>'
    for name in ("sea-wall-1", "other"):
        canonical = f'<link rel="canonical" href="https://blog.example.org/2020/{name}.html">'
        (tmp_path / f"{name}.html").write_text(f"<!DOCTYPE html>{canonical}<p>The post.</p>{line}")
    handler = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_: object) -> None:
        pass


def test_one_line_puts_the_player_under_a_blog_s_post(browser: Any, blog: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{blog}sea-wall-1.html")
    title = "Listen to this post: Harbour town rebuilds its sea wall, part 1"
    frame = page.wait_for_selector(f"iframe[title='{title}']", timeout=5000)
    assert frame.bounding_box()["height"] > 60
    page.goto(f"{blog}other.html")
    page.wait_for_selector("iframe", state="detached", timeout=5000)
    context.close()
