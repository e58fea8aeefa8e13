"""Reading documents: the figures of the sample portals and of real documents, cell by cell; look-alikes refused."""

import json
from pathlib import Path

import pytest

from pipelines.bodies import Division, body_of
from pipelines.identity import Provenance
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.tokens import Status
from samples import expected, paper, pdf, word
from samples.content import Block
from samples.portal import Portal, portals
from samples.render import render

HONGZE = portals()[1]
SENTENCES = [Block("text", "本机关按时更新了应当公开的信息。")]
DIVISIONS = {
    "120117": Division("120117", "宁河区", "天津市", ""),
    "320813": Division("320813", "洪泽区", "江苏省", "淮安市"),
    "350128": Division("350128", "平潭县", "福建省", "福州市"),
}


def read_checked(data: bytes, provenance: Provenance | None = None) -> Reading:
    reading = read(data, provenance)
    check(reading)
    return reading


def read_page(portal: Portal, path: str, list_title: str, list_date: str = "") -> Reading:
    provenance = Provenance(f"http://127.0.0.1{path}", DIVISIONS[portal.code], list_title, list_date)
    return read_checked(render(portal)[path].body, provenance)


def failures(reading: Reading) -> list[tuple[str, str]]:
    return [(f.rule, f.subject) for f in reading.findings if f.outcome == "fail" and f.severity == "hard"]


def test_a_document_without_anything_in_it_is_refused_and_has_no_figures():
    reading = read_checked(b"")

    assert reading.refusal is not None
    assert reading.refusal.code == "empty"
    assert (reading.observations, reading.findings) == ({}, [])


@pytest.mark.parametrize(
    ("portal", "report"),
    [pytest.param(p, r, id=f"{r.body_name}-{r.report_year}") for p in portals() for r in expected.reports(p)],
)
def test_every_sample_report_gives_its_figures_body_year_and_date(portal, report):
    reading = read_page(portal, report.path, report.title, report.published_on.isoformat())

    assert reading.refusal is None
    assert {key: o.value for key, o in reading.observations.items()} == report.values
    assert {key: o.raw for key, o in reading.observations.items()} == report.printed
    assert reading.edition == report.edition
    assert reading.identity.report_year == report.report_year
    assert reading.identity.published_on == report.published_on
    assert reading.identity.body_name == report.body_name
    assert body_of(report.body_name, DIVISIONS[portal.code]).kind == report.body_kind


@pytest.mark.parametrize(
    ("portal", "report"),
    [pytest.param(p, r, id=f"{r.body_name}-{r.report_year}") for p in portals() for r in expected.reports(p)],
)
def test_only_the_publishers_own_errors_fail(portal, report):
    reading = read_page(portal, report.path, report.title)

    assert sorted(subject for _, subject in failures(reading)) == sorted(report.broken_identities)


@pytest.mark.parametrize("portal", portals(), ids=lambda portal: portal.code)
def test_a_page_that_only_calls_itself_a_report_is_refused(portal):
    refusals = [
        read_page(portal, path, "某局2023年政府信息公开工作年度报告").refusal for path in expected.refused(portal)
    ]

    assert all(refusal is not None and refusal.code == "no_tables" for refusal in refusals)


@pytest.mark.parametrize("report", expected.scans(HONGZE), ids=lambda report: report.title)
def test_a_scan_is_a_report_that_cannot_be_read(report):
    reading = read_page(HONGZE, report.path, report.title)

    assert reading.unreadable is not None
    assert (reading.status, reading.unreadable.code, reading.observations) == ("unreadable", "scan", {})
    assert (reading.identity.body_name, reading.identity.report_year) == (report.body_name, report.report_year)


@pytest.mark.parametrize(("page", "copy"), expected.word_copies(HONGZE).items())
def test_a_page_and_its_word_copy_give_the_same_figures(page: str, copy: str):
    (report,) = [one for one in expected.reports(HONGZE) if one.path == page]

    reading = read_page(HONGZE, copy, report.title)

    assert {key: o.raw for key, o in reading.observations.items()} == report.printed
    assert (reading.identity.body_name, reading.identity.report_year) == (report.body_name, report.report_year)
    assert failures(reading) == []


WITHOUT_TABLES = {
    "pdf": pdf.document(paper.lay_out("年度报告", SENTENCES, "")),
    "docx": word.document("", SENTENCES, ""),
}


@pytest.mark.parametrize("kind", WITHOUT_TABLES)
def test_a_file_without_tables_is_a_report_where_its_list_says_so(kind: str):
    title = "洪泽区水利局2020年政府信息公开工作年度报告"

    listed = read_checked(WITHOUT_TABLES[kind], Provenance(list_title=title))
    unknown = read_checked(WITHOUT_TABLES[kind])

    assert listed.unreadable is not None
    assert (listed.status, listed.unreadable.code, listed.observations) == ("unreadable", "no_text_table", {})
    assert unknown.refusal is not None
    assert unknown.refusal.code == "no_tables"


REAL = ["ninghe-2022.txt", "shanghai-2019.html", "pingtan-2025.html"]


@pytest.mark.parametrize("name", REAL)
def test_real_documents_give_exactly_their_published_figures(shared_samples: Path, name: str):
    truth = json.loads((shared_samples / "expected" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))

    reading = read_checked((shared_samples / name).read_bytes())

    assert {k: (o.value, o.raw) for k, o in reading.observations.items()} == {
        (o["metric"], o["applicant"]): (o["value"], o["raw"]) for o in truth["observations"]
    }
    assert reading.identity.body_name == truth["body_name"]
    assert reading.identity.report_year == truth["report_year"]
    assert reading.edition == truth["edition"]
    assert failures(reading) == []


def test_blank_totals_of_a_real_report_are_proven_and_stay_unprinted(shared_samples: Path):
    reading = read_checked((shared_samples / "shanghai-2019.html").read_bytes())

    granted = reading.observations["granted", "total"]
    assert (granted.value, granted.status, granted.proven) == (None, Status.DERIVED, 272)
    nobody = reading.observations["granted", "research_institute"]
    assert (nobody.value, nobody.status, nobody.proven) == (None, Status.INFERRED_ZERO, 0)


def test_the_frozen_header_date_of_a_real_page_is_furniture_and_never_a_date(shared_samples: Path):
    identity = read((shared_samples / "ninghe-2022.txt").read_bytes()).identity

    assert [day.isoformat() for day in identity.furniture] == ["2019-12-03"]
    assert identity.published_on is None


def test_a_real_statistics_bulletin_is_refused_by_its_title(shared_samples: Path):
    reading = read_checked((shared_samples / "wanzai-2022-not-a-report.html").read_bytes())

    assert reading.refusal is not None
    assert reading.refusal.code == "look_alike"
    assert reading.observations == {}


def test_a_real_pdf_cut_by_page_breaks_gives_its_figures_and_only_the_publishers_two_errors(shared_samples: Path):
    truth = json.loads((shared_samples / "expected" / "hongze-2023.json").read_text(encoding="utf-8"))

    reading = read_checked((shared_samples / "hongze-2023.pdf").read_bytes())

    assert {k: (o.value, o.raw) for k, o in reading.observations.items()} == {
        (o["metric"], o["applicant"]): (o["value"], o["raw"]) for o in truth["observations"]
    }
    assert (reading.edition, reading.identity.report_year) == (truth["edition"], truth["report_year"])
    names = (reading.identity.body_name or "", truth["body_name"])
    assert {body_of(name, DIVISIONS["320813"]).id for name in names} == {"320813-government"}
    hard = [(f.rule, f.subject) for f in reading.findings if f.outcome == "fail" and f.severity == "hard"]
    assert hard == [("T4-REV", "review"), ("T4-LITA", "lawsuit_after_review")]
    assert len(reading.sections) == 7
