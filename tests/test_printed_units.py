"""The unit of a figure is the printed one: in the cell, beside it, behind its label or head, or above the table."""

import pytest

from pipelines.reading import Observation, Reading
from pipelines.tokens import Status
from tests.annexes import headed, page, read_checked, replaced, rows
from tests.layouts.form import Draft, Slot, draft
from tests.layouts.formats import as_page

FEES, ITEMS = "七、依申请公开信息收取的费用", "3.政务微博公开政府信息数"


def told(reading: Reading, rule: str) -> list[str]:
    return [f.message_zh for f in reading.findings if f.rule == rule and f.outcome == "fail"]


def annex_row(label: str, *cells: str, name: str = "") -> Reading:
    return read_checked(page(replaced(rows(), label, [(text, 1, 1) for text in (name or label, *cells)])))


def test_a_figure_in_the_unit_of_the_form_is_as_it_is_printed():
    reading = annex_row(FEES, "万元", "380.5")

    fees = reading.observations["s14_fees", None]
    assert (fees.value, fees.unit, fees.printed_unit) == (380.5, "万元", None)
    assert (told(reading, "SHP-09"), told(reading, "SHP-10")) == ([], [])


@pytest.mark.parametrize(
    ("label", "name", "unit", "printed", "value"),
    [
        (FEES, FEES, "元", "380.5", 0.03805),
        (FEES, f"{FEES}（单位：元）", "", "380.5", 0.03805),
        (FEES, f"{FEES}(千元)", "——", "12", 1.2),
        (FEES, FEES, "万元", "380.5元", 0.03805),
        (ITEMS, ITEMS, "万条", "1.2", 12_000),
        (ITEMS, ITEMS, "千条", "1.2345", None),
        (ITEMS, ITEMS, "万条", "12", 120_000),
        (ITEMS, f"{ITEMS}(千件)", "", "12", 12_000),
    ],
)
def test_a_figure_in_another_unit_is_converted_exactly_and_that_is_said(label, name, unit, printed, value):
    reading = annex_row(label, unit, printed, name=name)

    [observation] = [
        o for o in reading.observations.values() if o.raw == printed and o.metric in ("s14_fees", "s14_via_weibo")
    ]
    assert observation.value == value
    assert len(told(reading, "SHP-10" if value is not None else "SHP-09")) == 1


@pytest.mark.parametrize("unit", ["件", "美元", "份/年"])
def test_a_figure_in_a_unit_that_does_not_fit_has_no_value_and_says_why(unit):
    reading = annex_row(FEES, unit, "380.5")

    fees = reading.observations["s14_fees", None]
    assert (fees.value, fees.status, fees.raw) == (None, Status.UNREADABLE, "380.5")
    [words] = told(reading, "SHP-09")
    assert f"380.5{unit}" in words
    assert reading.status == "needs_review"


def test_two_units_that_contradict_each_other_are_none():
    fees = annex_row(FEES, "元", "380.5", name=f"{FEES}(万元)").observations["s14_fees", None]

    assert (fees.value, fees.printed_unit) == (None, "元/万元")


def test_nothing_is_nothing_in_every_unit():
    fees = annex_row(FEES, "元", "0").observations["s14_fees", None]

    assert (fees.value, fees.status) == (0, Status.REPORTED)


def without_units() -> list[list[tuple[str, int, int]]]:
    """An annex without a column of units, in which fees of 380.5 and 12 items are printed."""
    printed = {FEES: "380.5", ITEMS: "12"}
    return [[row[0], (printed.get(row[0][0], row[2][0]), 1, 1)] for row in rows()]


@pytest.mark.parametrize(
    ("head", "above", "fees", "items"),
    [
        ("统计数", "单位:元", 0.03805, 12),
        ("统计数(千元)", "", 38.05, 12),
        ("统计数(单位:万件)", "", 380.5, 120_000),
        ("统计数", "(单位:万条、元)", 0.03805, 120_000),
        ("统计数", "单位:某县民政局", 380.5, 12),
        ("统计数(元)", "单位:万元", 0.03805, 12),
    ],
)
def test_a_unit_said_for_all_figures_is_that_of_those_it_measures(head, above, fees, items):
    reading = read_checked(page(*([above] if above else []), headed(without_units(), head)))

    assert reading.observations["s14_fees", None].value == fees
    assert reading.observations["s14_via_weibo", None].value == items


def test_lines_that_contradict_each_other_give_no_unit():
    reading = read_checked(page("单位:元", "单位:万元", headed(without_units(), "统计数")))

    assert reading.observations["s14_fees", None].value is None
    assert len(told(reading, "SHP-09")) == 2


def fees_2021(head: str, label: str, text: str) -> tuple[Observation, Reading]:
    report = next(d for seed in range(50) if (d := draft(seed)).edition.id == "t2021")
    _slot(report, "本年收费金额").text, _slot(report, "行政事业性收费").text = head, label
    next(slot for slot in report.values() if slot.key == ("fees_collected", None)).text = text
    reading = read_checked(as_page(report))
    return reading.observations["fees_collected", None], reading


def _slot(report: Draft, start: str) -> Slot:
    return next(slot for slot in report.labels() if slot.text.startswith(start))


@pytest.mark.parametrize(
    ("head", "label", "text", "value"),
    [
        ("本年收费金额(单位:万元)", "行政事业性收费", "434.18", 434.18),
        ("本年收费金额", "行政事业性收费", "434.18", 434.18),
        ("本年收费金额(单位:元)", "行政事业性收费", "4341800", 434.18),
        ("本年收费金额（千元）", "行政事业性收费", "4341.8", 434.18),
        ("本年收费金额(单位:万元)", "行政事业性收费", "4341800元", 434.18),
        ("本年收费金额", "行政事业性收费(单位:元)", "4341800", 434.18),
        ("本年收费金额(单位:亿美元)", "行政事业性收费", "4", None),
        ("本年收费金额(件)", "行政事业性收费", "4", None),
    ],
)
def test_fees_are_in_the_unit_of_their_head(head, label, text, value):
    fees, reading = fees_2021(head, label, text)

    assert fees.value == value
    assert fees.status == (Status.UNREADABLE if value is None else Status.REPORTED)
    assert len(told(reading, "SHP-09")) == (value is None)
    assert reading.routes.doubtful == {}


@pytest.mark.parametrize(
    ("head", "text", "value", "unit"),
    [
        ("采购总金额", "180774.8", 180774.8, None),
        ("采购总金额", "160.5964万元", 160.5964, "万元"),
        ("采购总金额(单位:万元)", "160.5964", 160.5964, "万元"),
    ],
)
def test_the_amount_that_the_form_leaves_in_any_unit_keeps_the_printed_one(head, text, value, unit):
    report = next(d for seed in range(50) if (d := draft(seed)).edition.id == "t2019")
    _slot(report, "采购总金额").text = head
    next(slot for slot in report.values() if slot.key == ("procurement_amount", None)).text = text

    amount = read_checked(as_page(report)).observations["procurement_amount", None]

    assert (amount.value, amount.unit) == (value, unit)
