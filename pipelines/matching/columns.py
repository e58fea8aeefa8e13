"""The value cells of a row by the column heads above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipelines.document import Cell, Grid
from pipelines.text import core


def under_heads(
    grid: Grid, r: int, head_row: int, columns: Sequence[int], labels: Collection[str]
) -> list[Cell] | None:
    """The cells of row ``r`` in ``columns``, if the row is in line with its heads.

    It is not when a column holds no cell of the row's own, or a label, or the same cell twice; nor when a printed cell
    stands beyond the first value without a head of its own: then something was added, and who knows where.
    """
    row = grid.rows[r]
    cells = [cell for column in columns if (cell := row[column]) is not None and cell.row == r]
    own = set(cells)
    if len(own) != len(columns) or any(core(cell.text) in labels for cell in cells):
        return None
    first = min(cell.column for cell in cells)
    strays = (cell for cell in grid.own(r) if cell.text and cell not in own and cell.column > first)
    heads = grid.rows[head_row]
    if all((head := heads[cell.column]) is not None and head.text for cell in strays):
        return cells
    return None
