"""Takes the pictures of docs/images/ from the project's own example, played to the middle of its sidebar.

Run by `make screenshots`; needs Chromium and the extra e2e.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from narrator.cli import main as narrator

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SHOW = {"title": "The Tidewater Post, read aloud", "description": "News from the Veld coast, word for word."}
WIDTH, HEIGHT = 1180, 900


def run(*args: str) -> None:
    """One command of narrator, in this process."""
    try:
        narrator(list(args))
    except SystemExit as left:
        if left.code:
            raise


def make_show(folder: Path) -> Path:
    """The show of the example post in *folder*; the address of the episode's page."""
    run("init", str(folder), "--yes", "--title", SHOW["title"], "--description", SHOW["description"])
    posts = [str(ROOT / "examples" / name) for name in ("harbour-lights.txt", "night-train.html")]
    run("make", *posts, "--show", str(folder), "--engine", "espeak", "--date", "2015-11-12")
    return next(folder.glob("episodes/*harbour*/index.html"))


def picture(browser: Browser, page_file: Path, scheme: Any, *, seek: bool) -> Image.Image:
    """The page as it looks with *scheme* colours; with *seek*, while its sidebar is heard."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
    page.goto(page_file.as_uri())
    if seek:
        line = page.locator("aside .line").nth(3)
        line.evaluate("line => { document.querySelector('audio').currentTime = line.dataset.start }")
        page.wait_for_selector("aside [aria-current]")
        page.locator("aside").evaluate("box => scrollTo(0, box.offsetTop - 90)")
        page.wait_for_timeout(500)
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return shot.convert("RGB")


def save(image: Image.Image, name: str) -> None:
    """*image* as a small PNG in docs/images/."""
    IMAGES.mkdir(exist_ok=True)
    image.quantize(128).save(IMAGES / f"{name}.png", optimize=True)


def main() -> None:
    """Make the example show and take its pictures."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("no Chromium here: name one in CHROMIUM")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        show = Path(folder) / "podcast"
        episode = make_show(show)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        save(picture(browser, episode, "light", seek=True), "episode")
        save(picture(browser, episode, "dark", seek=True), "episode-dark")
        save(picture(browser, show / "index.html", "light", seek=False), "show")
        browser.close()


if __name__ == "__main__":
    main()
