"""Which column of an annex is the report's: that of its year, of all bodies; else none."""

from random import Random

import pytest

from tests.annexes import RENDERINGS, constant, failures, figures, headed, page, raws, read_checked, rows, with_column


@pytest.mark.parametrize("head", ["序号", "代码"])
@pytest.mark.parametrize("rendering", ["page", "piped", "markdown", "lines"])
def test_a_column_of_codes_is_never_a_figure(head, rendering):
    table = rows()
    coded = with_column(table, head, [(str(n), 1, 1) for n in range(1, len(table))])

    assert raws(read_checked(RENDERINGS[rendering](coded))) == figures()


def test_codes_say_nothing_about_the_row():
    table = rows("l2004")
    shuffled = [str(n) for n in range(1, len(table))]
    Random(3).shuffle(shuffled)

    coded = with_column(table, "代码", [(code, 1, 1) for code in shuffled], at=2)

    assert raws(read_checked(page(coded))) == figures("l2004")


def test_three_columns_of_figures_without_a_total_are_all_refused():
    table = [[*row[:2], *row[2:], *row[2:], *row[2:]] for row in rows()]
    table[0][2:] = [("区政府统计数", 1, 1), ("区直单位统计数", 1, 1), ("乡镇街道统计数", 1, 1)]

    reading = read_checked(page(table))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "annex_columns"
    assert "区政府统计数、区直单位统计数、乡镇街道统计数" in reading.unreadable.zh
    assert (reading.status, reading.observations) == ("unreadable", {})


def test_of_several_columns_the_one_headed_as_total_is_taken_and_said():
    table = with_column(rows(), "区直单位统计数", [("99", 1, 1)] * (len(rows()) - 1), at=2)
    table[0][3] = ("合计", 1, 1)

    reading = read_checked(page(table))

    assert raws(reading) == figures()
    assert failures(reading) == [("ANX-02", "annex")]
    assert "取“合计”一栏" in next(f.message_zh for f in reading.findings if f.rule == "ANX-02")
    assert reading.status == "read"


def test_heads_in_two_rows_are_read_together():
    head = [("统计指标", 2, 1), ("单位", 2, 1), ("统计数", 1, 2)]
    below = [("乡镇街道", 1, 1), ("合计", 1, 1)]
    body = with_column(rows(), "x", [("5", 1, 1)] * (len(rows()) - 1), at=2)[1:]

    assert raws(read_checked(page([head, below, *body]))) == figures()


@pytest.mark.parametrize(
    ("first", "second"),
    [("本期实际", "本年累计"), ("历年累计", "2016年度"), ("2015年", "2016年"), ("上年数", "统计数")],
)
def test_of_two_columns_the_one_of_the_year_is_taken(first, second):
    table = with_column(rows("l2004"), first, [("99999", 1, 1)] * (len(rows("l2004")) - 1), at=2)
    table[0][3] = (second, 1, 1)

    assert raws(read_checked(page(table))) == figures("l2004")


def test_the_numbering_under_the_heads_is_no_row():
    table = [rows("l2004")[0], [("甲", 1, 1), ("乙", 1, 1), ("1", 1, 1)], *rows("l2004")[1:]]

    reading = read_checked(page(table))

    assert raws(reading) == figures("l2004")
    assert failures(reading) == []


@pytest.mark.parametrize("codes", [False, True])
@pytest.mark.parametrize("rendering", ["page", "markdown"])
def test_two_blocks_side_by_side_are_both_read(rendering, codes):
    head, *body = rows("l2004")
    if codes:
        head = [("代码", 1, 1), *head]
        body = [[(str(number), 1, 1), *row] for number, row in enumerate(body)]
    half = len(body) // 2
    table = [[*left, *right] for left, right in zip([head, *body[:half]], [head, *body[half:]], strict=True)]

    reading = read_checked(RENDERINGS[rendering](table))

    assert raws(reading) == figures("l2004")
    assert failures(reading) == []


@pytest.mark.parametrize("edition", ["s2014", "l2004"])
@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("heads", [("2016年", "2015年"), ("2015年", "2016年"), ("2015年度统计数", "2016年度统计数")])
def test_of_columns_of_two_years_that_of_the_report_is_taken(edition, rendering, heads):
    ours = next(place for place, text in enumerate(heads) if "2016" in text)
    table = with_column(rows(edition), "x", constant(rows(edition), "4321"), at=3 - ours)
    table = headed(table, "单位", *heads)

    reading = read_checked(RENDERINGS[rendering](table))

    assert raws(reading) == figures(edition)
    assert failures(reading) == [("ANX-02", "annex")]


@pytest.mark.parametrize(
    "head", ["2015年", "2015年度统计数", "上年数", "同比增长(%)", "2016年上半年", "2016年比2015年增减"]
)
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_the_only_column_is_not_taken_when_it_is_not_the_years(head, rendering):
    reading = read_checked(RENDERINGS[rendering](headed(rows(), "单位", head)))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "annex_columns"
    assert head in reading.unreadable.zh
    assert reading.observations == {}


def test_the_year_may_stand_in_the_head_above():
    head = [("统计指标", 2, 1), ("单位", 2, 1), ("2015年", 1, 1), ("2016年", 1, 1)]
    below = [("统计数", 1, 1), ("统计数", 1, 1)]
    body = with_column(rows(), "x", constant(rows(), "5"), at=2)[1:]

    assert raws(read_checked(page([head, below, *body]))) == figures()


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_row_that_lost_a_cell_gives_no_figure_of_another_column(lost):
    table = headed(with_column(rows(), "x", constant(rows(), "4321"), at=3), "单位", "2016年", "2015年")
    at = next(r for r, row in enumerate(table) if row[0][0] == "六、举报投诉数量")
    del table[at][lost]

    reading = read_checked(page(table))

    assert reading.observations["s14_complaints", None].value is None
    assert reading.status == "needs_review"
