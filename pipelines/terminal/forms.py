"""The statutory tables of a reading laid out as on its form, each as the rows of a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipelines.editions import Edition, FormRow, annexes, editions
from pipelines.editions.annex import Chapter
from pipelines.reading import Reading
from pipelines.terminal.figures import Figures
from pipelines.terminal.frame import Cell, Line, draw
from pipelines.terminal.ink import width
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS

_BLOCK_COLUMNS = 3  # figures in the widest row of form table 2
_LABELS = (4, 8)  # columns of text for the outer labels of form table 3
_LEAST, _MOST = 4, 12  # columns of text for a figure: two ideographs of its head; what is longer goes over lines
_BLOCK = 14  # columns of text for a figure of form table 2, which has but three
_UNIT = 4


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its caption, its rows, the columns of text in each of its columns, and above which rows a line is."""

    caption: str
    lines: list[Line]
    widths: list[int]
    rules: list[int]

    def drawn(self) -> Iterator[str]:
        """The caption and the table as lines of text."""
        yield self.caption
        yield from draw(self.lines, self.widths, self.rules)


def lay_out(reading: Reading, figures: Figures, columns: int) -> list[Table]:
    """The tables that a report has, no wider than so many columns of text where that is possible."""
    tables = []
    if any(figures.has(f"{proceeding}_total") for proceeding in PROCEEDINGS):
        form = reading.form
        forms = [form] if reading.edition in editions() else list(editions().values())
        tables = [_disclosure(forms, figures, columns), _requests(form, figures, columns), _disputes(form, figures)]
    return [*tables, *_annexes(figures, columns)]


def _disclosure(forms: list[Edition], figures: Figures, columns: int) -> Table:
    """Form table 2: every block has a heading, the heads of its columns and its rows."""
    lines: list[Line] = []
    rules: list[int] = []
    shown: set[str] = set()
    for block in (block for form in forms for block in form.disclosure):
        rows = [row for row in block.rows if any(figures.has(m) and m not in shown for m in row.metrics)]
        if rows:
            spans = [1] * (len(block.columns) - 1) + [_BLOCK_COLUMNS + 1 - len(block.columns)]
            heads = [Cell(head, cols) for head, cols in zip(block.columns, spans, strict=True)]
            rules += [len(lines), len(lines) + 1, len(lines) + 2]
            lines += [[Cell(block.heading, cols=1 + _BLOCK_COLUMNS)], [Cell("信息内容"), *heads]]
        for row in rows:
            values = [figures.cell(metric, cols=cols) for metric, cols in zip(row.metrics, spans, strict=True)]
            lines.append([Cell(row.label), *values])
            shown.update(row.metrics)
    label = min(max(columns - (_BLOCK + 1) * _BLOCK_COLUMNS - 2, 2 * _LEAST), 2 * _MOST)
    widths = [label, *[_BLOCK] * _BLOCK_COLUMNS]
    return Table("二、主动公开政府信息情况 2. Information made public", lines, widths, rules)


def _requests(form: Edition, figures: Figures, columns: int) -> Table:
    """Form table 3: labels nested up to three deep, then a figure for each applicant."""
    lines = _requests_head(form)
    rules = [1, 2, 3]
    rows = [row for row in form.requests if figures.has(row.metric)]
    for _, outer in groupby(rows, key=lambda row: row.group[:1]):
        group = list(outer)
        rules.append(len(lines))
        for number, row in enumerate(group):
            if number and row.group != group[number - 1].group:
                rules.append(len(lines))
            values = [figures.cell(row.metric, applicant) for applicant in APPLICANTS]
            lines.append([*_labels(row, number, group), *values])
    each = _widest(lines)
    own = columns - sum(_LABELS) - (each + 1) * len(APPLICANTS) - 4
    longest = max((width(row.label) for row in rows), default=_LEAST)
    widths = [*_LABELS, max(min(own, longest), 2 * _LEAST), *[each] * len(APPLICANTS)]
    return Table("三、收到和处理政府信息公开申请情况 3. Requests received and handled", lines, widths, rules)


def _requests_head(form: Edition) -> list[Line]:
    heads = form.applicants
    under = [head for head in heads.values() if head.under]
    return [
        [Cell("(第一项加第二项之和,等于第三项加第四项之和)", cols=3, rows=3), Cell("申请人情况", cols=len(heads))],
        [
            Cell(heads["natural_person"].label, rows=2),
            Cell(under[0].under or "", cols=len(under)),
            Cell(heads["total"].label, rows=2),
        ],
        [Cell(head.label) for head in under],
    ]


def _labels(row: FormRow, number: int, group: list[FormRow]) -> Iterator[Cell]:
    """The labels that begin in a row: those of its groups in their first row, and its own."""
    if row.group and number == 0:
        yield Cell(row.group[0], rows=len(group))
    if len(row.group) > 1:
        siblings = [other for other in group if other.group == row.group]
        if row is siblings[0]:
            yield Cell(row.group[1], rows=len(siblings))
    yield Cell(row.label, cols=1 + len(_LABELS) - len(row.group))


def _disputes(form: Edition, figures: Figures) -> Table:
    """Form table 4: fifteen figures in one row."""
    heads = form.proceedings
    lawsuits = [head for head in heads.values() if head.under]
    results = [Cell(head.label) for head in form.results.values()]
    lines: list[Line] = [
        [Cell(heads["review"].label, cols=len(RESULTS)), Cell(lawsuits[0].under or "", cols=2 * len(RESULTS))],
        [*(Cell(cell.text, rows=2) for cell in results), *(Cell(head.label, cols=len(RESULTS)) for head in lawsuits)],
        [*results, *results],
        [figures.cell(f"{proceeding}_{result}") for proceeding in PROCEEDINGS for result in RESULTS],
    ]
    widths = [_widest(lines)] * len(PROCEEDINGS) * len(RESULTS)
    return Table("四、行政复议、行政诉讼情况 4. Administrative reviews and lawsuits", lines, widths, [1, 2, 3])


def _annexes(figures: Figures, columns: int) -> Iterator[Table]:
    """The annex of an older report: the rows it was asked for under their chapters, with label, unit and figure."""
    for form in annexes().values():
        lines: list[Line] = [[Cell("统计指标"), Cell("单位"), Cell("统计数")]]
        rules = [1]
        for chapter in form.chapters:
            if any(figures.has(row.metric) for row in chapter.all_rows):
                rules.append(len(lines))
                lines += _chapter(chapter, figures)
        if len(lines) > 1:
            longest = max(width(row.label) for row in form.rows)
            label = max(min(columns - _UNIT - _MOST - 4, longest), 2 * _LEAST)
            yield Table(f"{form.title_zh} {form.title_en}", lines, [label, _UNIT, _MOST], rules)


def _chapter(chapter: Chapter, figures: Figures) -> Iterator[Line]:
    if chapter.heading and chapter.metric is None:
        yield [Cell(chapter.heading, cols=3)]
    for row in chapter.all_rows:
        if figures.has(row.metric):
            yield [Cell(row.label), Cell(figures.unit(row.metric) or row.unit), figures.cell(row.metric)]


def _widest(lines: list[Line]) -> int:
    """The columns of text that every figure of a table gets."""
    longest = max((width(cell.text) for line in lines for cell in line if cell.right), default=_LEAST)
    return min(max(longest, _LEAST), _MOST)
