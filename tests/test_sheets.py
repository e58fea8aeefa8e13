"""The tables of an edition as they are printed: merged labels, and every figure in one place."""

from collections import Counter

import pytest

from pipelines.editions import annexes, editions
from pipelines.editions.sheets import Label, Line, Sheet, Slot, annex, disclosure, disputes, requests
from pipelines.vocabulary import APPLICANTS


class Report:
    """A report that prints some metrics, and the fees in yuan."""

    def __init__(self, *metrics: str) -> None:
        self.metrics = metrics

    def prints(self, metric: str) -> bool:
        return metric in self.metrics

    def unit_of(self, metric: str) -> str | None:
        return "元" if metric.endswith("fees") else None


def slots(sheet: Sheet) -> list[Slot]:
    return [cell for line in sheet.body for cell in line.cells if isinstance(cell, Slot)]


def texts(lines: list[Line]) -> list[list[str]]:
    return [[cell.zh if isinstance(cell, Label) else cell.metric for cell in line.cells] for line in lines]


def test_a_table_without_rows_has_no_body():
    assert disclosure([]).body == []
    assert requests(editions()["t2021"], []).body == []
    assert annex(annexes()["l2004"], Report()).body == []


def test_a_chapter_stands_above_the_rows_that_are_printed_and_each_part_begins_once():
    sheet = annex(annexes()["s2014"], Report("s14_review_upheld", "s14_review_total"))

    assert [cell.zh for cell in sheet.head[0].cells] == ["统计指标", "单位", "统计数"]
    assert [slot.metric for slot in slots(sheet)] == ["s14_review_total", "s14_review_upheld"]
    assert [line.begins for line in sheet.body] == [True] + [False] * (len(sheet.body) - 1)


def test_a_unit_that_a_report_prints_stands_in_place_of_the_forms_own():
    [line] = annex(annexes()["l2004"], Report("l04_fees")).body[-1:]

    assert texts([line])[0][1:] == ["元", "l04_fees"]


@pytest.mark.parametrize("edition", ["t2021", "t2019"])
def test_every_figure_of_the_three_tables_has_one_place(edition: str):
    form = editions()[edition]

    two, three, four = disclosure(form.disclosure), requests(form, form.requests), disputes(form)

    assert tuple(slot.metric for slot in slots(two)) == form.disclosure_metrics
    assert Counter(slot.applicant for slot in slots(three)) == dict.fromkeys(APPLICANTS, len(form.requests))
    assert tuple(slot.metric for slot in slots(four)) == form.dispute_metrics


@pytest.mark.parametrize("edition", ["t2021", "t2019"])
def test_the_merged_labels_of_every_table_leave_no_hole(edition: str):
    form = editions()[edition]

    for sheet, columns in ((disclosure(form.disclosure), 4), (requests(form, form.requests), 10), (disputes(form), 15)):
        lines = [*sheet.head, *sheet.body]
        areas = [cell.cols * (cell.rows if isinstance(cell, Label) else 1) for line in lines for cell in line.cells]
        assert sum(areas) == columns * len(lines)
