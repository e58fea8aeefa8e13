"""Rules about whose report it is and which year it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.bodies import Division, body_kind, body_of
from pipelines.clock import today
from pipelines.reading import Reading
from pipelines.rules.result import Outcome, Result, Words
from pipelines.rules.years import years_of_the_text, years_spoken_of_most
from pipelines.whose import Whose, standing

_ONE_REPORT = {"district_government", "district_office"}  # the office compiles the government's report
_IN_FORCE = date(2008, 5, 1)  # the first regulation's; reports of 2008 may begin with that day
_PLACES = ("省", "市", "县", "区", "旗")
_AHEAD = timedelta(days=1)  # so much may the calendar of a portal be ahead of ours
_SOURCES = {
    "period": Words("统计期限", "the statistical period"),
    "title": Words("标题", "the title"),
    "opening": Words("开头", "the first sentence"),
    "list": Words("列表", "the list"),
    "text": Words("正文", "the text"),
    "published": Words("发布日期的上年", "the year before publication"),
}


def one_year(reading: Reading) -> Iterator[Result]:
    """ID-01: all that names the report year names one."""
    year, told = reading.identity.report_year, _named(reading)
    other = next((found for found in told.values() if found != year), year)
    if other == year:
        yield Result("ID-01", "report", Outcome.PASS, year, other)
        return
    detail = Words(
        "，".join(f"{_SOURCES[source].zh}为 {found} 年" for source, found in told.items()),
        ", ".join(f"{_SOURCES[source].en} says {found}" for source, found in told.items()),
    )
    yield Result("ID-01", "report", Outcome.FAIL, year, other, detail)


def _named(reading: Reading) -> dict[str, int]:
    """The years that must be one, by source.

    Sentences left from an older report are common. So what the title is held against is the period; where none is
    stated, and the date of publication does not bear the year out either, it is every other source. A year that
    nothing but that date tells is held against the text: a report may be early or late.
    """
    years, year = reading.identity.years, reading.identity.report_year
    if [*years] == ["published"]:
        most = years_spoken_of_most(reading)
        return years if not most or year in most else years | {"text": max(most)}
    if "period" in years or years.get("published") == year:
        return {source: years[source] for source in ("period", "title") if source in years}
    told: dict[str, int] = {source: years[source] for source in ("title", "opening", "list") if source in years}
    spoken_of = years_of_the_text(reading)
    return told if year is None or not spoken_of or year in spoken_of else told | {"text": max(spoken_of)}


def published_after_its_year(reading: Reading) -> Iterator[Result]:
    """ID-07: the date of publication is neither within the report year nor before it, nor later than the capture."""
    year, published = reading.identity.report_year, reading.identity.published_on
    if year is None or published is None:
        yield Result("ID-07", "report", Outcome.NOT_EVALUABLE)
        return
    received = reading.provenance.received_on or today()
    if date(year, 12, 31) < published <= received + _AHEAD:
        yield Result("ID-07", "report", Outcome.PASS)
        return
    words = Words(
        f"{year} 年度报告的发布日期为 {published}，收存于 {received}",
        f"the report of {year} is dated {published} and was received on {received}",
    )
    yield Result("ID-07", "report", Outcome.FAIL, detail=words)


def whole_year(reading: Reading) -> Iterator[Result]:
    """ID-02: the statistical period is the whole report year."""
    period, year = reading.identity.period, reading.identity.report_year
    if period is None or year is None:
        yield Result("ID-02", "report", Outcome.NOT_EVALUABLE)
        return
    begins = period.first in (date(year, 1, 1), _IN_FORCE) and period.first.year == year
    if begins and period.last == date(year, 12, 31):
        yield Result("ID-02", "report", Outcome.PASS)
    else:
        printed = Words(f"{period.first} 至 {period.last}", f"{period.first} to {period.last}")
        yield Result("ID-02", "report", Outcome.FAIL, detail=printed)


def not_the_header_clock(reading: Reading) -> Iterator[Result]:
    """ID-03: the date of publication is not one that the page prints with a weekday, unless a meta tag gives it."""
    published = reading.identity.published_on
    if published is None:
        yield Result("ID-03", "report", Outcome.NOT_EVALUABLE)
        return
    clock = published in reading.identity.furniture and reading.identity.published_source == "page"
    words = Words(published.isoformat(), published.isoformat())
    yield Result("ID-03", "report", Outcome.FAIL if clock else Outcome.PASS, detail=words)


def opening_agrees(reading: Reading) -> Iterator[Result]:
    """ID-06: the first sentence names the body and the year that the report is taken for."""
    identity, said = reading.identity, reading.identity.opening
    doubts = []
    if said.body and identity.body_name and not _same_body(said.body, identity.body_name, reading.provenance.division):
        doubts.append(
            Words(
                f"开头称“{said.body}”，标题为“{identity.body_name}”",
                f"the first sentence names “{said.body}” but the title “{identity.body_name}”",
            )
        )
    if said.year and said.year != identity.report_year:
        doubts.append(
            Words(
                f"开头称 {said.year} 年，报告年度为 {identity.report_year} 年",
                f"the first sentence says {said.year} but the report is of {identity.report_year}",
            )
        )
    if said.body is None and said.year is None:
        yield Result("ID-06", "report", Outcome.NOT_EVALUABLE)
        return
    detail = Words("；".join(doubt.zh for doubt in doubts), "; ".join(doubt.en for doubt in doubts))
    yield Result("ID-06", "report", Outcome.FAIL if doubts else Outcome.PASS, detail=detail)


def _same_body(said: str, titled: str, division: Division | None) -> bool:
    """Whether two names may mean one body: the government and its office, or a name and what is short for it."""
    own, other = (re.sub("(?:人民)?政府$", "", name) for name in sorted((said, titled), key=len))
    if _is_short_for(own, other) or {body_kind(name, division) for name in (said, titled)} == _ONE_REPORT:
        return True
    return division is not None and body_of(said, division).id == body_of(titled, division).id


def _is_short_for(short: str, long: str) -> bool:
    """Whether all characters of a name stand in another in their order: 县教体局 for 某县教育体育局.

    That of a place is short only for what ends as it does: 某县 is not short for 某县教育体育局.
    """
    rest = iter(long)
    return long.endswith(short) if short.endswith(_PLACES) else all(character in rest for character in short)


def body_of_this_portal(reading: Reading) -> Iterator[Result]:
    """ID-05: a body that names a place names the place of the portal it was found on, not the city's or another's."""
    name, division = reading.identity.body_name, reading.provenance.division
    if division is None or name is None:
        yield Result("ID-05", "report", Outcome.NOT_EVALUABLE)
        return
    outcome = Outcome.PASS if standing(name, division).whose is Whose.OURS else Outcome.FAIL
    yield Result("ID-05", "report", outcome, detail=Words(name, name))
