"""Form table 4: fifteen columns under three rows of heads, one row of figures.

The proceedings may also have a table, a block of heads or a row of their own each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.document import Cell, Grid
from pipelines.matching.columns import may_be_moved, under_heads
from pipelines.matching.dispute_heads import Block, blocks, edition, vocabulary
from pipelines.matching.found import Misfit, TableMatch, keys_of
from pipelines.numbers import numbers_columns
from pipelines.text import core

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_FILLED_IN = re.compile(r"[\u4e00-\u9fff()\s]{2,12}[:\uff1a]")


def match_disputes(grids: Sequence[Grid]) -> TableMatch | None:
    """Find form table 4 in the tables of a document. The editions share this table."""
    matched = TableMatch(edition().id)
    for grid in grids:
        for block in blocks(grid):
            matched.said += grid.said
            columns = block.columns()
            if block.results() and not (columns or block.in_order()):
                _read_rows(block, matched)
            else:
                _read(block, columns, matched)
    return matched if matched.cells or matched.misfits else None


def _read(block: Block, columns: dict[str, int], matched: TableMatch) -> None:
    """Take the row of figures under heads that name their proceedings."""
    wanted = block.wanted
    if not wanted:
        return
    rows = [_values(block, columns, r) for r in _below(block)]
    if not rows or len(rows[0]) != len(wanted):
        matched.misfits.append(Misfit("disputes", len(wanted), len(rows[0]) if rows else 0))
        return
    printed = [cells for cells in rows if len(cells) == len(wanted) and not _is_note(cells)]
    for cells in printed or rows[:1]:
        matched.take("disputes", keys_of(wanted), cells)


def _below(block: Block) -> list[int]:
    below = range(block.last + 1, block.end)
    return [r for r in below if (own := block.grid.own(r)) and not numbers_columns([cell.text for cell in own])]


def _is_note(row: Sequence[Cell]) -> bool:
    """True for a row with words in its first cell and nothing behind, or with nothing, which only sets the widths.

    Behind words that name what is filled in, 填报人:张三, more of the kind may stand.
    """
    first, *others = row
    empty = not any(cell.text for cell in others)
    return (empty and (not first.text or _WORDS.search(first.text) is not None)) or _FILLED_IN.match(
        first.text
    ) is not None


def _values(block: Block, columns: dict[str, int], r: int) -> list[Cell]:
    """The cells under the heads; or the whole row where these are out of line, complete and in order."""
    grid, wanted = block.grid, block.wanted
    if columns.keys() == {*wanted} and _reaches_all_heads(block, r):
        under = [grid.rows[r][columns[metric]] for metric in wanted]
        figures = dict.fromkeys(cell for cell in under if cell is not None and cell.row == r)
        others = [cell for cell in grid.own(r) if cell not in figures]
        heads = [grid.rows[block.last][column] for column in columns.values()]
        if len(figures) == len(wanted) and not may_be_moved(grid, block.last, others, heads, figures):
            return [*figures]
    return grid.own(r) if block.in_order() else []


def _reaches_all_heads(block: Block, r: int) -> bool:
    """False for a row with fewer cells than there are heads: one was lost, and who knows where."""
    pairs = zip(block.grid.rows[block.last], block.grid.rows[r], strict=True)
    return all(cell is not None for head, cell in pairs if head is not None and head.text)


def _read_rows(block: Block, matched: TableMatch) -> None:
    """Take the rows under the five results alone, each of the proceeding that its label names."""
    heads = block.results()
    for r, name in _labelled(block, heads[0]):
        named = [cell for cell in block.grid.own(r) if core(cell.text) in vocabulary()[1]]
        cells = under_heads(block.grid, r, block.last, heads, named) if block.grid.aligned else None
        if cells is None:
            matched.misfits.append(Misfit("disputes", len(heads), len(block.grid.own(r))))
            continue
        matched.take("disputes", keys_of(tuple(f"{name}_{result}" for result in edition().results)), cells)


def _labelled(block: Block, first: Cell) -> Iterator[tuple[int, str]]:
    """The rows below with the proceeding of each: its innermost label in front of the figures."""
    proceedings = vocabulary()[1]
    for r in _below(block):
        labels = [cell for cell in block.grid.covering(r) if cell.column < first.column]
        named = [proceedings[text] for cell in labels if (text := core(cell.text)) in proceedings]
        if named:
            yield r, named[-1]
