"""Whose report, of which year, published when: every candidate is kept with its source, and one is chosen by rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from pipelines.addresses import creation_date, url_date
from pipelines.bodies import Division, report_scope
from pipelines.dates import Period, furniture_dates, parse_date, stated_period
from pipelines.document import Document
from pipelines.imprint import Imprint, imprint
from pipelines.issuer import Evidence, issuer
from pipelines.masthead import Masthead, masthead
from pipelines.opening import Opening, opening
from pipelines.text import squeeze
from pipelines.titles import (
    Title,
    is_about_a_report,
    is_column_name,
    look_alike_word,
    looks_like_report_title,
    parse_title,
)
from pipelines.years import YEAR

__all__ = ["Identity", "Provenance", "identify", "looks_like_report_title"]

SOURCES = ("meta", "page", "list", "written", "url")
"""Where a date of publication may come from, in the order of trust; ``written`` is no later than it."""

_OPENING = 40  # paragraphs: the page's navigation, the title and the first sentences of the report
_ABOVE = 200  # paragraphs above the first section: there may be the cells of a table that is kept as lines
_LONGEST_TITLE = 80
_FIRST_SECTION = re.compile("一[、.,:]")
_REBUILT = timedelta(days=30)  # so much later than any other date, a PubDate is that of the page's last making
_FOLDER_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年|n(?=[/\b]))")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from and when, as far as it is known: what the list said of it, and for which division.

    ``received_on`` is the day in China on which it was received; None for a file of which that is unknown.
    """

    url: str = ""
    division: Division | None = None
    list_title: str = ""
    list_date: str = ""
    column: str = ""
    received_on: date | None = None


@dataclass(slots=True)
class Identity:
    """What a document says of itself.

    ``years`` and ``dates`` hold every candidate by its source, best first; ``furniture`` are the weekday-bearing
    dates of the page header, which are never used.
    """

    title: str | None
    body_name: str | None
    years: dict[str, int]
    dates: dict[str, date]
    period: Period | None
    scope: str
    furniture: frozenset[date] = field(default_factory=frozenset)
    opening: Opening = field(default_factory=Opening)

    @property
    def report_year(self) -> int | None:
        """The year of the best source."""
        return next(iter(self.years.values()), None)

    @property
    def published_source(self) -> str | None:
        """The source of the date of publication."""
        return next(iter(self.dates), None)

    @property
    def published_on(self) -> date | None:
        """The date of publication by the best source."""
        return next(iter(self.dates.values()), None)


def identify(document: Document, provenance: Provenance) -> Identity:
    """Read the identity of a document from its own words and from its provenance."""
    lines = list(document.paragraphs())
    title, form, said = find_title(document, provenance), imprint(document), opening(lines)
    head = masthead(document, title.text if title else "")
    period, scope = stated_period(lines), report_scope(lines)
    known = (provenance.division, provenance.column, provenance.list_title)
    evidence = Evidence(document, *known, title, scope, said, head, form.body)
    years = _years(title, period, said, provenance, form)
    dates = _dates(head, provenance, next(iter(years.values()), None))
    if dates:
        years["published"] = next(iter(dates.values())).year - 1
    return Identity(
        title=title.text if title else None,
        body_name=issuer(evidence),
        years=years,
        dates=dates,
        period=period,
        scope=scope,
        furniture=furniture_dates(lines),
        opening=said,
    )


def find_title(document: Document, provenance: Provenance) -> Title | None:
    """The first candidate that is the title of a report: meta tag, heading, opening lines, list, page title.

    One that names neither body nor year, as a column does, counts only where there is no other.
    """
    second_best = None
    for text in _title_texts(document, provenance):
        title = parse_title(text)
        if title and title.says_whose and not title.cut:
            return title
        second_best = second_best or title
    return second_best


def says_it_is_something_else(document: Document, *, has_tables: bool) -> str | None:
    """The word by which the page's own title shows that it is not a report, if its meta tag or first heading does so.

    The first heading may be that of a menu or of the site: 预算/决算. It is where a report is named elsewhere.
    """
    own = document.meta.get("articletitle") or next(iter(document.headings), "")
    if parse_title(own) or is_column_name(own):
        return None
    word = look_alike_word(own)
    if word is None or "articletitle" in document.meta or is_about_a_report(own):
        return word
    return None if _is_named_elsewhere(document, own, has_tables) else word


def _is_named_elsewhere(document: Document, heading: str, has_tables: bool) -> bool:
    """Whether another heading or the page's title is that of a report; one without a year needs a statutory table.

    A line of text is weaker, and is so only below a heading without a year, as that of a column is.
    """
    titles = map(parse_title, [*document.headings[1:], document.page_title])
    if any(title and title.says_whose and (title.year or has_tables) for title in titles):
        return True
    if not has_tables or YEAR.search(squeeze(heading)):
        return False
    return any(title and title.says_whose for title in map(parse_title, _opening_titles(document)))


def _title_texts(document: Document, provenance: Provenance) -> Iterator[str]:
    yield document.meta.get("articletitle", "")
    yield from document.headings
    yield from _opening_titles(document)
    yield provenance.list_title
    yield document.page_title


def _opening_titles(document: Document) -> Iterator[str]:
    """The lines above the first section, the nearest first, since other years' reports are linked further up.

    Where there is no section, the opening lines in their order. A title may be broken over two lines.
    """
    lines = list(document.paragraphs())
    end = next((place for place, line in enumerate(lines) if _FIRST_SECTION.match(squeeze(line[:_LONGEST_TITLE]))), 0)
    pairs = [*pairwise(["", *(lines[max(end - _ABOVE, 0) : end] or lines[:_OPENING])])]
    for first, second in reversed(pairs) if end else pairs:
        if _may_be_a_title(second):
            yield second
        if _may_be_a_title(first + second) and not parse_title(second):
            yield first + second


def _may_be_a_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and squeeze(text).endswith(("报告", "年报", ")"))


def _years(
    title: Title | None, period: Period | None, said: Opening, provenance: Provenance, form: Imprint
) -> dict[str, int]:
    """Candidate years by source, in the order of rule ID-01."""
    listed = parse_title(provenance.list_title)
    folder = _FOLDER_YEAR.search(provenance.column) or _FOLDER_YEAR.search(provenance.url)
    candidates = {
        "period": period.first.year if period else None,
        "title": title.year if title else None,
        "opening": said.year,
        "list": listed.year if listed else None,
        "folder": int(folder[1]) if folder else None,
        "form": form.year,
    }
    return {source: year for source, year in candidates.items() if year is not None}


def _dates(head: Masthead, provenance: Provenance, report_year: int | None) -> dict[str, date]:
    """Candidate dates by source, best first; a PubDate that only tells when the page was made again comes last."""
    in_address = url_date(provenance.url) or _after(report_year, creation_date(provenance.url))
    candidates = head.dates | {"list": parse_date(provenance.list_date), "url": in_address}
    dates = {source: found for source in SOURCES if (found := candidates.get(source)) is not None}
    others = [day for source, day in dates.items() if source not in ("meta", "written")]
    if "meta" in dates and others and dates["meta"] - max(others) > _REBUILT:
        dates["meta"] = dates.pop("meta")
    return dates


def _after(report_year: int | None, created: date | None) -> date | None:
    """A date that a number in the address was made of, unless it is older than the report: then it is no date."""
    return created if created and report_year is not None and created.year > report_year else None
