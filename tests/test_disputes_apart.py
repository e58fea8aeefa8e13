"""Form table 4 in parts: reviews and lawsuits in tables of their own, in blocks one below the other, or a row each."""

from collections.abc import Callable

import pytest

from pipelines.vocabulary import RESULTS
from tests.layouts.form import HEADINGS, Draft, Rows, Slot, draft
from tests.layouts.formats import as_lines
from tests.test_layouts import read_checked

FIVE = len(RESULTS)
SEEDS = range(4)
Parts = list[Rows]


def heads(*proceedings: str, over: str = "") -> Rows:
    results = [Slot(text) for _ in proceedings for text in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    top = [[Slot(over, colspan=FIVE * len(proceedings))]] if over else []
    return [*top, [Slot(name, colspan=FIVE) for name in proceedings], results]


def two(values: list[Slot]) -> Parts:
    reviews = [*heads("行政复议"), values[:FIVE]]
    return [reviews, [*heads("未经复议直接起诉", "复议后起诉", over="行政诉讼"), values[FIVE:]]]


def three(values: list[Slot]) -> Parts:
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    return [[*heads(name), values[FIVE * n : FIVE * (n + 1)]] for n, name in enumerate(names)]


def stacked(values: list[Slot]) -> Parts:
    return [[row for part in two(values) for row in part]]


def thrice_stacked(values: list[Slot]) -> Parts:
    return [[row for part in three(values) for row in part]]


def on_their_side(values: list[Slot]) -> Parts:
    results = heads("")[-1]
    return [
        [
            [Slot("", colspan=2), *results],
            [Slot("行政复议", colspan=2), *values[:FIVE]],
            [Slot("行政诉讼", rowspan=2), Slot("未经复议直接起诉"), *values[FIVE : 2 * FIVE]],
            [Slot("复议后起诉"), *values[2 * FIVE :]],
        ]
    ]


def labels_in_front(values: list[Slot]) -> Parts:
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    results = heads("")[-1]
    return [
        [
            row
            for n, name in enumerate(names)
            for row in ([Slot(name, rowspan=2), *results], values[FIVE * n : FIVE * (n + 1)])
        ]
    ]


SHAPES: dict[str, Callable[[list[Slot]], Parts]] = {
    shape.__name__: shape for shape in (two, three, stacked, thrice_stacked, on_their_side, labels_in_front)
}


def page(report: Draft, parts: Parts, between: str = "<p>&nbsp;</p>") -> bytes:
    tables = [[report.tables[0]], [report.tables[1]], parts]
    body = "".join(
        f"<p>{heading}</p>" + (between.join(map(table, tables[number - 1])) if 1 <= number <= 3 else "<p>无。</p>")
        for number, heading in enumerate(HEADINGS)
    )
    return f"<html><body><h1>{report.title}</h1><p>{report.year + 1}-01-25</p>{body}</body></html>".encode()


def table(rows: Rows) -> str:
    return f"<table>{''.join('<tr>' + ''.join(map(cell, row)) + '</tr>' for row in rows)}</table>"


def cell(slot: Slot) -> str:
    return f"<td rowspan={slot.rowspan} colspan={slot.colspan}>{slot.text}</td>"


def hard(report: Draft, data: bytes) -> set[tuple[str, str]]:
    """The hard findings; asserts that every figure of table 4 is right or missing."""
    reading = read_checked(data)
    for metric in report.edition.dispute_metrics:
        observation = reading.observations[metric, None]
        assert observation.value is None or observation.raw == report.truth[metric, None]
    missing = [o.metric for o in reading.observations.values() if o.status in ("absent", "unreadable")]
    found = {(f.rule, f.subject) for f in reading.findings if f.outcome == "fail" and f.severity == "hard"}
    assert found or not missing
    return found | {("missing", metric) for metric in missing}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_read_by_both_routes(shape: str, seed: int):
    report = draft(seed)
    parts = SHAPES[shape](report.tables[2][-1])

    assert hard(report, page(report, parts)) == set()
    doubtful = read_checked(page(report, parts)).routes.doubtful
    assert not {metric for metric, _ in doubtful} & {*report.edition.dispute_metrics}


@pytest.mark.parametrize("shape", SHAPES)
def test_blank_figures_stay_blank(shape: str):
    report = draft(3)
    values = report.tables[2][-1]
    for slot in values[:FIVE]:
        assert slot.key is not None
        slot.text = report.truth[slot.key] = ""

    assert hard(report, page(report, SHAPES[shape](values))) == set()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_lost_cell_is_told(shape: str):
    report = draft(2)
    parts = SHAPES[shape](report.tables[2][-1])
    del parts[-1][-1][-2]

    assert hard(report, page(report, parts))


@pytest.mark.parametrize("shape", ["two", "three"])
def test_a_part_that_is_missing_is_told(shape: str):
    report = draft(2)
    parts = SHAPES[shape](report.tables[2][-1])

    found = hard(report, page(report, parts[:-1]))

    assert {("SHP-01", "disputes"), ("SHP-02", "disputes")} <= found


def test_results_under_no_proceeding_are_not_taken():
    report = draft(2)
    parts = [rows[-2:] for rows in two(report.tables[2][-1])]

    assert ("SHP-01", "disputes") in hard(report, page(report, parts))


def test_results_below_each_other_are_not_taken():
    report = draft(2)
    rows = [[Slot(head.text), value] for head, value in zip(heads("")[-1], report.tables[2][-1], strict=False)]

    assert ("SHP-01", "disputes") in hard(report, page(report, [[[Slot("行政复议", colspan=2)], *rows]]))


def test_a_part_printed_twice_with_other_figures_is_told():
    report = draft(2)
    parts = two(report.tables[2][-1])
    again = [*heads("行政复议"), [Slot(text) for text in ("7", "0", "0", "0", "7")]]

    assert ("SHP-02", "disputes") in hard(report, page(report, [*parts, again]))


@pytest.mark.parametrize("shape", SHAPES)
def test_without_a_table_the_order_alone_tells_the_same(shape: str):
    report = draft(5)
    report.tables[2] = [row for part in SHAPES[shape](report.tables[2][-1]) for row in part]

    reading = read_checked(as_lines(report))

    for metric in report.edition.dispute_metrics:
        observation = reading.observations[metric, None]
        assert observation.value is None or observation.raw == report.truth[metric, None]
