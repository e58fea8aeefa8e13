"""A unit said over a table holds for that table alone; what the three tables count, they count one by one."""

import pytest

from pipelines.reading import Reading
from pipelines.sequence import Run
from pipelines.terminal.figures import Figures
from tests.annexes import headed, lines, page, read_checked, texts
from tests.layouts.form import draft
from tests.layouts.formats import as_page
from tests.test_printed_units import told, without_units

VISITS = "<table><tr><td>网站</td><td>访问量</td></tr><tr><td>门户</td><td>12</td></tr></table>"


def with_lines(*over: str, table: int = 0, visits: bool = False) -> tuple[Reading, Reading]:
    """A plain report as it is, and with lines over one of its tables or over a table of visits before that."""
    plain = as_page(draft(3))
    parts = plain.decode().split("<table")
    added = "".join(f"<p>{line}</p>" for line in over) + VISITS * visits
    parts[table] += added
    return read_checked(plain), read_checked("<table".join(parts).encode())


@pytest.mark.parametrize("unit", ["单位:万人次", "(单位:万次)", "单位:元", "单位:亿元", "单位:千件"])
@pytest.mark.parametrize("table", [0, 1, 2])
def test_the_unit_of_another_table_changes_no_figure(unit, table):
    plain, leaking = with_lines(unit, table=table, visits=True)

    assert leaking.observations == plain.observations
    assert told(leaking, "SHP-10") == []


@pytest.mark.parametrize("unit", ["单位:件", "单位:件、万元", "单位:宗"])
def test_a_unit_of_one_changes_no_figure(unit):
    plain, reading = with_lines(unit, table=1)

    assert {key: o.value for key, o in reading.observations.items()} == {
        key: o.value for key, o in plain.observations.items()
    }


@pytest.mark.parametrize(("table", "form"), [(1, "3"), (2, "4")])
@pytest.mark.parametrize("over", [["单位:万件"], ["单位:百件", "", "附图"], ["情况统计表(单位:千件)"]])
def test_a_table_that_counts_in_thousands_has_no_figures_and_says_why(over, table, form):
    plain, reading = with_lines(*over, table=table)

    changed = {key for key, o in reading.observations.items() if o.value != plain.observations[key].value}
    refused = {key for key, o in reading.observations.items() if o.value is None}
    assert changed == refused
    assert len(refused) == {"3": len([k for k in plain.observations if k[1]]), "4": 15}[form]
    assert len(told(reading, "SHP-09")) == len(refused)
    assert reading.status == "needs_review"


@pytest.mark.parametrize("between", ["二、主动公开政府信息情况", "全年新收申请27件。", "12"])
def test_a_sentence_a_heading_or_a_figure_parts_a_unit_from_the_table(between):
    plain, reading = with_lines("单位:万件", between, table=1)

    assert reading.observations == plain.observations


def test_the_unit_of_an_annex_in_lines_is_found_there():
    table = headed(without_units(), "统计数")
    bare = lines(texts(table)).decode()
    first = texts(table)[0][0]

    reading = read_checked(bare.replace(f"\n{first}\n", f"\n单位:元\n{first}\n", 1).encode())

    assert reading.observations["s14_fees", None].value == 0.03805
    assert reading.routes.doubtful == {}


def test_the_unit_of_another_table_changes_no_figure_of_an_annex():
    reading = read_checked(page("单位:元", [[("项目", 1, 1)]], headed(without_units(), "统计数")))

    assert reading.observations["s14_fees", None].value == 380.5
    assert reading.observations["s14_via_weibo", None].value == 12


def test_a_unit_that_one_route_alone_sees_is_a_disagreement(monkeypatch):
    monkeypatch.setattr(Run, "take_units_said", lambda run, labels: None)

    fees = read_checked(page("单位:元", headed(without_units(), "统计数"))).observations["s14_fees", None]

    assert (fees.value, fees.status, fees.raw) == (None, "unreadable", "380.5")


def test_the_terminal_shows_the_value_that_is_stored():
    reading = read_checked(page("单位:元、万条", headed(without_units(), "统计数")))
    figures = Figures(reading)

    assert (figures.cell("s14_fees").text, figures.cell("s14_via_weibo").text) == ("0.03805", "120000")
