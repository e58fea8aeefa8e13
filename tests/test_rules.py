"""The rules over one report, and what they prove about cells that are not printed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.bodies import Division
from pipelines.dates import Period
from pipelines.dictionary import load
from pipelines.identity import Provenance
from pipelines.reading import Reading
from pipelines.rules import check
from pipelines.tokens import Status
from pipelines.vocabulary import APPLICANTS
from tests.reports import YEAR_2022, findings, outcomes, report

OVER_THE_DATABASE = {"T2-01", "T2-04", "T2-10", "T3-XY", "T4-LOAD", "VER-01", "DUP-01", "HIER-01"}


def test_a_report_of_which_nothing_was_read_has_no_findings():
    reading = Reading(Provenance(), YEAR_2022)
    reading.unreadable = None
    reading.refusal = None

    check(reading)

    assert {f.outcome for f in reading.findings if f.rule == "SHP-01"} == {"fail"}
    assert {f.rule for f in reading.findings if f.severity == "soft" and f.outcome == "fail"} == {"SHP-04"}


def test_a_total_that_is_one_short_fails_with_expected_actual_and_difference():
    reading = report({("granted", "natural_person"): "5", ("granted", "company"): "2", ("granted", "total"): "6"})

    [finding] = [f for f in findings(reading, "T3-COL") if f.outcome == "fail"]

    assert (finding.subject, finding.severity) == ("granted", "hard")
    assert (finding.expected, finding.actual, finding.difference) == (7, 6, -1)
    assert finding.message_zh == "三、本年度办理结果·(一)予以公开：六类申请人之和为 7，总计栏为 6，相差 -1。"
    assert finding.message_en == (
        "granted in full: the sum of the six kinds of applicant is 7 but the printed total is 6, a difference of -1."
    )
    assert reading.status == "needs_review"


def test_received_and_handled_must_balance_in_every_column():
    reading = report({("requests_received", "company"): "3", ("requests_carried_out", "company"): "2"})

    assert outcomes(reading, "T3-BAL") == dict.fromkeys(APPLICANTS, "pass") | {"company": "fail"}


def test_a_fractional_count_is_not_a_number_of_the_form():
    reading = report({("penalty_decisions", None): "12.5"})

    assert outcomes(reading, "SHP-03") == {"penalty_decisions": "fail"}


def test_a_blank_part_does_not_silence_a_sum_that_holds_without_it():
    reading = report({("review_upheld", None): "3", ("review_other", None): "", ("review_total", None): "3"})

    assert outcomes(reading, "T4-REV") == {"review": "pass_blank_as_zero"}
    proven = reading.observations["review_other", None]
    assert (proven.value, proven.status, proven.proven) == (None, Status.INFERRED_ZERO, 0)


def test_a_blank_part_that_could_make_up_the_difference_leaves_the_sum_open():
    reading = report({("review_upheld", None): "3", ("review_other", None): "", ("review_total", None): "4"})

    assert outcomes(reading, "T4-REV") == {"review": "not_evaluable"}
    assert reading.observations["review_other", None].status is Status.BLANK


def test_a_blank_part_cannot_excuse_parts_that_are_already_too_many():
    reading = report({("review_upheld", None): "5", ("review_other", None): "", ("review_total", None): "4"})

    assert outcomes(reading, "T4-REV") == {"review": "fail"}


def test_a_mark_is_never_proven_to_be_zero():
    reading = report({("review_upheld", None): "3", ("review_other", None): "/", ("review_total", None): "3"})

    assert outcomes(reading, "T4-REV") == {"review": "pass_blank_as_zero"}
    assert reading.observations["review_other", None].status is Status.NA_MARK


def test_words_in_a_value_cell_make_its_sums_not_evaluable():
    reading = report({("review_upheld", None): "由区政府办填写"})

    assert outcomes(reading, "T4-REV") == {"review": "not_evaluable"}


@pytest.mark.parametrize(
    ("years", "outcome"),
    [({"period": 2022, "title": 2022}, "pass"), ({"period": 2022, "title": 2021}, "fail"), ({"title": 2021}, "pass")],
)
def test_period_and_title_must_name_one_year(years, outcome):
    assert outcomes(report(identity=replace(YEAR_2022, years=years)), "ID-01") == {"report": outcome}


@pytest.mark.parametrize(
    ("last", "outcome"), [(date(2022, 12, 31), "pass"), (date(2022, 11, 30), "fail"), (None, "not_evaluable")]
)
def test_the_period_must_be_the_whole_year(last, outcome):
    period = Period(date(2022, 1, 1), last) if last else None

    assert outcomes(report(identity=replace(YEAR_2022, period=period)), "ID-02") == {"report": outcome}


@pytest.mark.parametrize(("year", "outcome"), [(2008, "pass"), (2009, "fail")])
def test_the_period_of_2008_may_begin_when_the_regulation_came_into_force(year, outcome):
    identity = replace(YEAR_2022, years={"period": year}, period=Period(date(year, 5, 1), date(year, 12, 31)))

    assert outcomes(report(identity=identity), "ID-02") == {"report": outcome}


def test_the_header_clock_as_date_of_publication_is_our_mistake():
    clock = date(2019, 12, 3)
    identity = replace(YEAR_2022, dates={"page": clock}, furniture=frozenset({clock}))

    assert outcomes(report(identity=identity), "ID-03") == {"report": "fail"}


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("宁河区民政局", "pass"),
        ("天津市宁河区人民政府", "pass"),
        ("区政务服务办", "pass"),
        ("武清区民政局", "fail"),
        ("天津市武清区人民政府", "fail"),
        ("天津市人民政府", "fail"),
        ("天津市民政局", "fail"),
        ("市民政局", "fail"),
        ("甲县人民政府", "fail"),
        ("宁河现代产业区", "pass"),
        ("宁河县人民政府", "pass"),
        ("天津市公安局宁河分局", "pass"),
    ],
)
def test_a_body_of_another_district_does_not_belong_to_the_portal(body, outcome):
    reading = report(identity=replace(YEAR_2022, body_name=body))
    reading.provenance = Provenance(division=Division("120117", "宁河区", "天津市"))

    assert outcomes(reading, "ID-05") == {"report": outcome}


counts = st.lists(st.integers(0, 10**6), min_size=4, max_size=4)


@given(counts, st.integers(-(10**6), 10**6))
def test_a_sum_holds_exactly_when_its_total_is_the_sum(parts, error):
    total = max(sum(parts) + error, 0)
    names = ("upheld", "corrected", "other", "pending", "total")
    reading = report({(f"lawsuit_direct_{n}", None): str(v) for n, v in zip(names, [*parts, total], strict=True)})

    expected = "pass" if total == sum(parts) else "fail"

    assert outcomes(reading, "T4-LITD") == {"lawsuit_direct": expected}


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6), st.sets(st.integers(0, 6)))
def test_what_is_proven_of_a_true_row_is_always_what_was_left_out(parts, blanks):
    """Print a row whose parts add up, leave cells out, and compare every proof with the truth."""
    truth = dict(zip(APPLICANTS, [*parts, sum(parts)], strict=True))
    printed = {
        (metric, name): "" if number in blanks else str(value)
        for number, (name, value) in enumerate(truth.items())
        for metric in ("requests_received", "granted", "requests_handled")
    }
    reading = report(printed)

    check(reading)

    assert not [f for f in reading.findings if f.outcome == "fail" and f.severity == "hard"]
    for (metric, name), observation in reading.observations.items():
        if name is not None and (metric, name) in printed and observation.proven is not None:
            assert observation.proven == truth[name]


def test_every_rule_that_reports_is_described_and_every_described_rule_reports():
    reading = report()
    check(reading)

    reported = {finding.rule for finding in reading.findings}
    described = {name for name, rule in load().rules.items() if "t2021" in rule.editions}
    assert described - OVER_THE_DATABASE <= reported <= load().rules.keys()
