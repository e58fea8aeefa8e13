"""The annex of reports before 2019: a labelled row for each figure, under chapters.

Rows are known by their label, never by their code: the same code means different things in different cities. A label
that repeats (被依法纠错数 under reviews and under lawsuits) is told apart by the chapter it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from pipelines.document import Cell, Grid
from pipelines.editions import AnnexEdition, annexes
from pipelines.matching.annex_blocks import side_by_side
from pipelines.matching.annex_columns import Columns, find_columns
from pipelines.matching.annex_wordings import Place, labels_of, units_of, wordings_of
from pipelines.matching.found import Misfit, Table, TableMatch
from pipelines.text import label, squeeze, stem

LEAST_ROWS = 5  # so many different rows of one edition make a table its annex
SIMILAR = 0.85  # a misprinted label counts only between its neighbours and above this likeness
_LONGEST_LABEL = 60
_NO_CHAPTER = -1
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")

Rows = dict[int, str | None]


def match_annex(grids: Sequence[Grid]) -> TableMatch | None:
    """Find the annex in the tables of a document; its rows may be cut over several tables."""
    form = _edition([_stems(grid) for grid in grids])
    if form is None:
        return None
    matched = TableMatch(form.id)
    columns: Columns | None = None
    chapter = _NO_CHAPTER
    for grid in (block for whole in grids for block in side_by_side(whole, form)):
        if not (hits := _hits(_stems(grid), form)):
            continue
        own = find_columns(grid, form)
        if own is None and columns is not None and len(grid.rows[0]) != columns.width:
            columns = None
        if own or columns or hits >= LEAST_ROWS:
            columns = own or columns
            sheet = _Sheet(grid, form, columns, own.first_row if own else 0, chapter)
            _read(sheet, matched)
            chapter = sheet.chapter
    return matched


def _stems(grid: Grid) -> set[str]:
    texts = {cell.text for row in grid.rows for cell in row if cell is not None}
    return {stem(text) for text in texts if _may_be_label(text)}


def _may_be_label(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_LABEL and not text.isdigit()


def _edition(stems: list[set[str]]) -> AnnexEdition | None:
    """The edition that most rows of the tables belong to."""
    hits = {form.id: sum(_hits(found, form) for found in stems) for form in annexes().values()}
    best = max(hits, key=lambda name: hits[name])
    return annexes()[best] if hits[best] >= LEAST_ROWS else None


def _hits(stems: set[str], form: AnnexEdition) -> int:
    return len(stems & labels_of(form.id))


class _Sheet:
    """One table of an annex: what its rows are and where their figures stand.

    ``chapter`` is the number of the chapter that the table begins in, and after ``rows`` that it ends in.
    """

    def __init__(self, grid: Grid, form: AnnexEdition, columns: Columns | None, first: int, chapter: int) -> None:
        self.grid, self.form, self.columns, self.chapter = grid, form, columns, chapter
        self.wordings, self.units = wordings_of(form.id), units_of(form.id)
        self.body = range(first, len(grid.rows))

    def rows(self) -> Rows:
        """The metric of each row, None where the label is not the form's; headings without a figure are left out."""
        found = Rows()
        for r in self.body:
            labels = self.labels(r)
            known = [self.wordings[text] for cell in labels if (text := stem(cell.text)) in self.wordings]
            if not known and any(_CHAPTER.match(label(cell.text)) for cell in labels):
                self.chapter = _NO_CHAPTER  # one we do not know; what follows is not in the one before
            for places in known:  # from the outermost label inwards
                self.chapter = places[0].chapter if len(places) == 1 else self.chapter
            place = _in_chapter(known[-1], self.chapter) if known else None
            if place is None or place.metric is not None:
                found[r] = place.metric if place else None
        return found | self._misprinted(found)

    def _misprinted(self, rows: Rows) -> Rows:
        """Rows whose label is nearly that of the one row that is missing between the rows above and below."""
        order = {row.metric: number for number, row in enumerate(self.form.rows)}
        repaired = Rows()
        for r in (r for r, metric in rows.items() if metric is None):
            above, below = rows.get(r - 1), rows.get(r + 1)
            if above is None or below is None:
                continue
            between = self.form.rows[order[above] + 1 : order[below]]
            if len(between) == 1 and any(_alike(cell.text, between[0].label) for cell in self.labels(r)):
                repaired[r] = between[0].metric
        return repaired

    def labels(self, r: int) -> list[Cell]:
        """The cells that may be labels, outermost first: those up to the column of labels, else the worded ones."""
        if self.columns is not None and self.grid.aligned:
            return [cell for cell in dict.fromkeys(self.grid.rows[r][: self.columns.label + 1]) if cell is not None]
        return [cell for cell in self.grid.covering(r) if _may_be_label(cell.text) and cell.text not in self.units]

    def behind_label(self, r: int) -> list[Cell]:
        """The cells of a row that stand behind its innermost label."""
        own, labels = self.grid.own(r), self.labels(r)
        known = [i for i, cell in enumerate(own) if cell in labels and stem(cell.text) in self.wordings]
        last = max(known or [i for i, cell in enumerate(own) if cell in labels], default=-1)
        return own[last + 1 :]

    def figure(self, r: int) -> Cell | None:
        """The cell of the row's figure: under its head, at its place behind the label, or the only one there is."""
        cells = self.behind_label(r)
        if self.columns is None:
            figures = cells[1:] if cells and squeeze(cells[0].text) in self.units else cells
            return figures[0] if len(figures) == 1 else None
        value = self.columns.value
        if value is None:
            return None
        if self.grid.aligned:
            under = set(self.grid.rows[r][value : value + self.columns.span])
            cell = under.pop() if len(under) == 1 else None
            return cell if cell in cells and cell is not None and cell.rowspan == 1 else None
        places = self.columns.width - self.columns.label - 1
        return cells[value - self.columns.label - 1] if len(cells) == places else None

    def unit(self, r: int) -> str | None:
        """The unit as printed in the row, if there is one."""
        texts = [squeeze(cell.text) for cell in self.behind_label(r)]
        return next((text for text in texts if text in self.units and text[0].isalpha()), None)

    def stranger(self, r: int) -> str | None:
        """The label of a row that prints a figure; None where it prints none or has no label."""
        figure, labels = self.figure(r), [cell for cell in self.labels(r) if len(stem(cell.text)) > 1]
        printed = figure is not None and any(map(str.isdigit, figure.text))
        return squeeze(labels[-1].text) if labels and printed else None


def _in_chapter(places: tuple[Place, ...], chapter: int) -> Place | None:
    """The only place of a wording; of several, that of the chapter."""
    return places[0] if len(places) == 1 else next((place for place in places if place.chapter == chapter), None)


def _alike(text: str, wanted: str) -> bool:
    return SequenceMatcher(None, stem(text), stem(wanted), autojunk=False).ratio() >= SIMILAR


def _read(sheet: _Sheet, matched: TableMatch) -> None:
    columns = sheet.columns
    if columns is not None and len(columns.figures) > 1:
        matched.columns, matched.taken = columns.figures, columns.taken
        if columns.value is None:
            matched.misfits.append(Misfit(Table.ANNEX, 1, len(columns.figures)))
            return
    for r, metric in sheet.rows().items():
        if metric is not None:
            _take(sheet, r, metric, matched)
        elif stranger := sheet.stranger(r):
            matched.strangers.append(stranger)


def _take(sheet: _Sheet, r: int, metric: str, matched: TableMatch) -> None:
    key, figure = (metric, None), sheet.figure(r)
    if key in matched.cells:
        matched.repeated.append(metric)
    elif figure is None:
        matched.misfits.append(Misfit(metric, 1, len(sheet.behind_label(r))))
    else:
        matched.cells[key] = figure
        if unit := sheet.unit(r):
            matched.units[key] = unit
