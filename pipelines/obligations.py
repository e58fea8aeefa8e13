"""Which report was due when, and what became of it: an empty place in the grid of bodies and years has a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlite_utils import Database

from pipelines.deadlines import due_on

FIRST_YEAR = 2019  # the first year of today's regulation; earlier years are not claimed as missing
_BODIES = """
SELECT body.id, body.kind, body.division_code, min(report.report_year) AS first_year FROM body
JOIN report ON report.body_id = body.id GROUP BY body.id
"""
_LAST_OUTCOME = """
SELECT division_code, outcome, date(max(ended_at)) AS seen_on FROM visit WHERE outcome NOTNULL GROUP BY division_code
"""


def recompute(db: Database, today: date) -> None:
    """Write the grid anew: every known body, every year from its first report (not before 2019) to the last one due."""
    visits = {row["division_code"]: row for row in db.query(_LAST_OUTCOME)}
    published = {(row["body_id"], row["report_year"]): row for row in db.query("SELECT * FROM report")}
    rows = [
        row
        for body in db.query(_BODIES)
        for row in _years(body, published, visits.get(body["division_code"], {}), today)
    ]
    with db.atomic():
        db.execute("DELETE FROM obligation")
        db.table("obligation").insert_all(rows)


def _years(
    body: dict[str, Any], published: dict[tuple[str, int], Any], visit: dict[str, Any], today: date
) -> Iterator[dict[str, Any]]:
    for year in range(max(body["first_year"], FIRST_YEAR), today.year):
        due, report = due_on(body["kind"], year), published.get((body["id"], year))
        state = _state(report, due, today)
        yield {
            "body_id": body["id"],
            "report_year": year,
            "due_on": due.isoformat(),
            "state": state,
            "reason": visit.get("outcome") if state == "missing" else None,
            "as_of": visit.get("seen_on") or today.isoformat(),
        }


def _state(report: dict[str, Any] | None, due: date, today: date) -> str:
    if report is None:
        return "not_due" if today <= due else "missing"
    if report["published_on"] is None or report["published_source"] == "written":
        return "published_undated"
    return "published" if report["published_on"] <= due.isoformat() else "published_late"
