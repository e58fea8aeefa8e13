"""The masthead: which date and which issuer is read, by its label, its place or a table."""

from datetime import date

import pytest

from pipelines.document import Document, Paragraph
from pipelines.masthead import Masthead, masthead
from pipelines.readers.html import read_html

TITLE = "宁河区统计局2022年政府信息公开工作年度报告"


def test_a_page_without_labels_has_no_date():
    assert masthead(Document([])) == Masthead()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("发布时间：2023年01月05日 10:02", {"page": date(2023, 1, 5)}),
        ("发布时间：2023-01-05 10:02", {"page": date(2023, 1, 5)}),
        ("发布时间：2023-01-0510:02", {"page": date(2023, 1, 5)}),
        ("[发布日期] 2023-01-05", {"page": date(2023, 1, 5)}),
        ("【发布日期】：2023-01-05", {"page": date(2023, 1, 5)}),
        ("发布于 2023-01-05", {"page": date(2023, 1, 5)}),
        ("发 布 时 间 : 2023/1/5", {"page": date(2023, 1, 5)}),
        ("来源：某局发布时间：2023-01-05浏览次数：5", {"page": date(2023, 1, 5)}),
        ("日期：2023-01-05 来源：某局", {"page": date(2023, 1, 5)}),
        ("来源：某局 时间：2023-01-05", {"page": date(2023, 1, 5)}),
        ("添加日期：2023-01-05 09:00:00 编辑：admin", {"page": date(2023, 1, 5)}),
        ("Published: Jan 5, 2023", {"page": date(2023, 1, 5)}),
        ("Date: 2023-01-05", {"page": date(2023, 1, 5)}),
        ("成文日期:2023-01-06 发布日期:2023-01-11", {"page": date(2023, 1, 11), "written": date(2023, 1, 6)}),
        ("发布日期：2023-01-11 公开日期：2023-01-09 时间：2024-01-01", {"page": date(2023, 1, 11)}),
        ("生成日期：2023-01-06", {"written": date(2023, 1, 6)}),
        ("发文日期：二〇二三年一月六日", {"written": date(2023, 1, 6)}),
        *((f"{word}时间：2023-01-05", {}) for word in ("更新", "截止", "今天", "统计", "打印", "浏览", "当前", "访问")),
        ("截止日期：2023-01-05", {}),
        ("Update: 2023-01-05", {}),
        ("时间：2019年12月3日星期二", {}),
        ("发布时间：2019年12月3日 10:30 星期二", {}),
        ("发布时间：", {}),
    ],
)
def test_a_date_counts_by_its_label(line, expected):
    assert masthead(Document([Paragraph(line)])).dates == expected


def test_a_label_that_ends_its_line_has_its_date_in_the_next():
    assert masthead(Document([Paragraph("发布时间："), Paragraph("2023-01-05")])).dates == {"page": date(2023, 1, 5)}


def test_what_stands_above_the_text_counts_before_what_stands_below():
    lines = ["时间：2023-01-05", "一、总体情况", "发布时间：2021-01-01"]

    assert masthead(Document([Paragraph(line) for line in lines])).dates == {"page": date(2023, 1, 5)}
    assert masthead(Document([Paragraph(line) for line in lines[1:]])).dates == {"page": date(2021, 1, 1)}


INDEX = """
<table><tr><td>索引号：</td><td>0140/2023-00012</td><td>主题分类：</td><td>政务公开</td></tr>
<tr><td>发布机构：</td><td>宁河区民政局</td><td>{label}：</td><td>2023年01月11日</td></tr>
<tr><td>名　　称：</td><td>年度报告</td><td>有 效 性：</td><td>有效</td></tr></table>"""


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("发布日期", "page"),
        ("公开日期", "page"),
        ("成文日期", "written"),
        ("发文日期", "written"),
        ("生成日期", "written"),
    ],
)
def test_an_index_table_gives_its_dates_and_its_issuer(label, source):
    found = masthead(read_html(INDEX.format(label=label).encode()))

    assert found == Masthead({source: date(2023, 1, 11)}, ("宁河区民政局",))


def test_an_index_table_with_label_and_value_in_one_cell():
    page = "<table><tr><td>索引号：012</td><td>发布机构：宁河区统计局</td><td>发布日期：2023-01-11</td></tr></table>"

    assert masthead(read_html(page.encode())) == Masthead({"page": date(2023, 1, 11)}, ("宁河区统计局",))


@pytest.mark.parametrize(
    "cells",
    [
        ["发布日期：2023-01-11", "浏览次数：12", "信息来源：宁河区统计局"],
        ["发布时间：", "2023-01-11", "来源：", "宁河区统计局"],
        ["发布日期：2023-01-11 浏览次数： 信息来源：宁河区统计局"],
        ["日期：2023-01-11", "来源：宁河区统计局", "[字体：大 中 小]"],
    ],
)
def test_a_small_table_above_the_text_gives_its_date_and_its_source(cells: list[str]):
    page = f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table><p>一、总体情况</p>"

    assert masthead(read_html(page.encode())) == Masthead({"page": date(2023, 1, 11)}, ("宁河区统计局",))


HEADER = "<table><tr><td>{}</td><td>浏览次数：12</td></tr>{}</table>"


@pytest.mark.parametrize(
    "page",
    [
        "<p>一、总体情况</p>" + HEADER.format("发布日期：2023-01-11", ""),
        HEADER.format("填报日期：2023-01-11", ""),
        HEADER.format("预算公开 发布日期：2023-01-11", ""),
        HEADER.format("日期：2023-01-11", "<tr><td>规章</td><td>0</td></tr>" * 3),
    ],
)
def test_no_other_table_gives_a_date(page: str):
    assert masthead(read_html(page.encode())) == Masthead()


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("发布时间：2023-01-11 责任编辑：张三", {"page": date(2023, 1, 11)}),
        ("【发布时间】2023-01-11", {"page": date(2023, 1, 11)}),
        ("责任编辑：张三 发布时间：2023-01-11", {"page": date(2023, 1, 11)}),
        ("宁河区水务局预算公开 发布时间：2023-01-11", {}),
    ],
)
def test_below_the_text_a_label_begins_its_line(line: str, dates: dict[str, date]):
    assert masthead(Document([Paragraph("一、总体情况"), Paragraph(line)])).dates == dates


@pytest.mark.parametrize(
    ("line", "issuers"),
    [
        ("来源：宁河区民政局 发布时间：2023-01-05", ("宁河区民政局",)),
        ("来源：宁河区民政局发布时间：2023-01-05", ("宁河区民政局",)),
        ("信息来源:宁河区统计局 来源：本站", ("宁河区统计局",)),
        ("来源：本站", ()),
        ("发文机关：宁河区财政局 来源：宁河区政府办", ("宁河区财政局", "宁河区政府办")),
    ],
)
def test_the_issuer_stands_behind_its_label(line, issuers):
    assert masthead(Document([Paragraph(line)])).issuers == issuers


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("2023-01-17", {"page": date(2023, 1, 17)}),
        ("2023-01-17 15:30", {"page": date(2023, 1, 17)}),
        ("2023-01-17 来源:统计局 字体:[大 中 小]", {"page": date(2023, 1, 17)}),
        ("来源:统计局 2023年1月17日 15:30 点击:12", {"page": date(2023, 1, 17)}),
        ("2023-01-17 15:30 宁河区统计局 阅读(12)", {"page": date(2023, 1, 17)}),
        ("2023-01-17 15:30 更新 阅读(12)", {}),
        ("2023-01-17 星期二 阅读(12)", {}),
        ("2023年1月17日", {}),
        ("(2023年1月17日)", {}),
        ("2019-12-03 星期二", {}),
        ("更新时间:2023-01-17 来源:统计局", {}),
        ("2023-01-17 至 2023-02-01", {}),
    ],
)
def test_a_date_without_a_label_counts_right_below_the_title(line: str, dates: dict[str, date]):
    below = [
        Paragraph("2021-05-05 10:00"),
        Paragraph(TITLE),
        Paragraph("分享"),
        Paragraph(line),
        Paragraph("一、总体情况"),
    ]

    assert masthead(Document([*below]), TITLE).dates == dates


def test_the_date_below_the_title_of_another_report_is_not_taken():
    lines = [TITLE.replace("2022", "2021"), "2022-01-10", TITLE, "本年度工作如下。", "一、总体情况"]

    assert masthead(Document([Paragraph(line) for line in lines]), TITLE).dates == {}


def test_a_title_broken_in_two_has_its_date_below_the_second_half():
    lines = [TITLE[:6], TITLE[6:], "2023-01-17", "一、总体情况"]

    assert masthead(Document([Paragraph(line) for line in lines]), TITLE).dates == {"page": date(2023, 1, 17)}


def test_a_line_of_many_labels_is_looked_through_in_no_time():
    lines = [TITLE, "来源" * 99, "一、总体情况", "来源" * 90 + "发布时间"]

    assert masthead(Document([Paragraph(line) for line in lines]), TITLE).dates == {}
