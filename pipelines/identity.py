"""Whose report, of which year, published when: every candidate is kept with its source, and one is chosen by rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from pipelines.bodies import Division, body_kind, report_scope
from pipelines.dates import SOURCES, Period, furniture_dates, page_date, parse_date, stated_period, url_date
from pipelines.document import Document
from pipelines.imprint import Imprint, imprint
from pipelines.text import squeeze
from pipelines.titles import Title, look_alike_word, looks_like_report_title, parse_title

__all__ = ["Identity", "Provenance", "identify", "looks_like_report_title"]

_OPENING = 40  # paragraphs: the page's navigation, the title and the first sentences of the report
_LONGEST_TITLE = 80
_OPENING_YEAR = re.compile(r"现将.{0,40}?(20\d{2})年度?.{0,40}报告")
_FOLDER_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年|n(?=[/\b]))")
_ISSUER_LINE = re.compile(r"[\u4e00-\u9fff]{2,24}")
_GOVERNMENT_COLUMN = re.compile(r"(?:区|县|市|旗)(?:人民)?政府(?:年报|年度报告|信息公开)?|本级")
_UNTITLED_PARTS = re.compile(r"[_|—–-]")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from, as far as it is known: what the list said of it, and for which division."""

    url: str = ""
    division: Division | None = None
    list_title: str = ""
    list_date: str = ""
    column: str = ""


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
    title = find_title(document, provenance)
    period = stated_period(lines)
    dates = _dates(document, provenance, lines)
    scope = report_scope(lines)
    form = imprint(document)
    return Identity(
        title=title.text if title else None,
        body_name=_body_name(document, provenance, title, scope) or form.body,
        years=_years(title, period, lines, provenance, form, dates),
        dates=dates,
        period=period,
        scope=scope,
        furniture=furniture_dates(lines),
    )


def find_title(document: Document, provenance: Provenance) -> Title | None:
    """The first candidate that is the title of a report: meta tag, heading, opening lines, list, page title."""
    return next((title for text in _title_texts(document, provenance) if (title := parse_title(text))), None)


def says_it_is_something_else(document: Document) -> str | None:
    """The word by which the page's own title shows that it is not a report, if its meta tag or headings do so."""
    own = document.meta.get("articletitle") or next(iter(document.headings), "")
    return None if parse_title(own) else look_alike_word(own)


def _title_texts(document: Document, provenance: Provenance) -> Iterator[str]:
    yield document.meta.get("articletitle", "")
    yield from document.headings
    yield from _opening_titles(document)
    yield provenance.list_title
    yield _UNTITLED_PARTS.split(document.page_title)[0]


def _opening_titles(document: Document) -> Iterator[str]:
    """Single opening lines and neighbouring pairs of them, for a title that is broken in two."""
    lines = list(islice(document.paragraphs(), _OPENING))
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        for text in (line, line + following):
            if len(text) <= _LONGEST_TITLE and squeeze(text).endswith(("报告", "年报", ")")):
                yield text


def _body_name(document: Document, provenance: Provenance, title: Title | None, scope: str) -> str | None:
    if title and len(title.body) > 1:
        return title.body
    division = provenance.division
    if division and (scope == "region_aggregate" or _GOVERNMENT_COLUMN.search(provenance.column)):
        return f"{division.name}人民政府"
    candidates = (document.meta.get("contentsource", ""), _issuer_line(document), document.meta.get("sitename", ""))
    return next((squeeze(name) for name in candidates if name), None)


def _issuer_line(document: Document) -> str:
    """An opening line that is nothing but the name of a body."""
    lines = map(squeeze, islice(document.paragraphs(), 3))
    names = (line for line in lines if _ISSUER_LINE.fullmatch(line) and body_kind(line) != "unknown")
    return next(names, "")


def _years(
    title: Title | None,
    period: Period | None,
    lines: list[str],
    provenance: Provenance,
    form: Imprint,
    dates: dict[str, date],
) -> dict[str, int]:
    """Candidate years by source, in the order of rule ID-01."""
    opening = next((match for line in lines if (match := _OPENING_YEAR.search(squeeze(line)))), None)
    listed = parse_title(provenance.list_title)
    folder = _FOLDER_YEAR.search(provenance.column) or _FOLDER_YEAR.search(provenance.url)
    candidates = {
        "period": period.first.year if period else None,
        "title": title.year if title else None,
        "opening": int(opening[1]) if opening else None,
        "list": listed.year if listed else None,
        "folder": int(folder[1]) if folder else None,
        "form": form.year,
        "published": next(iter(dates.values())).year - 1 if dates else None,
    }
    return {source: year for source, year in candidates.items() if year is not None}


def _dates(document: Document, provenance: Provenance, lines: list[str]) -> dict[str, date]:
    candidates = {
        "meta": parse_date(document.meta.get("pubdate")),
        "page": page_date(lines),
        "list": parse_date(provenance.list_date),
        "url": url_date(provenance.url),
    }
    return {source: found for source in SOURCES if (found := candidates[source]) is not None}
