"""Form table 3: a row for each outcome, a column for each kind of applicant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipelines.document import Cell, Grid
from pipelines.editions import Edition, FormRow, editions
from pipelines.matching.applicants import Heads, applicant_heads
from pipelines.matching.columns import last_label, printing, under_heads, worded
from pipelines.matching.found import Key, Misfit, TableMatch
from pipelines.matching.misprints import misprinted
from pipelines.text import core
from pipelines.tokens import Kind, Status, read_token
from pipelines.vocabulary import APPLICANTS

_FormLabels = dict[str, FormRow]
_Labelled = dict[int, list[Cell]]  # row → its own cells that print the label of a form row

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
        labels = _form_labels(grid, edition)
        labelled = printing(grid, labels) if labels else {}
        own = applicant_heads(grid, edition, labelled.keys())
        if heads is not None and not own:  # the table goes on behind a page end
            own = [heads.carried_over()]
        ends = [*(each.top for each in own[1:]), len(grid.rows)]
        for heads, end in zip(own, ends, strict=False):
            rows = _form_rows(grid, range(heads.below, end), labels, labelled, edition)
            if rows and not (heads.in_line or heads.in_order):
                matched.misfits.append(Misfit("requests", len(rows) * len(APPLICANTS), 0))
                continue
            matched.said += grid.said if rows else ()
            for r, row in rows.items():
                _take(grid, r, row, heads, labelled.get(r, ()), matched)
    if not matched.cells and not matched.misfits:
        return None
    replaced = [name for row in edition.requests for name in row.instead_of]
    if any((name, "total") in matched.cells for name in replaced):
        matched.edition = edition.id
    return matched


def _form_rows(
    grid: Grid, rows: range, form_labels: _FormLabels, labelled: _Labelled, edition: Edition
) -> dict[int, FormRow]:
    """The form row of each table row that prints its label, misprinted labels included."""
    found: dict[int, FormRow] = {}
    groups: dict[int, Cell] = {}
    for r in rows:
        named = _naming(grid, r, form_labels, labelled.get(r, ()))
        if named is None or not grid.own(r):
            continue
        row = form_labels[named.text]
        if not (row.instead_of and (grid.own(r) == [named] or _is_group(named, _labels(grid, r)))):
            found[r] = row
            if row.instead_of:
                groups[r] = named
    for r in [r for r, named in groups.items() if _stands_over(named, found, found[r])]:
        del found[r]
    return found if len(found) == len(rows) else found | misprinted(grid, rows, found, edition)


def _form_labels(grid: Grid, edition: Edition) -> _FormLabels:
    """What is printed in the table that is the label of a form row."""
    wordings = _row_wordings(edition.id)
    return {text: wordings[plain] for text in grid.words() if (plain := core(text)) in wordings}


def _labels(grid: Grid, r: int) -> list[Cell]:
    """The cells that may be labels of a row: all that are carried down to it, and the first of its own."""
    own = _first_printed(grid.own(r))
    return [cell for cell in grid.covering(r) if cell.text and (cell.row < r or cell in own)]


def _first_printed(own: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in own if cell.text][:MAX_LABELS]


def _naming(grid: Grid, r: int, form_labels: _FormLabels, labelled: Sequence[Cell]) -> Cell | None:
    """The label that names a row: the innermost of its own; one carried down from above only where it has no own."""
    own = grid.own(r)
    for cell in reversed(labelled):
        if worded(cell.text) and (cell in own[:MAX_LABELS] or cell in _first_printed(own)):
            return cell
    if any(not cell.text.isdigit() and worded(cell.text) for cell in _first_printed(own)):
        return None
    return next((cell for cell in reversed(_labels(grid, r)) if cell.text in form_labels), None)


def _stands_over(named: Cell, found: dict[int, FormRow], row: FormRow) -> bool:
    """True when (六)其他处理 spans a row that may be printed instead of it: then a row without a label is its third."""
    spanned = range(named.row, named.row + named.rowspan)
    return any(r in found and found[r].metric in row.instead_of for r in spanned)


def _is_group(named: Cell, labels: Sequence[Cell]) -> bool:
    """True when the cell behind (六)其他处理 is a label not of the form: then (六) is its group."""
    behind = labels[labels.index(named) + 1 :]
    return bool(behind) and worded(behind[0].text) and read_token(behind[0].text, Kind.COUNT).status is Status.TEXT


@cache
def _row_wordings(edition_id: str) -> dict[str, FormRow]:
    return {core(text): row for row in editions()[edition_id].requests for text in (row.label, *row.aliases)}


@cache
def _keys(metric: str) -> tuple[Key, ...]:
    return tuple((metric, name) for name in APPLICANTS)


def _take(grid: Grid, r: int, row: FormRow, heads: Heads, labels: Sequence[Cell], matched: TableMatch) -> None:
    cells = _values(grid, r, heads, labels)
    if len(cells) == len(APPLICANTS):
        matched.take(row.metric, _keys(row.metric), cells)
    else:
        matched.misfits.append(Misfit(row.metric, len(APPLICANTS), len(cells)))


def _values(grid: Grid, r: int, heads: Heads, labels: Sequence[Cell]) -> list[Cell]:
    """The value cells of a row in the order of the form: those under the heads, or all behind the last label.

    The latter only where the heads are out of line and yet in the order of the form; else none are told.
    """
    if heads.in_line and (cells := under_heads(grid, r, heads.below - 1, heads.cells, labels)) is not None:
        return cells
    own = grid.own(r)
    return own[last_label(own[:MAX_LABELS]) + 1 :] if heads.in_order else []
