"""Dates in every notation that portals use, the clock of a page header, and the period a report covers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.text import squeeze, tidy
from pipelines.years import CHINESE_DIGITS, CHINESE_YEAR

_NUMERIC = r"(?P<y>(?:19|20)\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{2}(?=\d{1,2}:\d{2})|\d{1,2}(?!\d))日?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NOTATIONS = (
    _NUMERIC,
    rf"(?P<cy>{CHINESE_YEAR})年(?P<cm>{_NUMERAL})月(?P<cd>{_NUMERAL})日?",
    rf"(?P<em>{_MONTH})(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s?(?P<ey>20\d{{2}})(?!\d)",
    rf"(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?(?P<bm>{_MONTH}),?(?P<by>20\d{{2}})(?!\d)",
)
_GAP = re.compile(r"\s(?:(?<!\d\s)|(?!\d))")
DATE = "|".join(f"(?:{notation})" for notation in _NOTATIONS)
"""A calendar date in dense text, to be read by ``calendar_date``; to be matched without regard to case."""
_ANY_DATE = re.compile(DATE, re.IGNORECASE)
_COMPACT = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:\d{6})?")
_CLOCK = r"\s?(?:\d{1,2}:\d{2}(?::\d{2})?)?"
_WEEKDAY = r"(?:星期|礼拜|周)[一二三四五六日天]"
WEEKDAY_BEHIND = rf"日?{_CLOCK}[,、()]?{_WEEKDAY}"
_HAS_WEEKDAY = re.compile(_WEEKDAY)
_WEEKDAY_DATES = (re.compile(_NUMERIC + rf"{_CLOCK}[,、()]?{_WEEKDAY}"), re.compile(rf"{_WEEKDAY}[,、()]?{_NUMERIC}"))
_TO = "(?:截[止至]?[至到]?|[至到止]|[-—–~]{1,4})"
_HOUR = r"(?:(?:\d{1,2}|零)(?:时|:00(?::00)?))?"
_PERIOD = re.compile(
    rf"(?P<y1>20\d{{2}})[-./年]?(?P<m1>\d{{1,2}})[-./月](?P<d1>\d{{1,2}})日?{_HOUR}(?:\(含\))?(?:起|开始|始)?,?{_TO}"
    r"(?:(?P<y2>20\d{2})[-./年]?)?(?P<m2>\d{1,2})[-./月](?P<d2>\d{1,2})(?!\d)"
)
_PERIOD_STRIPPED = re.compile(
    r"(?P<y1>20\d{2})(?P<m1>\d)(?P<d1>\d)日?起?(?:至|到|—+|-+|~)(?P<y2>20\d{2})(?P<m2>\d\d)(?P<d2>\d\d)"
)
_PERIOD_WORDS = re.compile(r"统计|期限|时限|数据|报告期|起止|核定|时段|时间跨度")
_MONTHS_OF = r"年(?P<m1>\d{1,2})月?[-—–~至到]{1,4}(?:(?P<y2>20\d{2})年)?(?P<m2>\d{1,2})月(?!\d)"
_PERIOD_OF_MONTHS = re.compile(
    rf"(?:统计(?:期限|时限|时段|时间|周期|区间)|报告期|时间跨度)[为是:自从]{{0,2}}"
    rf"(?P<y1>20\d{{2}})(?:{_MONTHS_OF}|年度?(?=[,。;)]|全年|$))"
)
"""Without days; 据统计,2022年1-6月 is none, so nothing may stand between the words and the year."""
_IN_NUMERALS = re.compile(rf"(?:(?P<cy>{CHINESE_YEAR})年)?(?P<cm>{_NUMERAL})月(?P<cd>{_NUMERAL})日")


@dataclass(frozen=True, slots=True)
class Period:
    """The statistical period a report states, first and last day included."""

    first: date
    last: date


def dense(text: str) -> str:
    """Text without whitespace but for that between digits: 2023 年 1 月 5 日 → 2023年1月5日, 2023-1-5 10:02 stays."""
    return without_gaps(tidy(text))


def without_gaps(tidied: str) -> str:
    """``dense`` for a text that is tidy already."""
    return _GAP.sub("", tidied)


def parse_date(text: str | None) -> date | None:
    """The first calendar date in a text, in any of the notations portals use; None without one.

    2023-01-19, 2023/1/9, 2023年1月19日, 二〇二三年一月十九日, Jan 19, 2023, 19 January 2023; eight digits only alone.
    """
    plain = dense(text or "")
    if compact := _COMPACT.fullmatch(plain):
        return _numeric_date(compact)
    return next((found for match in _ANY_DATE.finditer(plain) if (found := calendar_date(match))), None)


def calendar_date(match: re.Match[str]) -> date | None:
    """The day that a match of ``DATE`` names; None when the calendar has no such day."""
    if match["y"]:
        return _numeric_date(match)
    if match["cy"]:
        return _date(chinese_year(match["cy"]), chinese_number(match["cm"]), chinese_number(match["cd"]))
    day, month, year = match.group("ed", "em", "ey") if match["ey"] else match.group("bd", "bm", "by")
    return _date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))


def chinese_year(text: str) -> int:
    """A year in Chinese numerals, digit by digit: 二〇二三 → 2023."""
    return int("".join(CHINESE_DIGITS.get(digit, "2") for digit in text))


def chinese_number(text: str) -> int:
    """A number from 1 to 99 in Chinese numerals, 十 included: 二十三 → 23; 0 for what is none."""
    tens, ten, ones = text.rpartition("十")
    if not all(len(part) < 2 and (not part or part in CHINESE_DIGITS) for part in (tens, ones)):
        return 0
    return (int(CHINESE_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(CHINESE_DIGITS.get(ones, "0"))


def furniture_dates(lines: Iterable[str]) -> frozenset[date]:
    """Dates printed with a weekday: the clock in a page header, often frozen for years."""
    clocks = [dense(line) for line in lines if _HAS_WEEKDAY.search(squeeze(line))]
    matches = (match for line in clocks for pattern in _WEEKDAY_DATES for match in pattern.finditer(line))
    return frozenset(found for match in matches if (found := _numeric_date(match)))


def stated_period(lines: Iterable[str]) -> Period | None:
    """The statistical period stated in the text (统计期限从…至…), digit runs that lost 年 and 月 included."""
    for line in lines:
        plain = squeeze(line)
        if not _PERIOD_WORDS.search(plain):
            continue
        plain = _IN_NUMERALS.sub(_in_digits, plain)
        for match in (_PERIOD.search(plain), _PERIOD_STRIPPED.search(plain)):
            if match and _PERIOD_WORDS.search(plain[max(0, match.start() - 40) : match.start()]):
                return _period(match)
        if match := _PERIOD_OF_MONTHS.search(plain):
            return _period_of_months(match)
    return None


def _in_digits(match: re.Match[str]) -> str:
    year = f"{chinese_year(match['cy'])}年" if match["cy"] else ""
    return f"{year}{chinese_number(match['cm'])}月{chinese_number(match['cd'])}日"


def _period(match: re.Match[str]) -> Period | None:
    first = _date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    last = _date(int(match["y2"] or match["y1"]), int(match["m2"]), int(match["d2"]))
    return Period(first, last) if first and last else None


def _period_of_months(match: re.Match[str]) -> Period | None:
    """From the first day of a month to the last of another, or of a year."""
    year, month = int(match["y2"] or match["y1"]), int(match["m2"] or 12)
    first = _date(int(match["y1"]), int(match["m1"] or 1), 1)
    behind = _date(year + month // 12, month % 12 + 1, 1) if 0 < month < 13 else None
    return Period(first, behind - timedelta(days=1)) if first and behind else None


def _numeric_date(match: re.Match[str]) -> date | None:
    return _date(int(match["y"]), int(match["m"]), int(match["d"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
