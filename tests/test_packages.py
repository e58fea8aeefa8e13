"""A package of documents: the report in it is read, and nothing else in it is left in silence."""

import io
import zipfile

import pytest

from pipelines import packages
from pipelines.reading import Finding, Reading, read
from pipelines.rules import check
from tests.binary_formats import as_docx, as_pdf, as_xlsx, as_zip
from tests.layouts.form import draft
from tests.layouts.formats import as_page

REPORT, OTHER = draft(1), draft(2)


def read_checked(data: bytes) -> Reading:
    reading = read(data)
    check(reading)
    return reading


def one_in_package(reading: Reading) -> Finding:
    [finding] = [finding for finding in reading.findings if finding.rule == "PKG-01"]
    return finding


def figures(reading: Reading) -> dict[tuple[str, str | None], str]:
    return {key: o.raw for key, o in reading.observations.items()}


def test_an_empty_package_holds_nothing_and_a_page_is_no_package():
    reading = read(as_zip())

    assert reading.refusal is not None
    assert reading.refusal.code == "nothing_inside"
    assert one_in_package(read_checked(as_page(REPORT))).outcome == "not_applicable"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_package_whose_member_does_not_unpack_is_damaged(method: int):
    page = as_page(REPORT)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.html", page)
    data = bytearray(out.getvalue())
    data[60:400] = page[:340]

    reading = read(bytes(data))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "damaged"


def test_one_report_in_two_formats_beside_a_notice_is_one_report():
    data = as_zip(("a.txt", "说明".encode()), ("a.docx", as_docx(REPORT)), ("a.pdf", as_pdf(REPORT)))

    reading = read_checked(data)

    assert figures(reading) == REPORT.truth
    assert (one_in_package(reading).outcome, reading.status) == ("pass", "read")


def test_of_two_reports_the_first_is_read_and_the_other_is_named_for_a_human():
    reading = read_checked(as_zip(("甲.docx", as_docx(REPORT)), ("乙.xlsx", as_xlsx(OTHER))))

    assert figures(reading) == REPORT.truth
    assert (one_in_package(reading).outcome, reading.status) == ("fail", "needs_review")
    assert "乙.xlsx" in one_in_package(reading).message_zh


def test_a_report_with_figures_goes_before_one_that_cannot_be_read():
    reading = read_checked(as_zip(("a.pdf", b"%PDF-1.4 damaged"), ("b.docx", as_docx(REPORT))))

    assert figures(reading) == REPORT.truth


def test_a_package_inside_a_package_is_not_opened_and_that_is_said():
    inner = as_zip(("a.docx", as_docx(REPORT)))
    alone, beside = (
        read(as_zip(("in.zip", inner))),
        read_checked(as_zip(("in.zip", inner), ("a.docx", as_docx(REPORT)))),
    )

    assert alone.unreadable is not None
    assert alone.unreadable.code == "nested"
    assert "in.zip" in one_in_package(beside).message_en


def test_what_there_was_no_time_for_is_named(monkeypatch: pytest.MonkeyPatch):
    times = iter([0.0, 0.0, 99.0])
    monkeypatch.setattr(packages, "monotonic", lambda: next(times))

    reading = read_checked(as_zip(("a.docx", as_docx(REPORT)), ("b.docx", as_docx(OTHER))))

    assert figures(reading) == REPORT.truth
    assert reading.others == ["b.docx"]
