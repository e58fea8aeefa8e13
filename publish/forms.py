"""Lays a report's figures out as the tables of its form: merged labels, order and wording of the edition."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml
from markupsafe import Markup

from pipelines.editions import Edition, FormRow, annexes, editions
from pipelines.editions.annex import Chapter
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS, metrics
from publish.figures import Figure, Figures
from publish.words import both

COLUMNS = 4
"""Columns of form table 2: a label and up to three figures."""
LABELS = 3
"""Columns of labels in form table 3."""


@dataclass(frozen=True, slots=True)
class Label:
    """A heading cell: its words, how many columns and rows it spans, and what it heads (``col`` or ``row``)."""

    words: Markup
    cols: int = 1
    rows: int = 1
    scope: str = "col"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure cell and how many columns it spans."""

    figure: Figure
    cols: int = 1


Line = list[Label | Value]


@dataclass(slots=True)
class Form:
    """One table: its kind (``form2`` … ``form4``, ``annex``), its caption, the rows of its head and of its body."""

    kind: str
    caption: Markup
    body: list[Line]
    head: list[Line] = field(default_factory=list)


def lay_out(archive: sqlite3.Connection, report_id: str, edition: str | None) -> tuple[list[Form], Figures]:
    """The tables of a report, and the figures on them; no table when it has none of these."""
    figures = Figures.read(archive, report_id)
    forms = _editions(edition, figures)
    return [*(_statutory(forms, figures) if forms else ()), *_annexes(figures)], figures


def _statutory(forms: list[Edition], figures: Figures) -> list[Form]:
    return [
        Form(
            "form2",
            both("二、主动公开政府信息情况", "2. Information made public"),
            list(_disclosure(forms, figures)),
        ),
        Form(
            "form3",
            both("三、收到和处理政府信息公开申请情况", "3. Requests received and handled"),
            list(_requests(forms, figures)),
            _requests_head(forms[0]),
        ),
        Form(
            "form4",
            both("四、行政复议、行政诉讼情况", "4. Administrative reviews and lawsuits"),
            [[Value(figures.of(f"{proceeding}_{result}")) for proceeding in PROCEEDINGS for result in RESULTS]],
            _disputes_head(forms[0]),
        ),
    ]


def _annexes(figures: Figures) -> Iterator[Form]:
    """The annex of an older report: the rows it has, under their chapters, each with label, unit and figure."""
    for form in annexes().values():
        printed = {metric for metric in form.metric_names if figures.prints(metric)}
        if printed:
            heads = [both("统计指标", "Indicator"), both("单位", "Unit"), both("统计数", "Figure")]
            body = [line for chapter in form.chapters for line in _chapter(chapter, printed, figures)]
            yield Form("annex", both(form.title_zh, form.title_en), body, [[Label(words) for words in heads]])


def _chapter(chapter: Chapter, printed: set[str], figures: Figures) -> Iterator[Line]:
    rows = [row for row in chapter.all_rows if row.metric in printed]
    if rows and chapter.heading and chapter.metric is None:
        yield [Label(english(chapter.heading), cols=3, scope="colgroup")]
    for row in rows:
        words = both(row.label, metrics()[row.metric].label_en)
        unit = Label(Markup.escape(figures.unit_of(row.metric) or row.unit), scope="row")
        yield [Label(words, scope="row"), unit, Value(figures.of(row.metric))]


def _editions(edition: str | None, figures: Figures) -> list[Edition]:
    """The report's own edition; for a mixture of editions those it prints from, at least the newest."""
    if edition in editions():
        return [editions()[edition]]
    if edition in annexes() or not figures:
        return []
    return [form for form in editions().values() if figures.of_edition(form)] or [next(iter(editions().values()))]


def _disclosure(forms: list[Edition], figures: Figures) -> Iterator[Line]:
    """Form table 2: every block has a heading, a row of column heads and its rows of figures."""
    for block in (block for form in forms for block in form.disclosure):
        yield [Label(english(block.heading), cols=COLUMNS, scope="colgroup")]
        spans = _spans(len(block.columns))
        heads = [Label(english(column), cols) for column, cols in zip(block.columns, spans, strict=True)]
        yield [Label(both("信息内容", "Information")), *heads]
        for row in block.rows:
            values = [Value(figures.of(metric), cols) for metric, cols in zip(row.metrics, spans, strict=True)]
            yield [Label(english(row.label), scope="row"), *values]


def _spans(columns: int) -> list[int]:
    """How wide each of the columns is so that together they fill the table; the last takes what is left."""
    return [1] * (columns - 1) + [COLUMNS - columns]


def _requests(forms: list[Edition], figures: Figures) -> Iterator[Line]:
    """Form table 3: labels nested up to three deep, then seven figures."""
    rows = [row for row in _merged(forms) if _stands(row, forms, figures)]
    for _, outer in groupby(rows, key=lambda row: row.group[:1]):
        group = list(outer)
        for number, row in enumerate(group):
            labels = [_group_label(row.group[0], len(group))] if row.group and number == 0 else []
            if len(row.group) > 1:
                siblings = [other for other in group if other.group == row.group]
                labels += [_group_label(row.group[1], len(siblings))] if row is siblings[0] else []
            own = Label(_row_words(row), cols=LABELS - len(row.group), scope="row")
            yield [*labels, own, *(Value(figures.of(row.metric, applicant)) for applicant in APPLICANTS)]


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


def _group_label(text: str, rows: int) -> Label:
    return Label(english(text), rows=rows, scope="rowgroup")


def _row_words(row: FormRow) -> Markup:
    if row.label in _translations():
        return english(row.label)
    return both(row.label, metrics()[row.metric].label_en.rpartition(": ")[2])


def _requests_head(form: Edition) -> list[Line]:
    """Three rows of heads: all applicants; one or several; who exactly."""
    heads = form.applicants
    under = [head for head in heads.values() if head.under]
    second = [
        Label(both(heads["natural_person"].label, heads["natural_person"].en), rows=2),
        Label(english(under[0].under or ""), cols=len(under), scope="colgroup"),
        Label(both(heads["total"].label, heads["total"].en), rows=2),
    ]
    rule = both(
        "第一项加第二项之和，等于第三项加第四项之和",
        "item 1 plus item 2 equals item 3 plus item 4",
    )
    first = [
        Label(rule, cols=LABELS, rows=3),
        Label(both("申请人情况", "Applicants"), cols=len(heads), scope="colgroup"),
    ]
    return [[*first], [*second], [Label(both(head.label, head.en)) for head in under]]


def _disputes_head(form: Edition) -> list[Line]:
    """Three rows of heads: reviews or lawsuits; which lawsuits; which result."""
    heads = form.proceedings
    results = [both(head.label, head.en) for head in form.results.values()]
    lawsuits = [head for head in heads.values() if head.under]
    first = [
        Label(both(heads["review"].label, heads["review"].en), cols=len(results), scope="colgroup"),
        Label(english(lawsuits[0].under or ""), cols=len(results) * len(lawsuits), scope="colgroup"),
    ]
    second = [Label(words, rows=2) for words in results]
    second += [Label(both(head.label, head.en), cols=len(results), scope="colgroup") for head in lawsuits]
    return [[*first], [*second], [Label(words) for _ in lawsuits for words in results]]


def english(text: str) -> Markup:
    """A label of the form with its English beside it."""
    return both(text, _translations().get(text, ""))


@cache
def _translations() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("english.yaml").read_text(encoding="utf-8"))
    return loaded
