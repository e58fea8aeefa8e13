"""The ledger: all nights, and one night with its visits and what went wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from pipelines.ledger import was_killed
from publish.pages.query import first, rows

NIGHTS = """
SELECT run.*, (SELECT sum(reports) FROM visit WHERE run_id = run.id) AS reports,
       (SELECT count(*) FROM incident WHERE run_id = run.id) AS incidents
FROM run ORDER BY id DESC LIMIT 100
"""
NIGHT = "SELECT * FROM run WHERE id = :id"
TOTALS = """
SELECT sum(requests) AS requests, sum(bytes) AS bytes, sum(new_bodies) AS new_bodies, sum(revisits) AS revisits,
       sum(reports) AS reports, sum(refused) AS refused FROM visit WHERE run_id = :id
"""
CHANGES = "SELECT cause, count(*) AS count FROM report_version WHERE run_id = :id GROUP BY cause ORDER BY cause"
OUTCOMES = """
SELECT outcome, count(*) AS visits, sum(requests) AS requests, sum(reports) AS reports
FROM visit WHERE run_id = :id GROUP BY outcome ORDER BY visits DESC, outcome
"""
VISITS = """
SELECT visit.*, division.name, division.province, (
    SELECT min(shortest_gap) FROM receipt
    WHERE receipt.run_id = visit.run_id AND receipt.division_code = visit.division_code
) AS shortest_gap
FROM visit JOIN division ON division.code = visit.division_code
WHERE run_id = :id ORDER BY visit.outcome = 'complete', visit.outcome, visit.division_code LIMIT 200
"""
INCIDENTS = """
SELECT incident.*, division.name FROM incident LEFT JOIN division ON division.code = incident.division_code
WHERE run_id = :id ORDER BY incident.division_code, kind, url LIMIT 200
"""


def gather_nights(archive: sqlite3.Connection) -> dict[str, Any]:
    """The last hundred nights, newest first."""
    return {"nights": [as_it_is(archive, night) for night in rows(archive, NIGHTS)]}


def gather_night(archive: sqlite3.Connection, run_id: str) -> dict[str, Any] | None:
    """One night; None when there is no such night."""
    night = first(archive, NIGHT, id=run_id)
    return night and {
        "night": as_it_is(archive, night),
        "totals": first(archive, TOTALS, id=run_id),
        "changes": rows(archive, CHANGES, id=run_id),
        "outcomes": rows(archive, OUTCOMES, id=run_id),
        "visits": rows(archive, VISITS, id=run_id),
        "incidents": rows(archive, INCIDENTS, id=run_id),
    }


def as_it_is(archive: sqlite3.Connection, night: dict[str, Any]) -> dict[str, Any]:
    """A night, told to be killed where it calls itself running and nobody is at work on it."""
    path = Path(archive.execute("PRAGMA database_list").fetchone()[2])
    is_killed = night["state"] == "running" and was_killed(archive, path, night["id"])
    return {**night, "state": "killed"} if is_killed else night
