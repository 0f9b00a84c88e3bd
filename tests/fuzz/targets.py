"""What bytes of anybody's making come to: functions that must end well or in a known error.

Each takes bytes, hands them to one way in, and checks what comes back. `run.py` feeds them for minutes,
guided by coverage; `test_targets.py` for a moment, in every test run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from narrator.config import read_settings
from narrator.errors import NarratorError
from narrator.join.mp3 import InfoFrame
from narrator.models import Article, Episode
from narrator.models.json import from_json, to_json
from narrator.publish.plain import web_address
from narrator.read.archives import open_archive, read_entry, read_index
from narrator.read.sources import Source, read_loaded
from narrator.redact import redact, without_userinfo
from narrator.say import Lexicon, say_as, split_sentences
from narrator.say.lexicon import parse_lexicon
from narrator.script import read_document, write_document
from narrator.serve.addresses import exchange, is_host
from narrator.serve.ranges import OutOfRange, parse_range
from narrator.shows import check_manifest
from narrator.speak.engines.gtts import _find_audio
from narrator.speak.patience import Trouble
from narrator.speak.split import clean_line, split_for_engine
from narrator.voices import load_voice

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LANGUAGES = ("en", "en-US", "de", "fr", "es", "pt-BR", "it", "nl", "xx")
ENGINES = ("espeak", "gtts", "piper")
FORMATS = (".xml", ".atom", ".rss", ".warc", ".warc.gz", ".zip", ".tar", ".txt", ".html")
ENTRIES = 20
"""Of one archive; the rest is like them."""


def read_text(data: bytes) -> None:
    """A post as plain text."""
    _check_article(data, "post.txt")


def read_markdown(data: bytes) -> None:
    """A post as Markdown, with front matter maybe."""
    _check_article(data, "post.md")


def read_page(data: bytes) -> None:
    """A web page."""
    _check_article(data, "post.html")


def _check_article(data: bytes, name: str) -> None:
    try:
        article = read_loaded(Source(data, name), now=NOW)
    except NarratorError:
        return
    _check(article)


def _check(article: Article) -> None:
    assert article.title.strip()
    assert article.blocks
    assert all(block.text.strip() for block in article.blocks)
    assert all(block.sidebar is None or block.sidebar < len(article.sidebars) for block in article.blocks)
    assert all(row.reason or row.fate == "spoken" for row in article.ledger)
    assert article.published is None or article.published.tzinfo is not None
    assert from_json(to_json(article), Article) == article


def read_archive(data: bytes) -> None:
    """An export, feed or packed file; the first byte says under what kind of name."""
    if not data:
        return
    path = _folder() / f"archive{FORMATS[data[0] % len(FORMATS)]}"
    path.write_bytes(data[1:])
    try:
        for count, entry in enumerate(open_archive(path, now=NOW)):
            if not entry.skip and not entry.fetch:
                try:
                    _check(read_entry(entry, now=NOW, max_size_bytes=1_000_000))
                except NarratorError:
                    continue
            assert len(entry.digest) == 32
            if count == ENTRIES:
                break
    except NarratorError:
        return


def read_script(data: bytes) -> None:
    """A script file, with or without what must stand at its head."""
    text = data.decode("utf-8", "surrogateescape")
    if not text.startswith("+++"):
        text = f'+++\nnarrator = "script"\nversion = 1\ntitle = "Rain"\nlanguage = "en"\n+++\n{text}'
    try:
        document = read_document(text, lexicon=Lexicon(), where="s.md")
    except NarratorError:
        return
    assert document.script.lines
    written = write_document(
        document.script, engine=document.engine, pauses=document.pauses, lexicon=Lexicon()
    )
    again = read_document(written, lexicon=Lexicon(), where="s.md")
    assert [(line.text, line.say) for line in again.script.lines] == [
        (line.text, line.say) for line in document.script.lines
    ]


def read_files_of_people(data: bytes) -> None:
    """Settings, a voice, a lexicon and an index, each made of the same bytes."""
    folder = _folder()
    for name in ("show.toml", "voice.toml", "index.csv"):
        (folder / name).write_bytes(data)
    for read in (
        lambda: read_settings(folder, environ={}),
        lambda: load_voice(folder / "voice.toml"),
        lambda: parse_lexicon(data.decode("utf-8", "replace"), "lexicon.toml"),
        lambda: read_index(folder / "index.csv"),
    ):
        said = ""
        try:
            read()
        except NarratorError as error:
            said = str(error)
        assert "\n" not in said


def say_text(data: bytes) -> None:
    """Any line in its spoken form; the first byte picks language and engine."""
    if not data:
        return
    language, engine = LANGUAGES[data[0] % len(LANGUAGES)], ENGINES[data[0] // 16 % len(ENGINES)]
    text = data[1:2000].decode("utf-8", "surrogateescape")
    said = say_as(text, language=language, engine=engine)
    assert said == said.strip()
    assert not set("\n\r\t") & set(said)
    sentences = split_sentences(text, language)
    assert all(sentences)
    assert " ".join(sentences) == " ".join(text.split())
    pieces = split_for_engine(clean_line(said), 100)
    assert all(0 < len(piece) <= 100 for piece in pieces)


def read_manifest(data: bytes) -> None:
    """An episode's manifest, as another version or person may have left it."""
    try:
        check_manifest(from_json(data, Episode), "rain")
    except ValueError:
        return


def hear_answer(data: bytes) -> None:
    """What a speech service sends, and the head of an MP3."""
    with suppress(Trouble):
        _find_audio(data)
    with suppress(ValueError):
        frame = InfoFrame.read(data)
        assert isinstance(frame.samples, int)


def take_address(data: bytes) -> None:
    """Addresses in posts and requests."""
    text = data.decode("utf-8", "surrogateescape")
    found = web_address(text)
    if found is not None:
        assert found.isascii()
        assert found.startswith(("http://", "https://"))
        assert web_address(found) == found
    redact(text)
    without_userinfo(text)
    exchange(data, "http://a.example/show", "http://b.example")
    if is_host(text):
        assert not set(text) & set("<>\"'/ ")
    try:
        part = parse_range(text, 1000)
    except OutOfRange:
        return
    assert part is None or 0 <= part[0] < part[1] <= 1000


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": read_text,
    "markdown": read_markdown,
    "page": read_page,
    "archive": read_archive,
    "script": read_script,
    "files": read_files_of_people,
    "say": say_text,
    "manifest": read_manifest,
    "answer": hear_answer,
    "address": take_address,
}


@cache
def _folder() -> Path:
    """A folder of this process; in memory where there is one, for a file is written for every input."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="narrator-fuzz-", dir=memory if memory.is_dir() else None))
