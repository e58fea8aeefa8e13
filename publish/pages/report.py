"""The report page: one report as its form shows it, what the checks found, and where every figure comes from."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from publish.forms import lay_out
from publish.pages.query import Row, first, rows

REPORT = """
SELECT report.*, body.name AS body, body.kind, body.division_code, division.name AS division,
       division.province, obligation.due_on, obligation.state AS timeliness
FROM report JOIN body ON body.id = report.body_id JOIN division ON division.code = body.division_code
LEFT JOIN obligation ON obligation.body_id = report.body_id AND obligation.report_year = report.report_year
WHERE report.id = :id
"""
VERSIONS = "SELECT * FROM report_version WHERE report_id = :id ORDER BY version DESC"
SOURCES = "SELECT * FROM report_source WHERE report_id = :id ORDER BY role != 'current', url"
DATES = "SELECT source, date FROM report_date WHERE report_id = :id ORDER BY date, source"
FINDINGS = """
SELECT finding.*, rule.title_zh, rule.title_en FROM finding JOIN rule ON rule.id = finding.rule
WHERE report_id = :id AND outcome = 'fail' ORDER BY finding.severity, finding.rule, subject
"""
OUTCOMES = "SELECT outcome, count(*) AS count FROM finding WHERE report_id = :id GROUP BY outcome"
REVISIONS = "SELECT * FROM revision WHERE report_id = :id ORDER BY id DESC"
SECTIONS = "SELECT heading, text FROM section WHERE report_id = :id AND text != '' ORDER BY number"


def gather(archive: sqlite3.Connection, report_id: str) -> dict[str, Any] | None:
    """Everything the report page shows; None when there is no such report."""
    report = first(archive, REPORT, id=report_id)
    if report is None:
        return None
    forms, figures = lay_out(archive, report_id, report["edition"])
    versions = rows(archive, VERSIONS, id=report_id)
    return {
        "report": report,
        "read": _current(versions, report["version"]),
        "versions": versions,
        "sources": rows(archive, SOURCES, id=report_id),
        "dates": rows(archive, DATES, id=report_id),
        "forms": forms,
        "marks": figures.marks(),
        "failures": rows(archive, FINDINGS, id=report_id),
        "outcomes": Counter({row["outcome"]: row["count"] for row in rows(archive, OUTCOMES, id=report_id)}),
        "revisions": rows(archive, REVISIONS, id=report_id),
        "sections": rows(archive, SECTIONS, id=report_id),
    }


def _current(versions: list[Row], number: int) -> Row | None:
    return next((version for version in versions if version["version"] == number), None)
