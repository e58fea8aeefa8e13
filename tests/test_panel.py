"""The rules over the database: each report beside the others, findings replaced and nothing else touched."""

import sqlite3

import pytest
from sqlite_utils import Database

from pipelines.panel import RULES, check_panel
from pipelines.panel.chains import carried_over
from pipelines.vocabulary import APPLICANTS
from tests.panels import add_report, db, found, of, print_disclosure, print_requests

__all__ = ["db"]


def test_an_empty_archive_has_no_findings(db: Database):
    check_panel(db)

    assert found(db) == []


def test_a_report_without_company_has_nothing_to_be_compared_with(db: Database):
    add_report(db, "a", 2022)

    check_panel(db)

    assert found(db) == []


def test_the_stock_of_documents_follows_on_from_last_years(db: Database):
    """平潭 2025: 440 + 58 - 45 makes 453, and 546 is printed."""
    before, now = add_report(db, "a", 2024), add_report(db, "a", 2025)
    print_disclosure(db, before, normative_documents_in_force=440, regulations_in_force=0)
    figures = {
        "normative_documents_issued": 58,
        "normative_documents_repealed": 45,
        "normative_documents_in_force": 546,
    }
    print_disclosure(db, now, **figures, regulations_issued=0, regulations_repealed=0, regulations_in_force=0)

    check_panel(db)

    assert found(db) == [
        (now, "T2-01", "normative_documents_in_force", "fail", 453, 546),
        (now, "T2-01", "regulations_in_force", "pass", 0, 0),
    ]


def test_a_stock_of_the_2019_form_is_not_compared(db: Database):
    before, now = add_report(db, "a", 2020, edition="t2019"), add_report(db, "a", 2021)
    print_disclosure(db, before, normative_documents_total_public=440)
    print_disclosure(
        db, now, normative_documents_issued=1, normative_documents_repealed=0, normative_documents_in_force=9
    )

    assert of(db, "T2-01") == []


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [(434.18, 4_341_800, "fail"), (4_341_800, 434.18, "fail"), (434.18, 4_000, "pass"), (434.18, 0, None)],
)
def test_fees_ten_thousand_times_last_years_are_in_another_unit(db: Database, before: float, now: float, outcome):
    print_disclosure(db, add_report(db, "a", 2021), fees_collected=before, fees_collected_unit="万元")
    print_disclosure(db, add_report(db, "a", 2022), fees_collected=now, fees_collected_unit="万元")

    assert of(db, "T2-04") == ([("a-2022", "fees_collected", outcome)] if outcome else [])


def test_a_unit_that_is_printed_is_no_slip(db: Database):
    print_disclosure(db, add_report(db, "a", 2021), fees_collected=434.18, fees_collected_unit="万元")
    print_disclosure(db, add_report(db, "a", 2022), fees_collected=4_341_800, fees_collected_unit="元")

    assert of(db, "T2-04") == [("a-2022", "fees_collected", "pass")]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (100, 501, [("a-2022", "penalty_decisions", "fail")]),
        (100, 19, [("a-2022", "penalty_decisions", "fail")]),
        (100, 500, [("a-2022", "disclosure", "pass")]),
        (19, 500, []),
        (100, None, []),
    ],
)
def test_decisions_that_jump_are_worth_a_look(db: Database, before: int, now: int | None, expected):
    print_disclosure(db, add_report(db, "a", 2021), penalty_decisions=before)
    print_disclosure(db, add_report(db, "a", 2022), penalty_decisions=now)

    assert of(db, "T2-10") == expected


@pytest.mark.parametrize(
    ("went", "came", "expected"),
    [
        ((3, 0, 3), (3, 0, 3), {"requests_carried_in": "pass"}),
        ((3, 0, 3), (0, 3, 3), {"requests_carried_in": "pass"}),
        ((3, 0, 3), (2, 0, 2), {"requests_carried_in:natural_person": "fail", "requests_carried_in:total": "fail"}),
        ((3, 0, None), (2, 0, 2), {"requests_carried_in:natural_person": "fail"}),
        ((None, None, None), (2, 0, 2), {}),
    ],
    ids=["same", "applicant coded otherwise", "lost one", "total not printed", "nothing printed"],
)
def test_what_is_carried_in_was_carried_out_before(went, came, expected):
    row: dict[str, object] = {f"{way}_{who}": None for way in ("in", "out") for who in APPLICANTS}
    for way, figures in (("out", went), ("in", came)):
        names = ("natural_person", "company", "total")
        row |= {f"{way}_{who}": value for who, value in zip(names, figures, strict=True)}

    assert {result.subject: result.outcome for result in carried_over(row)} == expected


def test_a_blank_total_that_is_proven_is_carried_over(db: Database):
    before, now = add_report(db, "a", 2021), add_report(db, "a", 2022)
    print_requests(db, before, "requests_carried_out", 3, 0, 0, 0, 0, 0, None)
    proof = {"metric": "requests_carried_out", "applicant": "total", "status": "derived", "raw": "", "proven_value": 3}
    db.table("cell").insert({"report_id": before, **proof})
    print_requests(db, now, "requests_carried_in", 2)

    assert ("a-2022", "requests_carried_in:total", "fail") in of(db, "T3-XY")


@pytest.mark.parametrize(("reviews", "outcome"), [(30, "pass"), (31, "fail")])
def test_reviews_are_not_more_than_the_answers_of_two_years(db: Database, reviews: int, outcome: str):
    print_requests(db, add_report(db, "a", 2021), "requests_handled", 10)
    print_requests(db, add_report(db, "a", 2022), "requests_handled", 20)
    db.table("disputes").insert({"report_id": "a-2022", "proceeding": "review", "total": reviews})

    assert of(db, "T4-LOAD") == [("a-2022", "review_total", outcome)]


def test_a_revised_report_and_one_with_a_contradicting_source_are_told(db: Database):
    revised, elsewhere, plain = (add_report(db, name, 2022) for name in "abc")
    corrected = add_report(db, "d", 2022, title="d局2022年报告(更正)")
    change = {"version": 2, "metric": "granted", "applicant": "total", "old": "1", "new": "2", "seen_on": "2023-02-01"}
    db.table("revision").insert({"report_id": revised, **change, "cause": "source revised"})
    db.table("revision").insert({"report_id": plain, **change, "cause": "reader changed"})
    db.table("report_source").insert({"report_id": elsewhere, "url": "u", "sha256": "b", "role": "other figures"})

    assert of(db, "VER-01") == [(name, "report", "fail") for name in (revised, elsewhere, corrected)]


def test_dates_that_thirty_reports_share_come_from_a_move(db: Database):
    for number in range(30):
        report_id = add_report(db, f"a{number}", 2019, published_on="2020-12-16", published_source="url")
        db.table("report_date").insert({"report_id": report_id, "source": "url", "date": "2020-12-16"})
    alone = add_report(db, "b", 2019, published_on="2020-02-16", published_source="url")
    db.table("report_date").insert({"report_id": alone, "source": "url", "date": "2020-02-16"})

    check_panel(db)

    timely = {(report, rule): outcome for report, rule, _, outcome, *_ in found(db)}
    assert (timely["a0-2019", "TIM-04"], timely["a0-2019", "TIM-01"]) == ("not_evaluable", "not_evaluable")
    assert (timely[alone, "TIM-04"], timely[alone, "TIM-01"], timely[alone, "TIM-02"]) == (
        "pass",
        "fail",
        "not_applicable",
    )


def whole_and_parts(db: Database, whole: int, *parts: int) -> None:
    print_requests(db, add_report(db, "all", 2022, scope="region_aggregate"), "requests_received", whole)
    for number, part in enumerate(parts):
        report_id = add_report(db, f"p{number}", 2022, scope="organ_only")
        print_requests(db, report_id, "requests_received", part)


@pytest.mark.parametrize(("whole", "outcome"), [(12, "pass"), (11, "fail")])
def test_a_district_is_not_less_than_its_bodies(db: Database, whole: int, outcome: str):
    whole_and_parts(db, whole, 5, 7)

    check_panel(db, hierarchy=True)

    assert found(db) == [("all-2022", "HIER-01", "requests_received", outcome, 12, whole)]


def test_a_district_of_which_a_body_is_missing_is_not_evaluable(db: Database):
    whole_and_parts(db, 3, 5)
    add_report(db, "late", 2021)

    check_panel(db, hierarchy=True)

    assert [row[3] for row in found(db)] == ["not_evaluable"]


def test_the_hierarchy_is_off_unless_asked_for(db: Database):
    whole_and_parts(db, 11, 5, 7)

    check_panel(db)

    assert found(db) == []


def test_checking_again_changes_nothing_and_leaves_the_findings_of_a_reading_alone(db: Database):
    print_requests(db, add_report(db, "a", 2021), "requests_carried_out", 3)
    print_requests(db, add_report(db, "a", 2022), "requests_carried_in", 2)
    own = {"rule": "T3-BAL", "subject": "total", "outcome": "pass", "severity": "hard"}
    db.table("finding").insert({"report_id": "a-2022", **own, "message_zh": "x", "message_en": "x"})
    check_panel(db)
    before = list(db.iterdump())

    check_panel(db)

    assert list(db.iterdump()) == before
    assert ("a-2022", "T3-BAL", "total", "pass", None, None) in found(db)


def test_a_finding_that_no_longer_holds_is_taken_back(db: Database):
    print_requests(db, add_report(db, "a", 2021), "requests_carried_out", 3)
    print_requests(db, add_report(db, "a", 2022), "requests_carried_in", 2)
    check_panel(db)
    assert {row[3] for row in found(db)} == {"fail"}

    db.table("requests").update(("a-2022", "requests_carried_in"), {"natural_person": 3, "total": 3})
    check_panel(db)

    assert [row[1:4] for row in found(db)] == [("T3-XY", "requests_carried_in", "pass")]


def test_a_failure_in_the_middle_leaves_the_old_findings(db: Database):
    print_requests(db, add_report(db, "a", 2021), "requests_carried_out", 3)
    print_requests(db, add_report(db, "a", 2022), "requests_carried_in", 2)
    check_panel(db)
    before = found(db)
    db.table("requests").update(("a-2022", "requests_carried_in"), {"total": 1, "natural_person": 1})
    db.execute("CREATE TRIGGER full BEFORE INSERT ON finding BEGIN SELECT raise(ABORT, 'disk full'); END")

    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        check_panel(db)

    assert found(db) == before


def test_every_rule_of_the_panel_is_described(db: Database):
    described = {row["id"] for row in db.table("rule").rows}

    assert described >= RULES
