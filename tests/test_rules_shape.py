"""The soft rules about the report as a whole: its sections, its form, its year and its dates."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.deadlines import deadline_of, due_on
from pipelines.identity import Identity, Provenance
from pipelines.reading import Reading
from tests.archives import NINGHE
from tests.reports import YEAR_2022, disclosed, findings, outcomes, report

WHOLE = {1: "本年度一切如常。", 5: "个别栏目更新偏慢。", 6: "无。"}


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
