"""Which reports a night need not ask for: those that were looked at lately and stand in their list as before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlite_utils import Database

from crawler.links import Link
from pipelines.clock import utc_now
from pipelines.reading import READER

# A report that another reader has read is due, and so is one that this run has asked for before it was cut short;
# a look that failed is none.
LOOKED_AT = """
SELECT source.url, source.list_title, source.list_date, body.name, report.report_year,
    max(CASE WHEN capture.status IN (200, 304) THEN capture.received_at END) AS looked_at
FROM body JOIN report ON report.body_id = body.id JOIN report_source AS source ON source.report_id = report.id
JOIN capture ON capture.url = source.url
WHERE body.division_code = :code AND source.reader = :reader
GROUP BY source.report_id, source.url HAVING max(capture.run_id) < :run AND looked_at NOT NULL
"""
# The page that a report is attached to has no source of its own: its row is known by title and date, which went over to
# the attachment, and by having been asked for before.
ASKED_BEFORE = "SELECT 1 FROM capture WHERE url = ? AND status IN (200, 304) AND run_id < ? LIMIT 1"
Whose = tuple[str | None, int | None]


@dataclass(frozen=True, slots=True)
class Look:
    """The last look at a report: how its list printed it, whose it is and of which year, and when that was (UTC)."""

    title: str
    date: str | None
    whose: Whose
    at: str


@dataclass(frozen=True, slots=True)
class SecondLooks:
    """What is known of one portal's reports; with ``days`` = 0 every report is due every night.

    A report is due ``days`` after its last look, or up to half as long again: one that all portals were visited in one
    night must not bring them all back in one night.
    """

    days: int
    looks: dict[str, Look]
    was_asked: Callable[[str], bool] = lambda url: False

    def whose(self, row: Link) -> Whose | None:
        """Body and year of the report behind a row that need not be asked for; None when it is due."""
        look = self.looks.get(row.url) or self._behind(row)
        if look is None or (look.title, look.date) != (row.label, row.date):
            return None
        age = datetime.fromisoformat(utc_now()) - datetime.fromisoformat(look.at)
        return look.whose if age.days < self._wait(row.url) else None

    def _behind(self, row: Link) -> Look | None:
        """The last look at a report that is attached to the page of a row."""
        looks = [look for look in self.looks.values() if (look.title, look.date) == (row.label, row.date)]
        return looks[0] if len({look.whose for look in looks}) == 1 and self.was_asked(row.url) else None

    def _wait(self, url: str) -> int:
        return self.days + crc32(url.encode()) % (self.days // 2 + 1)


def second_looks(db: Database, run_id: int, code: str, days: int) -> SecondLooks:
    """What earlier nights know of the reports of one portal."""
    rows = db.execute(LOOKED_AT, {"code": code, "reader": READER, "run": run_id}).fetchall() if days else []
    looks = {url: Look(title, date or None, (name, year), at) for url, title, date, name, year, at in rows}
    return SecondLooks(days, looks, lambda url: bool(db.execute(ASKED_BEFORE, [url, run_id]).fetchone()))
