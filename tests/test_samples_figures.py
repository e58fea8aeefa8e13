"""The figures of the sample reports: that they add up, and that published ones are the published ones."""

import json
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from samples import expected
from samples.expected import ExpectedReport
from samples.figures import APPLICANTS, FOLDER, Edition, Figures
from samples.forms import fill
from samples.portal import Entry, portals

PUBLISHED = Path(__file__).parents[1].parent / "shared" / "samples" / "expected"


@pytest.fixture(params=expected.all_reports(), ids=lambda report: report.title)
def report(request: pytest.FixtureRequest) -> ExpectedReport:
    chosen: ExpectedReport = request.param
    return chosen


@pytest.fixture
def published() -> Path:
    if not PUBLISHED.is_dir():
        pytest.skip("the published samples are not on this machine")
    return PUBLISHED


def test_a_form_without_figures_prints_only_zeros() -> None:
    form = fill(Figures(source="invented", edition="t2021"))
    assert Counter(cell.text for cell in form.figures()) == {"0": 200}


def test_reports_by_edition_and_kind() -> None:
    reports = expected.all_reports()
    assert Counter(one.edition for one in reports) == {"t2021": 16, "t2019": 8}
    assert {one.report_year for one in reports} == {2019, 2020, 2021, 2022, 2023, 2024, 2025}
    assert Counter(one.body_kind for one in reports) == {
        "district_government": 6,
        "district_office": 2,
        "bureau": 7,
        "vertical_branch": 1,
        "subdistrict": 1,
        "town": 3,
        "functional_zone": 3,
        "public_institution": 1,
    }


def test_every_kind_of_dirt_is_there_once_or_more() -> None:
    rows = Counter(entry.is_a for portal in portals() for _, entry in portal.entries)
    assert rows == {"report": 23, "lookalike": 5, "attachment": 1, "scan": 1, "bulletin": 1, "broken": 1}


def number(report: ExpectedReport, metric: str, applicant: str | None = None) -> float:
    """The number with a blank or mark as zero, as the identities take it."""
    return report.values.get((metric, applicant)) or 0


def results(report: ExpectedReport) -> list[str]:
    rows = dict.fromkeys(metric for metric, applicant in report.values if applicant)
    outside = {"requests_received", "requests_carried_in", "requests_handled", "requests_carried_out"}
    return [metric for metric in rows if metric not in outside]


def test_requests_balance(report: ExpectedReport) -> None:
    for who in APPLICANTS:
        came = number(report, "requests_received", who) + number(report, "requests_carried_in", who)
        went = number(report, "requests_handled", who) + number(report, "requests_carried_out", who)
        assert came == went, who


def test_results_add_up_to_the_requests_handled(report: ExpectedReport) -> None:
    for who in APPLICANTS:
        if report.printed["granted", who] or who != "total":  # Shanghai leaves the totals of its results blank
            added = sum(number(report, metric, who) for metric in results(report))
            assert added == number(report, "requests_handled", who), who


def test_applicants_add_up_to_the_printed_totals(report: ExpectedReport) -> None:
    for metric in dict.fromkeys(metric for metric, applicant in report.values if applicant):
        if report.printed[metric, "total"]:
            added = sum(number(report, metric, who) for who in APPLICANTS[:-1])
            assert added == number(report, metric, "total"), metric


def test_disputes_add_up_unless_the_publisher_erred(report: ExpectedReport) -> None:
    broken = tuple(
        proceeding
        for proceeding in ("review", "lawsuit_direct", "lawsuit_after_review")
        if sum(number(report, f"{proceeding}_{result}") for result in ("upheld", "corrected", "other", "pending"))
        != number(report, f"{proceeding}_total")
    )
    assert broken == report.broken_identities


def test_only_hongze_2023_holds_publishers_errors() -> None:
    erring = {one.title: one.broken_identities for one in expected.all_reports() if one.broken_identities}
    assert erring == {
        "淮安市洪泽区人民政府2023年政府信息公开工作年度报告": ("review", "lawsuit_after_review"),
    }


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ninghe-2022", "天津市宁河区人民政府2022年政府信息公开工作年度报告"),
        ("hongze-2023", "淮安市洪泽区人民政府2023年政府信息公开工作年度报告"),
        ("pingtan-2025", "平潭综合实验区2025年度政府信息公开工作年度报告"),
        ("shanghai-2019", "天津市宁河区人民政府办公室2019年政府信息公开工作年度报告"),
    ],
)
def test_published_figures_are_the_published_ones(published: Path, name: str, title: str) -> None:
    known = json.loads((published / f"{name}.json").read_text("utf-8"))
    (ours,) = [one for one in expected.all_reports() if one.title == title]
    rows = [(one["metric"], one["applicant"], one["value"], one["raw"]) for one in known["observations"]]
    assert [(*key, ours.values[key], text) for key, text in ours.printed.items()] == rows
    assert (ours.report_year, ours.edition) == (known["report_year"], known["edition"])


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("", None),
        ("/", None),
        ("-", None),
        ("0", 0),
        ("+19", 19),
        ("-8", -8),
        ("251000元", 251000),
        ("18.3万元", 18.3),
    ],
)
def test_what_a_cell_is_worth(printed: str, number: float | None) -> None:
    assert expected.value(printed) == number


def test_every_figure_file_is_shown_once() -> None:
    shown = Counter(entry.figures for portal in portals() for _, entry in portal.entries if entry.figures)
    assert shown == {file.stem: 1 for file in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize(("edition", "first"), [("t2021", 4), ("t2019", 5)])
def test_spans_fill_every_row_of_a_table(edition: Edition, first: int) -> None:
    form = fill(Figures(source="invented", edition=edition))
    for table, width in ((form.disclosure, first), (form.requests, 10), (form.disputes, 15)):
        taken = Counter[int]()
        for number, row in enumerate(table):
            for cell in row:
                taken.update({number + below: cell.cols for below in range(cell.rows)})
        assert taken == dict.fromkeys(range(len(table)), width)


def test_a_metric_of_another_edition_is_refused() -> None:
    slip = Figures(source="invented", edition="t2021", disclosure={"fee_items_change": "1"})
    with pytest.raises(ValueError, match="t2021 form has no place for fee_items_change"):
        fill(slip)


def test_a_report_without_figures_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs `body`"):
        Entry.model_validate(
            {
                "title": "某局2023年政府信息公开工作年度报告",
                "published_on": "2024-01-02",
                "url": "a.html",
                "source": "某局",
            }
        )
