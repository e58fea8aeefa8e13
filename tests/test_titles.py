"""Titles, bodies and dates: the variants seen on real portals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.bodies import body_kind
from pipelines.dates import furniture_dates, page_date, parse_date, stated_period, url_date
from pipelines.titles import looks_like_report_title, parse_title

TITLES = [
    ("天津市蓟州区2021年政府信息公开工作年度报告", "天津市蓟州区", 2021, "district_government"),
    ("河东区民政局2019年度政府信息公开工作年度报告", "河东区民政局", 2019, "bureau"),
    ("2020年宁河镇人民政府信息公开工作年度报告", "宁河镇人民政府", 2020, "town"),
    ("宝坻区大钟庄镇政府信息公开工作年度报告 (2019年)", "宝坻区大钟庄镇", 2019, "town"),
    ("武清区河西务镇2019年政府信息公开年度报告", "武清区河西务镇", 2019, "town"),
    ("红桥区人民政府办公室2023年政府信息公开工作报告", "红桥区人民政府办公室", 2023, "district_office"),
    ("某区档案馆2020年政府信息公开工作的年度报告", "某区档案馆", 2020, "public_institution"),
    ("舒兰市市场监督管理局2016年政务信息公开年度报告", "舒兰市市场监督管理局", 2016, "bureau"),
    ("衡阳市国资委2019年度政府信息公开年度报告", "衡阳市国资委", 2019, "bureau"),
    ("2009年上海市长宁区政府信息公开年报", "上海市长宁区", 2009, "district_government"),
    ("2024年政府信息公开工作年度报告", "", 2024, "unknown"),
    ("区政务服务办政府信息公开工作年度报告", "区政务服务办", None, "bureau"),
    (
        "上海市黄浦区人民政府2022年政府信息公开工作年度报告(超链版).pdf",
        "上海市黄浦区人民政府",
        2022,
        "district_government",
    ),
    ("宁河区统计局2023年政府信息公开\n工作年度报告", "宁河区统计局", 2023, "bureau"),
    ("二○二二年河西务镇政府信息公开工作年度报告", "河西务镇", 2022, "town"),
    ("二OO八年度某县信息公开年报", "某县", 2008, "district_government"),
    ("二0一七年汉沽街政府信息公开年度报告", "汉沽街", 2017, "subdistrict"),
    ("２０２２年某区公安分局政府信息公开工作年度报告", "某区公安分局", 2022, "vertical_branch"),
    ("东湖风景区管理委员会2021年政府信息公开工作年度报告", "东湖风景区管理委员会", 2021, "functional_zone"),
]
LOOK_ALIKES = [
    "",
    "法治政府建设年度报告",
    "政府网站工作年度报表",
    "某市2019年政务公开工作总结",
    "2023年上半年政府信息公开数据统计",
    "政府信息公开工作年度报告制度",
    "政府信息公开工作年度报告范文",
    "某区2022年政府信息公开工作年度报告解读",
    "一图读懂某区2022年政府信息公开工作年度报告",
    "宿州市人民政府2019年政府信息公开工作年度报告(图片版)",
    "2020年第三季度依申请公开情况统计",
    "某区整体支出绩效评价报告",
    "关于做好2022年政府信息公开工作年度报告编制工作的通知",
]


@pytest.mark.parametrize(("text", "body", "year", "kind"), TITLES)
def test_a_title_gives_its_body_and_year(text, body, year, kind):
    title = parse_title(text)

    assert title is not None
    assert (title.body, title.year, body_kind(title.body)) == (body, year, kind)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_not_the_title_of_a_report(text):
    assert not looks_like_report_title(text)


@given(st.text(max_size=80))
def test_any_text_is_judged_without_an_error(text):
    assert looks_like_report_title(text) == (parse_title(text) is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-01-19 10:12", date(2023, 1, 19)),
        ("2020年08月02日", date(2020, 8, 2)),
        ("2023/1/9", date(2023, 1, 9)),
        ("[2023.01.19]", date(2023, 1, 19)),
        ("", None),
        (None, None),
        ("01-19", None),
        ("2023-02-30", None),
        ("2023-13-01", None),
    ],
)
def test_a_date_in_any_notation(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/zfxxgk/zfxxgknb/202301/t20230119_2136694.shtml", date(2023, 1, 19)),
        ("/art/2023/2/2/art_1229114055_73271.html", date(2023, 2, 2)),
        ("/c/2024-03-05/750009.html", date(2024, 3, 5)),
        ("/columns/ab/202302/13/cd.html", date(2023, 2, 13)),
        ("/info/1648/47211.htm", None),
        ("/20231399/1.html", None),
    ],
)
def test_a_date_in_an_address(url, expected):
    assert url_date(url) == expected


def test_a_date_with_a_weekday_is_furniture_and_no_page_date():
    lines = ["时间:2019年12月3日 星期二", "成文日期:2023-01-06 发布日期:2023-01-11"]

    assert furniture_dates(lines) == {date(2019, 12, 3)}
    assert page_date(lines) == date(2023, 1, 11)
    assert page_date(lines[:1]) is None


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
