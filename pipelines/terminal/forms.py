"""The statutory tables of a reading drawn as on its form, no wider than the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.editions import Block, Edition, annexes, editions
from pipelines.editions.sheets import COLUMNS, Label, Line, Sheet, annex, disclosure, disputes, requests
from pipelines.reading import Reading
from pipelines.terminal.figures import Figures
from pipelines.terminal.frame import Cell, draw
from pipelines.terminal.ink import width
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS

_LABELS = (4, 8)  # columns of text for the outer labels of form table 3
_LEAST, _MOST = 4, 12  # columns of text for a figure: two ideographs of its head; what is longer goes over lines
_BLOCK = 14  # columns of text for a figure of form table 2, which has but three
_UNIT = 4


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its caption, its rows, the columns of text in each of its columns, and above which rows a line is."""

    caption: str
    lines: list[list[Cell]]
    widths: list[int]
    rules: list[int]

    def drawn(self) -> Iterator[str]:
        """The caption and the table as lines of text."""
        yield self.caption
        yield from draw(self.lines, self.widths, self.rules)


def lay_out(reading: Reading, figures: Figures, columns: int) -> Iterator[Table]:
    """The tables that a report has, no wider than so many columns of text where that is possible."""
    if any(figures.prints(f"{proceeding}_total") for proceeding in PROCEEDINGS):
        forms = [reading.form] if reading.edition in editions() else list(editions().values())
        yield _disclosure(forms, figures, columns)
        yield _requests(reading.form, figures, columns)
        yield _disputes(reading.form, figures)
    for form in annexes().values():
        sheet = annex(form, figures)
        if sheet.body:
            longest = max(width(row.label) for row in form.rows)
            label = _between(2 * _LEAST, columns - _UNIT - _MOST - 4, longest)
            yield _table(sheet, _filled(sheet, figures), [label, _UNIT, _MOST])


def _disclosure(forms: Sequence[Edition], figures: Figures, columns: int) -> Table:
    sheet = disclosure(_blocks(forms, figures))
    label = _between(2 * _LEAST, columns - (_BLOCK + 1) * (COLUMNS - 1) - 2, 2 * _MOST)
    return _table(sheet, _filled(sheet, figures), [label, *[_BLOCK] * (COLUMNS - 1)])


def _blocks(forms: Sequence[Edition], figures: Figures) -> Iterator[Block]:
    """The blocks with the rows that the report has, none twice."""
    shown: set[str] = set()
    for block in (block for form in forms for block in form.disclosure):
        rows = [row for row in block.rows if any(figures.prints(m) and m not in shown for m in row.metrics)]
        shown.update(metric for row in rows for metric in row.metrics)
        if rows:
            yield block.model_copy(update={"rows": tuple(rows)})


def _requests(form: Edition, figures: Figures, columns: int) -> Table:
    rows = [row for row in form.requests if figures.prints(row.metric)]
    sheet = requests(form, rows)
    lines = _filled(sheet, figures)
    each = _widest(lines)
    longest = max((width(row.label) for row in rows), default=_LEAST)
    own = _between(2 * _LEAST, columns - sum(_LABELS) - (each + 1) * len(APPLICANTS) - 4, longest)
    return _table(sheet, lines, [*_LABELS, own, *[each] * len(APPLICANTS)])


def _disputes(form: Edition, figures: Figures) -> Table:
    sheet = disputes(form)
    lines = _filled(sheet, figures)
    return _table(sheet, lines, [_widest(lines)] * len(PROCEEDINGS) * len(RESULTS))


def _filled(sheet: Sheet, figures: Figures) -> list[list[Cell]]:
    return [_cells(line, figures) for line in (*sheet.head, *sheet.body)]


def _cells(line: Line, figures: Figures) -> list[Cell]:
    return [
        Cell(cell.zh, cell.cols, cell.rows)
        if isinstance(cell, Label)
        else figures.cell(cell.metric, cell.applicant, cell.cols)
        for cell in line.cells
    ]


def _table(sheet: Sheet, lines: list[list[Cell]], widths: list[int]) -> Table:
    rules = [number for number, line in enumerate((*sheet.head, *sheet.body)) if line.begins]
    return Table(f"{sheet.zh} {sheet.en}", lines, widths, rules)


def _between(least: int, wanted: int, most: int) -> int:
    return max(min(wanted, most), least)


def _widest(lines: Sequence[Sequence[Cell]]) -> int:
    """The columns of text that every figure of a table gets."""
    longest = max((width(cell.text) for line in lines for cell in line if cell.right), default=_LEAST)
    return _between(_LEAST, longest, _MOST)
