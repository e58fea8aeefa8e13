"""Rules about whose report it is and which year it covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.reading import Reading
from pipelines.rules.result import Outcome, Result, Words
from pipelines.whose import Whose, standing

_IN_FORCE = date(2008, 5, 1)  # the first regulation's; reports of 2008 may begin with that day


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
    begins = period.first in (date(year, 1, 1), _IN_FORCE) and period.first.year == year
    complete = begins and period.last == date(year, 12, 31)
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
    """ID-05: a body that names a place names the place of the portal it was found on, not the city's or another's."""
    name, division = reading.identity.body_name, reading.provenance.division
    if division is None or name is None:
        yield Result("ID-05", "report", Outcome.NOT_EVALUABLE)
        return
    outcome = Outcome.PASS if standing(name, division).whose is Whose.OURS else Outcome.FAIL
    yield Result("ID-05", "report", outcome, detail=Words(name, name))
