"""Form table 3: a row for each outcome, a column for each kind of applicant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipelines.document import Cell, Grid
from pipelines.editions import Edition, FormRow, editions
from pipelines.matching.applicants import Heads, applicant_heads
from pipelines.matching.columns import last_label, under_heads, worded
from pipelines.matching.found import Misfit, TableMatch
from pipelines.matching.misprints import misprinted
from pipelines.text import core
from pipelines.tokens import Kind, Status, read_token
from pipelines.vocabulary import APPLICANTS

MAX_LABELS = 3  # a row stands under at most two groups


def match_requests(grids: Sequence[Grid]) -> TableMatch | None:
    """Find form table 3 in the tables of a document.

    The newest edition has every row of the older ones, so its rows are looked for. The edition is told only when the
    three rows under (六)其他处理 are printed; with the single row it stays empty, because both editions occur with it.
    """
    edition = next(iter(editions().values()))
    matched = TableMatch(edition="")
    heads: Heads | None = None
    for grid in grids:
        own = applicant_heads(grid, edition)
        if heads is not None and not own:  # the table goes on behind a page end
            own = [heads.carried_over()]
        ends = [*(each.top for each in own[1:]), len(grid.rows)]
        for heads, end in zip(own, ends, strict=False):
            rows = _form_rows(grid, range(heads.below, end), edition)
            if rows and not (heads.in_line or heads.in_order):
                matched.misfits.append(Misfit("requests", len(rows) * len(APPLICANTS), 0))
                continue
            matched.said += grid.said if rows else ()
            for r, row in rows.items():
                _take(grid, r, row, heads, matched)
    if not matched.cells and not matched.misfits:
        return None
    replaced = [name for row in edition.requests for name in row.instead_of]
    if any((name, "total") in matched.cells for name in replaced):
        matched.edition = edition.id
    return matched


def _form_rows(grid: Grid, rows: range, edition: Edition) -> dict[int, FormRow]:
    """The form row of each table row that prints its label, misprinted labels included."""
    wordings = _row_wordings(edition.id)
    found: dict[int, FormRow] = {}
    for r in rows:
        labels = _labels(grid, r)
        named = _naming(labels, r, wordings)
        if named is None or not grid.own(r):
            continue
        row = wordings[core(named.text)]
        if not (row.instead_of and (grid.own(r) == [named] or _is_label(labels[labels.index(named) + 1 :]))):
            found[r] = row
    return found | misprinted(grid, rows, found, edition)


def _labels(grid: Grid, r: int) -> list[Cell]:
    """The cells that may be labels of a row: all that are carried down to it, and the first of its own."""
    own = [cell for cell in grid.own(r) if cell.text][:MAX_LABELS]
    return [cell for cell in grid.covering(r) if cell.text and (cell.row < r or cell in own)]


def _naming(labels: Sequence[Cell], r: int, wordings: dict[str, FormRow]) -> Cell | None:
    """The label that names a row: the innermost of its own; one carried down from above only where it has no own."""
    own = [cell for cell in labels if cell.row == r and worded(cell.text)]
    return next((cell for cell in reversed(own or labels) if core(cell.text) in wordings), None)


def _is_label(behind: Sequence[Cell]) -> bool:
    """True when the first of the cells behind (六)其他处理 is a label not of the form: then (六) is its group."""
    return bool(behind) and worded(behind[0].text) and read_token(behind[0].text, Kind.COUNT).status is Status.TEXT


@cache
def _row_wordings(edition_id: str) -> dict[str, FormRow]:
    return {core(text): row for row in editions()[edition_id].requests for text in (row.label, *row.aliases)}


def _take(grid: Grid, r: int, row: FormRow, heads: Heads, matched: TableMatch) -> None:
    cells = _values(grid, r, heads)
    if len(cells) == len(APPLICANTS):
        matched.take(row.metric, {(row.metric, name): cell for name, cell in zip(APPLICANTS, cells, strict=True)})
    else:
        matched.misfits.append(Misfit(row.metric, len(APPLICANTS), len(cells)))


def _values(grid: Grid, r: int, heads: Heads) -> list[Cell]:
    """The value cells of a row in the order of the form: those under the heads, or all behind the last label.

    The latter only where the heads are out of line and yet in the order of the form; else none are told.
    """
    wordings = _row_wordings(next(iter(editions())))
    own = grid.own(r)
    if heads.in_line:
        under = [heads.cells[name] for name in APPLICANTS]
        if (cells := under_heads(grid, r, heads.below - 1, under, wordings)) is not None:
            return cells
    return own[last_label(own[:MAX_LABELS]) + 1 :] if heads.in_order else []
