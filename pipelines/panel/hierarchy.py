"""HIER-01: what a whole district reports is not less than what its bodies report for themselves.

Off by default: it only means something where the bodies of the district are all known. Only reports that say that
they speak for the whole district are compared, with the reports of the same year that speak for their body alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from pipelines.panel.findings import Found
from pipelines.rules.result import Outcome, Result

METRICS = ("requests_received", "requests_handled", "requests_carried_out")
_SQL = """
SELECT whole.id, requests.outcome, requests.total AS whole_total, sum(part.total) AS parts, count(part.total) AS known,
    count(*) AS members
FROM report AS whole
JOIN body AS district ON district.id = whole.body_id
JOIN requests ON requests.report_id = whole.id AND requests.total NOTNULL AND requests.outcome IN (?, ?, ?)
JOIN body AS member ON member.division_code = district.division_code AND member.id <> district.id
LEFT JOIN report AS own ON own.body_id = member.id AND own.report_year = whole.report_year AND own.scope = 'organ_only'
LEFT JOIN requests AS part ON part.report_id = own.id AND part.outcome = requests.outcome
WHERE whole.scope = 'region_aggregate'
GROUP BY whole.id, requests.outcome
"""


def members_within_the_whole(db: Database) -> Iterator[Found]:
    """HIER-01 for every whole-district report; not evaluable unless every known body reported for itself."""
    for row in db.query(_SQL, METRICS):
        if row["known"] < row["members"]:
            yield row["id"], Result("HIER-01", row["outcome"], Outcome.NOT_EVALUABLE)
        else:
            outcome = Outcome.FAIL if row["parts"] > row["whole_total"] else Outcome.PASS
            yield row["id"], Result("HIER-01", row["outcome"], outcome, row["parts"], row["whole_total"])
