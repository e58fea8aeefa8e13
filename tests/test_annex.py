"""The annex of reports before 2019: each figure at its metric, or a reason."""

import io
import sqlite3
from random import Random

import pytest
import xlsxwriter

from pipelines.dictionary import load
from pipelines.editions.synthetic import annex_layout
from pipelines.rows import printed_figures, replace_rows
from pipelines.store import open_archive
from pipelines.tokens import Status
from publish.forms import Value, lay_out
from tests import annexes
from tests.annexes import failures, figures, page, raws, read_checked, rows, texts

RENDERINGS = {
    "page": page,
    "piped": lambda table: annexes.piped(texts(table)),
    "markdown": lambda table: annexes.markdown(texts(table)),
    "lines": lambda table: annexes.lines(texts(table)),
}


def with_column(table, head, cells, at=0):
    """The table with one more column, headed ``head``."""
    added = [(head, 1, 1), *cells]
    return [[*row[:at], cell, *row[at:]] for row, cell in zip(table, added, strict=True)]


def replaced(table, label, row):
    """The table with the row of a label in other words, or without it."""
    assert sum(cells[0][0] == label for cells in table) == 1
    return [row if cells[0][0] == label else cells for cells in table if row or cells[0][0] != label]


def blank(table):
    return [("", 1, 1)] * (len(table) - 1)


def test_a_page_without_a_row_of_the_annex_has_none():
    reading = read_checked(page([[("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]))

    assert (reading.matches, reading.observations) == ({}, {})


@pytest.mark.parametrize("edition", ["s2014", "l2004"])
@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("seed", range(5))
def test_every_figure_of_every_rendering_is_read(edition, rendering, seed):
    reading = read_checked(RENDERINGS[rendering](rows(edition, seed)))

    assert raws(reading) == figures(edition, seed)
    assert (reading.edition, reading.status, failures(reading)) == (edition, "read", [])
    assert reading.identity.report_year == 2016


def test_labels_that_repeat_belong_to_the_chapter_above_them():
    printed = {**figures(), **dict.fromkeys(figures(), "0")}
    printed |= {("s14_review_corrected", None): "2", ("s14_review_total", None): "2"}
    printed |= {("s14_lawsuit_corrected", None): "7", ("s14_lawsuit_total", None): "7"}

    reading = read_checked(page(annex_layout("s2014", printed)))

    assert reading.observations["s14_review_corrected", None].value == 2
    assert reading.observations["s14_lawsuit_corrected", None].value == 7
    assert failures(reading) == []


def test_a_chapter_in_a_column_of_its_own_tells_repeated_labels_apart():
    printed = figures()
    table = [[("", 1, 1), *row] if i else [("类别", 1, 1), *row] for i, row in enumerate(rows())]
    at = next(i for i, row in enumerate(table) if row[1][0] == "五、行政诉讼数量")
    table[at][0] = ("行政诉讼", 4, 1)
    for row in table[at + 1 : at + 4]:
        del row[0]

    assert raws(read_checked(page(table))) == printed


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


@pytest.mark.parametrize(("first", "second"), [("本期实际", "本年累计"), ("历年累计", "2009年度")])
def test_of_two_columns_the_one_of_the_year_is_taken(first, second):
    table = with_column(rows("l2004"), first, [("99999", 1, 1)] * (len(rows("l2004")) - 1), at=2)
    table[0][3] = (second, 1, 1)

    assert raws(read_checked(page(table))) == figures("l2004")


def test_the_numbering_under_the_heads_is_no_row():
    table = [rows("l2004")[0], [("甲", 1, 1), ("乙", 1, 1), ("1", 1, 1)], *rows("l2004")[1:]]

    reading = read_checked(page(table))

    assert raws(reading) == figures("l2004")
    assert failures(reading) == []


def test_a_table_cut_in_two_is_one_annex():
    table = rows()

    assert raws(read_checked(page(table[:30], table[30:]))) == figures()


def test_a_table_cut_behind_a_chapter_heading_goes_on_in_its_chapter():
    table = rows()
    at = next(i for i, row in enumerate(table) if row[0][0] == "五、行政诉讼数量") + 1

    assert raws(read_checked(page(table[:at], table[at:]))) == figures()


def test_rows_under_an_unknown_chapter_are_not_counted_to_the_one_before():
    table = [row for row in rows() if row[0][0] not in ("(二)被依法纠错数", "(三)其他情形数")]
    unknown = [[("五、其他救济渠道情况", 1, 1), ("件", 1, 1), ("1", 1, 1)]]
    stray = [[("(二)被依法纠错数", 1, 1), ("件", 1, 1), ("41", 1, 1)]]
    at = next(i for i, row in enumerate(table) if row[0][0] == "五、行政诉讼数量")

    reading = read_checked(page([*table[:at], *unknown, *stray, *table[at:]]))

    assert reading.observations["s14_review_corrected", None].status is Status.ABSENT
    assert "被依法纠错数" in next(f.message_zh for f in reading.findings if f.rule == "ANX-01")


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


def test_a_missing_row_is_absent_and_never_zero():
    reading = read_checked(page(replaced(rows(), "3.政务微博公开政府信息数", None)))

    missing = reading.observations["s14_via_weibo", None]
    assert (missing.value, missing.status) == (None, Status.ABSENT)
    assert ("SHP-02", "annex") in failures(reading)
    assert reading.status == "needs_review"


def test_a_misprinted_label_counts_between_its_neighbours():
    label = "(二)设置政府信息公开查阅点数"
    printed = figures()["s14_reading_points", None]
    table = replaced(rows(), label, [("(二)设置政府信息公开査阅点数", 1, 1), ("个", 1, 1), (printed, 1, 1)])

    assert raws(read_checked(page(table))) == figures()


def test_a_row_of_another_label_is_named_and_not_read():
    label = "(二)设置政府信息公开查阅点数"
    table = replaced(rows(), label, [("公共图书馆藏书量", 1, 1), ("个", 1, 1), ("77", 1, 1)])

    reading = read_checked(page(table))

    assert reading.observations["s14_reading_points", None].status is Status.ABSENT
    assert ("ANX-01", "annex") in failures(reading)
    assert "公共图书馆藏书量" in next(f.message_zh for f in reading.findings if f.rule == "ANX-01")


def test_a_row_printed_twice_is_told():
    table = rows()

    assert ("SHP-02", "annex") in failures(read_checked(page([*table, table[3]])))


def test_a_row_without_its_cell_of_figures_is_a_misfit():
    label = "(三)接受培训人员数"
    reading = read_checked(page(replaced(rows(), label, [(label, 1, 1), ("人次", 1, 1)])))

    assert ("SHP-01", "s14_trainees") in failures(reading)
    assert reading.observations["s14_trainees", None].status is Status.ABSENT


def test_a_rendering_that_drops_repeated_values_gives_nothing():
    seen: set[str] = set()
    table = [[text for text in row if text not in seen and not seen.add(text)] for row in texts(rows())]

    reading = read_checked(annexes.lines(table))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "annex_incomplete"
    assert reading.observations == {}


def test_amounts_keep_their_decimals_and_the_unit_printed_beside_them():
    label = "七、依申请公开信息收取的费用"
    reading = read_checked(page(replaced(rows(), label, [(label, 1, 1), ("元", 1, 1), ("380.5", 1, 1)])))

    fees = reading.observations["s14_fees", None]
    assert (fees.value, fees.unit, fees.status) == (380.5, "元", Status.REPORTED)


def test_marks_and_blanks_are_no_zeros():
    label = "六、举报投诉数量"
    for printed, status in (("", Status.BLANK), ("/", Status.NA_MARK), ("无", Status.TEXT_ZERO), ("12 件", "reported")):
        reading = read_checked(page(replaced(rows(), label, [(label, 1, 1), ("件", 1, 1), (printed, 1, 1)])))

        assert reading.observations["s14_complaints", None].status == status


SUMS = [(edition, each) for edition in ("s2014", "l2004") for each in annexes.form(edition).sums]


@pytest.mark.parametrize(("edition", "each"), SUMS, ids=lambda value: getattr(value, "total", value))
def test_every_sum_of_the_annex_is_checked(edition, each):
    printed = figures(edition)
    total = printed[each.total, None]
    wrong = {**printed, (each.total, None): str(int(float(total)) + 1)}

    reading = read_checked(page(annex_layout(edition, wrong)))

    assert (each.rule, each.total) in failures(reading)
    assert reading.status == "needs_review"


@pytest.mark.parametrize("order", annexes.form().orders, ids=lambda order: f"{order.rule}-{order.left[0]}")
def test_every_relation_of_the_annex_is_checked(order):
    wrong = {**figures(), (order.left[0], None): "99999999"}

    reading = read_checked(page(annex_layout("s2014", wrong)))

    assert (order.rule, order.left[0]) in failures(reading)


def test_a_blank_part_is_proven_zero_by_its_sum():
    printed = {**figures(), ("s14_requests_received", None): "5", ("s14_requests_in_person", None): "5"}
    printed |= {(f"s14_requests_{way}", None): "" for way in ("by_fax", "online", "by_mail")}

    fax = read_checked(page(annex_layout("s2014", printed))).observations["s14_requests_by_fax", None]

    assert (fax.value, fax.status, fax.proven) == (None, Status.INFERRED_ZERO, 0)


def test_a_local_table_is_asked_only_for_what_it_prints():
    table = replaced(rows("l2004"), "提供服务类信息数", None)

    reading = read_checked(page(table))

    assert ("l04_service_items", None) not in reading.observations
    assert failures(reading) == []


def test_nothing_is_said_of_the_sums_of_a_local_table_with_rows_we_do_not_know():
    label = "2.传真申请数"
    table = replaced(rows("l2004"), label, [("2.短信申请数", 1, 1), ("条", 1, 1), ("12", 1, 1)])

    assert failures(read_checked(page(table))) == [("ANX-01", "annex")]


def test_an_annex_that_is_a_workbook_of_its_own_says_its_year_and_body():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, text in enumerate(
            ("政府信息公开情况统计表", "(2016年度)", "填报单位:某县民政局 填报日期:2017年1月5日")
        ):
            sheet.write(number, 0, text)
        for number, (name, unit, figure) in enumerate(texts(rows()), 3):
            sheet.write_row(number, 0, [name, unit, float(figure) if number > 3 and figure else figure])

    reading = read_checked(file.getvalue())

    assert (reading.identity.report_year, reading.identity.body_name) == (2016, "某县民政局")
    assert raws(reading) == figures()
    assert failures(reading) == []


def test_a_stored_annex_gives_its_figures_back_and_is_shown_with_its_units(tmp_path):
    printed = {**figures("l2004"), ("l04_budget", None): "12.5", ("l04_fees", None): "0"}
    printed |= {key: "0" for key in printed if key[0].startswith("l04_fees")}
    reading = read_checked(page(annex_layout("l2004", printed)))
    db = open_archive(tmp_path / "archive.db")
    db.conn.execute("PRAGMA foreign_keys = OFF")

    replace_rows(db, "r", reading, "2026-11-23")
    db.conn.row_factory = sqlite3.Row
    [shown], _ = lay_out(db.conn, "r", "l2004")

    assert printed_figures(db, "r") == printed
    assert db.execute("SELECT unit FROM observation WHERE metric = 'l04_budget'").fetchone()[0] == "万元"
    assert [str(line[-1].figure.text) for line in shown.body if isinstance(line[-1], Value)] == list(printed.values())
    assert (shown.kind, len(shown.head[0])) == ("annex", 3)


@pytest.mark.parametrize("edition", ["s2014", "l2004"])
def test_every_rule_described_for_an_annex_reports(edition):
    described = {name for name, rule in load().rules.items() if edition in rule.editions}

    reported = {finding.rule for finding in read_checked(page(rows(edition))).findings}

    ours = ("S14-", "L04-", "ANX-", "SHP-01", "SHP-02", "SHP-03")
    assert {name for name in described if name.startswith(ours)} <= reported
