"""Learn the weights of ``narrator/read/sidebars.toml`` from labelled posts.

``python tests/quality/learn_sidebars.py --folds --write``

Two choices are learnt, each from a score that is linear in its weights. A sidebar's end is a choice among
the blocks after its heading; whether there is one at all, where a line may as well be a crosshead, is a
choice of two, in which how well the blocks fit a sidebar under the weights of the ends is one sign (see
`narrator.read.sidebar_ends`). Both are conditional log-linear models: the weights that make the labels
likeliest, held near the hand-set ones in ``sidebars.prior.toml`` so that a few dozen examples do not run
away with them. Plain gradient ascent, no randomness: the same posts give the same file.

    --write    put the weights into narrator/read/sidebars.toml
    --folds    leave out some posts at a time, and say how often the choices are right on them
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

import gate  # noqa: E402

from narrator.errors import NotAnArticle  # noqa: E402
from narrator.read import sidebar_ends, sidebars  # noqa: E402
from narrator.read.passages import fold  # noqa: E402

SETS = ("dev", "heldout", *(f"heldout{number}" for number in range(2, 12)), "own")
CORPORA = tuple(HERE / name for name in SETS)
PRIOR = HERE / "sidebars.prior.toml"
TARGET = HERE.parent.parent / "narrator" / "read" / "sidebars.toml"
TIMES = {"dev": 4, "heldout": 3}
"""How often a set's examples count, once unless named. The posts of ``dev`` were labelled by the author of
the label spec, and these two sets have the highest floors: counted once, each would lose a sidebar."""
PULL, STEPS, RATE = 0.1, 400, 0.05
"""Strength of the pull towards the prior; steps and rate of the ascent."""

Signs = dict[str, float]
Weights = dict[str, float]


@dataclass(frozen=True)
class Example:
    """A line that may announce a sidebar: what there is to say, and what its label says is right."""

    folder: str
    shape: str
    ends: list[Signs]
    """What each possible end has to say for itself."""
    blocks: list[Signs]
    """What each block below the line says."""
    start: Signs | None
    """What the line says against a sidebar; None where there surely is one."""
    right: int | None
    """Index of the right end; None when the line is a crosshead."""


@dataclass(frozen=True)
class Choice:
    """The scores' terms of each alternative, and which is right."""

    terms: list[Signs]
    right: int


def read_examples(folders: Sequence[Path] = CORPORA) -> list[Example]:
    """Every line of the cases that the reader weighs as a sidebar's heading."""
    examples = []
    for folder in folders:
        shapes = dict(read_shapes(folder))
        for gold_path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(gold_path.read_text(encoding="utf-8"))
            name = gold_path.name.removesuffix(".gold.json")
            for suffix in (".txt", ".html"):
                source = gold_path.with_name(name + suffix)
                if source.exists():
                    examples += _watch(source, gold, folder.name, shapes[name])
    return examples


def read_shapes(folder: Path) -> Iterator[tuple[str, str]]:
    """The outlet's shape of each case: the part of its name after the number, up to the subject."""
    for line in (folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name = line.split("\t")[0]
        yield name, name.split("_")[1]


def _watch(source: Path, gold: dict, folder: str, shape: str) -> list[Example]:
    inside = {fold(block["text"]): block["sidebar"] for block in gold["blocks"]}
    examples = []
    found = sidebars.find_end

    def watched(blocks, setting, markers, *, stopped, start=None):
        keys = [fold(block.text) for block in blocks]
        number = inside.get(keys[0])
        length = next((i for i, key in enumerate(keys) if inside.get(key) != number), len(keys))
        if number is not None or start is not None:
            ends, signs = sidebar_ends.weigh_ends(blocks, setting, markers, stopped=stopped)
            right = None if number is None else length - 1
            examples.append(Example(folder, shape, ends, signs, start and dict(start), right))
        return found(blocks, setting, markers, stopped=stopped, start=start)

    sidebars.find_end = watched
    try:
        gate.read_case(source)
    except NotAnArticle:
        return []
    finally:
        sidebars.find_end = found
    return examples


def end_choices(examples: Sequence[Example]) -> list[Choice]:
    """The choices among ends, of those that are sidebars."""
    return [Choice(one.ends, one.right) for one in examples if one.right is not None]


def start_choices(examples: Sequence[Example], weights: Weights) -> list[Choice]:
    """The choices between crosshead (0) and sidebar (1), given the *weights* of ends."""
    choices = []
    for one in examples:
        if one.start is not None:
            scores = [score(weights, terms) for terms in one.ends]
            fit = sidebar_ends.read_fit(one.blocks, scores, weights)
            choices.append(Choice([{**one.start, **fit}, {}], 0 if one.right is None else 1))
    return choices


def score(weights: Weights, terms: Signs) -> float:
    """The score of an alternative."""
    return sum(weights.get(name, 0.0) * value for name, value in terms.items())


def likelihood(choices: Sequence[Choice], weights: Weights) -> tuple[float, Weights, int]:
    """Mean log likelihood, its gradient, and how many choices come out right."""
    total, right = 0.0, 0
    gradient = dict.fromkeys(weights, 0.0)
    for choice in choices:
        scores = [score(weights, terms) for terms in choice.terms]
        top = max(scores)
        shares = [math.exp(one - top) for one in scores]
        whole = sum(shares)
        total += scores[choice.right] - top - math.log(whole)
        right += scores.index(top) == choice.right
        for name, value in choice.terms[choice.right].items():
            gradient[name] = gradient.get(name, 0.0) + value
        for share, terms in zip(shares, choice.terms, strict=True):
            for name, value in terms.items():
                gradient[name] = gradient.get(name, 0.0) - share / whole * value
    count = len(choices) or 1
    return total / count, {name: value / count for name, value in gradient.items()}, right


def learn(choices: Sequence[Choice], prior: Weights) -> Weights:
    """The weights under which the labels are likeliest, near *prior*."""
    weights = dict(prior)
    pull = PULL / max(1, len(choices)) * 4
    for _ in range(STEPS):
        _, gradient, _ = likelihood(choices, weights)
        for name, slope in gradient.items():
            if name in prior:
                weights[name] += RATE * 4 * (slope - pull * (weights[name] - prior[name]))
    return {name: round(value, 2) for name, value in weights.items()}


def learn_both(examples: Sequence[Example], prior: dict[str, Weights]) -> dict[str, Weights]:
    """The weights of ends, then those of starts under them."""
    examples = [one for one in examples for _ in range(TIMES.get(one.folder, 1))]
    ends = learn(end_choices(examples), prior["ends"])
    return {"ends": ends, "starts": learn(start_choices(examples, ends), prior["starts"])}


def read_prior() -> dict[str, Weights]:
    """The hand-set weights."""
    return tomllib.loads(PRIOR.read_text(encoding="utf-8"))


def is_taken(example: Example, weights: dict[str, Weights]) -> bool:
    """Whether the reader would take the line for a sidebar's heading under *weights*."""
    scores = [score(weights["ends"], terms) for terms in example.ends]
    fit = sidebar_ends.read_fit(example.blocks, scores, weights["ends"])
    none = 1 / (1 + math.exp(-score(weights["starts"], {**(example.start or {}), **fit})))
    share = 1 / sum(math.exp(one - max(scores)) for one in scores)
    return sidebar_ends.End(1, (1 - none) * share, (), none).is_worth


def report(label: str, examples: Sequence[Example], learnt: Callable[[Example], dict[str, Weights]]) -> None:
    """Print how often the choices are right; *learnt* gives the weights that an example is judged by."""
    ends = [likelihood(end_choices([one]), learnt(one)["ends"]) for one in examples if one.right is not None]
    starts = [one for one in examples if one.start is not None]
    taken = [is_taken(one, learnt(one)) for one in starts]
    missed = sum(not take for one, take in zip(starts, taken, strict=True) if one.right is not None)
    false = sum(take for one, take in zip(starts, taken, strict=True) if one.right is None)
    lines = sum(one.right is None for one in starts)
    print(
        f"{label}: {sum(one[2] for one in ends)}/{len(ends)} ends right, mean log likelihood "
        f"{sum(one[0] for one in ends) / len(ends):.3f}; {missed}/{len(starts) - lines} sidebars missed, "
        f"{false}/{lines} crossheads taken for one"
    )


def report_folds(examples: Sequence[Example], prior: dict[str, Weights]) -> None:
    """Print how often the choices are right for posts that were not learnt from."""
    groups: list[tuple[str, Callable[[Example], str]]] = [
        ("outlet's shape left out", lambda one: str(sum(map(ord, one.shape)) % 12)),
        ("set of posts left out", lambda one: one.folder),
    ]
    for label, key in groups:
        learnt = {
            name: learn_both([one for one in examples if key(one) != name], prior)
            for name in sorted(set(map(key, examples)))
        }
        report(label, examples, lambda one, key=key, learnt=learnt: learnt[key(one)])


def main() -> None:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    prior = read_prior()
    examples = read_examples()
    report("hand-set weights", examples, lambda one: prior)
    if options.folds:
        report_folds(examples, prior)
    weights = learn_both(examples, prior)
    report("learnt weights", examples, lambda one: weights)
    if options.write:
        note = PRIOR.read_text(encoding="utf-8").split("[")[0].replace("Hand-set weights", "Weights")
        tables = (
            "\n".join([f"[{name}]", *(f"{sign} = {value}" for sign, value in table.items())])
            for name, table in weights.items()
        )
        TARGET.write_text(note + "\n\n".join(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
