"""The pages of a body (its reports year by year) and of a division (its bodies)."""

from __future__ import annotations

import sqlite3
from typing import Any

from publish.pages.query import first, rows

BODY = """
SELECT body.*, division.name AS division, division.province, division.code
FROM body JOIN division ON division.code = body.division_code WHERE body.id = :id
"""
# A year stands here when a report was found or was due: absence is data. Totals that are not printed count where the
# form's own sums prove them.
YEARS = """
WITH year AS (
    SELECT report_year FROM report WHERE body_id = :id
    UNION SELECT report_year FROM obligation WHERE body_id = :id
), total AS (
    SELECT requests.report_id, outcome, ifnull(total, proven_value) AS total FROM requests
    LEFT JOIN cell ON cell.report_id = requests.report_id AND metric = outcome AND ifnull(applicant, '') = 'total'
)
SELECT year.report_year, report.id, report.title, report.published_on, report.edition, report.status,
       obligation.state, obligation.reason, obligation.due_on,
       received.total AS received, handled.total AS handled, granted.total + partly.total AS disclosed,
       (SELECT sum(disputes.total) FROM disputes WHERE disputes.report_id = report.id) AS disputes,
       (SELECT count(*) FROM finding WHERE finding.report_id = report.id AND outcome = 'fail' AND severity = 'hard')
           AS contradictions
FROM year
LEFT JOIN report ON report.body_id = :id AND report.report_year = year.report_year
LEFT JOIN obligation ON obligation.body_id = :id AND obligation.report_year = year.report_year
LEFT JOIN total received ON received.report_id = report.id AND received.outcome = 'requests_received'
LEFT JOIN total handled ON handled.report_id = report.id AND handled.outcome = 'requests_handled'
LEFT JOIN total granted ON granted.report_id = report.id AND granted.outcome = 'granted'
LEFT JOIN total partly ON partly.report_id = report.id AND partly.outcome = 'partly_granted'
ORDER BY year.report_year DESC
"""
DIVISION = """
SELECT division.*, portal.home_url, successor.name AS successor
FROM division LEFT JOIN portal ON portal.division_code = division.code
LEFT JOIN division successor ON successor.code = division.successor_code
WHERE division.code = :code
"""
BODIES = """
SELECT body.id, body.name, body.kind, count(report.id) AS reports,
       min(report.report_year) AS first_year, max(report.report_year) AS last_year,
       (SELECT count(*) FROM obligation WHERE obligation.body_id = body.id AND state = 'missing') AS missing
FROM body LEFT JOIN report ON report.body_id = body.id
WHERE body.division_code = :code
GROUP BY body.id
ORDER BY body.kind != 'district_government', body.kind != 'district_office', body.kind, body.name
"""
VISITS = """
SELECT visit.*, run.started_at AS night_of FROM visit JOIN run ON run.id = visit.run_id
WHERE visit.division_code = :code ORDER BY visit.run_id DESC LIMIT 5
"""


def gather_body(archive: sqlite3.Connection, body_id: str) -> dict[str, Any] | None:
    """A body and its years, newest first; None when there is no such body."""
    body = first(archive, BODY, id=body_id)
    return body and {"body": body, "years": rows(archive, YEARS, id=body_id)}


def gather_division(archive: sqlite3.Connection, code: str) -> dict[str, Any] | None:
    """A division, its bodies and the last visits to its portal; None when there is no such division."""
    division = first(archive, DIVISION, code=code)
    return division and {
        "division": division,
        "bodies": rows(archive, BODIES, code=code),
        "visits": rows(archive, VISITS, code=code),
    }
