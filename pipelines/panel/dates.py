"""TIM-04 over the database: dates in addresses that many reports share come from moving a whole site.

Reports dated by their address alone are judged here; those that state their date are judged when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from pipelines.panel.findings import Found
from pipelines.rules.limits import limits
from pipelines.rules.result import Outcome, Result
from pipelines.rules.timeliness import timeliness

_SHARED = """
SELECT body.division_code, report_date.date FROM report_date
JOIN report ON report.id = report_date.report_id JOIN body ON body.id = report.body_id
WHERE report_date.source = 'url' GROUP BY body.division_code, report_date.date HAVING count(*) >= ?
"""
_BY_ADDRESS = """
SELECT report.id, report.report_year, report.published_on, body.division_code, body.kind
FROM report JOIN body ON body.id = report.body_id
WHERE report.published_source = 'url' AND report.status <> 'unreadable'
"""


def moved_dates(db: Database) -> Iterator[Found]:
    """TIM-01 to TIM-04 for every report whose date only its address gives."""
    shared = {(row["division_code"], row["date"]) for row in db.query(_SHARED, [limits().migrated_items])}
    for row in db.query(_BY_ADDRESS):
        moved = (row["division_code"], row["published_on"]) in shared
        yield row["id"], Result("TIM-04", "report", Outcome.NOT_EVALUABLE if moved else Outcome.PASS)
        published_on = None if moved or row["kind"] == "unknown" else date.fromisoformat(row["published_on"])
        for result in timeliness(row["kind"], row["report_year"], published_on):
            yield row["id"], result
