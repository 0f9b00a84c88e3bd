"""The package's own shape: what the wheel holds, what may import what, how heavy a start is."""

import ast
import os
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest

import narrator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "narrator"
STAGES = ("read", "script", "speak", "join", "publish", "serve")
SHARED = {
    "models",
    "nearest",
    "errors",
    "config",
    "files",
    "guids",
    "machine",
    "voices",
    "shows",
    "showfile",
    "sound",
    "say",
    "cover",
    "address",
    "toml",
    "redact",
}
IMPORT_SITES = {
    "pydub": {"sound/pcm.py"},
    "feedgen": {"publish/feed.py", "publish/namespaces.py"},
    "gtts": {"speak/engines/gtts.py"},
    "trafilatura": {"read/article_text.py"},
    "distributed": {"run/cluster.py"},
    "miniaudio": {"sound/mp3.py"},
    "mutagen": {"join/tags.py"},
    "segno": {"publish/site/qr.py"},
    "uvicorn": {"serve/run.py"},
    "fsspec": {"publish/target.py"},
    "warcio": {"read/archives/warc.py"},
}
"""Library → the modules that know it; feedgen's extensions are classes of its own."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return zipfile.ZipFile(folder / made.stdout.split()[-1])


def test_wheel_holds_the_package_its_data_and_the_voices(wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    sources = {
        f"narrator/{path.relative_to(PACKAGE)}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    voices = {f"narrator/voices/{path.name}" for path in (ROOT / "voices").glob("*.toml")}
    assert sources | voices <= inside
    assert voices
    assert {name.split("/")[0] for name in inside} == {
        "narrator",
        f"narrator_podcast-{narrator.__version__}.dist-info",
    }


def test_version_is_stated_once_in_agreement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == narrator.__version__


def test_public_names_are_sorted_and_there() -> None:
    assert list(narrator.__all__) == sorted(narrator.__all__)
    for name in narrator.__all__:
        assert getattr(narrator, name).__doc__, name


@cache
def imports_of(path: Path) -> set[str]:
    """Every module that *path* imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_stage_reaches_into_no_other_stage(stage: str) -> None:
    for path in (PACKAGE / stage).rglob("*.py"):
        for module in imports_of(path):
            parts = module.split(".")
            if parts[0] != "narrator" or len(parts) < 2:
                continue
            allowed = SHARED | {stage} | ({"publish"} if stage == "serve" else set())
            assert parts[1] in allowed, f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize(("library", "homes"), IMPORT_SITES.items())
def test_library_is_known_to_its_own_module_only(library: str, homes: set[str]) -> None:
    sites = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(module.split(".")[0] == library for module in imports_of(path))
    }
    assert sites == homes


def test_importing_narrator_imports_no_library() -> None:
    code = "import sys, narrator; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    heavy = {
        "gtts",
        "trafilatura",
        "pydub",
        "feedgen",
        "typer",
        "PIL",
        "numpy",
        "lxml",
        "requests",
        "msgspec",
    }
    assert not heavy & set(ran.stdout.split())


def test_error_kinds_have_their_exit_codes() -> None:
    from narrator import errors

    codes = {
        "ConfigError": 2,
        "ReadError": 4,
        "ScriptError": 8,
        "SpeakError": 16,
        "JoinError": 32,
        "PublishError": 64,
    }
    for name, code in codes.items():
        assert getattr(errors, name).exit_code == code


def test_error_keeps_its_facts_across_processes() -> None:
    import pickle

    from narrator.errors import SpeechFailed

    error = SpeechFailed("no answer", where="line 3", hint="Try again.", transient=True)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.transient, type(again)) == (str(error), True, SpeechFailed)
    assert str(error) == "speak: line 3: no answer. Try again."


def test_what_a_library_needs_by_an_extra_is_named_so_that_old_pip_finds_it() -> None:
    """pip before 23.3 does not find lxml[html_clean] in new lxml; justext cannot be imported then."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [one for one in project["dependencies"] if one.startswith("lxml-html-clean")]
