"""A figure that a visitor follows from its report to the archived page: which one it is, and what is stored of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlite_utils import Database

from pipelines.matching import Key
from pipelines.rows import printed_figures
from pipelines.vocabulary import metrics
from publish.pages.query import first

# A page is taken for a report's only where it gave a version of it: no other may be shown as the source of a figure.
_REPORT = """
SELECT report.id, title, report_year FROM report JOIN report_version AS version ON version.report_id = report.id
WHERE report.id = :report AND version.capture_id = :capture
"""
_TABLES = {"2": "disclosure", "3": "requests", "4": "disputes", "annex": "annex"}


@dataclass(frozen=True, slots=True)
class Sought:
    """A printed figure of a report, and the text of its cell."""

    report_id: str
    title: str
    year: int
    key: Key
    printed: str

    @property
    def table(self) -> str:
        """The table that it stands in, by its name in the database."""
        return _TABLES[metrics()[self.key[0]].form_table]

    @property
    def query(self) -> str:
        """The part of an address that names it."""
        metric, applicant = self.key
        return urlencode({"report": self.report_id, "metric": metric, "applicant": applicant or ""})


def sought(archive: sqlite3.Connection, capture: int, asked: Mapping[str, str]) -> Sought | None:
    """The figure that an address names; None when the report does not print it, or did not come of this capture."""
    report = first(archive, _REPORT, report=asked.get("report", ""), capture=capture)
    if report is None:
        return None
    key = asked.get("metric", ""), asked.get("applicant") or None
    printed = printed_figures(Database(archive), report["id"]).get(key)
    return Sought(report["id"], report["title"], report["report_year"], key, printed) if printed else None
