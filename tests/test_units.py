"""Units as publishers print them, and figures brought from one unit to another without a rounding error."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.units import convert, read_unit, unit_behind, units_said, without_unit


@pytest.mark.parametrize("text", ["", "%", "美元", "亿美元", "——", "县", "元件", "1"])
def test_what_is_no_unit_of_ours_is_none(text):
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("text", "measures", "multiple"),
    [
        ("元", "money", 1),
        ("万 元", "money", 10_000),
        ("千件", "count", 1000),
        ("人(次)", "count", 1),
        ("万", "", 10_000),
    ],
)
def test_a_unit_is_a_multiple_and_a_measure(text, measures, multiple):
    unit = read_unit(text)

    assert unit is not None
    assert (unit.measures, unit.multiple) == (measures, multiple)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("收取费用总数（单位：千元）", "千元"),
        ("本年收费金额(元)", "元"),
        ("统计数 ( 万件 )", "万件"),
        ("金额(单位:亿美元)", "亿美元"),
        ("主动公开政府信息数(不同渠道和方式公开相同信息计1条)", None),
        ("其他形式申请数", None),
        ("规章(设区的市)", None),
    ],
)
def test_the_unit_behind_a_label(text, unit):
    assert unit_behind(text) == unit


def test_a_label_without_its_unit_keeps_its_explanation():
    assert without_unit("收取费用总数（单位：千元）") == "收取费用总数"
    assert without_unit("主动公开数(计1条)") == "主动公开数(计1条)"


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：件", ("件",)),
        ("(计量单位:件、万元)", ("件", "万元")),
        ("单位:某县民政局", ()),
        ("填报单位:某县", ()),
        ("单位:", ()),
        ("", ()),
    ],
)
def test_the_units_said_above_a_table(line, units):
    assert units_said(line) == units


@pytest.mark.parametrize(
    ("value", "printed", "wanted", "converted"),
    [
        (380.5, "元", "万元", 0.03805),
        (0.1, "万元", "元", 1000),
        (1.1, "千元", "元", 1100),
        (1.2, "万件", "条", 12000),
        (3, "万", "件", 30000),
        (0, "美元", "万元", 0),
        (5, "件", "万元", None),
        (5, "美元", "元", None),
    ],
)
def test_a_figure_in_another_unit(value, printed, wanted, converted):
    assert convert(value, printed, wanted) == converted


@given(st.decimals(0, 10**9, places=6, allow_nan=False), st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_to_another_unit_and_back_is_the_same_figure(value: Decimal, printed: str):
    there = convert(float(value), printed, "元")

    assert there is not None
    assert convert(there, "元", printed) == float(value)
