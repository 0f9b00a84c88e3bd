"""Properties that hold for any bytes and any text, tried on many."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrator.errors import ConfigError, NarratorError, ScriptError
from narrator.read.sources import Source, read_loaded
from narrator.redact import redact

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
EXAMPLES = int(os.environ.get("NARRATOR_TEST_EXAMPLES", "40"))
often = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES <= 100
)

PIECES = st.sampled_from(
    [
        *(
            "\n\n",
            "\n",
            " ",
            "Analysis: ",
            "By Peter Harrow",
            "Home » News » ",
            "Rain fell on Hallvik.",
            "+++\n",
            "---\n",
        ),
        *(
            "title: x\n",
            "18 September 2015",
            "£3.5bn",
            "[[x]]",
            "[anchor] ",
            "## Story\n",
            "\0",
            "\u2028",
            "\u202e",
            "\ufeff",
        ),
        *(
            "<p>",
            "</p>",
            "<div>",
            "<h1>",
            "<figcaption>",
            "<aside>",
            "<table><tr><td>",
            "<script>",
            "&amp;",
            "&#0;",
            "<!--",
        ),
        *(
            "<!doctype html>",
            "<html lang='de'>",
            "<img src='http://[x' alt=y>",
            "<meta charset=utf-16>",
            "]]>",
            "<![CDATA[",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join)
DATA = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=400)


@pytest.mark.parametrize("name", ["post.txt", "post.md", "post.html"])
def test_reader_takes_any_bytes_or_says_what_is_wrong(name: str) -> None:
    @often
    @given(DATA)
    def holds(data: bytes) -> None:
        try:
            article = read_loaded(Source(data, name), now=NOW)
        except NarratorError:
            return
        assert article.title.strip()
        assert article.blocks
        assert all(row.reason or row.fate == "spoken" for row in article.ledger)

    holds()


def test_script_file_of_any_content_is_read_or_refused_by_name() -> None:
    from narrator.say import Lexicon
    from narrator.script import read_document

    head = '+++\nnarrator = "script"\nversion = 1\ntitle = "Rain"\nsource = "-"\nlanguage = "en"\nengine = "tone"\n'

    @often
    @given(TEXTS, TEXTS)
    def holds(front: str, body: str) -> None:
        try:
            document = read_document(f"{head}{front}+++\n\n{body}", lexicon=Lexicon(), where="s.md")
        except (ConfigError, ScriptError):
            return
        assert document.script.lines

    holds()


def test_feed_of_any_words_is_xml_that_gives_them_back(tmp_path: object) -> None:
    from dataclasses import replace
    from pathlib import Path

    from lxml import etree
    from sample_show import build_show

    from narrator.publish import publish_show

    assert isinstance(tmp_path, Path)
    standing = build_show(tmp_path)
    first = standing.episodes[0]
    path = tmp_path / "feed.xml"

    @settings(often, max_examples=min(EXAMPLES, 15))
    @given(st.text(min_size=1, max_size=60), st.text(max_size=60))
    def holds(title: str, words: str) -> None:
        lines = tuple(replace(line, text=words or line.text) for line in first.lines)
        episode = replace(first, title=title, lines=lines, outlet=words)
        publish_show(replace(standing, episodes=(episode,)), only=())
        etree.parse(str(path))

    holds()


@often
@given(st.text(), st.text(alphabet="abcdefg!$&*:@0123", min_size=6), st.text(max_size=20))
def test_no_password_survives_redacting(before: str, password: str, after: str) -> None:
    secret = f"q{password}q"
    assert secret not in redact(f"{before} sftp://ann:{secret}@h.example/ {after}").replace(
        before, ""
    ).replace(after, "")
