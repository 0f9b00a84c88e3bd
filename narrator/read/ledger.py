"""What became of every source line: spoken, skipped with the reason, or rewritten by a rule."""

from __future__ import annotations

from collections.abc import Iterable

from narrator.models import LedgerRow
from narrator.models.article import Fate
from narrator.read.passages import Passage


def write_ledger(passages: Iterable[Passage]) -> tuple[LedgerRow, ...]:
    """One row per source line or element with text, in source order."""
    rows: list[LedgerRow] = []
    for passage in passages:
        fate, reason = _fate(passage)
        if passage.notes and passage.part == "sidebar-heading":
            reason = "; ".join([reason, *passage.notes])
        rows.extend(
            LedgerRow(line=item.where, text=item.original or item.text, fate=fate, reason=reason)
            for item in passage.items
        )
    return tuple(rows)


def _fate(passage: Passage) -> tuple[Fate, str]:
    if passage.part in {"sidebar-heading", "sidebar-byline"}:
        return "rewritten", passage.reason
    if passage.part == "title":
        return ("rewritten", passage.reason) if passage.reason else ("spoken", "")
    if passage.kind is None:
        return "skipped", passage.reason or "no words"
    return ("rewritten", passage.reason) if passage.reason else ("spoken", "")
