"""Reports whose portal has moved them: cited from now on where they stand today."""

from __future__ import annotations

import json
from collections.abc import Set

from sqlite_utils import Database

# The copy that was found first takes the place; of a report that has none the old address is all there is.
_MOVED = """
SELECT report.id, report.url, copy.url, copy.sha256, min(copy.rowid)
FROM body JOIN report ON report.body_id = body.id
JOIN report_source AS copy ON copy.report_id = report.id AND copy.role = 'same figures'
WHERE body.division_code = :code
  AND report.url NOT IN (SELECT value FROM json_each(:listed))
  AND copy.url IN (SELECT value FROM json_each(:listed))
GROUP BY report.id
"""


def follow_moves(db: Database, code: str, listed: Set[str]) -> int:
    """Let the same figures at a listed address be the current source of each report whose own is listed no more.

    Nothing that was read changes, so this is no version: only the address and the digest of what is cited. To be called
    when the lists of a division have moved, with the addresses of all rows of the new ones. Gives the number of moves.
    """
    parameters = {"code": code, "listed": json.dumps(sorted(listed))}
    moved = db.execute(_MOVED, parameters).fetchall()
    for report_id, old, new, sha256, _ in moved:
        db.table("report").update(report_id, {"url": new, "sha256": sha256})
        db.table("report_source").update((report_id, old), {"role": "superseded"})
        db.table("report_source").update((report_id, new), {"role": "current"})
    return len(moved)
