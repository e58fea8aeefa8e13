"""Dates: every notation of portals, labels and index tables, addresses, the header clock, the stated period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import creation_date, url_date
from pipelines.dates import Period, chinese_number, furniture_dates, parse_date, stated_period
from pipelines.document import Document, Paragraph
from pipelines.masthead import Masthead, masthead
from pipelines.readers.html import read_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        (None, None),
        ("2023-01-19 10:12", date(2023, 1, 19)),
        ("2023-1-5 10:02", date(2023, 1, 5)),
        ("2020年08月02日", date(2020, 8, 2)),
        ("2023 年 1 月 5 日", date(2023, 1, 5)),
        ("2023/1/9", date(2023, 1, 9)),
        ("[2023.01.19]", date(2023, 1, 19)),
        ("2023-01-19T10:12:00+08:00", date(2023, 1, 19)),
        ("20230119", date(2023, 1, 19)),
        ("20230119101200", date(2023, 1, 19)),
        ("二〇二三年一月十九日", date(2023, 1, 19)),
        ("二○二三年十二月三十一日", date(2023, 12, 31)),
        ("Jan 19, 2023", date(2023, 1, 19)),
        ("January 5th 2023", date(2023, 1, 5)),
        ("19 Sept. 2023", date(2023, 9, 19)),
        ("01-19", None),
        ("2023-02-30", None),
        ("2023-13-01", None),
        ("10/01/2023", None),
        ("二〇二三年十三月一日", None),
    ],
)
def test_a_date_in_any_notation(text, expected):
    assert parse_date(text) == expected


DAYS = st.dates(date(2003, 1, 1), date(2099, 12, 31))
NUMERALS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return ten + (NUMERALS[ones] if ones or not tens else "")


@given(st.integers(1, 99))
def test_a_number_in_chinese_numerals_is_that_number(number):
    assert chinese_number(in_words(number)) == number


@given(DAYS, st.integers(0, 5))
def test_a_date_is_read_back_however_it_was_written(day, notation):
    year = "".join("〇" if digit == "0" else NUMERALS[int(digit)] for digit in str(day.year))
    written = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日 08:30",
        f"{day:%Y%m%d}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{year}年{in_words(day.month)}月{in_words(day.day)}日",
    ][notation]

    assert parse_date(written) == day


@given(st.text(max_size=60))
def test_any_text_and_address_is_looked_through_without_an_error(text):
    parse_date(text)
    url_date(f"http://x/{text}")
    creation_date(text)
    furniture_dates([text])
    stated_period([f"统计期限{text}"])
    masthead(Document([Paragraph(f"发布时间：{text}"), Paragraph(text)]))


HEX = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        ("/zfxxgk/zfxxgknb/202301/t20230119_2136694.shtml", date(2023, 1, 19)),
        ("/zfxxgk/202301/t20230119_2136694_1.html", date(2023, 1, 19)),
        ("/zfxxgk/202301/P020230119401288122870.pdf", date(2023, 1, 19)),
        ("/zfxxgk/202301/W020230119401288122870.docx", date(2023, 1, 19)),
        ("/art/2023/2/2/art_1229114055_73271.html", date(2023, 2, 2)),
        (f"/art/2023/art_{HEX}.html", None),
        (f"/x/202301/{HEX}.shtml", None),
        ("/x/202301/c02_1234.shtml", None),
        (f"/x/2023/1/9/{HEX}.shtml", date(2023, 1, 9)),
        ("/columns/0772e821-1a2b-4c3d-9e8f-000000000000/202302/13/67eb2365-0000.html", date(2023, 2, 13)),
        (f"/x/20230119/{HEX}.html", date(2023, 1, 19)),
        ("/x/20230119/i2345.html", date(2023, 1, 19)),
        ("/x/2023-01-19/123.html", date(2023, 1, 19)),
        ("/x/2023-01/19/content_123.shtml", date(2023, 1, 19)),
        ("/c/2024-03-05/750009.html", date(2024, 3, 5)),
        ("/2024/03-18/750009.html", date(2024, 3, 18)),
        ("/x/2024_03/18_10/content-750009.html", date(2024, 3, 18)),
        ("/doc/2023/01/19/123.shtml", date(2023, 1, 19)),
        ("/system/2023/01/19/123.shtml", date(2023, 1, 19)),
        ("/x/202401/20240115173517285.html", date(2024, 1, 15)),
        ("/x/t8213456.html", None),
        ("/info/1648/47211.htm", None),
        ("/20231399/1.html", None),
        ("/20230230/1.html", None),
        ("/x/post_3719824.html", None),
        ("/x.jsp?fbtime=2017/01/19/", None),
        ("http://[broken/2023/01/19/1.html", None),
    ],
)
def test_a_date_in_an_address(url, expected):
    assert url_date(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/zwgk/xxgknb/jbxxgknb/63ae9ee5f8fd1c4c2133970d.html", date(2022, 12, 30)),
        ("/x/1742788934573129729.html", date(2024, 1, 4)),
        (f"/x/{HEX}.html", None),
        ("/x/9999999999999999999.html", None),
        ("/x/123456789012345.html", None),
    ],
)
def test_the_day_on_which_the_number_of_a_document_was_made(url, expected):
    assert creation_date(url) == expected


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
    "text", ["2019年12月3日 星期二", "2019-12-03 10:30:05 星期二", "星期二 2019年12月3日", "2019年12月3日(周二)"]
)
def test_a_date_with_a_weekday_is_furniture(text):
    assert furniture_dates([text]) == {date(2019, 12, 3)}


@given(DAYS, st.integers(1, 400))
def test_no_other_day_than_the_labelled_one_is_taken(day, later):
    other = day + timedelta(days=later)
    line = f"更新时间：{other} 来源：某局 发布日期：{day} 打印时间：{other}"

    assert masthead(Document([Paragraph(line)])).dates == {"page": day}


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("本报告所列数据统计期限从2022年1月1日至2022年12月31日止。", date(2022, 1, 1), date(2022, 12, 31)),
        ("统计期限为2019年1月1日到12月31日止", date(2019, 1, 1), date(2019, 12, 31)),
        ("数据统计时限为202111日起至20211231日止", date(2021, 1, 1), date(2021, 12, 31)),
        ("数据统计期限自2008年5月1日至2008年12月31日", date(2008, 5, 1), date(2008, 12, 31)),
    ],
)
def test_the_stated_period(sentence, first, last):
    period = stated_period(["导航", sentence])

    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "wording",
    [
        "期限为2022-01-01至2022-12-31",
        "期限为2022.1.1—2022.12.31。",
        "期限为2022/1/1-2022/12/31",
        "期限：2022年1月1日-12月31日",
        "期限为2022年1—12月。",
        "期限为2022年1月至12月",
        "期限为2022年1月至2022年12月底",
        "期限为2022年度。",
        "期限从二〇二二年一月一日起至二〇二二年十二月三十一日止",
        "期限自二○二二年一月一日至十二月三十一日",
        "时间为2022年1月1日0时至2022年12月31日24时",
        "期限自2022年1月1日起，至2022年12月31日止",
        "期限自2022年1月1日起，截至2022年12月31日",
        "期限从2022年1月1日起，截止至2022年12月31日",
        "期限自2022年1月1日开始，截至2022年12月31日",
        "期限自2022年1月1日起止2022年12月31日止",
        "期限自2022年 1 月 1 日（含）起至2022年12月31日（含）止",
    ],
)
def test_the_year_is_stated_in_many_notations(wording: str):
    period = stated_period([f"本报告所列数据的统计{wording}"])

    assert period == Period(date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize("words", ["报告时段为", "本报告的时间跨度为", "报告期："])
def test_other_words_state_a_period_too(words: str):
    period = stated_period([f"{words}2022年1月1日至2022年12月31日"])

    assert period == Period(date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    "sentence",
    [
        "据统计，2022年1-6月共收到申请5件。",
        "据统计，2022年度共收到申请5件。",
        "统计期限为2022年13月1日至2022年12月31日",
        "统计期限为2022年1月至0月",
        "自2022年1月1日至2022年12月31日",
        "统计期限2022-1-1至",
    ],
)
def test_what_is_no_period_of_statistics(sentence: str):
    assert stated_period([sentence]) is None


@pytest.mark.parametrize("many", ["统计期限2022.1.1", "统计期限2022年1月1日起", "统计期限", "二〇二二年一月"])
def test_a_line_of_many_beginnings_is_looked_through_in_no_time(many: str):
    assert stated_period([many * 2000]) is None


TITLE = "宁河区统计局2022年政府信息公开工作年度报告"


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
