"""Where captions and sidebars are spoken: in place, gathered at the end, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrator.config import Settings
from narrator.models import Block


@dataclass(frozen=True, slots=True)
class Part:
    """A run of blocks spoken under one roof: the story, one sidebar, or the captions at the end."""

    sidebar: int | None
    """Index of the sidebar, None for the story and for gathered captions."""
    blocks: tuple[Block, ...]
    captions: bool = False
    """True for the gathered captions."""


def order_blocks(blocks: Sequence[Block], settings: Settings) -> list[Part]:
    """The blocks that will be spoken, in parts and in order; what a policy leaves out is not among them.

    A sidebar whose blocks all are left out gives no part, so it is not announced either.
    """
    kept = [block for block in blocks if _is_spoken(block, settings)]
    gathered = [block for block in kept if block.kind == "caption" and settings.captions == "end"]
    inline = [block for block in kept if block not in gathered]
    late = [part for part in _runs(inline) if part.sidebar is not None and settings.sidebars == "end"]
    parts = _merge(part for part in _runs(inline) if part not in late)
    parts += late
    if gathered:
        parts.append(Part(None, tuple(gathered), captions=True))
    return parts


def left_out(blocks: Sequence[Block], settings: Settings) -> dict[str, str]:
    """Ids of the blocks a policy leaves out, each with the reason for the ledger."""
    return {block.id: _reason(block, settings) for block in blocks if not _is_spoken(block, settings)}


def _is_spoken(block: Block, settings: Settings) -> bool:
    return not _reason(block, settings)


def _reason(block: Block, settings: Settings) -> str:
    if block.sidebar is not None and settings.sidebars == "skip":
        return "sidebars are left out by this show"
    if block.kind == "caption" and settings.captions == "skip":
        return "captions are left out by this show"
    if block.kind == "heading" and settings.headings == "skip":
        return "crossheads are left out by this show"
    if block.kind == "list-item" and settings.lists == "skip":
        return "lists are left out by this show"
    return ""


def _runs(blocks: Sequence[Block]) -> Iterator[Part]:
    run: list[Block] = []
    for block in blocks:
        if run and run[-1].sidebar != block.sidebar:
            yield Part(run[0].sidebar, tuple(run))
            run = []
        run.append(block)
    if run:
        yield Part(run[0].sidebar, tuple(run))


def _merge(parts: Iterator[Part]) -> list[Part]:
    """Neighbouring parts of the story made one, where the sidebar between them moved away."""
    merged: list[Part] = []
    for part in parts:
        if merged and merged[-1].sidebar == part.sidebar:
            merged[-1] = Part(part.sidebar, merged[-1].blocks + part.blocks)
        else:
            merged.append(part)
    return merged
