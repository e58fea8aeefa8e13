"""Candidate dates of publication, each with its source, and the period a report covers.

The order of trust is: the page's own meta tag, a labelled date on the page, the list that linked to it, the address.
A date followed by a weekday is furniture of the page header and is never a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.text import squeeze

SOURCES = ("meta", "page", "list", "url")

_DATE = r"(?P<y>(?:19|20)\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
_ANY_DATE = re.compile(_DATE)
_WEEKDAY_DATE = re.compile(_DATE + r"[,,]?星期")
_LABELLED = re.compile(
    r"(?:发布时间|发布日期|公开日期|公开时间|信息时间|录入时间|日期|时间)[:]" + _DATE + r"(?!\d|日?[,,]?星期)"
)
_NOT_PUBLICATION = re.compile(r"(?:成文|生成|生效|施行)(?:日期|时间)[:][^发公]*")
_URL_DATES = (
    re.compile(r"/t(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})_\d+\."),
    re.compile(r"/art/(?P<y>20\d{2})/(?P<m>\d{1,2})/(?P<d>\d{1,2})/"),
    re.compile(r"/(?P<y>20\d{2})/(?P<m>\d{1,2})/(?P<d>\d{1,2})/"),
    re.compile(r"/(?P<y>20\d{2})-(?P<m>\d{2})[-/](?P<d>\d{2})/"),
    re.compile(r"/(?P<y>20\d{2})(?P<m>\d{2})/(?P<d>\d{2})/"),
    re.compile(r"/(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})/"),
)
_PERIOD = re.compile(
    r"(?P<y1>20\d{2})年?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?起?[,,]?(?:至|到|—+|-+|~)"
    r"(?:(?P<y2>20\d{2})年?)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日?"
)
_PERIOD_STRIPPED = re.compile(
    r"(?P<y1>20\d{2})(?P<m1>\d)(?P<d1>\d)日?起?(?:至|到|—+|-+|~)(?P<y2>20\d{2})(?P<m2>\d\d)(?P<d2>\d\d)"
)
_PERIOD_WORDS = re.compile(r"统计|期限|时限|数据|报告期|起止|核定")


@dataclass(frozen=True, slots=True)
class Period:
    """The statistical period a report states, first and last day included."""

    first: date
    last: date


def parse_date(text: str | None) -> date | None:
    """The first calendar date in a text, in any of the notations portals use; None without one."""
    match = _ANY_DATE.search(squeeze(text or ""))
    return _calendar_date(match) if match else None


def page_date(lines: Iterable[str]) -> date | None:
    """The date a page labels as that of publication (发布时间:…)."""
    for line in lines:
        match = _LABELLED.search(_NOT_PUBLICATION.sub("", squeeze(line)))
        if match and (found := _calendar_date(match)):
            return found
    return None


def url_date(url: str) -> date | None:
    """The date in the path of an address, in the dialects of the common content-management systems."""
    for dialect in _URL_DATES:
        match = dialect.search(url)
        if match and (found := _calendar_date(match)):
            return found
    return None


def furniture_dates(lines: Iterable[str]) -> frozenset[date]:
    """Dates printed with a weekday: the clock in a page header, often frozen for years."""
    matches = (match for line in lines for match in _WEEKDAY_DATE.finditer(squeeze(line)))
    return frozenset(found for match in matches if (found := _calendar_date(match)))


def stated_period(lines: Iterable[str]) -> Period | None:
    """The statistical period stated in the text (统计期限从…至…), digit runs that lost 年 and 月 included."""
    for line in lines:
        plain = squeeze(line)
        for match in (_PERIOD.search(plain), _PERIOD_STRIPPED.search(plain)):
            if match and _PERIOD_WORDS.search(plain[max(0, match.start() - 40) : match.start()]):
                return _period(match)
    return None


def _period(match: re.Match[str]) -> Period | None:
    try:
        first = date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
        last = date(int(match["y2"] or match["y1"]), int(match["m2"]), int(match["d2"]))
    except ValueError:
        return None
    return Period(first, last)


def _calendar_date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
