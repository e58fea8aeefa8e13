"""Settling what a better reader makes of a stored report: it is told once, and stands when a person has accepted it."""

import pytest
from rereading import ID, REPORT, REPORTS, SCAN, TITLE, Archive, archive, page_of, reread, told

from pipelines.clock import today
from pipelines.reading import READER

__all__ = ["archive"]

BULLETIN = "<h1>宁河区2021年国民经济和社会发展统计公报</h1>".encode()
OF_THE_CITY = page_of(REPORT).replace("天津市宁河区人民政府".encode(), "天津市人民政府".encode())
OF_THE_BUREAU = page_of(REPORT).replace(TITLE.encode(), "宁河区财政局2021年政府信息公开工作年度报告".encode())


def test_nothing_is_accepted_of_an_archive_without_reports(archive: Archive):
    result = reread(archive, "--accept", ID)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"There is no report {ID}: take the identifier from the message of a reading again.\n"


@pytest.mark.parametrize("kept", [SCAN, BULLETIN], ids=["unreadable", "refused"])
def test_the_error_says_how_to_settle_it(archive: Archive, kept: bytes):
    archive.add(REPORT.path, kept=kept)
    archive.grown_old()

    assert f"python -m pipelines reread --accept {ID}" in reread(archive).stderr


def test_a_document_that_is_no_report_is_withdrawn_with_its_reason(archive: Archive):
    sha256 = archive.add(REPORT.path, kept=BULLETIN)
    archive.add(REPORTS[3].path)
    archive.grown_old()

    result = reread(archive, "--accept", ID)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 are withdrawn" in told(result)
    assert archive.rows("SELECT count(*) FROM report") == [(1,)]
    assert archive.rows("SELECT report_id, url, sha256, reader, withdrawn_on FROM withdrawal") == [
        (ID, f"http://x{REPORT.path}", sha256, READER, today().isoformat())
    ]
    [(zh, en)] = archive.rows("SELECT reason_zh, reason_en FROM withdrawal")
    assert (zh, en) == ("不是年度报告：标题含“统计公报”。", "Not an annual report: its title says “统计公报”.")


def test_nothing_is_left_of_what_was_withdrawn(archive: Archive):
    archive.add(REPORT.path, kept=BULLETIN)
    archive.grown_old()

    reread(archive, "--accept", ID)

    tables = [name for (name,) in archive.rows("SELECT m.name FROM sqlite_master AS m WHERE type = 'table'")]
    with_reports = [name for name in tables if "report_id" in archive.db.table(name).columns_dict]
    assert {name for name in with_reports if archive.db.table(name).count} == {"withdrawal"}
    assert archive.rows("SELECT count(*) FROM body") == [(0,)]
    assert archive.rows("SELECT count(*) FROM section_fts WHERE section_fts MATCH '\"公 开\"'") == [(0,)]
    assert archive.rows("PRAGMA foreign_key_check") == []


def test_what_was_accepted_is_no_error_again(archive: Archive):
    archive.add(REPORT.path, kept=BULLETIN)
    archive.grown_old()
    reread(archive, "--accept", ID)

    assert reread(archive, "--all").exit_code == 0


def test_a_report_that_is_another_body_s_goes_to_that_body(archive: Archive):
    other = next(report for report in REPORTS if report.body_kind == "bureau")
    archive.add(REPORT.path, kept=page_of(other))
    archive.grown_old()
    failed = reread(archive)

    result = reread(archive, "--accept", ID)

    assert (failed.exit_code, result.exit_code) == (1, 0)
    [(now, body, url)] = archive.rows(
        "SELECT report.id, body.name, url FROM report JOIN body ON body.id = report.body_id"
    )
    assert (body, url) == (other.body_name, f"http://x{REPORT.path}")
    assert archive.rows("SELECT report_id, reason_en FROM withdrawal") == [
        (ID, f"It is the report of {other.body_name} for {other.report_year}: {now}.")
    ]


def test_the_report_of_another_place_is_withdrawn(archive: Archive):
    archive.add(REPORT.path, kept=OF_THE_CITY)
    archive.grown_old()

    assert "这是“天津市人民政府”的报告" in reread(archive).stderr
    assert reread(archive, "--accept", ID).exit_code == 0
    assert archive.rows("SELECT id FROM report") == []


def test_figures_that_cannot_be_read_any_more_are_given_up_as_our_change(archive: Archive):
    archive.add(REPORT.path, kept=SCAN)
    archive.grown_old()

    result = reread(archive, "--accept", ID)

    assert (result.exit_code, "1 are read otherwise" in told(result)) == (0, True)
    assert archive.rows("SELECT status, version FROM report") == [("unreadable", 2)]
    assert archive.rows("SELECT DISTINCT cause FROM revision") == [("reader changed",)]
    assert archive.rows("SELECT count(*) FROM revision") == [(len(REPORT.printed),)]
    assert archive.rows("SELECT * FROM withdrawal") == []


def test_only_what_was_named_is_accepted(archive: Archive):
    archive.add(REPORT.path, kept=BULLETIN)
    archive.add(REPORTS[3].path, kept=BULLETIN)
    archive.grown_old()

    result = reread(archive, "--accept", ID)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert archive.rows("SELECT count(*) FROM report") == [(1,)]


def test_a_body_s_kind_is_that_of_today_s_reader(archive: Archive):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE body SET kind = 'functional_zone'")
    archive.grown_old()

    reread(archive)

    assert archive.rows("SELECT kind FROM body") == [("district_government",)]
