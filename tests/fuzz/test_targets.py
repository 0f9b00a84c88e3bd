"""The fuzz targets hold on their seeds and on some thousand damaged copies of them; `make fuzz` goes on."""

from __future__ import annotations

import random

import pytest
from fuzz.seeds import seeds_for
from fuzz.targets import TARGETS

DAMAGED = 40
"""Copies of each target's seeds; a fixed number of fixed ones, so that a test run is no lottery."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """*data* with a part of it gone, doubled, moved or overwritten."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 2, 8, 64, 400)))
    some = data[start:end]
    other = chance.randrange(len(data) + 1)
    return chance.choice(
        (
            data[:start] + data[end:],
            data[:start] + some * chance.choice((2, 3, 50)) + data[end:],
            data[:other] + some + data[other:],
            data[:start] + chance.randbytes(len(some)) + data[end:],
            data[:start]
            + chance.choice((b"\0", b"\xff\xfe", b"<", b"[[", b"\n\n", b'"', b"9" * 400))
            + data[end:],
        )
    )


@pytest.mark.parametrize("name", TARGETS)
def test_target_holds_on_seeds_and_on_damaged_copies(name: str) -> None:
    chance, seeds = random.Random(20150918), seeds_for(name)
    for seed in seeds:
        TARGETS[name](seed)
    for _ in range(DAMAGED):
        data = chance.choice(seeds)
        for _ in range(chance.randrange(1, 5)):
            data = damaged(data, chance)
        TARGETS[name](data)
