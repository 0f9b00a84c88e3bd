"""A path, an address or "-" becomes an article, or says why not."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from narrator.errors import NotAnArticle, SourceNotFound, SourceTooLarge
from narrator.models import Person
from narrator.read import read_article

NOW = datetime(2024, 3, 1, tzinfo=UTC)
STORY = """Harbour wall falls

The harbour wall gave way at noon on Tuesday, and forty boats were carried out to sea.

Nobody was hurt, the harbour master said, because the town was at a wedding on the hill.
"""
PAGE = "<!doctype html><html><body><h1>Harbour wall falls</h1>{}</body></html>".format(
    "".join(f"<p>{line}</p>" for line in STORY.split("\n\n")[1:])
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(("name", "content"), [("wall.txt", STORY), ("wall.html", PAGE), ("wall.txt", PAGE)])
def test_content_decides_which_reader_is_used(tmp_path: Path, name: str, content: str) -> None:
    article = read_article(write(tmp_path, name, content), now=NOW)
    assert article.title == "Harbour wall falls"
    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph"]


def test_source_is_the_name_and_never_the_path(tmp_path: Path) -> None:
    assert read_article(write(tmp_path, "wall.txt", STORY), now=NOW).source == "wall.txt"


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(STORY.encode())))
    article = read_article("-", now=NOW)
    assert (article.source, article.title) == ("-", "Harbour wall falls")


@pytest.mark.parametrize(
    ("name", "content", "error", "says"),
    [
        ("empty.txt", "", NotAnArticle, "empty"),
        ("blank.html", " \n\t", NotAnArticle, "empty"),
        ("wall.pdf", b"%PDF-1.7 ...", NotAnArticle, "PDF"),
        ("wall.txt", b"\x89PNG\r\n", NotAnArticle, "picture"),
    ],
)
def test_what_is_no_text_is_refused_by_name(
    tmp_path: Path, name: str, content: str | bytes, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says) as raised:
        read_article(write(tmp_path, name, content), now=NOW)
    assert name in str(raised.value)


def test_missing_file_and_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="no such file"):
        read_article(tmp_path / "gone.txt", now=NOW)
    with pytest.raises(SourceNotFound, match="narrator batch"):
        read_article(tmp_path, now=NOW)


def test_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "wall.txt", STORY * 10)
    with pytest.raises(SourceTooLarge, match="--max-size"):
        read_article(path, max_size_bytes=500, now=NOW)
    assert read_article(path, max_size_bytes=5000, now=NOW).blocks


FRONT = {
    "yaml": """---
title: "Wall falls: a report"
date: 2019-05-07
author: Ada Wren, coast reporter
lang: en-GB
---
""",
    "yaml with a list": """---
title: 'Wall falls: a report'
date: 2019-05-07 10:00
authors:
  - Ada Wren, coast reporter
lang: en-GB
---
""",
    "toml": """+++
title = "Wall falls: a report"
date = 2019-05-07
author = "Ada Wren, coast reporter"
lang = "en-GB"
+++
""",
}


@pytest.mark.parametrize("form", FRONT)
def test_front_matter_states_the_facts(tmp_path: Path, form: str) -> None:
    body = STORY.split("\n\n", 1)[1]
    article = read_article(write(tmp_path, "wall.md", FRONT[form] + body), now=NOW)
    assert article.title == "Wall falls: a report"
    assert article.published is not None
    assert article.published.date().isoformat() == "2019-05-07"
    assert article.byline == (Person("Ada Wren", "coast reporter"),)
    assert article.language == "en-GB"


def test_front_matter_stands_in_the_ledger_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "wall.md", "---\ntitle: Wall\n---\n" + STORY), now=NOW)
    rows = {row.line: row for row in article.ledger}
    assert rows[2].reason == "front matter"
    assert rows[6].text.startswith("The harbour wall")


def test_rule_at_the_top_of_a_text_is_no_front_matter(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "wall.txt", f"---\n{STORY}"), now=NOW)
    assert article.title == "Harbour wall falls"


@pytest.mark.parametrize(
    ("name", "day"),
    [("2019-05-07-wall.txt", "2019-05-07"), ("wall.txt", None), ("2031-05-07-wall.txt", None)],
)
def test_undated_post_takes_the_date_of_its_file_name_unless_it_is_to_come(
    tmp_path: Path, name: str, day: str | None
) -> None:
    published = read_article(write(tmp_path, name, STORY), now=NOW).published
    assert (published.date().isoformat() if published else None) == day


def test_text_is_read_without_what_reads_pages(tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_text("Wall falls\n\nThe harbour wall gave way at noon, and forty boats were lost.\n")
    code = (
        "import sys, narrator; narrator.read_article(sys.argv[1]);"
        "print({name.split('.')[0] for name in sys.modules} & {'lxml', 'trafilatura'})"
    )
    ran = subprocess.run([sys.executable, "-c", code, post], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
