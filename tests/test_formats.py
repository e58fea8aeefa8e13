"""Every format: the same report gives exactly the same figures, whatever kind of file it comes in."""

from collections.abc import Callable

import pytest

from pipelines.readers import Kind, sniff
from pipelines.reading import Reading, read
from pipelines.rules import check
from tests.binary_formats import as_docx, as_pdf, as_xlsx, by_office
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_page

SEEDS = range(4)


def read_checked(data: bytes) -> Reading:
    reading = read(data)
    check(reading)
    return reading


def figures(reading: Reading) -> dict[tuple[str, str | None], str]:
    return {key: o.raw for key, o in reading.observations.items()}


def hard_failures(reading: Reading) -> list[str]:
    return [f.rule for f in reading.findings if f.outcome == "fail" and f.severity == "hard"]


def assert_is(reading: Reading, report: Draft) -> None:
    assert (reading.refusal, reading.unreadable) == (None, None)
    assert figures(reading) == report.truth
    assert hard_failures(reading) == []
    assert (reading.edition, reading.identity.report_year) == (report.edition.id, report.year)
    assert reading.identity.body_name == report.body
    assert len(reading.sections) == 7


@pytest.mark.parametrize("render", [as_page, as_docx, as_pdf, as_xlsx], ids=lambda render: render.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_gives_its_figures_body_and_year_in_every_format(render: Callable[[Draft], bytes], seed: int):
    report = draft(seed)

    assert_is(read_checked(render(report)), report)


@pytest.mark.parametrize("push_down", range(0, 640, 40))
def test_a_page_break_at_any_row_loses_nothing(push_down: int):
    report = draft(push_down // 40)

    assert_is(read_checked(as_pdf(report, push_down=push_down)), report)


@pytest.mark.parametrize(("suffix", "kind"), [("doc", Kind.DOC), ("rtf", Kind.RTF), ("pdf", Kind.PDF)])
def test_what_a_word_processor_saves_is_read(suffix: str, kind: Kind):
    reports = [draft(seed) for seed in range(2)]

    for data, report in zip(by_office([as_docx(report) for report in reports], suffix), reports, strict=True):
        assert sniff(data) is kind
        assert_is(read_checked(data), report)


def test_an_old_workbook_is_read():
    report = draft(1)
    [data] = by_office([as_xlsx(report)], "xls", source="xlsx")

    assert sniff(data) is Kind.XLS
    assert_is(read_checked(data), report)


@pytest.mark.parametrize("push_down", range(0, 640, 80))
def test_a_table_without_rules_is_read_from_where_its_words_stand(push_down: int):
    report = draft(push_down // 80)

    assert_is(read_checked(as_pdf(report, push_down=push_down, ruled=False)), report)
