"""What running text tells, where it tells it, and how that stands beside the form."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.narrative import Statement, statements
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.sections import Section
from pipelines.sentences import told_metrics
from tests.reports import outcomes, report, totals


def told(text: str, section: int = 1) -> dict[str, float]:
    return {s.metric: s.value for s in statements([Section(section, "x", text.split("\n"))])}


def test_no_sections_tell_nothing():
    assert statements([]) == []
    assert statements([Section(1, "一、总体情况", [])]) == []


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("2022年全年收到依申请公开122件,均按期答复。", {"nar_requests_received": 122}),
        ("全区共收到政府信息公开申请1,633件。", {"nar_requests_received": 1633}),
        ("新收到公民、法人和其他组织提出的政府信息公开申请１２件。", {"nar_requests_received": 12}),
        (
            "本年新收政府信息公开申请 12 件，结转下年度继续办理 3 件。",
            {"nar_requests_received": 12, "nar_requests_carried_out": 3},
        ),
        (
            "上年结转23件,办结606件,50件结转2025年度。",
            {"nar_requests_carried_in": 23, "nar_req_done": 606, "nar_requests_carried_out": 50},
        ),
        ("结转上年度办理3件,结转至2026年6件。", {"nar_requests_carried_in": 3, "nar_requests_carried_out": 6}),
        ("未收到政府信息公开申请。", {"nar_requests_none": 1}),
        ("本年度无依申请公开。", {"nar_requests_none": 1}),
        (
            "网络申请1303件,信函申请172件,当面申请24件。",
            {"nar_channel_online": 1303, "nar_channel_letter": 172, "nar_channel_in_person": 24},
        ),
        ("引发行政复议36起,行政诉讼9起。", {"nar_review_total": 36, "nar_lawsuit_total": 9}),
        ("收到行政复议申请3件。", {"nar_review_total": 3}),
        ("未发生行政复议、行政诉讼。", {"nar_review_none": 1, "nar_lawsuit_none": 1}),
        (
            "制定规范性文件4件,废止1件,现行有效32件。",
            {"nar_normative_issued": 4, "nar_normative_repealed": 1, "nar_normative_in_force": 32},
        ),
        (
            "账号共88个,其中微信公众号62个、政务微博9个、移动客户端1个、其他16个。",
            {
                "nar_accounts_total": 88,
                "nar_accounts_wechat": 62,
                "nar_accounts_weibo": 9,
                "nar_accounts_app": 1,
                "nar_accounts_other": 16,
            },
        ),
        ("主动公开政府信息7700条,政策解读82篇。", {"nar_published_items": 7700, "nar_interpretations": 82}),
        ("本年度未收取信息公开处理费。", {"nar_info_fee_none": 1}),
        ("对1件申请收取信息处理费380元。", {"nar_info_fee_cases": 1, "nar_info_fee_yuan": 380}),
    ],
)
def test_a_sentence_tells_its_figures(sentence: str, figures: dict[str, float]):
    assert told(sentence) == figures


@pytest.mark.parametrize(
    "sentence",
    [
        "受理行政许可申请300件。",
        "去年收到政府信息公开申请30件。",
        "收到申请。共12件。",
        "收到来信;申请另计12件。",
        "因政府信息公开申请引发的行政复议纠正3件。",
        "无理由大量反复申请。",
        "不予以公开的申请。",
        "修订《信息公开申请办理办法》12条。",
    ],
)
def test_a_sentence_about_something_else_tells_nothing(sentence: str):
    assert told(sentence) == {}


def test_not_to_grant_is_not_to_grant():
    assert told("予以公开12件,不予公开35件。") == {"nar_granted": 12, "nar_refused": 35}


def test_problems_are_counted_up_to_the_improvements():
    assert told("一是人少。二是钱少。\n改进措施:一是加人。二是加钱。三是学习。", section=5) == {"nar_problem_count": 2}


@pytest.mark.parametrize("text", ["无。", "没有其他需要报告的事项。", "2022年,我局无其他需要报告的事项。"])
def test_section_six_may_say_that_there_is_nothing(text: str):
    assert told(text, section=6) == {"nar_section6_none": 1}
    assert told(text, section=1) == {}


def test_the_words_are_found_where_the_statement_says():
    section = Section(1, "x", ["第一段。", "\u3000\u3000２０２２年　全年收到 依申请\u200b公开 １２２ 件。", "第三段。"])

    [statement] = statements([section])

    assert statement.value == 122
    assert section.text[statement.start : statement.end] == statement.words
    assert statement.words == "收到 依申请\u200b公开 １２２ 件"


@given(st.text(st.sampled_from("收到依申请公开政府信息12,件。;无结转下年度办结 \u3000１…㎡\n行政复议"), max_size=300))
def test_whatever_the_text_every_span_is_in_it(text: str):
    section = Section(1, "x", text.split("\n"))

    for statement in statements([section]):
        assert section.text[statement.start : statement.end] == statement.words
        assert statement.metric in told_metrics()


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_that_is_told_is_read_as_it_is_printed(received: int, done: int):
    assert told(f"收到政府信息公开申请{received}件,办结{done}件。") == {
        "nar_requests_received": received,
        "nar_req_done": done,
    }


BALANCED = totals(requests_received="122", requests_carried_in="3", requests_handled="120", requests_carried_out="5")


@pytest.mark.parametrize(
    ("rule", "metric", "sentence", "outcome"),
    [
        ("NAR-01", "nar_requests_received", "收到政府信息公开申请122件。", "pass"),
        ("NAR-01", "nar_requests_received", "收到政府信息公开申请125件。", "pass"),
        ("NAR-01", "nar_requests_received", "收到政府信息公开申请121件。", "fail"),
        ("NAR-01", "nar_requests_received", "收到政府信息公开申请121件。收到依申请公开122件。", "pass"),
        ("NAR-01", "nar_requests_received", "收到政府信息公开申请121件。收到依申请公开99件。", "not_evaluable"),
        ("NAR-01", "nar_requests_received", "没有数字。", "not_evaluable"),
        ("NAR-01", "nar_requests_received", "某县公安局收到申请15件。", "not_evaluable"),
        ("NAR-01", "nar_requests_received", "2022年,某区收到申请15件。", "fail"),
        ("NAR-01", "nar_requests_received", "我局收到申请15件。", "fail"),
        ("NAR-02", "nar_requests_carried_in", "上年结转3件。", "pass"),
        ("NAR-02", "nar_requests_carried_in", "上年结转4件。", "fail"),
        ("NAR-03", "nar_req_done", "办结120件。", "pass"),
        ("NAR-03", "nar_req_done", "答复申请122件。", "fail"),
        ("NAR-03", "nar_req_done", "县政府办公室全年受理公开申请30件,答复29件。", "not_evaluable"),
        ("NAR-03", "nar_req_done", "县政府办公室受理申请30件,全县答复29件。", "fail"),
        ("NAR-04", "nar_requests_carried_out", "结转下年度5件。", "pass"),
        ("NAR-04", "nar_requests_carried_out", "6件结转2023年度。", "fail"),
        ("NAR-10", "nar_requests_none", "未收到政府信息公开申请。", "fail"),
        ("NAR-10", "nar_review_none", "未发生行政复议。", "pass"),
        ("T4-XNAR", "nar_review_total", "行政复议0件。", "pass"),
        ("T4-XNAR", "nar_lawsuit_total", "行政诉讼2件。", "fail"),
        ("NAR-11", "nar_normative_issued", "制定规范性文件4件。", "fail"),
        ("NAR-11", "nar_normative_in_force", "制定规范性文件0件,废止0件,现行有效0件。", "pass"),
        ("NAR-12", "nar_info_fee_yuan", "收取信息处理费380元。", "pass"),
        ("NAR-12", "nar_info_fee_yuan", "收取信息处理费0元。", "pass"),
        ("NAR-12", "nar_info_fee_yuan", "未收取信息处理费。", "pass"),
        ("NAR-12", "nar_info_fee_yuan", "一切如常。", "not_evaluable"),
        ("NAR-12", "nar_info_fee_yuan", "收取信息处理费380元,未收取信息处理费。", "fail"),
    ],
)
def test_text_beside_form(rule: str, metric: str, sentence: str, outcome: str):
    assert outcomes(report(BALANCED, prose={1: sentence}), rule)[metric] == outcome


def test_a_blank_total_that_could_be_what_is_told_is_no_contradiction():
    unknown = {("requests_received", "total"): "", ("requests_received", "natural_person"): "由办公室填写"}
    reading = report(unknown | {("requests_handled", "total"): "12"}, prose={1: "收到政府信息公开申请13件。"})

    assert outcomes(reading, "NAR-01") == {"nar_requests_received": "not_evaluable"}


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("收到依申请公开633件,上年结转23件,办结606件,结转下年度50件。", "pass"),
        ("收到依申请公开78件,上年结转3件,办结75件,结转下年度3件。", "fail"),
        ("收到依申请公开78件,办结75件。", "not_evaluable"),
    ],
    ids=["balances", "does not", "two of four"],
)
def test_the_text_must_balance_in_itself(sentence: str, outcome: str):
    assert outcomes(report(prose={1: sentence}), "NAR-05") == {"report": outcome}


def test_what_is_told_as_received_may_have_those_carried_in_among_it():
    reading = report(BALANCED, prose={1: "受理依申请公开125件(含上年结转3件),答复120件,5件结转下年度办理。"})

    assert outcomes(reading, "NAR-05") == {"report": "pass"}


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("账号共88个,其中微信公众号62个、政务微博9个、移动客户端1个、其他16个。", "pass"),
        ("账号共89个,其中微信公众号62个、政务微博9个、移动客户端1个、其他16个。", "fail"),
        ("账号共89个,其中微信公众号62个。", "not_evaluable"),
        ("账号共88个,其中微信公众号62个、政务微博9个、抖音17个。", "not_evaluable"),
        ("账号共70个,其中微信公众号62个、政务微博9个、抖音17个。", "fail"),
    ],
)
def test_accounts_add_up(sentence: str, outcome: str):
    assert outcomes(report(prose={1: sentence}), "NAR-08") == {"nar_accounts_total": outcome}


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("收到依申请公开1499件,网络申请1303件,信函申请172件,当面申请24件。", "pass"),
        ("收到依申请公开1500件,网络申请1303件,信函申请172件,当面申请24件。", "fail"),
        ("收到依申请公开1500件,网络申请1303件。", "not_evaluable"),
    ],
)
def test_channels_add_up(sentence: str, outcome: str):
    assert outcomes(report(prose={1: sentence}), "NAR-09") == {"nar_requests_received": outcome}


@pytest.mark.parametrize(("share", "outcome"), [("40.0", "pass"), ("39.9", "pass"), ("40.2", "fail")])
def test_a_share_is_its_number_over_all(share: str, outcome: str):
    figures = totals(requests_received="100", requests_handled="100", granted="40", closed_other="60")

    reading = report(figures, prose={1: f"予以公开40件,占{share}%。"})

    assert outcomes(reading, "NAR-07") == {"nar_granted_share": outcome}


@pytest.mark.parametrize(("printed", "outcome"), [("1", "pass"), ("2", "fail"), ("", "not_evaluable")])
def test_other_results_are_as_many_as_section_six_explains(printed: str, outcome: str):
    prose = {6: "2.2022年1件政府信息公开行政复议案件审理结果为“其他结果”,系原告撤诉。"}
    reading = report({("review_other", None): printed, ("review_total", None): "9"}, prose=prose)

    assert outcomes(reading, "T4-OTHERNOTE") == {"nar_review_other": outcome}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("行政复议3件。", "fail"), ("未发生行政复议。", "pass_blank_as_zero"), ("", "pass_blank_as_zero")],
)
def test_a_block_left_blank_had_no_cases(text: str, outcome: str):
    blank = {(f"review_{result}", None): "" for result in ("upheld", "corrected", "other", "pending", "total")}

    found = outcomes(report(blank, prose={1: text}), "T4-NULL")

    assert found == {"nar_review_total": outcome, "nar_lawsuit_total": "pass"}


def read_sample(folder: Path, name: str) -> Reading:
    reading = read((folder / name).read_bytes())
    check(reading)
    return reading


def verdicts(reading: Reading, rule: str) -> dict[str, tuple[str, float | None, float | None]]:
    return {f.subject: (f.outcome, f.expected, f.actual) for f in reading.findings if f.rule == rule}


def test_the_text_of_a_real_municipal_report_contradicts_its_table_in_two_places(shared_samples: Path):
    reading = read_sample(shared_samples, "shanghai-2019.html")

    assert verdicts(reading, "NAR-06") == {
        "nar_granted_or_partly": ("fail", 258, 275),
        "nar_refused": ("pass", 35, 35),
        "nar_unavailable": ("fail", 265, 337),
        "nar_declined": ("pass", 158, 158),
    }
    assert verdicts(reading, "NAR-07")["nar_granted_or_partly_share"] == ("fail", 32.05, 33.9)
    assert [f.rule for f in reading.findings if f.outcome == "fail"] == ["NAR-06", "NAR-06", "NAR-07"]


def test_the_text_of_a_real_district_report_agrees_with_its_table(shared_samples: Path):
    reading = read_sample(shared_samples, "ninghe-2022.txt")

    assert verdicts(reading, "NAR-01") == {"nar_requests_received": ("pass", 122, 122)}
    assert verdicts(reading, "NAR-08") == {"nar_accounts_total": ("pass", 88, 88)}
    assert verdicts(reading, "T4-OTHERNOTE") == {"nar_review_other": ("pass", 1, 1)}
    assert Statement("nar_info_fee_none", 1, "是", 6, 13, 23, "未收取信息公开处理费") in reading.narrative
    assert [f.rule for f in reading.findings if f.outcome == "fail"] == []
