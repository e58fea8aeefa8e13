"""The golden truth: what a right reading of the sample portals finds, from the same data as the pages."""

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from samples.figures import Edition, Figures
from samples.figures import load as load_figures
from samples.forms import fill
from samples.portal import BodyKind, Entry, Portal, portals
from samples.render import ATTACHED, attachment_name

Key = tuple[str, str | None]
"""A metric and an applicant; the applicant is None outside the second table."""

_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(?:元|万元)?")


@dataclass(frozen=True)
class ExpectedReport:
    """One report that a right night finds.

    `path` is that of the document that holds it, a page or an attachment. `printed` holds the text of every
    figure cell and `values` its number, None for a blank or a mark. Both are empty, and `edition` is None, for a scan.
    """

    division_code: str
    body_name: str
    body_kind: BodyKind
    report_year: int
    edition: Edition | None
    title: str
    published_on: date
    path: str
    printed: dict[Key, str]
    values: dict[Key, float | None]
    broken_identities: tuple[str, ...] = ()


def reports(portal: Portal) -> list[ExpectedReport]:
    """The reports of one portal that can be read, in the order of its lists."""
    return [_report(portal, *row) for row in _rows(portal, "report", "attachment")]


def scans(portal: Portal) -> list[ExpectedReport]:
    """The reports of one portal that exist only as a picture, which cannot be read."""
    return [_report(portal, *row) for row in _rows(portal, "scan")]


def word_copies(portal: Portal) -> dict[str, str]:
    """The path of each report's page that also attaches it as a Word file, with the path of that file."""
    return {path: _beside(path, entry) for path, entry in _rows(portal, "report") if entry.word_too}


def refused(portal: Portal) -> list[str]:
    """The paths of articles whose title claims a report and whose text is none."""
    return [path for path, _ in _rows(portal, "bulletin")]


def broken(portal: Portal) -> list[str]:
    """The paths of articles that a list names and that answer 404."""
    return [path for path, _ in _rows(portal, "broken")]


def lookalikes(portal: Portal) -> list[str]:
    """The paths of articles whose title already shows that they are no report."""
    return [path for path, _ in _rows(portal, "lookalike")]


@cache
def all_reports() -> tuple[ExpectedReport, ...]:
    """The readable reports of the whole fleet."""
    return tuple(report for portal in portals() for report in reports(portal))


def value(printed: str) -> float | None:
    """The number that a cell prints, in its printed unit; None for a blank or a mark such as `/`."""
    match = _NUMBER.fullmatch(printed)
    return float(match[1]) if match else None


def _beside(path: str, entry: Entry) -> str:
    return posixpath.join(posixpath.dirname(path), attachment_name(entry))


def _rows(portal: Portal, *is_a: str) -> list[tuple[str, Entry]]:
    return [(posixpath.join(column.path, entry.url), entry) for column, entry in portal.entries if entry.is_a in is_a]


def _report(portal: Portal, path: str, entry: Entry) -> ExpectedReport:
    if entry.body is None or entry.report_year is None:  # the portal's model has checked both
        raise ValueError(f"“{entry.title}” of {portal.name} names no body or year; complete its portal file.")
    figures = load_figures(entry.figures) if entry.figures else None
    printed = _printed(figures) if figures else {}
    return ExpectedReport(
        division_code=portal.code,
        body_name=entry.body.name,
        body_kind=entry.body.kind,
        report_year=entry.report_year,
        edition=figures.edition if figures else None,
        title=entry.title,
        published_on=entry.published_on,
        path=_beside(path, entry) if entry.is_a in ATTACHED else path,
        printed=printed,
        values={key: value(text) for key, text in printed.items()},
        broken_identities=figures.broken_identities if figures else (),
    )


def _printed(figures: Figures) -> dict[Key, str]:
    return {(cell.metric or "", cell.applicant): cell.text for cell in fill(figures).figures()}
