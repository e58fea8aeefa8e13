"""The two routes compared: agreement, disagreement, one route alone, and whose fault a contradiction is."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import reading as reading_module
from pipelines.document import Cell, Document, Paragraph
from pipelines.matching import Misfit, Table, TableMatch, match
from pipelines.readers import read_document
from pipelines.reading import Reading, read
from pipelines.routes import Agreement, Compared, compare
from pipelines.rules import check
from pipelines.sequence import Run, read_in_order
from pipelines.tokens import Status
from tests.layouts.form import Draft, draft
from tests.layouts.formats import FORMATS, as_lines
from tests.test_sequence import lines_of

RECEIVED = ("requests_received", "natural_person")


def read_checked(data: bytes) -> Reading:
    reading = read(data)
    check(reading)
    return reading


def failures(reading: Reading, severity: str = "hard") -> list[tuple[str, str, str | None]]:
    return [(f.rule, f.subject, f.fault) for f in reading.findings if f.outcome == "fail" and f.severity == severity]


def page_with(report: Draft, key: tuple[str, str | None], text: str) -> bytes:
    for slot in report.values():
        if slot.key == key:
            slot.text = text
    return FORMATS["page"](report)


def test_two_routes_that_found_nothing_have_nothing_to_compare():
    routes = compare({}, {})

    assert (routes.matches, routes.cells, routes.lossy) == ({}, {}, [])


@pytest.mark.parametrize(
    ("geometry", "sequence", "agreement"),
    [("1", "1", "agree"), ("1", "2", "disagree"), ("1", None, "only_geometry"), (None, "1", "only_sequence")],
)
def test_a_cell_is_compared_by_what_is_printed(geometry, sequence, agreement):
    assert Compared(geometry, sequence).agreement == agreement


def test_a_row_that_only_reading_order_could_read_is_used_and_is_no_misfit():
    matches = {Table.DISCLOSURE: TableMatch("t2021", misfits=[Misfit("licensing_decisions", 1, 2), Misfit("x", 1, 0)])}

    routes = compare(matches, {"disclosure": Run("t2021", {("licensing_decisions", None): "5"})})

    assert routes.matches[Table.DISCLOSURE].cells["licensing_decisions", None].text == "5"
    assert [misfit.subject for misfit in routes.matches[Table.DISCLOSURE].misfits] == ["x"]
    assert routes.cells == {("licensing_decisions", None): "5"}
    assert routes.doubtful == {("licensing_decisions", None): Compared(None, "5")}


@given(st.integers(0, 10**6), st.sampled_from(sorted(FORMATS)))
def test_both_routes_agree_with_the_truth_of_any_report(seed, name):
    report = draft(seed)
    document = read_document(FORMATS[name](report))

    routes = compare(match(document), read_in_order(document))

    assert (routes.cells, routes.doubtful) == (report.truth, {})


@given(st.integers(0, 10**6), st.data())
def test_a_single_cell_corrupted_for_one_route_is_a_disagreement(seed, data):
    document = read_document(FORMATS["page"](draft(seed)))
    matches, runs = match(document), read_in_order(document)
    table = data.draw(st.sampled_from(sorted(matches)))
    key = data.draw(st.sampled_from(sorted(matches[table].cells, key=str)))
    other = matches[table].cells[key].text + "1"
    if data.draw(st.booleans()):
        matches[table].cells[key] = Cell(other, 0, 0)
    else:
        runs[table].cells[key] = other

    apart = {key: cell.agreement for key, cell in compare(matches, runs).doubtful.items()}

    assert apart == {key: Agreement.DISAGREE}


def test_a_disagreement_is_ours_has_no_value_and_waits_for_review(monkeypatch):
    def corrupted(document: Document, year: int | None) -> dict[str, Run]:
        runs = read_in_order(document, year)
        runs["requests"].cells[RECEIVED] = "99999"
        return runs

    monkeypatch.setattr(reading_module, "read_in_order", corrupted)
    report = draft(3)

    reading = read_checked(FORMATS["page"](report))

    observation = reading.observations[RECEIVED]
    assert (observation.value, observation.status, observation.raw) == (None, Status.UNREADABLE, report.truth[RECEIVED])
    assert failures(reading) == [("SHP-07", "requests_received:natural_person", "ours")]
    [message] = [f.message_zh for f in reading.findings if f.rule == "SHP-07"]
    assert f"“{report.truth[RECEIVED]}”" in message
    assert "“99999”" in message
    assert reading.status == "needs_review"


def test_an_error_that_both_routes_see_is_the_publishers_and_the_report_is_published():
    reading = read_checked(page_with(draft(3), ("review_total", None), "9999"))

    assert failures(reading) == [("T4-REV", "review", "publisher")]
    assert reading.status == "read"
    assert reading.observations["review_total", None].value == 9999


def test_an_error_that_one_route_alone_could_read_is_ours_until_reviewed(monkeypatch):
    def without_disputes(document: Document, year: int | None) -> dict[str, Run]:
        return {table: run for table, run in read_in_order(document, year).items() if table != "disputes"}

    monkeypatch.setattr(reading_module, "read_in_order", without_disputes)

    reading = read_checked(page_with(draft(3), ("review_total", None), "9999"))

    assert failures(reading) == [("T4-REV", "review", "ours")]
    assert ("SHP-06", "disputes", None) in failures(reading, "soft")
    assert reading.status == "needs_review"


def test_the_rendering_without_pipes_is_read_by_reading_order_alone_and_says_so():
    report = draft(3)

    reading = read_checked(as_lines(report))

    assert {key: o.raw for key, o in reading.observations.items()} == report.truth
    assert [f.subject for f in reading.findings if f.rule == "SHP-06" and f.outcome == "fail"] == list(Table)[:3]
    assert failures(reading) == [("SHP-11", table, None) for table in list(Table)[:3]]


def test_the_rendering_without_pipes_that_lost_repeated_values_is_unreadable():
    lines = lines_of(draft(3))
    kept = [line for place, line in enumerate(lines) if line not in lines[max(place - 1, 0) : place]]
    text = "\n".join(["甲县2021年政府信息公开工作年度报告", *kept])

    reading = read_checked(text.encode())

    assert reading.refusal is None
    assert reading.unreadable is not None
    assert (reading.unreadable.code, reading.status) == ("lossy_text", "unreadable")
    assert reading.observations == {}


def test_a_lossy_table_beside_real_ones_is_absent_and_the_others_are_read():
    report = draft(3)
    page = FORMATS["page"](report).decode()
    lines = lines_of(report)
    shown = lines[lines.index(report.headings[1]) + 1 : lines.index(report.headings[2])]
    start, end = page.index("<table"), page.index("</table>") + len("</table>")
    page = page[:start] + "".join(f"<p>{line}</p>" for line in dict.fromkeys(shown)) + page[end:]

    reading = read_checked(page.encode())

    assert reading.unreadable is None
    assert reading.routes.lossy == [Table.DISCLOSURE]
    assert ("SHP-01", "disclosure", None) in failures(reading)
    assert reading.observations[RECEIVED].raw == report.truth[RECEIVED]
    assert reading.status == "needs_review"


def test_prose_alone_is_nothing_to_either_route():
    document = Document([Paragraph("本年度收到政府信息公开申请 12 件,予以公开 3 件。")])

    assert compare(match(document), read_in_order(document)).cells == {}


@pytest.mark.parametrize("name", ["ninghe-2022.txt", "shanghai-2019.html", "pingtan-2025.html"])
def test_the_routes_agree_on_every_cell_of_real_documents(shared_samples: Path, name: str):
    truth = json.loads((shared_samples / "expected" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))

    reading = read_checked((shared_samples / name).read_bytes())

    assert reading.routes.cells == {(o["metric"], o["applicant"]): o["raw"] for o in truth["observations"]}
    assert reading.routes.doubtful == {}
