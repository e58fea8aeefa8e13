"""The start page: what this is, what is in it, and how fresh it is."""

from __future__ import annotations

import sqlite3
from typing import Any

from pipelines.vocabulary import APPLICANTS, RESULTS, metrics
from publish.pages.nights import as_it_is
from publish.pages.query import first, rows

COUNTS = """
SELECT (SELECT count(*) FROM body) AS bodies,
       (SELECT count(DISTINCT division_code) FROM body) AS divisions,
       (SELECT count(*) FROM report) AS reports,
       (SELECT min(report_year) FROM report) AS first_year,
       (SELECT max(report_year) FROM report) AS last_year,
       (SELECT count(*) FROM finding WHERE outcome IN ('pass', 'pass_blank_as_zero', 'fail')) AS checks,
       (SELECT count(DISTINCT report_id) FROM finding WHERE outcome = 'fail' AND severity = 'hard') AS contradictory
"""
YEARS = """
SELECT report_year,
       count(*) FILTER (WHERE state = 'published') AS published,
       count(*) FILTER (WHERE state = 'published_late') AS late,
       count(*) FILTER (WHERE state = 'published_undated') AS undated,
       count(*) FILTER (WHERE state = 'missing') AS missing,
       count(*) FILTER (WHERE state = 'not_due') AS not_due
FROM obligation GROUP BY report_year ORDER BY report_year DESC LIMIT 12
"""
LATEST = """
SELECT report.id, report.title, report.report_year, report.published_on, body.name AS body, division.name AS division
FROM report JOIN body ON body.id = report.body_id JOIN division ON division.code = body.division_code
ORDER BY report.published_on DESC, report.id LIMIT 8
"""
# SQLite takes the bare columns from the row that holds the minimum: both messages are of the same finding.
CONTRADICTIONS = """
SELECT report_id, body.name AS body, report_year, min(rule || subject) AS finding, message_zh, message_en
FROM finding JOIN report ON report.id = report_id JOIN body ON body.id = body_id
WHERE outcome = 'fail' AND finding.severity = 'hard'
GROUP BY report_id ORDER BY report_year DESC, report_id LIMIT 5
"""
DIVISIONS = """
SELECT code, division.name, province, count(DISTINCT body.id) AS bodies, count(report.id) AS reports
FROM division JOIN body ON body.division_code = code LEFT JOIN report ON report.body_id = body.id
GROUP BY code ORDER BY reports DESC, code LIMIT 24
"""
NIGHT = "SELECT * FROM run WHERE state != 'refused' ORDER BY id DESC LIMIT 1"


def gather(archive: sqlite3.Connection) -> dict[str, Any]:
    """Everything the start page shows; an empty archive gives zero counts and empty lists."""
    night = first(archive, NIGHT)
    return {
        "counts": first(archive, COUNTS),
        "figures": _count_figures(archive),
        "night": night and as_it_is(archive, night),
        "years": rows(archive, YEARS),
        "latest": rows(archive, LATEST),
        "contradictions": rows(archive, CONTRADICTIONS),
        "divisions": rows(archive, DIVISIONS),
    }


def _count_figures(archive: sqlite3.Connection) -> int:
    """How many printed numbers there are. The view ``observation`` would read the tables two hundred times."""
    disclosed = [metric.metric for metric in metrics().values() if metric.form_table == "2"]
    tables = {"disclosure": disclosed, "requests": APPLICANTS, "disputes": RESULTS, "annex": ("value",)}
    counted = (_count(archive, table, "+".join(f"count({name})" for name in names)) for table, names in tables.items())
    return sum(counted)


def _count(archive: sqlite3.Connection, table: str, terms: str) -> int:
    (count,) = archive.execute(f"SELECT {terms} FROM {table}").fetchone()  # noqa: S608, names of our own schema
    return int(count)
