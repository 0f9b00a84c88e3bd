"""Learn the weights of ``narrator/read/ends.toml`` from labelled posts.

``python tests/quality/learn_ends.py --folds --write``

A sidebar's end is a choice among the blocks after its heading. Each choice has a score that is linear
in the weights (see `narrator.read.sidebar_ends`), so this is a conditional log-linear model: the
weights that make the labelled ends likeliest, held near the hand-set ones in ``ends.prior.toml`` so
that a few dozen examples do not run away with them. Plain gradient ascent, no randomness: the same
posts give the same file.

    --write    put the weights into narrator/read/ends.toml
    --folds    leave out one outlet's shape at a time, and say how often the end is right on it
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from narrator.read import sidebar_ends, sidebars  # noqa: E402
from narrator.read.assemble import assemble  # noqa: E402
from narrator.read.passages import fold  # noqa: E402
from narrator.read.plaintext import draft_text  # noqa: E402

CORPORA = (HERE / "dev", HERE / "heldout")
PRIOR = HERE / "ends.prior.toml"
TARGET = HERE.parent.parent / "narrator" / "read" / "ends.toml"
NOW = datetime(2030, 1, 1, tzinfo=UTC)
PULL, STEPS, RATE = 0.25, 400, 0.05
"""Strength of the pull towards the prior; steps and rate of the ascent."""


@dataclass(frozen=True)
class Example:
    """One labelled sidebar: what each possible end has to say for itself, and the right one."""

    name: str
    shape: str
    choices: list[dict[str, float]]
    right: int


def read_examples(folders: Sequence[Path] = CORPORA) -> list[Example]:
    """Every sidebar of the text cases whose opening the reader finds."""
    examples = []
    for folder in folders:
        shapes = dict(read_shapes(folder))
        for gold_path in sorted(folder.glob("*.gold.json")):
            source = gold_path.with_name(gold_path.name.replace(".gold.json", ".txt"))
            if source.exists():
                gold = json.loads(gold_path.read_text(encoding="utf-8"))
                name = source.stem
                examples += [
                    Example(name, shapes.get(name, name), choices, right)
                    for choices, right in _watch(source, gold)
                ]
    return examples


def read_shapes(folder: Path) -> Iterator[tuple[str, str]]:
    """The outlet's shape of each case: the part of its name after the number, up to the subject."""
    for line in (folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name = line.split("\t")[0]
        yield name, name.split("_")[1]


def _watch(source: Path, gold: dict) -> list[tuple[list[dict[str, float]], int]]:
    inside = {fold(block["text"]): block["sidebar"] for block in gold["blocks"]}
    seen = []
    found = sidebars.find_end

    def watched(blocks, story, markers, *, stopped):
        seen.append((list(blocks), story, markers, stopped, [fold(block.text) for block in blocks]))
        return found(blocks, story, markers, stopped=stopped)

    sidebars.find_end = watched
    try:
        assemble(draft_text(source.read_bytes().decode("utf-8"), source.name), now=NOW)
    finally:
        sidebars.find_end = found
    result = []
    for blocks, story, markers, stopped, keys in seen:
        number = inside.get(keys[0])
        if number is None:
            continue
        length = next((i for i, key in enumerate(keys) if inside.get(key) != number), len(keys))
        result.append((sidebar_ends.weigh_ends(blocks, story, markers, stopped=stopped), length - 1))
    return result


def likelihood(examples: Sequence[Example], weights: dict[str, float]) -> tuple[float, dict[str, float], int]:
    """Mean log likelihood, its gradient, and how many ends come out right."""
    total, right = 0.0, 0
    gradient = dict.fromkeys(weights, 0.0)
    for example in examples:
        scores = [sum(weights.get(k, 0.0) * v for k, v in choice.items()) for choice in example.choices]
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        whole = sum(shares)
        total += scores[example.right] - top - math.log(whole)
        right += scores.index(top) == example.right
        for name, value in example.choices[example.right].items():
            gradient[name] = gradient.get(name, 0.0) + value
        for share, choice in zip(shares, example.choices, strict=True):
            for name, value in choice.items():
                gradient[name] = gradient.get(name, 0.0) - share / whole * value
    count = len(examples) or 1
    return total / count, {name: value / count for name, value in gradient.items()}, right


def learn(examples: Sequence[Example], prior: dict[str, float]) -> dict[str, float]:
    """The weights under which the labelled ends are likeliest, near *prior*."""
    weights = dict(prior)
    pull = PULL / max(1, len(examples)) * 4
    for _ in range(STEPS):
        _, gradient, _ = likelihood(examples, weights)
        for name, slope in gradient.items():
            if name in prior:
                weights[name] += RATE * 4 * (slope - pull * (weights[name] - prior[name]))
    return {name: round(value, 2) for name, value in weights.items()}


def main() -> None:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    prior = tomllib.loads(PRIOR.read_text(encoding="utf-8"))["weights"]
    examples = read_examples()
    score, _, right = likelihood(examples, prior)
    print(f"hand-set weights: {right}/{len(examples)} ends right, mean log likelihood {score:.3f}")
    if options.folds:
        held = 0
        total = 0.0
        for shape in sorted({example.shape for example in examples}):
            out = [example for example in examples if example.shape == shape]
            weights = learn([example for example in examples if example.shape != shape], prior)
            score, _, right = likelihood(out, weights)
            held, total = held + right, total + score * len(out)
        print(
            f"shape left out:   {held}/{len(examples)} ends right, "
            f"mean log likelihood {total / len(examples):.3f}"
        )
    weights = learn(examples, prior)
    score, _, right = likelihood(examples, weights)
    print(f"learnt weights:   {right}/{len(examples)} ends right, mean log likelihood {score:.3f}")
    if options.write:
        note = PRIOR.read_text(encoding="utf-8").split("[weights]")[0].replace("Hand-set weights", "Weights")
        lines = [f"{name} = {value}" for name, value in weights.items()]
        TARGET.write_text(f"{note}[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
