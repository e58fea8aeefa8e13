"""Tables that a page makes of other elements: by the roles it gives them (WAI-ARIA), or by what its style displays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipelines.document import Cell, Grid
from pipelines.readers.spans import lay_out
from pipelines.readers.stylesheet import FRAME

_FEWEST_ROWS = 3
_FEWEST_CELLS = 2  # of a row: with fewer it is the layout of a page
_LONGEST_CELL = 200  # characters: an article in a cell is layout, too
_ROLES = {"table": "table", "grid": "table", "row": "row"} | dict.fromkeys(
    ("cell", "gridcell", "columnheader", "rowheader"), "cell"
)
_DISPLAYS = {"table": "table", "inline-table": "table", "table-row": "row", "table-cell": "cell"}


class MadeTable(NamedTuple):
    """The element that holds a table and its rows of cells."""

    node: LexborNode
    rows: list[list[LexborNode]]

    @property
    def cells(self) -> list[LexborNode]:
        """All cells in reading order."""
        return [cell for row in self.rows for cell in row]


def made_tables(body: LexborNode, displays: Mapping[int, str]) -> list[MadeTable]:
    """The tables that have no other inside; ``displays`` says how elements are displayed of which a style says so."""
    parts = {node.mem_id: part for node in body.traverse() if (part := _part(node, displays))}
    found: dict[int, MadeTable] = {}
    for node in list(body.traverse()):
        if parts.get(node.mem_id) == "row" and (table := _table_of(node, parts)) is not None:
            made = found.setdefault(table.mem_id, MadeTable(table, []))
            made.rows.append([cell for cell in node.iter() if parts.get(cell.mem_id) == "cell"])
    return [made for made in found.values() if _is_table(made) and not _holds_another(made, found)]


def _part(node: LexborNode, displays: Mapping[int, str]) -> str | None:
    if node.tag in FRAME:
        return None
    role = (node.attributes.get("role") or "").strip().lower()
    return _ROLES.get(role) or _DISPLAYS.get(displays.get(node.mem_id, ""))


def _table_of(row: LexborNode, parts: Mapping[int, str]) -> LexborNode | None:
    node = row.parent
    while node is not None and parts.get(node.mem_id) != "table":
        node = node.parent
    return node


def _is_table(made: MadeTable) -> bool:
    rows = [row for row in made.rows if len(row) >= _FEWEST_CELLS]
    return len(rows) >= _FEWEST_ROWS and all(len(cell.text(deep=True).strip()) <= _LONGEST_CELL for cell in made.cells)


def _holds_another(made: MadeTable, found: Mapping[int, MadeTable]) -> bool:
    inside = {node.mem_id for node in made.node.traverse()} - {made.node.mem_id}
    return not inside.isdisjoint(found) or made.node.css_first("table") is not None


def grid_of(rows: Sequence[Sequence[tuple[str, LexborNode]]]) -> Grid:
    """The grid of a made table, of the text and the element of each cell.

    What is displayed has no spans: where its rows differ in length, nobody knows what stands in which column.
    """
    source = [[(text, *_spans(cell)) for text, cell in row] for row in rows]
    if any(tall or wide for row in source for _, tall, wide in row) or len({*map(len, source)}) == 1:
        return lay_out(source)
    cells: list[list[Cell | None]] = [
        [Cell(text, r, c) for c, (text, _, _) in enumerate(row)] for r, row in enumerate(source)
    ]
    return Grid(cells, aligned=False)


def _spans(cell: LexborNode) -> tuple[str | None, str | None]:
    attributes = cell.attributes
    return attributes.get("aria-rowspan"), attributes.get("aria-colspan")
