"""An annex printed in two or more blocks side by side, to save paper: each block is a table of its own."""

from __future__ import annotations

from itertools import pairwise

from pipelines.document import Cell, Grid
from pipelines.editions import AnnexEdition
from pipelines.matching.annex_columns import head


def side_by_side(grid: Grid, form: AnnexEdition) -> list[Grid]:
    """The blocks of a table whose heads repeat, left to right; the table itself when they do not."""
    for heads in grid.rows:
        starts = _starts(heads, form)
        if starts:
            return (
                [_cut(grid, *borders) for borders in pairwise([0, *starts[1:], len(heads)])] if starts[1:] else [grid]
            )
    return [grid]


def _starts(heads: list[Cell | None], form: AnnexEdition) -> list[int]:
    """The first column of each block: that of its labels, or of the codes in front of them."""
    known = {*form.columns.label, *form.columns.unit, *form.columns.code, *form.columns.remark, ""}
    starts: list[int] = []
    for i, cell in enumerate(heads):
        if head(cell) in form.columns.label:
            start = i - 1 if i and head(heads[i - 1]) in form.columns.code else i
            if not starts or any(head(other) not in known for other in heads[starts[-1] : start]):
                starts.append(start)
    return starts


def _cut(grid: Grid, first: int, end: int) -> Grid:
    """Some columns of a table. A ragged row of a text rendering, of which this cannot be told, stays in the first."""
    moved: dict[Cell, Cell] = {}
    rows: list[list[Cell | None]] = []
    for row in grid.rows:
        ragged = len(row) != len(grid.rows[0])
        part = row[first:end] if not ragged else row if first == 0 else []
        rows.append([_moved(cell, first, moved) if cell is not None else None for cell in part])
    return Grid(rows, grid.aligned, grid.said)


def _moved(cell: Cell, by: int, moved: dict[Cell, Cell]) -> Cell:
    if cell not in moved:
        moved[cell] = Cell(cell.text, cell.row, max(cell.column - by, 0), cell.rowspan, cell.colspan)
    return moved[cell]
