"""Cutting a report into its sections."""

import pytest

from pipelines.sections import cut

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、行政复议、行政诉讼情况",
]


def numbers(lines: list[str]) -> list[int]:
    return [section.number for section in cut(lines)]


def test_there_are_none_without_a_heading():
    assert cut(["2023年,某局做好各项工作。"]) == []


def test_a_heading_that_is_missing_takes_no_other_with_it():
    assert numbers([HEADINGS[0], HEADINGS[1], "(三)收到和处理申请情况", HEADINGS[3]]) == [0, 1, 2, 4]


def test_a_heading_out_of_order_is_none():
    assert numbers([HEADINGS[0], HEADINGS[2], HEADINGS[1], HEADINGS[3]]) == [0, 1, 3, 4]


@pytest.mark.parametrize("sign", ["、", ".", "．", "，", "："])
def test_the_sign_behind_the_numeral(sign: str):
    assert numbers([heading.replace("、", sign, 1) for heading in HEADINGS]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("line", ["二、主动公开政府信息120条。", "二、主动公开方面,及时发布。"])
def test_a_numbered_sentence_is_no_heading(line: str):
    assert numbers([HEADINGS[0], line]) == [0, 1]


def test_a_list_of_contents_holds_no_section():
    sections = cut([*HEADINGS, *(line for heading in HEADINGS for line in (heading, "已做好。"))])

    assert [(section.number, section.text) for section in sections[1:]] == [(n, "已做好。") for n in range(1, 5)]


@pytest.mark.parametrize(
    "line",
    [
        "政府网站总访问量达987万次。",
        "主办政务公开培训班2期,参加180人次",
        "关闭政务新媒体账号3个",
        "备案规范性文件5件",
        "打印政策汇编200册",
        "相关信息在网站公布。",
    ],
)
def test_words_of_the_report_do_not_end_it(line: str):
    assert cut([HEADINGS[0], line, "后文。"])[1].paragraphs == [line, "后文。"]


@pytest.mark.parametrize(
    "line",
    [
        "上一篇:某局2022年年报",
        "【打印】【关闭】",
        "打印本页",
        "[关闭窗口]",
        "主办:某县人民政府办公室",
        "政府网站标识码:1201170001",
        "津ICP备05000001号",
        "分享到:",
        "字体:[大 中 小]",
    ],
)
def test_furniture_of_the_page_ends_it(line: str):
    assert cut([HEADINGS[0], "前文。", line, "后文。"])[1].paragraphs == ["前文。"]
