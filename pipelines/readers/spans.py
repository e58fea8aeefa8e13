"""Expanding rowspan and colspan into a rectangular grid (HTML Living Standard, "forming a table")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.document import Cell, Grid

MAX_SPAN = 100  # no statutory form is wider or taller; a larger span is a typing error or an attack
MAX_PLACES = 100_000  # rows × columns; the largest form has 500
_PLAIN: dict[str | None, int] = {None: 1} | {str(number): number for number in range(1, MAX_SPAN + 1)}
_LEADING_DIGITS = re.compile(r"\s*(\d{1,9})")

SourceCell = tuple[str, str | None, str | None]


def span(attribute: str | None) -> int:
    """A span attribute as browsers read it: ``2px`` is 2, junk and 0 are 1, never more than ``MAX_SPAN``."""
    if attribute in _PLAIN:
        return _PLAIN[attribute]
    match = _LEADING_DIGITS.match(attribute or "")
    return min(max(int(match.group(1)), 1), MAX_SPAN) if match else 1


def lay_out(source: Sequence[Sequence[SourceCell]]) -> Grid:
    """Lay (text, rowspan, colspan) cells out into a grid; rows below the last one are not invented.

    A table with more places than any form is laid out by the order of its cells alone.
    """
    rows: list[list[Cell | None]] = [[] for _ in source]
    begun: list[list[Cell]] = []
    places = 0  # that spans cover
    for r, cells in enumerate(source):
        row, column = rows[r], 0
        own: list[Cell] = []
        for text, tall, wide in cells:
            while column < len(row) and row[column] is not None:  # something reaches down to here from above
                column += 1
            if tall or wide or column < len(row):
                cell = Cell(text, r, column, min(span(tall), len(source) - r), span(wide))
                places += cell.rowspan * cell.colspan
                if places > MAX_PLACES:
                    return in_order(source)
                _cover(rows, cell)
                column += cell.colspan
            else:
                row.append(cell := Cell(text, r, column))
                column += 1
            own.append(cell)
        begun.append(own)
    width = max(map(len, rows), default=0)
    if len(rows) * width > MAX_PLACES:
        return in_order(source)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Grid(rows, begun=begun)


def in_order(source: Sequence[Sequence[SourceCell]]) -> Grid:
    """The grid of a table of which nobody knows what stands in which column."""
    rows: list[list[Cell | None]] = [
        [Cell(text, r, c) for c, (text, _, _) in enumerate(cells)] for r, cells in enumerate(source)
    ]
    return Grid(rows, aligned=False)


def _cover(rows: list[list[Cell | None]], cell: Cell) -> None:
    start, end = cell.column, cell.column + cell.colspan
    for row in rows[cell.row : cell.row + cell.rowspan]:
        if len(row) == start:
            row.extend([cell] * cell.colspan)
            continue
        row.extend([None] * (end - len(row)))
        for column in range(start, end):
            if row[column] is None:
                row[column] = cell
