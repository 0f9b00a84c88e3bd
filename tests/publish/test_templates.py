"""Compiled templates are kept for the next process, where that is safe."""

import os
from pathlib import Path

import pytest

from narrator.publish.site.compiled import make_environment

FILL = "{{ word }}!"


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(FILL)
    return folder


def page(templates: Path) -> str:
    return make_environment(templates).get_template("page.html").render(word="<Hello>")


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_a_template_is_compiled_once(templates, tmp_path, monkeypatch):
    assert page(templates) == "&lt;Hello&gt;!"
    assert len(kept(tmp_path)) == 1
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert page(templates) == "&lt;Hello&gt;!"


def test_a_changed_template_is_compiled_again(templates):
    page(templates)
    (templates / "page.html").write_text("{{ word }}?")
    assert page(templates) == "&lt;Hello&gt;?"


@pytest.mark.parametrize("damage", [b"", b"j2", b"not code at all"])
def test_a_damaged_file_counts_as_absent(templates, tmp_path, damage):
    page(templates)
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:40] + damage)
    assert page(templates) == "&lt;Hello&gt;!"


def test_nothing_is_kept_where_others_may_write(templates, tmp_path):
    folder = tmp_path / "cache" / "narrator" / "templates"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert page(templates) == "&lt;Hello&gt;!"
    assert kept(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(templates, tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert page(templates) == "&lt;Hello&gt;!"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_nor_is_one_that_cannot_be_written(templates, tmp_path):
    folder = tmp_path / "cache" / "narrator" / "templates"
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    assert page(templates) == "&lt;Hello&gt;!"
