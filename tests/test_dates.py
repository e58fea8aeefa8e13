"""Dates: every notation of portals, those in addresses, and the clock in the head of a site."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import creation_date, url_date
from pipelines.dates import chinese_number, furniture_dates, parse_date, stated_period
from pipelines.document import Document, Paragraph
from pipelines.masthead import masthead


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
