"""Rules about whose report it is and which year it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipelines.bodies import Division
from pipelines.reading import Reading
from pipelines.rules.result import Outcome, Result, Words

_PLACE = re.compile(r"([\u4e00-\u9fff]{2,6}?(?:自治县|自治旗|区|县|旗))(?=.)")
_PLACE_SUFFIX = re.compile(r"(?:自治县|自治旗|新区|区|县|市|旗|林区|特区)$")


def one_year(reading: Reading) -> Iterator[Result]:
    """ID-01: the statistical period and the title name one year."""
    years = reading.identity.years
    period, title = years.get("period"), years.get("title")
    if period is not None and title is not None and period != title:
        yield Result("ID-01", "report", Outcome.FAIL, period, title)
    else:
        yield Result("ID-01", "report", Outcome.PASS, reading.identity.report_year, reading.identity.report_year)


def whole_year(reading: Reading) -> Iterator[Result]:
    """ID-02: the statistical period is the whole report year."""
    period, year = reading.identity.period, reading.identity.report_year
    if period is None or year is None:
        yield Result("ID-02", "report", Outcome.NOT_EVALUABLE)
        return
    complete = (period.first, period.last) == (date(year, 1, 1), date(year, 12, 31))
    printed = Words(f"{period.first} 至 {period.last}", f"{period.first} to {period.last}")
    yield Result("ID-02", "report", Outcome.PASS if complete else Outcome.FAIL, detail=printed)


def not_the_header_clock(reading: Reading) -> Iterator[Result]:
    """ID-03: the date of publication is not one that the page prints with a weekday, unless a meta tag gives it."""
    published = reading.identity.published_on
    if published is None:
        yield Result("ID-03", "report", Outcome.NOT_EVALUABLE)
        return
    clock = published in reading.identity.furniture and reading.identity.published_source == "page"
    words = Words(published.isoformat(), published.isoformat())
    yield Result("ID-03", "report", Outcome.FAIL if clock else Outcome.PASS, detail=words)


def body_of_this_portal(reading: Reading) -> Iterator[Result]:
    """ID-05: a body that names a place names the place of the portal it was found on."""
    name, division = reading.identity.body_name, reading.provenance.division
    if division is None or name is None:
        yield Result("ID-05", "report", Outcome.NOT_EVALUABLE)
        return
    outcome = Outcome.PASS if _belongs(name, division) else Outcome.FAIL
    yield Result("ID-05", "report", outcome, detail=Words(name, name))


def _belongs(name: str, division: Division) -> bool:
    """True unless the name puts another county-level place before the body than that of the portal."""
    plain = name
    for region in (division.province, division.prefecture):
        plain = plain.removeprefix(region) if region else plain
    stem = _PLACE_SUFFIX.sub("", division.name)
    place = _PLACE.match(plain)
    return place is None or stem in plain or len(place[1]) <= 2
