"""The statistical period: in which notations it is stated, and what only looks like one."""

from datetime import date

import pytest

from pipelines.dates import Period, stated_period


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
