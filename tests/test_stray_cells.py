"""A cell too many in a row of figures, as an editor leaves it behind: it moves figures where zeros are not printed."""

from collections.abc import Callable
from random import Random

import pytest

from tests.layouts.form import Draft, Rows, Slot, draft
from tests.layouts.formats import as_page
from tests.test_layouts import read_checked, wrong_figures

DISCLOSURE, REQUESTS, DISPUTES = range(3)
Blank = Callable[[Slot], bool]


def zero(slot: Slot) -> bool:
    return slot.text == "0"


def zero_or_total(slot: Slot) -> bool:
    return zero(slot) or (slot.key is not None and slot.key[1] == "total")


def printed(seed: int, blank: Blank = zero) -> Draft:
    """A report whose zeros are not printed, nor others that are to be ``blank``."""
    report = draft(seed)
    report.leave_blank(blank)
    return report


def told(report: Draft) -> set[str]:
    """The rules that fail hard; asserts that no figure is wrong."""
    reading = read_checked(as_page(report))
    assert wrong_figures(report, reading) == []
    return {f.rule for f in reading.findings if f.outcome == "fail" and f.severity == "hard"}


def figures(rows: Rows) -> list[int]:
    """The rows that print figures."""
    return [r for r, row in enumerate(rows) if any(slot.key for slot in row)]


@pytest.mark.parametrize("text", ["", "数量"])
@pytest.mark.parametrize("place", range(16))
def test_disputes_are_told_not_moved(place: int, text: str):
    report = printed(4)
    report.tables[DISPUTES][-1].insert(place, Slot(text))

    assert told(report) & {"SHP-01", "SHP-11"}


@pytest.mark.parametrize("blank", [zero, zero_or_total])
@pytest.mark.parametrize("seed", range(12))
def test_requests_are_told_not_moved(seed: int, blank: Blank):
    report = printed(seed, blank)
    rows = report.tables[REQUESTS]
    row = rows[Random(seed).choice(figures(rows))]
    row.insert(next(place for place, slot in enumerate(row) if slot.key), Slot(""))

    assert told(report) & {"SHP-01", "SHP-11"}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("seed", range(12))
def test_disclosed_figures_are_right_or_told(seed: int, place: int):
    report = printed(seed)
    rows = report.tables[DISCLOSURE]
    rows[Random(seed).choice(figures(rows))].insert(place, Slot(""))

    reading = read_checked(as_page(report))

    assert wrong_figures(report, reading) == [] or reading.status == "needs_review"


@pytest.mark.parametrize("table", range(3))
@pytest.mark.parametrize("seed", range(12))
def test_a_doubled_cell_is_told(seed: int, table: int):
    report = printed(seed)
    rows = report.tables[table]
    row = rows[Random(seed).choice(figures(rows))]
    place = next(place for place, slot in enumerate(row) if slot.key)
    row.insert(place, Slot("7", colspan=row[place].colspan))

    reading = read_checked(as_page(report))

    assert reading.status == "needs_review"
    assert table == DISCLOSURE or wrong_figures(report, reading) == []


@pytest.mark.parametrize("number", range(3))
def test_a_row_without_a_label_below_other_results_is_none_of_the_older_form(number: int):
    report = next(report for report in map(printed, range(99)) if report.edition.id == "t2021")
    rows = report.tables[REQUESTS]
    first = next(r for r, row in enumerate(rows) if row[0].text.endswith("其他处理"))
    next(slot for slot in reversed(rows[first + number]) if not slot.key).text = ""

    assert "SHP-02" in told(report)


@pytest.mark.parametrize("table", [REQUESTS, DISPUTES])
def test_an_empty_cell_behind_figures_that_are_all_printed_is_none_of_them(table: int):
    report = draft(4)
    rows = report.tables[table]
    for r in figures(rows):
        rows[r].append(Slot(""))

    assert told(report) == set()


@pytest.mark.parametrize("table", [REQUESTS, DISPUTES])
def test_an_empty_column_behind_the_table_is_none_of_it(table: int):
    report = printed(4)
    for row in report.tables[table]:
        row.append(Slot(""))

    assert told(report) == set()


@pytest.mark.parametrize(
    "signed",
    [
        ["填报人：张三", "", "审核人:李四", "联系电话:0517-87221234"],
        ["填报日期:2024年1月10日", "", "", "填报人:张三"],
    ],
)
def test_a_row_of_signatures_below_the_figures_is_no_second_row_of_them(signed: list[str]):
    report = draft(4)
    report.tables[DISPUTES].append([Slot(text) for text in signed] + [Slot("") for _ in range(15 - len(signed))])

    assert told(report) == set()
