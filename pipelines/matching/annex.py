"""The annex of reports before 2019: a labelled row for each figure, under chapters.

Rows are known by their label, never by their code: the same code means different things in different cities. A label
that repeats (被依法纠错数 under reviews and under lawsuits) is told apart by the chapter it stands under.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.document import Grid
from pipelines.editions import AnnexEdition, annexes
from pipelines.matching.annex_blocks import side_by_side
from pipelines.matching.annex_columns import Columns, find_columns
from pipelines.matching.annex_sheet import NO_CHAPTER, Sheet
from pipelines.matching.annex_wordings import labels_of, name_of_label
from pipelines.matching.found import Misfit, Table, TableMatch

LEAST_ROWS = 5  # so many different rows of one edition make a table its annex


def match_annex(grids: Sequence[Grid], year: int | None) -> TableMatch | None:
    """Find the annex of the report of ``year`` in the tables of a document; its rows may be cut over several tables."""
    form = _edition([_stems(grid) for grid in grids])
    if form is None:
        return None
    matched = TableMatch(form.id)
    columns: Columns | None = None
    chapter = NO_CHAPTER
    for grid in (block for whole in grids for block in side_by_side(whole, form)):
        if not (hits := _hits(_stems(grid), form)):
            continue
        own = find_columns(grid, form, year)
        if own is None and columns is not None and len(grid.rows[0]) != columns.width:
            columns = None
        if own or columns or hits >= LEAST_ROWS:
            columns = own or columns
            sheet = Sheet(grid, form, columns, own.first_row if own else 0, chapter)
            _read(sheet, matched)
            matched.said += grid.said
            chapter = sheet.chapter
    return matched


def _stems(grid: Grid) -> set[str]:
    return set(map(name_of_label, grid.words()))


def _edition(stems: list[set[str]]) -> AnnexEdition | None:
    """The edition that most rows of the tables belong to."""
    hits = {form.id: sum(_hits(found, form) for found in stems) for form in annexes().values()}
    best = max(hits, key=lambda name: hits[name])
    return annexes()[best] if hits[best] >= LEAST_ROWS else None


def _hits(stems: set[str], form: AnnexEdition) -> int:
    return len(stems & labels_of(form.id))


def _read(sheet: Sheet, matched: TableMatch) -> None:
    columns = sheet.columns
    if columns is not None and columns.value is None:
        matched.columns = columns.figures
        matched.misfits.append(Misfit(Table.ANNEX, 1, len(columns.figures)))
        return
    if columns is not None and len(columns.figures) > 1:
        matched.columns, matched.taken = columns.figures, columns.taken
    for r, metric in sheet.rows().items():
        if metric is not None:
            _take(sheet, r, metric, matched)
        elif stranger := sheet.stranger(r):
            matched.strangers.append(stranger)


def _take(sheet: Sheet, r: int, metric: str, matched: TableMatch) -> None:
    key, figure = (metric, None), sheet.figure(r)
    if figure is None:
        matched.misfits.append(Misfit(metric, 1, len(sheet.behind_label(r))))
    elif matched.take(metric, [key], [figure]) and (unit := sheet.unit(r, metric)):
        matched.units[key] = unit
