"""Documents that cannot drift: reference pages are fresh, links lead somewhere, everything is described."""

import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
import typer

from narrator import config
from narrator.cli import COMMANDS, main
from narrator.cli.app import build_app

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md")])
WRITTEN = [one for one in DOCUMENTS if one.parent.name != "reference"]
SOURCES = [
    path.relative_to(ROOT).as_posix()
    for folder in ("narrator", "tests", "docs")
    for pattern in ("*.py", "*.tsv")
    for path in (ROOT / folder).rglob(pattern)
]
USAGE_ERROR = typer.BadParameter.__bases__[0]


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def version_of(package: str) -> tuple[int, ...]:
    return tuple(map(int, metadata.version(package).split(".")))


def locked(package: str) -> tuple[int, ...]:
    found = re.search(rf"^{package}==([\d.]+)$", (ROOT / "requirements-dev.lock").read_text(), flags=re.M)
    assert found
    return tuple(map(int, found[1].split(".")))


@pytest.mark.parametrize("name", ["settings.md", "voices.md", "commands.md"])
def test_reference_page_is_fresh(name: str) -> None:
    if name == "commands.md" and version_of("typer") < locked("typer"):
        pytest.skip("this typer words its help otherwise than the one of requirements-dev.lock")
    page = reference().PAGES[name]()
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == page, "run `make docs`"


def test_every_setting_is_described() -> None:
    docs = reference().field_docs(config.Settings)
    assert [field.name for field in fields(config.Settings) if not docs.get(field.name)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src(?:set)?="(docs/[^"]+)"', text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (document.parent / target).exists(), target


def test_readme_commands_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M)
    readme = (ROOT / "README.md").read_text()
    for command in re.findall(r"(?:^|`)make ([a-z]+)", readme, flags=re.M):
        assert command in targets


def narrator_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Command lines of narrator in the code of a document, and whether each stands in a block of its own.

    What follows a gap of three spaces, a pipe or another command is not part of the line.
    """
    blocks = re.findall(r"^( *)```[a-z]*\n(.*?)^\1```", text, flags=re.M | re.S)
    inline = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    for code, alone in [(code, True) for _, code in blocks] + [(code, False) for code in inline]:
        for part in re.split(r"\n| && | \| ", code):
            if found := re.search(r"(?:^|[ $])narrator (?=[a-z])(.*)", part):
                yield re.split(r" {3,}", found[1].strip())[0], alone


@pytest.mark.parametrize("document", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_command_lines_in_documents_are_understood(document: Path) -> None:
    for line, alone in narrator_lines(document.read_text(encoding="utf-8")):
        name, *args = shlex.split(line, comments=True)
        assert name in COMMANDS, line
        command = typer.main.get_command(build_app(name)).commands[name]  # type: ignore[attr-defined]
        try:
            with suppress(typer.Exit):  # --help leaves
                command.make_context(name, args)
        except USAGE_ERROR as error:
            # In running text a command may be named without what it works on.
            if alone or type(error).__name__ != "MissingParameter":
                pytest.fail(f"narrator {line}: {error}")


def test_command_lines_are_found_in_blocks_and_in_text() -> None:
    block = "```\n$ narrator make a.txt   # one\nA=1 narrator say x && narrator feed --quiet | cat\n```\n"
    found = [("make a.txt", True), ("say x", True), ("feed --quiet", True), ("make --nope x", False)]
    assert list(narrator_lines("Say `narrator make --nope x`.\n\n" + block)) == found


@pytest.mark.parametrize("index", ["docs/design/README.md", "docs/index.md"])
def test_index_leads_to_every_page_below_it(index: str) -> None:
    page = ROOT / index
    led_to = {(page.parent / one).resolve() for one in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))}
    below = set(page.parent.glob("*.md" if page.name == "README.md" else "**/*.md")) - {page}
    if page.name == "index.md":
        below -= set((page.parent / "design").glob("[!R]*.md"))
    assert sorted(str(one) for one in below - led_to) == []


def test_what_the_readme_shows_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """All but lengths and digests, which belong to the voice."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command, *shown = re.findall(r"```\n\$ narrator (.*?)\n```", readme, flags=re.S)[0].split("\n")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="0"):
        main([*shlex.split(command), "--engine", "tone"])
    out, err = capfd.readouterr()
    voices = re.compile(r'"[^"]+" \(\w+\)')
    varying = re.compile(r"\b\d+:\d\d\b|-[0-9a-f]{8}\.mp3")
    told = [varying.sub("#", voices.sub("#", one)) for one in (err + out).strip().split("\n")]
    assert told == [varying.sub("#", voices.sub("#", one)) for one in shown]


def test_the_script_that_the_readme_shows_is_the_one_that_is_written(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```\n(\[anchor headline\].*?)```", readme, flags=re.S)[0].splitlines()
    with pytest.raises(SystemExit, match="0"):
        main(["script", str(ROOT / "examples" / "harbour-lights.txt"), "--engine", "espeak"])
    written = iter(capfdbinary.readouterr().out.decode().splitlines())
    assert [line for line in shown if line != "…" and line not in written] == []


@pytest.mark.parametrize("fragment", sorted(ROOT.glob("changelog.d/*.md")), ids=lambda path: path.name)
def test_each_line_of_the_changelog_is_a_sentence_said_once(fragment: Path) -> None:
    lines = fragment.read_text(encoding="utf-8").splitlines()
    assert [one for one in lines if not re.fullmatch(r"[`\"“£A-Z0-9].*\w.*\.", one)] == []
    others = "".join(
        path.read_text(encoding="utf-8") for path in ROOT.glob("changelog.d/*.md") if path != fragment
    )
    assert [one for one in lines if lines.count(one) > 1 or one in others] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_folders_that_documents_name_are_there(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.S)
    for named in re.findall(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|tsv))`", text):
        assert any(f"/{one}".endswith(f"/{named}") for one in SOURCES), named
    for named in re.findall(r"`((?:narrator|tests|docs)/[\w/.-]+)`", text):
        assert (ROOT / named).exists(), named
