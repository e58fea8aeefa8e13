"""Tables that a page makes of other elements: by the roles it gives them (WAI-ARIA), or by what its style displays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipelines.document import Grid
from pipelines.readers.spans import in_order, lay_out
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
    around: dict[int, MadeTable | None] = {}  # the table that each element is in: parents come before their children
    found: list[MadeTable] = []
    outer: set[int] = set()
    for node in body.traverse():
        table = around.get(node.parent.mem_id) if node.parent is not None else None
        part = _part(node, displays)
        if table is not None and (part == "table" or node.tag == "table"):
            outer.add(table.node.mem_id)
        if part == "table":
            table = MadeTable(node, [])
            found.append(table)
        elif part == "row" and table is not None:
            table.rows.append([cell for cell in node.iter() if _part(cell, displays) == "cell"])
        around[node.mem_id] = table
    return [table for table in found if table.node.mem_id not in outer and _is_table(table)]


def _part(node: LexborNode, displays: Mapping[int, str]) -> str | None:
    if node.tag in FRAME:
        return None
    role = (node.attributes.get("role") or "").strip().lower()
    return _ROLES.get(role) or _DISPLAYS.get(displays.get(node.mem_id, ""))


def _is_table(made: MadeTable) -> bool:
    rows = [row for row in made.rows if len(row) >= _FEWEST_CELLS]
    return len(rows) >= _FEWEST_ROWS and all(len(cell.text(deep=True).strip()) <= _LONGEST_CELL for cell in made.cells)


def grid_of(rows: Sequence[Sequence[tuple[str, LexborNode]]]) -> Grid:
    """The grid of a made table, of the text and the element of each cell.

    What is displayed has no spans: where its rows differ in length, nobody knows what stands in which column.
    """
    source = [[(text, *_spans(cell)) for text, cell in row] for row in rows]
    has_spans = any(tall or wide for row in source for _, tall, wide in row)
    return lay_out(source) if has_spans or len({*map(len, source)}) == 1 else in_order(source)


def _spans(cell: LexborNode) -> tuple[str | None, str | None]:
    attributes = cell.attributes
    return attributes.get("aria-rowspan"), attributes.get("aria-colspan")
