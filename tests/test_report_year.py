"""The year and the date of publication of a report must be possible together, or the report waits for a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clock import day_of
from pipelines.identity import Identity, Provenance, identify
from pipelines.readers.html import read_html
from pipelines.reading import Reading
from tests.reports import YEAR_2022, findings, outcomes, report

RECEIVED = date(2023, 6, 1)


def dated(published: date | None, source: str = "meta", **years: int) -> Identity:
    """The identity of a report of 2022 unless ``years`` say otherwise."""
    dates = {source: published} if published else {}
    from_date = {"published": published.year - 1} if published else {}
    return replace(YEAR_2022, years=(years or {"title": 2022}) | from_date, dates=dates)


def reading_of(identity: Identity, text: str | None = None) -> Reading:
    reading = report(identity=identity, prose=None if text is None else {1: text})
    reading.provenance = Provenance(received_on=RECEIVED)
    return reading


def test_without_a_date_there_is_nothing_to_hold_against_the_year():
    assert outcomes(reading_of(dated(None)), "ID-07") == {"report": "not_evaluable"}


@pytest.mark.parametrize(
    ("published", "outcome"),
    [
        (date(2022, 12, 31), "fail"),
        (date(2022, 1, 20), "fail"),
        (date(2023, 1, 1), "pass"),
        (RECEIVED, "pass"),
        (RECEIVED + timedelta(days=1), "pass"),
        (RECEIVED + timedelta(days=2), "fail"),
        (date(2034, 1, 20), "fail"),
    ],
)
def test_a_report_is_published_after_its_year_and_before_it_is_received(published: date, outcome: str):
    for source in ("meta", "page", "list", "written", "url"):
        assert outcomes(reading_of(dated(published, source)), "ID-07") == {"report": outcome}


def test_a_title_with_the_year_of_publication_waits_for_a_person():
    reading = reading_of(dated(date(2023, 1, 20), title=2023), "2022年,我局收到政府信息公开申请27件。")

    [year] = findings(reading, "ID-01")
    [published] = [f for f in reading.findings if f.rule == "ID-07"]

    assert (year.outcome, year.severity, year.message_zh) == (
        "fail",
        "hard",
        "所示年度不一，暂取 2023 年：标题为 2023 年，正文为 2022 年。",
    )
    assert published.message_en == (
        "The date of publication or the report year is wrong: "
        "the report of 2023 is dated 2023-01-20 and was received on 2023-06-01."
    )
    assert reading.status == "needs_review"


@pytest.mark.parametrize(
    ("published", "years", "text", "outcome"),
    [
        (None, {"title": 2022, "opening": 2022, "list": 2022}, "2022年,全区收到申请。", "pass"),
        (None, {"title": 2022, "opening": 2021}, "", "fail"),
        (None, {"title": 2022, "list": 2021}, "", "fail"),
        (None, {"title": 2022}, "2021年,全区收到申请。", "fail"),
        (None, {"title": 2022}, "2022年,全区收到申请。2021年,全区培训。", "pass"),
        (None, {"title": 2022}, "2023年,全区将继续。", "pass"),
        (date(2023, 1, 20), {"title": 2022, "opening": 2021}, "2021年,全区收到申请。", "pass"),
        (date(2024, 1, 20), {"title": 2022, "opening": 2023}, "", "fail"),
        (date(2024, 1, 20), {"title": 2022}, "", "pass"),
        (None, {"period": 2022, "title": 2022, "opening": 2021}, "2021年,全区收到申请。", "pass"),
    ],
)
def test_without_a_period_all_that_names_a_year_names_one_unless_the_date_bears_it_out(published, years, text, outcome):
    assert outcomes(reading_of(dated(published, **years), text), "ID-01") == {"report": outcome}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "pass"),
        ("2022年,全区收到申请。", "pass"),
        ("2023年全区收到申请。", "fail"),
        ("一年来,全区收到申请。2021年,全区培训。", "fail"),
        ("2022年,全区收到申请。2023年,全区将继续。", "pass"),
        ("2022年,全区收到申请。2023年,全区培训。2023年共公开信息。", "fail"),
        ("2019年修订的条例施行。2021年以来,全区培训。2023年1月,全区培训。", "pass"),
    ],
)
def test_a_year_by_publication_alone_is_not_taken_against_the_text(text: str, outcome: str):
    years_of_the_page = dated(date(2023, 12, 28))
    alone = replace(years_of_the_page, years={"published": 2022})

    assert outcomes(reading_of(years_of_the_page, text), "ID-01") == {"report": "pass"}
    assert outcomes(reading_of(alone, text), "ID-01") == {"report": outcome}


def test_it_is_told_that_the_year_was_reckoned_from_the_date_of_publication():
    [year] = findings(reading_of(replace(dated(None), years={"published": 2022}), "2023年,全区收到申请。"), "ID-01")

    assert year.message_zh == "所示年度不一，暂取 2022 年：发布日期的上年为 2022 年，正文为 2023 年。"
    assert year.message_en == (
        "The year is told in several ways and 2022 is taken for now: "
        "the year before publication says 2022, the text says 2023."
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-01-31T15:59:59+00:00", date(2026, 1, 31)), ("2026-01-31T16:00:00+00:00", date(2026, 2, 1))],
)
def test_a_capture_has_the_day_of_china(moment: str, day: date):
    assert day_of(moment) == day


@given(st.dates(date(2008, 1, 1), date(2034, 12, 31)), st.integers(2008, 2030))
def test_no_page_is_taken_for_a_year_that_had_not_ended_when_it_was_published(published: date, year: int):
    head = f'<meta name="PubDate" content="{published}">'
    page = f"<html><head>{head}</head><body><h1>某县{year}年政府信息公开工作年度报告</h1></body></html>"

    identity = identify(read_html(page.encode()), Provenance())

    possible = published.year > year and published <= RECEIVED + timedelta(days=1)
    assert outcomes(reading_of(identity), "ID-07") == {"report": "pass" if possible else "fail"}
