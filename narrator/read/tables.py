"""Tables of a page: which hold data, and how a small one is said in sentences.

A table of data is read row by row, each cell after its column's head: "North: votes 1,200, share
40 %." What is larger or less regular than a listener can follow is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text
from narrator.read.page_tree import Node, PageText, is_sentence

_USUAL = (12, 6)
_ALONE = (60, 10)
"""Most rows and columns of a table that is said, beside a story and as all there is to a page."""
_LONGEST_CELL = 60
"""Characters; longer cells are text, not data."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of data, as it stands and as it is said."""

    node: Node
    cells: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of data."""

    node: Node
    name: str
    """Its caption, else its columns' heads or first cells, in a few words."""
    heads: tuple[Node, ...]
    """The rows of its columns' heads: the first, and those that print it again further down."""
    rows: tuple[TableRow, ...]
    """Its rows as sentences; empty when it is more than a listener can follow."""


def find_tables(page: PageText, body: Body) -> list[DataTable]:
    """The tables of data in the article, in page order."""
    inside = (
        node
        for node in page.nodes
        if node.tag == "table" and node not in body.spine and body.first <= node.start <= body.last
    )
    letters = sum(len(run.text) for run, ok in zip(page.runs, body.chosen, strict=True) if ok)
    found = []
    for node in inside:
        # A page that is one table is read whole: there is nothing else to it.
        is_all = sum(len(run.text) for run in page.runs[node.start : node.end]) > letters / 2
        table = read_table(node, page, most=_ALONE if is_all else _USUAL)
        if table is not None:
            found.append(table)
    return found


def read_table(node: Node, page: PageText, *, most: tuple[int, int]) -> DataTable | None:
    """The data in a table element; None when it only lays out text.

    Data is at least two rows of at least two short cells, with no table inside. A table of over *most*
    rows or columns comes back without its rows.
    """
    element = node.element
    if element.get("role") in {"presentation", "none"} or element.find(".//table") is not None:
        return None
    rows = [(row, _cells(row, page)) for row in _rows(node)]
    rows = [(row, cells) for row, cells in rows if any(cells)]
    wide = [cells for _, cells in rows if len(cells) >= 2]
    if len(rows) < 2 or len(wide) < max(2, len(rows) // 2):
        return None
    every = [cell for cells in wide for cell in cells if cell]
    if sum(len(cell) > _LONGEST_CELL or is_sentence(cell) for cell in every) > len(every) // 4:
        return None
    caption = element.find("./caption")
    title = clean_text(caption.text_content()) if caption is not None else ""
    head = rows[0][0] if _is_head(rows) else None
    names = rows[0][1] if head is not None else ()
    heads = tuple(row for row, cells in rows if cells == names)
    data = [(row, cells) for row, cells in rows if row not in heads]
    fits = len(data) <= most[0] and max(len(cells) for _, cells in rows) <= most[1]
    said = _say(names, data) if fits else ()
    return DataTable(node, (title or ", ".join(filter(None, rows[0][1])))[:120], heads, said)


def is_grid(node: Node) -> bool:
    """Most rows of a table hold text in two cells or more, whatever that is."""
    filled = [sum(cell.end > cell.start for cell in row.children) for row in _rows(node)]
    return sum(count >= 2 for count in filled) * 2 > sum(count >= 1 for count in filled)


def say_row(head: Sequence[str], cells: Sequence[str]) -> str:
    """One row as a sentence; empty cells are passed over.

    >>> say_row(("District", "Votes", "Share"), ("North", "1,200", "40 %"))
    'North: Votes 1,200, Share 40 %.'
    >>> say_row((), ("Born", "1943"))
    'Born: 1943.'
    """
    names = [*head, *[""] * (len(cells) - len(head))]
    rest = [
        f"{name.rstrip(':')} {cell}".strip() for name, cell in zip(names[1:], cells[1:], strict=False) if cell
    ]
    first = cells[0].rstrip(":")
    return f"{': '.join(filter(None, (first, ', '.join(rest)))).rstrip('.')}."


def _say(head: Sequence[str], rows: Sequence[tuple[Node, tuple[str, ...]]]) -> tuple[TableRow, ...]:
    """The *rows* as sentences; none when nothing names them."""
    if not any(cells[0] for _, cells in rows):
        return ()
    return tuple(TableRow(row, cells, say_row(head, cells)) for row, cells in rows)


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from _rows(child)


def _cells(row: Node, page: PageText) -> tuple[str, ...]:
    cells = [child for child in row.children if child.tag in {"td", "th"}]
    return tuple(" ".join(run.text for run in page.runs[cell.start : cell.end]) for cell in cells)


def _is_head(rows: Sequence[tuple[Node, tuple[str, ...]]]) -> bool:
    """The first row names the columns: by its markup, or as the only one without figures."""
    row, names = rows[0]
    cells = [child for child in row.children if child.tag in {"td", "th"}]
    if all(cell.tag == "th" for cell in cells) or (row.parent is not None and row.parent.tag == "thead"):
        return True
    has_figures = [any(char.isdigit() for char in "".join(cells[1:])) for _, cells in rows]
    return len(names) > 2 and all(names) and not has_figures[0] and all(has_figures[1:])
