"""The soft rules about the tables, the form and its dates: pass, fail, blank, not applicable, and what is benign."""

from dataclasses import replace

import pytest

from pipelines.identity import Provenance
from pipelines.matching import Key
from pipelines.reading import Reading
from pipelines.rules.limits import Powerless
from pipelines.rules.plausibility import within_powers
from tests.archives import NINGHE
from tests.reports import YEAR_2022, disclosed, outcomes, report, totals


def of_body(name: str, printed: dict[Key, str] | None = None, *, in_district: bool = True) -> Reading:
    reading = report(printed, replace(YEAR_2022, body_name=name))
    reading.provenance = Provenance(division=NINGHE if in_district else None)
    return reading


@pytest.mark.parametrize(
    ("issued", "repealed", "in_force", "outcome"),
    [
        ("5", "1", "25", "pass"),
        ("5", "3", "2", "pass"),
        ("5", "1", "3", "fail"),
        ("5", "", "4", "not_evaluable"),
        ("0", "", "0", "pass_blank_as_zero"),
        ("/", "/", "/", "pass_blank_as_zero"),
        ("5", "另附", "3", "not_evaluable"),
    ],
)
def test_issued_documents_are_in_force_or_repealed(issued: str, repealed: str, in_force: str, outcome: str):
    names = ("normative_documents_issued", "normative_documents_repealed", "normative_documents_in_force")
    reading = disclosed(**dict(zip(names, (issued, repealed, in_force), strict=True)))

    assert outcomes(reading, "T2-02") == {"regulations_issued": "pass", "normative_documents_issued": outcome}


@pytest.mark.parametrize(
    ("rule", "edition"), [("T2-02", "t2019"), ("T2-07", "t2021"), ("T2-08", "t2021"), ("T2-09", "t2021")]
)
def test_a_rule_about_rows_of_the_other_form_does_not_apply(rule: str, edition: str):
    assert set(outcomes(report(edition=edition), rule).values()) == {"not_applicable"}


@pytest.mark.parametrize(
    ("name", "in_district", "printed", "outcome"),
    [
        ("宁河区民政局", True, "0", "pass"),
        ("宁河区民政局", True, "/", "pass_blank_as_zero"),
        ("宁河区民政局", True, "6", "fail"),
        ("某某镇人民政府", False, "6", "fail"),
        ("某市水利局", False, "6", "fail"),
        ("某区人民政府办公室", False, "6", "fail"),
        ("某市人民政府", False, "6", "not_applicable"),
        ("上海市人民政府办公厅", False, "524", "not_applicable"),
        ("宁河区民政局", True, "见附件", "not_evaluable"),
    ],
)
def test_no_rules_are_made_below_the_city(name: str, in_district: bool, printed: str, outcome: str):
    reading = of_body(name, {("regulations_in_force", None): printed}, in_district=in_district)

    assert outcomes(reading, "T2-03") == {"disclosure": outcome}


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("434.18", "pass"),
        ("9999", "pass"),
        ("10000", "fail"),
        ("12345.67", "pass"),
        ("100000.5", "fail"),
        ("4341800元", "pass"),
        ("12000万元", "pass"),
        ("", "not_evaluable"),
        ("/", "not_evaluable"),
    ],
)
def test_fees_are_in_their_unit(printed: str, outcome: str):
    assert outcomes(disclosed(fees_collected=printed), "T2-05") == {"fees_collected": outcome}


def test_no_body_is_known_to_lack_a_power_yet():
    assert outcomes(of_body("宁河区档案馆", {("penalty_decisions", None): "3"}), "T2-06") == {
        "disclosure": "not_applicable"
    }


@pytest.mark.parametrize(
    ("printed", "outcome"), [("0", "pass"), ("", "pass_blank_as_zero"), ("3", "fail"), ("另附", "not_evaluable")]
)
def test_a_body_without_the_power_decides_nothing(printed: str, outcome: str):
    archives = Powerless(body="档案馆$", metrics=("penalty_decisions",))
    reading = of_body("宁河区档案馆", {("penalty_decisions", None): printed})

    assert [(r.subject, r.outcome) for r in within_powers(reading, [archives])] == [("penalty_decisions", outcome)]


@pytest.mark.parametrize(
    ("projects", "amount", "outcome"),
    [
        ("0", "0", "pass"),
        ("8", "160.5964万元", "pass"),
        ("0", "18.3万元", "fail"),
        ("8", "0", "fail"),
        ("", "", "pass_blank_as_zero"),
        ("", "18.3万元", "not_evaluable"),
    ],
)
def test_purchases_and_their_price_are_zero_together(projects: str, amount: str, outcome: str):
    reading = disclosed("t2019", procurement_projects=projects, procurement_amount=amount)

    assert outcomes(reading, "T2-07") == {"procurement_projects": outcome}


@pytest.mark.parametrize(
    ("made", "newly", "public", "outcome"),
    [("1", "1", "2", "pass"), ("1", "3", "9", "pass"), ("9", "9", "2", "fail"), ("9", "9", "", "not_evaluable")],
    ids=["usual", "older documents made public", "more than all", "blank"],
)
def test_what_became_public_is_public(made: str, newly: str, public: str, outcome: str):
    names = ("normative_documents_made", "normative_documents_newly_public", "normative_documents_total_public")
    reading = disclosed("t2019", **dict(zip(names, (made, newly, public), strict=True)))

    assert outcomes(reading, "T2-08")["normative_documents_newly_public"] == outcome


@pytest.mark.parametrize(
    ("items", "change", "decisions", "outcome"),
    [
        ("22", "+1", "23", "fail"),
        ("283", "0", "283", "fail"),
        ("2", "-2", "0", "pass"),
        ("2500", "0", "2500", "pass"),
        ("22", "+1", "4201", "pass"),
        ("22", "", "22", "fail"),
        ("22", "另附", "22", "not_evaluable"),
    ],
)
def test_decisions_are_no_copied_item_count(items: str, change: str, decisions: str, outcome: str):
    names = ("penalty_items_last_year", "penalty_items_change", "penalty_decisions")
    reading = disclosed("t2019", **dict(zip(names, (items, change, decisions), strict=True)))

    assert outcomes(reading, "T2-09")["penalty_decisions"] == outcome


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, {"requests": "pass"}),
        (
            {"requests_received": "5", "granted": "6", "requests_handled": "5"},
            {"granted:natural_person": "fail", "granted:total": "fail"},
        ),
        (
            {"requests_received": "5", "requests_carried_out": "6"},
            {"requests_carried_out:natural_person": "fail", "requests_carried_out:total": "fail"},
        ),
        ({"granted": "6", "requests_handled": "另附"}, {"requests": "pass"}),
    ],
    ids=["zeros", "more than handled", "more than came in", "no total"],
)
def test_no_outcome_exceeds_its_total(figures: dict[str, str], expected: dict[str, str]):
    assert outcomes(report(totals(**figures)), "T3-LE") == expected


@pytest.mark.parametrize(
    ("printed", "prose", "outcome"),
    [
        ({}, "本年度一切如常。", "pass"),
        ({}, "收到政府信息公开申请5件。", "fail"),
        ({("review_total", None): "3", ("review_upheld", None): "3"}, "", "fail"),
        (totals(requests_received="5", requests_handled="5"), "收到政府信息公开申请5件。", "pass"),
    ],
)
def test_an_empty_table_stands_beside_no_requests(printed: dict[Key, str], prose: str, outcome: str):
    assert outcomes(report(printed, prose={1: prose}), "T3-ZERO") == {"requests": outcome}


@pytest.mark.parametrize(
    ("name", "printed", "outcome"),
    [
        ("宁河区民政局", "1", "fail"),
        ("宁河镇人民政府", "1", "fail"),
        ("宁河区民政局", "0", "pass"),
        ("宁河区人民政府", "1", "not_applicable"),
        ("宁河区民政局", "另附", "not_evaluable"),
    ],
)
def test_few_bodies_keep_state_secrets(name: str, printed: str, outcome: str):
    reading = of_body(name, {("refused_state_secret", "total"): printed})

    assert outcomes(reading, "T3-SECRET") == {"refused_state_secret": outcome}


@pytest.mark.parametrize(
    ("year", "printed", "prose", "outcome"),
    [
        (2022, "1", "收取信息处理费0元。", "pass"),
        (2022, "1", "无。", "fail"),
        (2020, "1", "收取信息处理费0元。", "fail"),
        (2022, "0", "未收取信息处理费。", "pass"),
        (2022, "0", "收取信息处理费380元。", "pass"),
        (2022, "", "无。", "pass"),
    ],
    ids=["told", "not told", "before the rule", "none", "paid", "blank, proven zero"],
)
def test_a_request_closed_for_an_unpaid_fee_was_charged(year: int, printed: str, prose: str, outcome: str):
    cell: dict[Key, str] = {("closed_fee_unpaid", "total"): printed}

    reading = report(cell, replace(YEAR_2022, years={"title": year}), prose={6: prose})

    assert outcomes(reading, "T3-FEE") == {"closed_fee_unpaid": outcome}


def test_the_fee_row_is_not_on_the_2019_form():
    assert outcomes(report(edition="t2019"), "T3-FEE") == {"closed_fee_unpaid": "not_applicable"}
