"""The value cells of a row by the column heads above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from pipelines.document import Cell, Grid
from pipelines.editions import columns_beside
from pipelines.text import core


def under_heads(grid: Grid, r: int, head_row: int, heads: Sequence[Cell], labels: Collection[str]) -> list[Cell] | None:
    """The cells of row ``r`` that begin under ``heads``, if the row is in line with them. ``head_row`` is their last.

    It is not when a head has no cell of the row's own below it, or a label, or the same cell as another head; nor when
    something else is printed among the values: left of the first without the head of a column of no figures, under a
    head that has its value already, or without any head. Then something was added or moved, and who knows where.
    """
    row, own = grid.rows[r], grid.own(r)
    cells = [cell for head in heads if (cell := row[head.column]) is not None and cell.row == r]
    taken = set(cells)
    if len(taken) != len(heads) or any(core(cell.text) in labels for cell in cells):
        return None
    first = min(cell.column for cell in cells)
    before = [cell for cell in own if cell.column < first]
    if any(cell.text and not beside(grid, head_row, cell) for cell in before[last_label(before) + 1 :]):
        return None
    strays = [cell for cell in own if cell.text and cell.column > first and cell not in taken]
    above = [grid.rows[head_row][cell.column] for cell in strays]
    return cells if all(head is not None and head.text and head not in heads for head in above) else None


def beside(grid: Grid, head_row: int, cell: Cell) -> str | None:
    """``unit``, ``code`` or ``remark`` for a cell under a head that says so; None where columns are not known."""
    head = grid.rows[head_row][cell.column] if grid.aligned else None
    return columns_beside().get(core(head.text)) if head is not None else None


def last_label(cells: Sequence[Cell]) -> int:
    """The place of the last cell that is worded, not numbered; -1 when none is."""
    return max((place for place, cell in enumerate(cells) if worded(cell.text)), default=-1)


@lru_cache(maxsize=1 << 13)
def worded(text: str) -> bool:
    """True for what may be a label: more than one character, and no digit among them."""
    return len(core(text)) > 1 and not any(character.isdigit() for character in core(text))
