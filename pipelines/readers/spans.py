"""Expanding rowspan and colspan into a rectangular grid (HTML Living Standard, "forming a table")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.document import Cell, Grid

MAX_SPAN = 100  # no statutory form is wider or taller; a larger span is a typing error or an attack
MAX_PLACES = 100_000  # rows × columns; the largest form has 500
_LEADING_DIGITS = re.compile(r"\s*(\d{1,9})")

SourceCell = tuple[str, str | None, str | None]


def span(attribute: str | None) -> int:
    """A span attribute as browsers read it: ``2px`` is 2, junk and 0 are 1, never more than ``MAX_SPAN``."""
    if attribute is None:
        return 1
    match = _LEADING_DIGITS.match(attribute)
    return min(max(int(match.group(1)), 1), MAX_SPAN) if match else 1


def lay_out(source: Sequence[Sequence[SourceCell]]) -> Grid:
    """Lay (text, rowspan, colspan) cells out into a grid; rows below the last one are not invented.

    A table with more places than any form is laid out by the order of its cells alone.
    """
    height = len(source)
    spanned = [
        [(text, min(span(tall), height - r) if tall else 1, span(wide) if wide else 1) for text, tall, wide in cells]
        for r, cells in enumerate(source)
    ]
    if _places(spanned) > MAX_PLACES:
        ordered: list[list[Cell | None]] = [
            [Cell(text, r, c) for c, (text, _, _) in enumerate(cells)] for r, cells in enumerate(source)
        ]
        return Grid(ordered, aligned=False)
    rows: list[list[Cell | None]] = [[] for _ in range(height)]
    for r, cells in enumerate(spanned):
        _fill(rows, r, cells)
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Grid(rows)


def _places(spanned: Sequence[Sequence[tuple[str, int, int]]]) -> int:
    """At most how many places the grid has, and how many its cells cover: whichever is more."""
    widest = max((sum([wide for _, _, wide in row]) for row in spanned), default=0)
    covered = sum([tall * wide for row in spanned for _, tall, wide in row])
    return max(len(spanned) * widest, covered)


def _fill(rows: list[list[Cell | None]], r: int, cells: Sequence[tuple[str, int, int]]) -> None:
    """Put the cells of one row where nothing reaches down to from above."""
    row, column = rows[r], 0
    for text, tall, wide in cells:
        while column < len(row) and row[column] is not None:
            column += 1
        cell = Cell(text, r, column, tall, wide)
        if tall == wide == 1 and column == len(row):
            row.append(cell)
        else:
            _cover(rows, cell)
        column += wide


def _cover(rows: list[list[Cell | None]], cell: Cell) -> None:
    end = cell.column + cell.colspan
    for row in rows[cell.row : cell.row + cell.rowspan]:
        if len(row) < end:
            row.extend([None] * (end - len(row)))
        for column in range(cell.column, end):
            if row[column] is None:
                row[column] = cell
