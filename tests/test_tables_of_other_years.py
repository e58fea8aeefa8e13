"""A page that shows last year's tables, beside this year's or instead of them: no figure of theirs is taken."""

import io

import pytest
import xlsxwriter

from pipelines.identity import Provenance
from pipelines.reading import read
from tests.annexes import TITLE, failures, figures, page, raws, read_checked, rows, texts
from tests.layouts.form import HEADINGS, draft
from tests.layouts.formats import as_page

LAST_YEAR = ["2015年政府信息公开情况统计表", "上年度政府信息公开情况统计表", "(2015年度)", "二〇一五年情况统计表"]


def test_without_a_caption_a_table_is_the_reports():
    reading = read_checked(page(rows()))

    assert (raws(reading), reading.other_years) == (figures(), [])


@pytest.mark.parametrize("caption", LAST_YEAR)
def test_last_years_table_alone_gives_no_figure_and_says_why(caption):
    reading = read_checked(page(caption, rows()))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "other_years"
    assert caption in reading.unreadable.zh
    assert (reading.observations, reading.status) == ({}, "unreadable")


@pytest.mark.parametrize("caption", LAST_YEAR)
def test_of_two_tables_that_of_the_report_is_read_and_the_other_named(caption):
    last, this = [caption, rows(seed=2)], ["2016年度政府信息公开情况统计表", rows()]
    for blocks in (last + this, this + last):
        reading = read_checked(page(*blocks))

        assert raws(reading) == figures()
        assert failures(reading) == []
        assert [f.outcome for f in reading.findings if f.rule == "SHP-08"] == ["fail"]
        assert reading.status == "read"


def test_the_caption_of_a_table_counts():
    last = page(rows()).replace(b"<table>", "<table><caption>2015年情况统计表</caption>".encode())

    assert read_checked(last).observations == {}


def test_of_a_workbook_the_sheet_of_the_year_is_read():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for year, seed in ((2015, 2), (2016, 1)):
            sheet = book.add_worksheet(f"{year}年")
            sheet.write(0, 0, "政府信息公开情况统计表")
            for number, cells in enumerate(texts(rows(seed=seed)), 2):
                sheet.write_row(number, 0, cells)

    assert raws(read(file.getvalue(), Provenance(list_title=TITLE))) == figures()


def test_a_statutory_table_of_last_year_is_missing_and_not_read():
    report = draft(3)
    report.headings[2] = f"{report.year - 1}年收到和处理政府信息公开申请情况"

    reading = read_checked(as_page(report))

    assert [f.outcome for f in reading.findings if f.rule == "SHP-08"] == ["fail"]
    assert ("SHP-01", "requests") in failures(reading)
    assert {o.status for o in reading.observations.values() if o.applicant} == {"absent"}
    assert reading.status == "needs_review"


def test_headings_of_the_form_say_nothing_of_a_year():
    report = draft(3)
    report.headings = [f"{heading[:2]}{report.year - 1}年{heading[2:]}" for heading in HEADINGS]
    report.headings[1:4] = HEADINGS[1:4]

    reading = read_checked(as_page(report))

    assert {key: o.raw for key, o in reading.observations.items()} == report.truth
