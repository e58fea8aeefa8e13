"""Form table 2: blocks, each with a row of column heads and one or more labelled rows below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.document import Cell, Grid
from pipelines.editions import BlockRow, editions
from pipelines.matching.columns import beside, under_heads
from pipelines.matching.disclosure_heads import Heads, head_texts, heads_in, wordings_of
from pipelines.matching.found import Misfit, TableMatch, keys_of
from pipelines.text import core, tidy
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import of_several, one_of, unit_behind
from pipelines.vocabulary import metrics


class _Row(NamedTuple):
    """A row of the form as it stands under certain heads: its edition, a metric for each head, and its wordings."""

    edition: str
    metrics: tuple[str, ...]
    names: frozenset[str]


def match_disclosure(grids: Sequence[Grid]) -> TableMatch | None:
    """Find form table 2 in the tables of a document; the edition is the one whose column heads are printed."""
    matched = TableMatch(edition="")
    votes: Counter[str] = Counter()
    for grid in grids:
        texts = head_texts(grid)
        heads: Heads | None = None
        for r in range(len(grid.rows)) if texts else ():
            own = grid.own(r)
            if not texts.isdisjoint([cell.text for cell in own]) and (own_heads := heads_in(own)) is not None:
                heads = own_heads
            elif heads is not None and (row := _form_row(grid.covering(r), heads)) is not None:
                _take(grid, r, row, heads, matched)
                matched.said += grid.said
                votes[row.edition] += 1
            elif _are_strange_heads(own):
                heads = None
    if not votes:
        return None
    matched.edition = votes.most_common(1)[0][0] if len(votes) == 1 else "hybrid"
    return matched


def _are_strange_heads(cells: Sequence[Cell]) -> bool:
    """True for a row of words alone: heads of a block that are not known, so that those above it no longer hold."""
    printed = [cell.text for cell in cells if cell.text]
    return len(printed) > 1 and all(read_token(text, Kind.CHANGE).status is Status.TEXT for text in printed)


def _form_row(cells: Sequence[Cell], heads: Heads) -> _Row | None:
    """The row of the form that these cells print: of the edition of the heads, or of another that shares them."""
    labels = {core(cell.text) for cell in cells if not cell.text.isdigit()}
    for row in _rows_under(heads.said.edition, heads.said.columns):
        if not labels.isdisjoint(row.names):
            return row
    shared = _shared_rows(heads.said.edition, heads.said.columns)
    return next((shared[text] for text in labels if text in shared), None)


@cache
def _rows_under(edition_id: str, columns: tuple[str, ...]) -> tuple[_Row, ...]:
    """The rows that stand under these heads in their own edition."""
    blocks = (block for block in editions()[edition_id].disclosure if block.columns == columns)
    return tuple(_row(edition_id, row, row.metrics) for block in blocks for row in block.rows)


def _row(edition_id: str, row: BlockRow, metrics: tuple[str, ...]) -> _Row:
    return _Row(edition_id, metrics, frozenset(map(core, (row.label, *row.aliases))))


@cache
def _shared_rows(edition_id: str, columns: tuple[str, ...]) -> dict[str, _Row]:
    """Label → row of another edition that can stand under these heads: 其他对外管理服务事项 under 本年处理决定数量."""
    wanted = [wordings_of(edition_id, column) for column in columns]
    shared: dict[str, _Row] = {}
    for other in (edition for edition in editions().values() if edition.id != edition_id):
        for block in other.disclosure:
            own = [wordings_of(other.id, column) for column in block.columns]
            places = [next((i for i, texts in enumerate(own) if texts & want), None) for want in wanted]
            for row in block.rows if None not in places else ():
                printed = _row(other.id, row, tuple(row.metrics[i] for i in places if i is not None))
                shared |= dict.fromkeys(printed.names, printed)
    return shared


def _take(grid: Grid, r: int, row: _Row, heads: Heads, matched: TableMatch) -> None:
    cells = _values(grid, r, row, heads)
    if len(cells) != len(row.metrics):
        matched.misfits.append(Misfit(row.metrics[0], len(row.metrics), len(cells)))
        return
    if not matched.take(row.metrics[0], keys_of(row.metrics), cells):
        return
    units = list(_units(grid, [cell for cell in grid.covering(r) if cell not in cells], heads))
    for metric, head in zip(row.metrics, heads.cells, strict=True):
        behind = unit_behind(head.text)
        if (units or behind) and (
            unit := one_of([*of_several(units, metrics()[metric].unit), *filter(None, [behind])])
        ):
            matched.units[metric, None] = unit


def _units(grid: Grid, others: Sequence[Cell], heads: Heads) -> Iterator[str]:
    """The units of a row: in brackets behind its label, and in the columns of units."""
    head_row = heads.cells[0].row
    for cell in others:
        in_column = cell.row > head_row and beside(grid, head_row, cell) == "unit"
        if in_column and read_token(cell.text, Kind.COUNT).status is Status.TEXT:
            yield tidy(cell.text)
        elif unit := unit_behind(cell.text):
            yield unit


def _values(grid: Grid, r: int, row: _Row, heads: Heads) -> list[Cell]:
    """The value cells of a row: those under the heads, or all behind the label.

    The latter only where the heads are out of line and yet in the order of the form; else none are told.
    """
    own = grid.own(r)
    named = [cell for cell in own if not cell.text.isdigit() and core(cell.text) in row.names]
    if grid.aligned:
        cells = under_heads(grid, r, heads.cells[0].row, heads.cells, named, summed=False)
        if cells is not None:
            return cells
    return own[own.index(named[-1]) + 1 if named else 0 :] if heads.said.in_order else []
