"""Sentences whose figure is not the report's: another year's, a part, a change, a round number. None of it is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.doubts import reason_of
from pipelines.narrative import narrate
from pipelines.sections import Section
from tests.reports import findings, report

RECEIVED, DONE = "nar_requests_received", "nar_req_done"


def read(text: str, year: int | None = 2016) -> tuple[dict[str, float], set[str]]:
    """The figures taken, and the reasons for which others are not."""
    told, doubted = narrate([Section(1, "一、概述", [text])], year)
    return {statement.metric: statement.value for statement in told}, {each.why for each in doubted}


def test_no_text_leaves_no_doubt():
    assert narrate([], 2016) == ([], [])


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("2016年收到政府信息公开申请2017件。", {RECEIVED: 2017}),
        ("在2015年的基础上,2016年收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("2016年1月1日至12月31日,共收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("截至2016年12月31日,全年收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("与2015年相比,申请减少,共收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("按照《2015年工作要点》,收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("收到政府信息公开申请12件,同比增长20%。", {RECEIVED: 12}),
        ("上年结转3件,新收政府信息公开申请12件。", {RECEIVED: 12, "nar_requests_carried_in": 3}),
        ("收到政府信息公开申请12件,其中网络申请8件。", {RECEIVED: 12, "nar_channel_online": 8}),
        ("收到政府信息公开申请 1 234 件。", {RECEIVED: 1234}),
        ("今年以来收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("全年累计收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("3件结转至2017年办理。", {"nar_requests_carried_out": 3}),
        ("我镇2016年度无申请。", {"nar_requests_none": 1}),
        ("因办理政府信息公开申请引发行政复议3件。", {"nar_review_total": 3}),
        ("行政复议3件和行政诉讼2件。", {"nar_review_total": 3, "nar_lawsuit_total": 2}),
        ("未发生行政复议,行政诉讼5件。", {"nar_review_none": 1, "nar_lawsuit_total": 5}),
        ("通过网络、信函等方式共收到政府信息公开申请12件。", {RECEIVED: 12}),
        ("收到公民、法人和其他组织的政府信息公开申请12件。", {RECEIVED: 12}),
        ("收到申请公开政府信息12件。", {RECEIVED: 12}),
        ("全年共收到12件申请,办结12件。", {RECEIVED: 12, DONE: 12}),
        ("收到申请12件,其中网络申请12件,办结12件。", {RECEIVED: 12, "nar_channel_online": 12, DONE: 12}),
        ("全年收到12件,办结12件。", {DONE: 12}),
    ],
)
def test_a_figure_of_the_year_is_taken(sentence, figures):
    assert read(sentence) == (figures, set())


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("2015年收到政府信息公开申请9件。", "another_year"),
        ("上年度收到政府信息公开申请9件。", "another_year"),
        ("2015年,全县共收到政府信息公开申请9件。", "another_year"),
        ("与2015年收到政府信息公开申请9件相比有所下降。", "another_year"),
        ("2015年行政复议5件。", "another_year"),
        ("3件结转至2016年办理。", "another_year"),
        ("7月收到政府信息公开申请3件。", "part_of_year"),
        ("1-6月,收到政府信息公开申请3件。", "part_of_year"),
        ("上半年主动公开政府信息300条。", "part_of_year"),
        ("自2008年以来收到政府信息公开申请345件。", "many_years"),
        ("截至2016年底,累计收到政府信息公开申请345件。", "many_years"),
        ("截至2016年底,共收到政府信息公开申请80件。", "many_years"),
        ("2015年、2016年收到政府信息公开申请8件、12件。", "several"),
        ("下属单位收到政府信息公开申请3件。", "part"),
        ("除1件外,未收到政府信息公开申请。", "part"),
        ("收到政府信息公开申请较上年增加12件。", "change"),
        ("收到政府信息公开申请数同比增长12件。", "change"),
        ("收到政府信息公开申请约120件。", "about"),
        ("主动公开政府信息7700余条。", "about"),
        ("收到政府信息公开申请12件左右。", "about"),
        ("收到政府信息公开申请第12件。", "ordinal"),
        ("举办第3次培训。", "ordinal"),
        ("平均每月收到政府信息公开申请3件。", "average"),
        ("网站日均访问量34人次。", "average"),
        ("收到政府信息公开申请3件/月。", "average"),
        ("预计收到政府信息公开申请90件。", "plan"),
        ("分别收到政府信息公开申请12件、9件。", "several"),
        ("没有收到政府信息公开申请3件。", "denied"),
        ("收到政府信息公开申请1 2件。", "split"),
        ("其中收到政府信息公开申请3件。", "part"),
        ("办结12件中的10件。", "part"),
        ("通过门户网站主动公开政府信息300条。", "part"),
        ("按时办结12件,延期办结3件。", "part"),
        ("收到申请材料12份。", "another_thing"),
        ("共办理行政复议案件35件。", "another_thing"),
        ("民事诉讼12件。", "another_thing"),
        ("参加省市培训5次。", "another_thing"),
        ("收到申请人撤回2件。", "another_thing"),
        ("收到政府信息公开申请后驳回2件。", "another_thing"),
        ("主动予以公开500件。", "another_thing"),
        ("应诉行政诉讼案件3件。", "another_thing"),
        ("行政复议、行政诉讼共5件。", "several"),
        ("行政复议,行政诉讼共5件。", "several"),
        ("行政复议诉讼5件。", "several"),
        ("提起行政诉讼和行政复议5件。", "several"),
        ("发生5件行政复议、行政诉讼。", "several"),
        ("投诉、行政诉讼5件。", "several"),
        ("不予公开和无法提供5件。", "several"),
        ("信函、当面申请5件。", "several"),
        ("规范性文件和政策文件5件。", "several"),
        ("收到申请l2件。", "glued"),
        ("收到申请I2件。", "glued"),
        ("收到申请①2件。", "glued"),
        ("3、4件申请结转下年。", "glued"),
        ("复议后提起行政诉讼2件。", "part"),
        ("一审行政诉讼3件。", "part"),
        ("通过网络收到政府信息公开申请5件。", "part"),
        ("通过网络未收到政府信息公开申请。", "part"),
        ("未收到书面政府信息公开申请。", "part"),
        ("收到公民提出的政府信息公开申请10件。", "part"),
        ("收到涉及征地的政府信息公开申请30件。", "part"),
        ("收到转办的政府信息公开申请3件。", "part"),
        ("县政府本级收到依申请公开30件。", "part"),
        ("受理热线工单300件,办结298件。", "another_thing"),
        ("受理取水许可申请15件,办结15件。", "another_thing"),
        ("办理行政复议答复5件。", "another_thing"),
        ("如无行政复议,填0。", "condition"),
        ("未达到标准的不收取信息处理费。", "condition"),
    ],
)
def test_a_figure_in_doubt_is_not_taken_and_the_reason_is_kept(sentence, why):
    assert read(sentence) == ({}, {why})


def test_of_two_years_in_one_sentence_that_of_the_report_is_taken():
    text = "2015年收到政府信息公开申请30件,2016年收到政府信息公开申请12件。"

    assert read(text) == ({RECEIVED: 12}, {"another_year"})


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请1.2万件。",
        "收到政府信息公开申请近百件。",
        "收到政府信息公开申请10至20件。",
        "收到政府信息公开申请10-20件。",
        "收到政府信息公开申请100多件。",
        "收到政府信息公开申请十二件。",
        "申请办结率100%。",
        "2016年第3号规范性文件。",
        "收取信息处理费1.5万元。",
    ],
)
def test_a_number_of_another_kind_is_no_figure(sentence):
    assert read(sentence) == ({}, set())


def test_without_a_report_year_only_words_tell_of_another():
    assert read("2015年收到政府信息公开申请9件。", year=None) == ({RECEIVED: 9}, set())
    assert read("去年收到政府信息公开申请9件。", year=None) == ({}, {"part"})


@given(st.integers(2008, 2030), st.integers(0, 10**6))
def test_a_figure_is_taken_exactly_when_its_year_is_the_reports(year: int, number: int):
    figures, doubts = read(f"{year}年,我局收到政府信息公开申请{number}件。")

    assert (figures, doubts) == (({RECEIVED: number}, set()) if year == 2016 else ({}, {"another_year"}))


def test_what_is_not_taken_is_told_with_its_reason():
    reading = report(prose={1: "2021年收到政府信息公开申请9件。去年答复7件。"})

    told = findings(reading, "NAR-13")

    assert [(f.subject, f.outcome) for f in told] == [(RECEIVED, "not_evaluable"), (DONE, "not_evaluable")]
    assert reason_of("another_year").zh in told[0].message_zh
    assert "2021" not in told[0].message_zh.split("“")[0]
    assert "收到政府信息公开申请9件" in told[0].message_zh
