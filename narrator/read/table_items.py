"""Tables among the items of a page: rows of small ones as sentences, large ones left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrator.read.draft import Item
from narrator.read.tables import DataTable


def say_tables(items: Sequence[Item], tables: Sequence[DataTable]) -> list[Item]:
    """*items*, one for each run of a page, with each row of a table that is said as one of them.

    What a table that is left out holds, and its columns' heads, have that as their reason.
    """
    result = list(items)
    for table in reversed(tables):
        start, end = table.node.start, table.node.end
        if not all(item.furniture for item in result[start:end]):
            result[start:end] = _rows_said(result, table) if table.rows else _left_out(result, table)
    return result


def _left_out(items: Sequence[Item], table: DataTable) -> list[Item]:
    inside = items[table.node.start : table.node.end]
    return [replace(item, furniture="table, not read aloud") for item in inside]


def _rows_said(items: Sequence[Item], table: DataTable) -> list[Item]:
    """The items in *table*: each row's first is the whole row, and its others are gone."""
    rows = {row.node.start: row for row in table.rows}
    in_rows = {index for row in table.rows for index in range(row.node.start, row.node.end)}
    in_heads = {index for head in table.heads for index in range(head.start, head.end)}
    said = []
    for index in range(table.node.start, table.node.end):
        item = items[index]
        if row := rows.get(index):
            cells = " | ".join(row.cells)
            said.append(replace(item, where=row.node.path, text=row.said, hint="list-item", original=cells))
        elif index in in_heads:
            said.append(replace(item, furniture="column head, said with each row"))
        elif index not in in_rows:
            said.append(item)
    return said
