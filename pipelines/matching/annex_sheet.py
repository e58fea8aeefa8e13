"""One table of an annex: which row of the form each of its rows is, and where the figure of that row stands."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from pipelines.document import Cell, Grid
from pipelines.editions import AnnexEdition
from pipelines.matching.annex_columns import Columns
from pipelines.matching.annex_wordings import DASHES, Place, is_unit, may_be_label, name_of, wordings_of
from pipelines.text import label, squeeze, stem
from pipelines.units import in_measure, one_of, read_unit, unit_behind
from pipelines.vocabulary import metrics

SIMILAR = 0.85  # a misprinted label counts only between its neighbours and above this likeness
NO_CHAPTER = -1
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")

Rows = dict[int, str | None]


class Sheet:
    """One table of an annex: what its rows are and where their figures stand.

    ``chapter`` is the number of the chapter that the table begins in, and after ``rows`` that it ends in.
    """

    def __init__(self, grid: Grid, form: AnnexEdition, columns: Columns | None, first: int, chapter: int) -> None:
        self.grid, self.form, self.columns, self.chapter = grid, form, columns, chapter
        self.wordings = wordings_of(form.id)
        self.body = range(first, len(grid.rows))

    def rows(self) -> Rows:
        """The metric of each row, None where the label is not the form's; headings without a figure are left out."""
        found = Rows()
        for r in self.body:
            labels = self.labels(r)
            known = [self.wordings[text] for cell in labels if (text := name_of(cell.text)) in self.wordings]
            if not known and any(_CHAPTER.match(label(cell.text)) for cell in labels):
                self.chapter = NO_CHAPTER  # one we do not know; what follows is not in the one before
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
        return [cell for cell in self.grid.covering(r) if may_be_label(cell.text) and not is_unit(cell.text)]

    def behind_label(self, r: int) -> list[Cell]:
        """The cells of a row that stand behind its innermost label."""
        own, labels = self.grid.own(r), self.labels(r)
        known = [i for i, cell in enumerate(own) if cell in labels and name_of(cell.text) in self.wordings]
        last = max(known or [i for i, cell in enumerate(own) if cell in labels], default=-1)
        return own[last + 1 :]

    def figure(self, r: int) -> Cell | None:
        """The cell of the row's figure: under its head, at its place behind the label, or the only one there is."""
        cells = self.behind_label(r)
        if self.columns is None:
            figures = cells[1:] if cells and is_unit(cells[0].text) else cells
            return figures[0] if len(figures) == 1 else None
        if self.columns.value is None or not self._in_line(r):
            return None
        if self.grid.aligned:
            under = set(self.grid.rows[r][self.columns.value : self.columns.value + self.columns.span])
            cell = under.pop() if len(under) == 1 else None
            return cell if cell in cells and cell is not None and cell.rowspan == 1 else None
        return self._behind(r, self.columns.value)

    def _behind(self, r: int, column: int) -> Cell | None:
        """The cell of a column in a row out of line, counted from the label; None where some are lost."""
        assert self.columns is not None
        cells, places = self.behind_label(r), self.columns.width - self.columns.label - 1
        return cells[column - self.columns.label - 1] if len(cells) == places else None

    def _in_line(self, r: int) -> bool:
        """False where a cell was lost or added on the way, so that what stands under a head may be another's."""
        columns, row = self.columns, self.grid.rows[r]
        assert columns is not None
        unit = self._unit_cell(r)
        if unit is not None and unit not in self.labels(r) and any(map(str.isdigit, squeeze(unit.text))):
            return False
        if not self.grid.aligned:
            return True
        several = len(columns.places) > 1  # then a cell that is lost anywhere moves another year's figure
        places = range(columns.width) if several else columns.places
        whole = len(row) > places[-1] and all(row[place] is not None for place in places)
        return whole and not any(cell is not None and cell.text for cell in row[columns.width :])

    def _unit_cell(self, r: int) -> Cell | None:
        """The cell in the column of units; where no head names one, the first behind the label that is a unit."""
        if self.columns is None or self.columns.unit is None:
            return next((cell for cell in self.behind_label(r) if read_unit(cell.text)), None)
        if not self.grid.aligned:
            return self._behind(r, self.columns.unit)
        row = self.grid.rows[r]
        return row[self.columns.unit] if self.columns.unit < len(row) else None

    def unit(self, r: int, metric: str) -> str | None:
        """The unit as printed in the row, or else in the head of the figures where it measures what the metric does."""
        cell, labels = self._unit_cell(r), self.labels(r)
        beside = [squeeze(cell.text)] if cell is not None and cell not in labels else []
        printed = [text for text in beside if text and text not in DASHES]
        printed += [text for each in labels if (text := unit_behind(each.text))]
        head = self.columns.head_unit if self.columns else None
        return one_of(printed) or next(in_measure([head] if head else [], metrics()[metric].unit), None)

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
