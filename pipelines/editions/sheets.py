"""The tables of an edition as printed: its labels merged as on the form, and a slot for every figure.

Whoever shows a report (the site, the terminal) chooses the rows and draws them; where a label or a figure stands is
said only here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

from pipelines.editions.annex import AnnexEdition, Chapter
from pipelines.editions.tables import Block, Edition, FormRow
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS, metrics

COLUMNS = 4
"""Columns of form table 2: a label and up to three figures."""
LABELS = 3
"""Columns of labels in form table 3."""


@dataclass(frozen=True, slots=True)
class Label:
    """A heading cell: its words, how many columns and rows it spans, and what it heads, in the words of HTML's scope.

    ``en`` is empty where neither the edition nor the list of metrics has English for it.
    """

    zh: str
    en: str = ""
    cols: int = 1
    rows: int = 1
    scope: str = "col"


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one figure, and how many columns it spans."""

    metric: str
    applicant: str | None = None
    cols: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """The cells that begin in one row, each once, as in HTML; ``begins`` where a part of the table begins with it."""

    cells: Sequence[Label | Slot]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its kind (``form2`` … ``form4``, ``annex``), its caption, the rows of its body and of its head."""

    kind: str
    zh: str
    en: str
    body: list[Line]
    head: list[Line] = field(default_factory=list)


class Printed(Protocol):
    """What a report prints."""

    def prints(self, metric: str) -> bool:
        """Whether it has a row or cell of this metric, whatever stands in it."""

    def unit_of(self, metric: str) -> str | None:
        """The unit printed beside a figure; None when none is."""


def disclosure(blocks: Iterable[Block]) -> Sheet:
    """Form table 2: every block has a heading, a row of column heads and its rows of figures."""
    body = [line for block in blocks for line in _block(block)]
    return Sheet("form2", "二、主动公开政府信息情况", "2. Information made public", body)


def requests(form: Edition, rows: Sequence[FormRow]) -> Sheet:
    """Form table 3: labels nested up to three deep, then a figure for each applicant."""
    body = [line for _, group in groupby(rows, key=lambda row: row.group[:1]) for line in _group(list(group))]
    return Sheet(
        "form3", "三、收到和处理政府信息公开申请情况", "3. Requests received and handled", body, _requests_head(form)
    )


def disputes(form: Edition) -> Sheet:
    """Form table 4: fifteen figures in one row, under reviews or lawsuits, which lawsuits, and which result."""
    heads = form.proceedings
    lawsuits = [head for head in heads.values() if head.under]
    results = list(form.results.values())
    first = [
        Label(heads["review"].label, heads["review"].en, cols=len(results), scope="colgroup"),
        Label(lawsuits[0].under or "", cols=len(results) * len(lawsuits), scope="colgroup"),
    ]
    second = [Label(head.label, head.en, rows=2) for head in results]
    second += [Label(head.label, head.en, cols=len(results), scope="colgroup") for head in lawsuits]
    third = [Label(head.label, head.en) for _ in lawsuits for head in results]
    figures = [Slot(f"{proceeding}_{result}") for proceeding in PROCEEDINGS for result in RESULTS]
    head = [Line(cells, begins=True) for cells in (first, second, third)]
    return Sheet(
        "form4", "四、行政复议、行政诉讼情况", "4. Administrative reviews and lawsuits", [Line(figures, True)], head
    )


def annex(form: AnnexEdition, printed: Printed) -> Sheet:
    """The annex of an older report: the rows it has under their chapters, each with label, unit and figure."""
    head = Line([Label("统计指标", "Indicator"), Label("单位", "Unit"), Label("统计数", "Figure")])
    body = [line for chapter in form.chapters for line in _chapter(chapter, printed)]
    return Sheet("annex", form.title_zh, form.title_en, body, [head])


def _chapter(chapter: Chapter, printed: Printed) -> Iterator[Line]:
    rows = [row for row in chapter.all_rows if printed.prints(row.metric)]
    headed = bool(chapter.heading) and chapter.metric is None
    if rows and headed:
        yield Line([Label(chapter.heading or "", cols=3, scope="colgroup")], begins=True)
    for number, row in enumerate(rows):
        label = Label(row.label, metrics()[row.metric].label_en, scope="row")
        unit = Label(printed.unit_of(row.metric) or row.unit, scope="row")
        yield Line([label, unit, Slot(row.metric)], begins=number == 0 and not headed)


def _block(block: Block) -> Iterator[Line]:
    spans = [1] * (len(block.columns) - 1) + [COLUMNS - len(block.columns)]
    heads = [Label(column, cols=cols) for column, cols in zip(block.columns, spans, strict=True)]
    yield Line([Label(block.heading, cols=COLUMNS, scope="colgroup")], begins=True)
    yield Line([Label("信息内容", "Information"), *heads], begins=True)
    for number, row in enumerate(block.rows):
        slots = [Slot(metric, cols=cols) for metric, cols in zip(row.metrics, spans, strict=True)]
        yield Line([Label(row.label, scope="row"), *slots], begins=number == 0)


def _group(rows: Sequence[FormRow]) -> Iterator[Line]:
    """The rows under one outermost label."""
    for number, row in enumerate(rows):
        slots = [Slot(row.metric, applicant) for applicant in APPLICANTS]
        begins = number == 0 or row.group != rows[number - 1].group
        yield Line([*_labels(row, rows), *slots], begins)


def _labels(row: FormRow, group: Sequence[FormRow]) -> Iterator[Label]:
    """The labels that begin in a row: those of its groups in their first row, and its own."""
    for depth, text in enumerate(row.group, 1):
        siblings = [other for other in group if other.group[:depth] == row.group[:depth]]
        if row is siblings[0]:
            yield Label(text, rows=len(siblings), scope="rowgroup")
    own = metrics()[row.metric].label_en.rpartition(": ")[2]
    yield Label(row.label, own, cols=LABELS - len(row.group), scope="row")


def _requests_head(form: Edition) -> list[Line]:
    """Three rows of heads: all applicants; one or several; who exactly."""
    heads = form.applicants
    under = [head for head in heads.values() if head.under]
    rule = ("第一项加第二项之和，等于第三项加第四项之和", "item 1 plus item 2 equals item 3 plus item 4")
    first = [
        Label(*rule, cols=LABELS, rows=3),
        Label("申请人情况", "Applicants", cols=len(heads), scope="colgroup"),
    ]
    second = [
        Label(heads["natural_person"].label, heads["natural_person"].en, rows=2),
        Label(under[0].under or "", cols=len(under), scope="colgroup"),
        Label(heads["total"].label, heads["total"].en, rows=2),
    ]
    third = [Label(head.label, head.en) for head in under]
    return [Line(cells, begins=True) for cells in (first, second, third)]
