"""The reader's scores may only rise."""

from __future__ import annotations

import importlib.util
import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"quality_{name}", HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


gate = _load("gate")


@pytest.mark.parametrize("name", gate.SETS)
def test_score_is_not_below_its_floor(name: str) -> None:
    figures = gate.score_set(name)
    print(f"\n{name}: {figures['overall']:.2f}, floor {gate.read_floors()[name]:.2f}")
    assert figures["overall"] >= gate.read_floors()[name]


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 72, break_on_hyphens=False) for line in text.split("\n"))


@pytest.mark.parametrize(
    ("change", "floor"),
    [
        (_wrapped, 98.0),
        (lambda text: re.sub(r"\n\s*\n+", "\n", text), 99.0),
        (lambda text: "\ufeff" + text.replace("\n", " \r\n"), 99.9),
    ],
    ids=["hard-wrapped", "no blank lines", "carriage returns"],
)
def test_the_score_hardly_depends_on_how_lines_are_broken(change: Callable[[str], str], floor: float) -> None:
    assert gate.score_set("dev, texts", change)["overall"] >= floor


@pytest.mark.parametrize("name", ["heldout", *(f"heldout{number}" for number in range(2, 14)), "own"])
def test_every_held_out_post_is_labelled_and_listed(name: str) -> None:
    folder = HERE / name
    listed = {line.split("\t")[0] for line in (folder / "MANIFEST.tsv").read_text().splitlines()[1:]}
    posts = {path.stem for path in folder.iterdir() if path.suffix in {".txt", ".html"}}
    golds = {path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json")}
    assert listed == posts == golds
    assert len(posts) >= 18


def test_learning_the_sidebars_again_gives_the_weights_in_use() -> None:
    learner = _load("learn_sidebars")
    learnt = learner.learn_both(learner.read_examples(), learner.read_prior())
    used = learner.tomllib.loads(learner.TARGET.read_text(encoding="utf-8"))
    for table in ("ends", "starts"):
        assert learnt[table] == pytest.approx(used[table], abs=0.05)


def test_the_scorer_gives_a_hundred_to_the_gold_itself() -> None:
    gold = gate.json.loads((HERE / "dev" / "d01_bbc_repost_fishing.gold.json").read_text(encoding="utf-8"))
    result = gate.score_cleaner.score_file(gold, gold)
    assert gate.score_cleaner.total([result])["overall"] == pytest.approx(100)
