"""The annex of reports before 2019: each figure at its metric, or a reason."""

import io
import sqlite3

import pytest
import xlsxwriter

from pipelines.editions.synthetic import annex_layout
from pipelines.rows import printed_figures, replace_rows
from pipelines.store import open_archive
from pipelines.tokens import Status
from publish.forms import Value, lay_out
from tests import annexes
from tests.annexes import RENDERINGS, failures, figures, page, raws, read_checked, replaced, rows, texts


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
    assert (reading.routes.cells.keys(), reading.routes.doubtful) == (figures(edition, seed).keys(), {})
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


def test_a_row_printed_again_with_another_figure_is_told():
    table = rows()
    [label, unit, _] = table[3]

    assert ("SHP-02", "annex") in failures(read_checked(page([*table, [label, unit, ("77", 1, 1)]])))


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


def test_marks_and_blanks_are_no_zeros():
    label = "六、举报投诉数量"
    for printed, status in (("", Status.BLANK), ("/", Status.NA_MARK), ("无", Status.TEXT_ZERO), ("12 件", "reported")):
        reading = read_checked(page(replaced(rows(), label, [(label, 1, 1), ("件", 1, 1), (printed, 1, 1)])))

        assert reading.observations["s14_complaints", None].status == status


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
