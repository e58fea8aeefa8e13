"""A report's figures in the tables of its form, with the English of each label."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from pipelines.editions import Edition, FormRow, annexes, editions
from pipelines.editions.sheets import Label, Line, Sheet, annex, disclosure, disputes, requests
from pipelines.vocabulary import metrics
from pipelines.yaml_file import load_yaml
from publish.figures import Figure, Figures
from publish.words import both


@dataclass(frozen=True, slots=True)
class Head:
    """A heading cell: its words, how many columns and rows it spans, and what it heads (``col`` or ``row``)."""

    words: Markup
    cols: int
    rows: int
    scope: str


@dataclass(frozen=True, slots=True)
class Value:
    """A figure cell and how many columns it spans."""

    figure: Figure
    cols: int


Cells = list[Head | Value]


@dataclass(frozen=True, slots=True)
class Form:
    """One table: its kind (``form2`` … ``form4``, ``annex``), its caption, the rows of its head and of its body."""

    kind: str
    caption: Markup
    head: list[Cells]
    body: list[Cells]


def lay_out(archive: sqlite3.Connection, report_id: str, edition: str | None) -> tuple[list[Form], Figures]:
    """The tables of a report, and the figures on them; no table when it has none of these."""
    figures = Figures.read(archive, report_id)
    sheets = [*_statutory(_editions(edition, figures), figures), *(annex(form, figures) for form in annexes().values())]
    return [_filled(sheet, figures) for sheet in sheets if sheet.body], figures


def _statutory(forms: list[Edition], figures: Figures) -> Iterator[Sheet]:
    if forms:
        yield disclosure(block for form in forms for block in form.disclosure)
        yield requests(forms[0], [row for row in _merged(forms) if _stands(row, forms, figures)])
        yield disputes(forms[0])


def _editions(edition: str | None, figures: Figures) -> list[Edition]:
    """The report's own edition; for a mixture of editions those it prints from, at least the newest."""
    if edition in editions():
        return [editions()[edition]]
    if edition in annexes() or not figures:
        return []
    return [form for form in editions().values() if figures.of_edition(form)] or [next(iter(editions().values()))]


def _merged(forms: list[Edition]) -> list[FormRow]:
    """The rows of all forms, each metric once, in the order of the dictionary."""
    rows = {row.metric: row for form in reversed(forms) for row in form.requests}
    return [rows[metric] for metric in metrics() if metric in rows]


def _stands(row: FormRow, forms: list[Edition], figures: Figures) -> bool:
    """Whether a row stands in this report: a row that may replace others, or be replaced, only where it was printed."""
    replaceable = {metric for form in forms for other in form.requests for metric in other.instead_of}
    alternatives = replaceable | {other.metric for form in forms for other in form.requests if other.instead_of}
    if row.metric not in alternatives:
        return True
    printed = {metric for metric in alternatives if figures.prints(metric)}
    return row.metric in printed or (not printed and not row.instead_of)


def _filled(sheet: Sheet, figures: Figures) -> Form:
    head, body = ([_cells(line, figures) for line in lines] for lines in (sheet.head, sheet.body))
    return Form(sheet.kind, both(sheet.zh, sheet.en), head, body)


def _cells(line: Line, figures: Figures) -> Cells:
    return [
        Head(_words(cell), cell.cols, cell.rows, cell.scope)
        if isinstance(cell, Label)
        else Value(figures.of(cell.metric, cell.applicant), cell.cols)
        for cell in line.cells
    ]


def _words(label: Label) -> Markup:
    """A label of the form with its English beside it."""
    return both(label.zh, _translations().get(label.zh, label.en))


@cache
def _translations() -> dict[str, str]:
    loaded: dict[str, str] = load_yaml(Path(__file__).with_name("english.yaml"))
    return loaded
