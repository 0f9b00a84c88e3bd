"""What is built and what it is built with: the same bytes each time, nothing that should not be there."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def build(kind: str, folder: Path) -> Path:
    """The *kind* of distribution ("wheel", "sdist"), built as an installer would."""
    code = f"from hatchling.build import build_{kind}; print(build_{kind}({str(folder)!r}))"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1772355600"}
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return folder / made.stdout.split()[-1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Each kind of distribution, built when it is first asked for."""
    return cache(lambda kind: build(kind, tmp_path_factory.mktemp(kind)))


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_equal_sources_build_equal_bytes(built: Callable[[str], Path], tmp_path: Path, kind: str) -> None:
    assert built(kind).read_bytes() == build(kind, tmp_path).read_bytes()


def test_source_distribution_holds_what_a_packager_needs_and_no_more(built: Callable[[str], Path]) -> None:
    with tarfile.open(built("sdist")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "Makefile",
        "tests/conftest.py",
        "narrator/__init__.py",
    ):
        assert name in names
    assert any(name.startswith("voices/") for name in names)
    tops = {name.partition("/")[0] for name in names}
    assert tops <= {
        *("narrator", "voices", "tests", "examples", "docs", "PKG-INFO", "pyproject.toml", ".gitignore"),
        *(
            "README.md",
            "LICENSE",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "Makefile",
            "requirements-dev.lock",
            "mkdocs.yml",
        ),
    }
    assert not [name for name in names if name.endswith((".pyc", ".part", ".env"))]


def locked() -> dict[str, str]:
    """Package → version of the development set."""
    rows = (ROOT / "requirements-dev.lock").read_text().splitlines()
    pairs = (row.partition("==") for row in rows if row and not row.startswith("#"))
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, _, version in pairs}


def test_locked_set_names_every_dependency_once_and_no_place_to_get_it() -> None:
    text = (ROOT / "requirements-dev.lock").read_text()
    assert "://" not in text
    assert "file:" not in text
    wanted = list(PROJECT["dependencies"])
    for requirements in PROJECT["optional-dependencies"].values():
        wanted += requirements
    for requirement in wanted:
        name = re.split(r"[\[<>=;! ]", requirement)[0]
        if name != "narrator-podcast" and "python_version" not in requirement:
            assert re.sub(r"[-_.]+", "-", name).lower() in locked(), requirement


def test_locked_set_holds_nothing_that_only_lay_in_somebodys_environment() -> None:
    """`make lock` fills an empty one."""
    assert not {"pip", "setuptools", "pip-audit", "uv", "vulture", "narrator-podcast"} & set(locked())


def test_every_dependency_says_from_which_version_on_it_works() -> None:
    wanted = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    for requirement in wanted:
        assert ">=" in requirement or requirement.startswith("narrator-podcast["), requirement
