"""The soft rules about the tables, the form and its dates: pass, fail, blank, not applicable, and what is benign."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.bodies import Division
from pipelines.deadlines import deadline_of, due_on
from pipelines.identity import Identity, Provenance
from pipelines.matching import Key
from pipelines.reading import Reading
from pipelines.rules.limits import Powerless
from pipelines.rules.plausibility import within_powers
from tests.reports import YEAR_2022, findings, outcomes, report, totals

NINGHE = Division("120117", "宁河区", "天津市")
WHOLE = {1: "本年度一切如常。", 5: "个别栏目更新偏慢。", 6: "无。"}


def disclosed(edition: str = "t2021", **figures: str) -> Reading:
    return report({(metric, None): text for metric, text in figures.items()}, edition=edition)


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


def test_all_six_sections_are_there_even_where_a_section_is_only_its_table():
    assert outcomes(report(prose=WHOLE), "SHP-04") == {"report": "pass"}


def test_an_empty_section_without_a_table_may_be_a_picture():
    reading = report(prose=WHOLE | {5: " "})

    [finding] = findings(reading, "SHP-04")

    assert (finding.outcome, finding.message_zh) == ("fail", "第五部分缺失或为空，内容可能在图片或附件中。")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("12 件", {"report": "pass"}),
        ("无", {"report": "pass"}),
        ("由区政府办根据情况填写", {"penalty_decisions": "fail"}),
        ("12.5", {"report": "pass"}),
    ],
)
def test_words_do_not_stand_for_figures(printed: str, expected: dict[str, str]):
    assert outcomes(disclosed(penalty_decisions=printed), "SHP-05") == expected


@pytest.mark.parametrize(
    ("year", "edition", "outcome"),
    [
        (2021, "t2021", "pass"),
        (2025, "t2021", "pass"),
        (2020, "t2021", "fail"),
        (2023, "t2019", "fail"),
        (2019, "t2019", "pass"),
    ],
)
def test_each_year_has_its_form(year: int, edition: str, outcome: str):
    reading = report(identity=replace(YEAR_2022, years={"title": year}), edition=edition)

    assert outcomes(reading, "TPL-01") == {"report": outcome}


def test_two_editions_in_one_report_are_a_mixture():
    reading = report()
    reading.edition = "hybrid"

    assert outcomes(reading, "TPL-02") == {"report": "fail"}
    assert outcomes(report(), "TPL-02") == {"report": "pass"}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("2022年,我局共制定文件3件。", "pass"),
        ("2021年,我局共制定文件3件。", "fail"),
        ("(一)主动公开。2021年度公开信息5条。", "fail"),
        ("2018年我区公开信息5条。", "fail"),
        ("2021年12月,国务院办公厅印发通知。", "pass"),
        ("2021年以来,我局完善制度。", "pass"),
        ("2023年,我局将继续努力。", "pass"),
        ("公开2021年度部门决算。", "pass"),
        ("比2021年,有所增加。", "pass"),
    ],
)
def test_the_text_speaks_of_the_report_year(text: str, outcome: str):
    assert outcomes(report(prose={1: text}), "ID-04") == {"report": outcome}


def test_without_sections_no_year_is_looked_for():
    assert outcomes(report(), "ID-04") == {"report": "not_evaluable"}


@pytest.mark.parametrize(
    ("kind", "year", "rule", "day"),
    [
        ("bureau", 2022, "TIM-01", date(2023, 1, 31)),
        ("town", 2019, "TIM-01", date(2020, 1, 31)),
        ("district_government", 2022, "TIM-02", date(2023, 3, 31)),
        ("bureau", 2018, "TIM-03", date(2019, 3, 31)),
    ],
)
def test_every_body_and_year_has_its_date(kind: str, year: int, rule: str, day: date):
    assert (deadline_of(kind, year).rule, due_on(kind, year)) == (rule, day)


def published(dates: dict[str, date], name: str = "宁河区民政局", opening: str = "") -> Reading:
    identity: Identity = replace(YEAR_2022, body_name=name, dates=dates)
    reading = report(identity=identity, prose=WHOLE | {0: opening})
    reading.provenance = Provenance(division=NINGHE)
    return reading


@pytest.mark.parametrize(
    ("name", "dates", "expected"),
    [
        ("宁河区民政局", {"page": date(2023, 1, 31)}, ("pass", "not_applicable")),
        ("宁河区民政局", {"page": date(2023, 2, 1)}, ("fail", "not_applicable")),
        ("宁河区人民政府", {"meta": date(2023, 3, 1)}, ("not_applicable", "pass")),
        ("宁河区人民政府", {"meta": date(2023, 4, 2)}, ("not_applicable", "fail")),
        ("宁河区民政局", {}, ("not_evaluable", "not_applicable")),
        ("宁河区民政局", {"url": date(2023, 2, 1)}, ("not_evaluable", "not_applicable")),
    ],
    ids=["last day", "a day late", "government", "government late", "no date", "date of the address"],
)
def test_publication_by_the_statutory_date(name: str, dates: dict[str, date], expected: tuple[str, str]):
    reading = published(dates, name)

    assert (outcomes(reading, "TIM-01")["report"], outcomes(reading, "TIM-02")["report"]) == expected


def test_how_late_is_said():
    [finding] = findings(published({"page": date(2023, 2, 10)}), "TIM-01")

    assert (finding.actual, finding.message_zh) == (10, "迟 10 天公布：2023-01-31 到期，2023-02-10 发布。")


@pytest.mark.parametrize(
    ("opening", "address", "outcome"),
    [
        ("发布时间:2020-01-07 00:00", date(2020, 12, 16), "not_evaluable"),
        ("发布时间:2020-01-07 00:00", date(2020, 1, 9), "pass"),
        ("发布时间:2020-01-07 10:24", date(2020, 12, 16), "pass"),
    ],
)
def test_a_midnight_far_from_the_date_of_the_address_is_of_a_move(opening: str, address: date, outcome: str):
    reading = published({"page": date(2020, 1, 7), "url": address}, opening=opening)

    assert outcomes(reading, "TIM-04") == {"report": outcome}
