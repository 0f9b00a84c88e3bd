"""Where a sidebar ends when nothing marks it, and whether one begins: evidence weighed by paragraph.

Each paragraph after a heading gets a score for "the story again" from what it says and how
(`read_signs`). An end after *k* blocks then has the probability that the first *k* are the sidebar's
and the rest the story's, under a prior on how long sidebars are. Where the heading may as well be a
crosshead, its own signs (`read_start`) and how well the paragraphs fit a sidebar are weighed before.
Weights are in ``sidebars.toml``; they are learnt by ``tests/quality/learn_sidebars.py``, and the page
docs/design/sidebar-ends.md has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.read.sidebar_reasons import explain_end, explain_start
from narrator.read.sidebar_signs import Setting, asks, opens_with_pronoun, read_signs
from narrator.toml import parse_toml

FURTHEST = 24
"""Blocks after its heading in which a sidebar's end is looked for."""
_OF_FINDING = 0.4
"""The share of a sidebar's worth that lies in its being found."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a sidebar ends, and how sure that is."""

    blocks: int
    """Blocks of the sidebar, counted from the first below its heading."""
    confidence: float
    """How likely this end is among all, that there is no sidebar included where that may be."""
    evidence: tuple[str, ...]
    none: float = 0.0
    """How likely it is that the heading is a crosshead and there is no sidebar."""
    opened: tuple[str, ...] = ()
    """What spoke for there being one, where that had to be weighed."""

    @property
    def is_worth(self) -> bool:
        """Whether to take the heading for a sidebar's: what that wins outweighs what it may lose.

        A sidebar missed and a crosshead taken for one cost the same. Of a sidebar found, `_OF_FINDING` is
        won wherever it is ended, the rest only by the right end: so the less sure the end, the surer the
        heading must be.
        """
        return _OF_FINDING * (1 - self.none) + (1 - _OF_FINDING) * self.confidence > self.none


def find_end(
    blocks: Sequence[Passage],
    setting: Setting,
    markers: Markers,
    *,
    stopped: bool,
    start: Mapping[str, float] | None = None,
) -> End:
    """The likeliest end of a sidebar whose blocks begin *blocks*.

    Args:
        blocks: what follows the sidebar's heading, up to the next heading or the story's end.
        setting: the story before the heading, and the heading.
        markers: the language's words.
        stopped: something other than the story's end comes after *blocks*.
        start: what speaks against there being a sidebar; None when that is sure.
    """
    weights = read_weights("ends")
    blocks = blocks[:FURTHEST]
    signs = [read_signs(blocks, index, setting, markers) for index in range(len(blocks))]
    choices = _choices(blocks, signs, markers, stopped=stopped)
    scores = [_dot(weights, choice) for choice in choices]
    top = max(scores)
    shares = [math.exp(one - top) for one in scores]
    best = shares.index(1.0)
    none = 0.0
    opened: tuple[str, ...] = ()
    if start is not None:
        against = {**start, **read_fit(signs, scores, weights)}
        none = 1 / (1 + math.exp(-_dot(read_weights("starts"), against)))
        opened = explain_start(against, read_weights("starts"))
    return End(
        blocks=best + 1,
        confidence=round((1 - none) * shares[best] / sum(shares), 2),
        evidence=explain_end(signs, best, weights),
        none=none,
        opened=opened,
    )


def read_fit(
    signs: Sequence[Mapping[str, float]], scores: Sequence[float], weights: Mapping[str, float]
) -> dict[str, float]:
    """How well the blocks below a heading fit a sidebar and the story again.

    Args:
        signs: of each block.
        scores: of each end.
        weights: those of the ends.

    Returns:
        "fits", the evidence of all ends together as a log; "inside", what the blocks before the likeliest
        end say for the story, in the mean; "returns", what the one after it does; "stays_away", that there
        is none. Each at most 1 from 0.
    """
    top = max(scores)
    best = scores.index(top)
    whole = top + math.log(sum(math.exp(one - top) for one in scores))
    said = [_dot(weights, one) for one in signs[: best + 2]]
    inside = [score for score, one in zip(said[: best + 1], signs, strict=False) if one]
    return {
        "fits": _bounded(whole / 4),
        "inside": _bounded(sum(inside) / (2 * len(inside))) if inside else 0.0,
        "returns": _bounded(said[best + 1] / 3) if best + 1 < len(said) else 0.0,
        "stays_away": float(best + 1 == len(scores)),
    }


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))


def weigh_ends(
    blocks: Sequence[Passage], setting: Setting, markers: Markers, *, stopped: bool
) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """What each end, after the first block, the second …, has to say for itself; and each block's signs.

    A block inside counts against what it says for the story, so its signs are there with a minus.
    """
    blocks = blocks[:FURTHEST]
    signs = [read_signs(blocks, index, setting, markers) for index in range(len(blocks))]
    return _choices(blocks, signs, markers, stopped=stopped), signs


def _choices(
    blocks: Sequence[Passage], signs: Sequence[dict[str, float]], markers: Markers, *, stopped: bool
) -> list[dict[str, float]]:
    choices = []
    inside: dict[str, float] = {}
    length = 0
    for index, found in enumerate(signs):
        for name, value in found.items():
            inside[name] = inside.get(name, 0.0) - value
        if blocks[index].kind not in {"caption", "list-item"} or (
            index == 0 and blocks[0].kind == "list-item"
        ):
            length += 1
        about_end = {f"length_{min(length, 8)}": 1.0, "beyond_8": float(max(0, length - 8))}
        if index + 1 == len(blocks):
            about_end["end_at_heading" if stopped else "end_at_end"] = 1.0
        else:
            about_end.update(_cut_signs(blocks[index], blocks[index + 1], markers))
        choices.append({**inside, **about_end})
    return choices


def _cut_signs(last: Passage, following: Passage, markers: Markers) -> dict[str, float]:
    """What speaks against an end between two blocks."""
    found = {
        "before_pronoun": opens_with_pronoun(following, markers),
        "after_caption": last.kind == "caption",
        "cuts_list": last.kind == following.kind == "list-item",
        "cuts_dialogue": asks(last),
        "before_fragment": following.kind is None and not following.prose,
    }
    return {name: 1.0 for name, is_so in found.items() if is_so}


def _dot(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


@cache
def read_weights(table: str) -> dict[str, float]:
    """The weights by sign: above 0 for the story, below 0 for the sidebar.

    Args:
        table: "ends", or "starts" for those that tell a crosshead from a sidebar's heading.
    """
    path = Path(__file__).parent / "sidebars.toml"
    weights = parse_toml(path.read_text(encoding="utf-8"))[table]
    return {name: float(value) for name, value in weights.items()}
