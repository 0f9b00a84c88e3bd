"""What the fuzzer starts from: a few whole inputs of our own for each way in."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import zipfile
from pathlib import Path

from conftest import STORY
from fuzz.targets import FORMATS, NOW
from read.archives import exports

from narrator.config import Settings
from narrator.models.json import to_json
from narrator.read.sources import Source, read_loaded
from narrator.run.prepare import script_in_form, tell
from narrator.run.telling import House

ROOT = Path(__file__).parent.parent.parent


def seeds_for(target: str) -> list[bytes]:
    """Whole inputs for *target*."""
    return [one if isinstance(one, bytes) else one.encode() for one in _SEEDS[target]()]


def _texts() -> list[bytes | str]:
    return [
        STORY,
        (ROOT / "examples" / "harbour-lights.txt").read_bytes(),
        "Rain\n\nBy Ann Roe\n\nIt rained.",
    ]


def _markdown() -> list[bytes | str]:
    front = '---\ntitle: "Rain"\ndate: 2015-09-18\nauthor: [Ann Roe]\n---\n'
    toml = '+++\ntitle = "Rain"\ndate = 2015-09-18T10:00:00Z\n+++\n'
    body = "# Rain\n\nIt *rained* on [Hallvik](https://news.example/x).\n\n- one\n- two\n\n> A quote.\n\n![a](b.jpg)\n"
    return [front + body, toml + body, body + "\n| a | b |\n|---|---|\n| 1 | 2 |\n"]


def _pages() -> list[bytes | str]:
    return [
        (ROOT / "examples" / "night-train.html").read_bytes(),
        exports.page(exports.sample(1)),
        exports.listing(),
        "<html lang=de><title>Regen</title><script type='application/ld+json'>"
        '{"@type":"NewsArticle","headline":"Regen","datePublished":"2015-09-18"}</script><body><article>'
        "<h1>Regen</h1><p>Es hat den ganzen Tag geregnet, und niemand war draußen.</p><aside><h2>Analyse</h2>"
        "<p>Warum?</p></aside><figure><img src=a.jpg alt=b><figcaption>Ein Boot</figcaption></figure></article>",
    ]


def _archives() -> list[bytes | str]:
    samples = [exports.sample(number) for number in range(3)]
    packed, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("posts/one.txt", STORY)
        archive.writestr("two.html", exports.page(samples[0]))
    with tarfile.open(fileobj=tarred, mode="w") as archive:
        info = tarfile.TarInfo("one.txt")
        info.size = len(STORY.encode())
        archive.addfile(info, io.BytesIO(STORY.encode()))
    with tempfile.TemporaryDirectory() as folder:
        crawl = Path(folder) / "a.warc"
        exports.warc(crawl, [("https://news.example/1", exports.page(samples[1]))], gzip=False)
        crawled = crawl.read_bytes()
    made = {
        ".xml": [exports.wordpress(samples), exports.blogger_classic(samples)],
        ".atom": [exports.blogger_takeout(samples), exports.atom(samples)],
        ".rss": [exports.rss(samples), exports.rss(samples, full=False)],
        ".warc": [crawled],
        ".zip": [packed.getvalue()],
        ".tar": [tarred.getvalue()],
    }
    return [bytes([FORMATS.index(kind)]) + data for kind, several in made.items() for data in several]


def _scripts() -> list[bytes | str]:
    article = read_loaded(Source(STORY.encode(), "strait.txt"), now=NOW)
    house = House(Settings(engine="tone"), ROOT / "nowhere", ())
    telling = tell(article, house, now=NOW, where="strait.txt")
    return [
        script_in_form(telling, "markdown", ROOT / "nowhere"),
        "[anchor headline] Rain\n\n[anchor] It rained.\n    say: It rayned.\n",
    ]


def _files() -> list[bytes | str]:
    voices = [path.read_bytes() for path in sorted((ROOT / "voices").glob("*.toml"))[:4]]
    return [
        'title = "Rain"\nbase_url = "https://example.org/p"\ncaptions = "end"\nbitrate_kbps = 64\nexplicit = false\n',
        '"Kyiv" = "Keeve"\nNguyen = { say = "Win", phonemes = { espeak = "w\'In" } }\n',
        "file,title,date,byline\none.txt,Rain,2015-09-18,Ann Roe\n",
        *voices,
    ]


def _lines() -> list[bytes | str]:
    lines = [
        "No 10 paid £3.5bn on 5 May 1971, Mr. Roe (R-Tex.) said at 5.30pm.",
        "A 5-10km walk, 32°C, 6ft 2in, F-16s, COP26, 2-1, 1939-45, the 1980s, “Who?”",
        "Call 020 7946 0123 or see www.example.org/news #rain @harbour, Charles III, A&E.",
        "Am 3. Oktober 1990 kostete es 3,50 € und 120 km/h, z. B. Johannes Paul II.",
        "Louis XIV, n° 10, 3,5 M€, le 21e siècle, 25 °C.",
    ]
    return [bytes([number * 17]) + line.encode() for number, line in enumerate(lines)]


def _manifests() -> list[bytes | str]:
    from sample_show import build_show

    with tempfile.TemporaryDirectory() as folder:
        return [to_json(one) for one in build_show(Path(folder)).episodes]


def _answers() -> list[bytes | str]:
    payload = json.dumps([["wrb.fr", "jQ1olc", json.dumps(["//NkxAAA"]), None]])
    info = bytes.fromhex("fff344c4") + bytes(13) + b"Info" + bytes(200)
    return [f")]}}'\n\n100\n{payload}\n", "<html>captcha</html>", info]


def _addresses() -> list[bytes | str]:
    return [
        "https://ann:s3cret@news.example:8080/rain?x=a@b#c",
        "http://[::1]/x",
        "http://bücher.example/ä b",
        "bytes=0-1",
        "bytes=-5",
        "192.168.1.5:8000",
    ]


_SEEDS = {
    "text": _texts,
    "markdown": _markdown,
    "page": _pages,
    "archive": _archives,
    "script": _scripts,
    "files": _files,
    "say": _lines,
    "manifest": _manifests,
    "answer": _answers,
    "address": _addresses,
}
