"""The value cells of a row by the column heads above it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from functools import lru_cache

from pipelines.document import Cell, Grid
from pipelines.editions import columns_beside
from pipelines.text import core


def under_heads(
    grid: Grid, r: int, head_row: int, heads: Sequence[Cell], labels: Iterable[Cell], *, summed: bool = True
) -> list[Cell] | None:
    """The cells of row ``r`` that begin under ``heads``, if the row is in line with them. ``head_row`` is their last.

    It is not when a head has no cell of the row's own below it, or one of its ``labels``, or the same cell as another
    head; nor when something else is printed among the values: left of the first without the head of a column of no
    figures, under a head that has its value already, or without any head; nor when it ``may_be_moved``. Then something
    was added or moved, and who knows where. ``summed`` says that sums check the figures.
    """
    row, own = grid.rows[r], grid.own(r)
    under = [row[head.column] for head in heads]
    taken = set(under)
    if not taken.isdisjoint(labels):
        return None
    first = len(own) - len(under)
    if own[first:] == under and (not first or worded(own[first - 1].text)):  # as in nearly every row
        return own[first:]
    cells = [cell for cell in under if cell is not None]
    first = next((place for place, cell in enumerate(own) if cell in taken), 0)
    behind = [cell for cell in own[first:] if cell not in taken]
    if len(own) - first - len(behind) != len(heads):
        return None
    between = own[last_label(own[:first]) + 1 : first]
    strays = [cell for cell in between if cell.text and not beside(grid, head_row, cell)]
    strays += [cell for cell in behind if cell.text and not _has_another_head(grid, head_row, cell, heads)]
    return None if strays or may_be_moved(grid, head_row, behind, heads, cells, summed=summed) else cells


def may_be_moved(
    grid: Grid,
    head_row: int,
    others: Iterable[Cell],
    heads: Collection[Cell | None],
    figures: Iterable[Cell],
    *,
    summed: bool = True,
) -> bool:
    """True when a row has a cell too many and no sum would tell that its ``figures`` are moved.

    ``others`` are its cells beside the figures. One is in a column of its own where a head, be it empty, stands above
    it that is none of the ``heads``, which have their figures already. Sums tell where all the figures are printed, if
    they are ``summed`` at all.
    """
    too_many = [cell for cell in others if (head := grid.rows[head_row][cell.column]) is None or head in heads]
    printed = summed and all(cell.text for cell in figures)
    return any(cell.text for cell in too_many) or (bool(too_many) and not printed)


def _has_another_head(grid: Grid, head_row: int, cell: Cell, heads: Sequence[Cell]) -> bool:
    head = grid.rows[head_row][cell.column]
    return head is not None and bool(head.text) and head not in heads


def beside(grid: Grid, head_row: int, cell: Cell) -> str | None:
    """``unit``, ``code`` or ``remark`` for a cell under a head that says so; None where columns are not known."""
    head = grid.rows[head_row][cell.column] if grid.aligned else None
    return columns_beside().get(core(head.text)) if head is not None else None


def last_label(cells: Sequence[Cell]) -> int:
    """The place of the last cell that is worded, not numbered; -1 when none is."""
    place = len(cells) - 1
    while place >= 0 and not worded(cells[place].text):
        place -= 1
    return place


def printing(grid: Grid, texts: Container[str]) -> dict[int, list[Cell]]:
    """Row → its own cells that print one of some texts, left to right; rows without any are left out."""
    found: dict[int, list[Cell]] = {}
    for cell in [cell for r in range(len(grid.rows)) for cell in grid.own(r) if cell.text in texts]:
        found.setdefault(cell.row, []).append(cell)
    return found


@lru_cache(maxsize=1 << 13)
def worded(text: str) -> bool:
    """True for what may be a label: more than one character, and no digit among them."""
    return len(core(text)) > 1 and not any(character.isdigit() for character in core(text))
