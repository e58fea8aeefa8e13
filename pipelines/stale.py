"""The reports whose archived document an older reader has read last, and reading one of them with today's code.

Which reader has read a document last is noted with each source, so that a reading again that was cut off goes on where
it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipelines.bodies import Division
from pipelines.clock import day_of
from pipelines.contents import Contents
from pipelines.identity import Provenance
from pipelines.reading import READER, Reading, read
from pipelines.rows import Row
from pipelines.rules import check
from pipelines.store import Source, save_again

_PAGE = 500  # rows fetched at a time
_STALE = """
FROM report_source AS source
JOIN report ON report.id = source.report_id AND report.url = source.url
JOIN report_version AS version ON version.report_id = report.id AND version.version = report.version
JOIN body ON body.id = report.body_id
JOIN division ON division.code = body.division_code
LEFT JOIN capture ON capture.id = source.capture_id
LEFT JOIN report_date AS seen ON seen.report_id = report.id AND seen.source = 'first_seen'
WHERE source.reader IS NOT ?
"""
_COLUMNS = """
SELECT report.id, source.url, source.sha256, source.capture_id, source.list_name, source.list_title, source.list_date,
    version.run_id, version.read_at, seen.date AS first_seen, capture.received_at,
    division.code, division.name, division.province, division.prefecture
"""


@dataclass(frozen=True, slots=True)
class Stale:
    """A report whose current document was last read by another reader than today's."""

    report_id: str
    source: Source
    provenance: Provenance


def mark_all(db: Database) -> None:
    """Have every report read again, by this reading again or by the one that goes on after it."""
    with db.atomic():
        db.execute("UPDATE report_source SET reader = NULL WHERE role = 'current'")


def count_stale(db: Database) -> int:
    """How many reports are to be read again."""
    return int(db.execute(f"SELECT count(*) {_STALE}", [READER]).fetchone()[0])


def stale_reports(db: Database) -> Iterator[Stale]:
    """Every report that is to be read again, by id."""
    last = ""
    while rows := list(_select(db, "AND report.id > ? ORDER BY report.id LIMIT ?", last, _PAGE)):
        yield from map(_stale, rows)
        last = rows[-1]["id"]


def read_again(captures: Path, stale: Stale) -> Reading:
    """Read the archived document of a report with today's code.

    Raises:
        StorageError: ``captures`` does not hold it.
    """
    with closing(Contents(captures)) as contents:
        return _read(contents.body(stale.source.sha256), stale)


def catch_up(db: Database, contents: Contents, report_id: str) -> None:
    """Bring a stored report to today's reader, so that what our reader changed is not laid to its publisher.

    Raises:
        Regression: its archived document can no longer be read as this report; what is stored stays.
    """
    for row in _select(db, "AND report.id = ?", report_id):
        stale = _stale(row)
        if contents.has(stale.source.sha256):
            save_again(db, report_id, _read(contents.body(stale.source.sha256), stale), stale.source)


def _read(data: bytes, stale: Stale) -> Reading:
    reading = read(data, stale.provenance)
    check(reading)
    return reading


def _select(db: Database, clause: str, *values: object) -> Iterator[Row]:
    return db.query(f"{_COLUMNS} {_STALE} {clause}", [READER, *values])


def _stale(row: Row) -> Stale:
    seen = row["first_seen"] or row["read_at"][:10]
    source = Source(row["url"], row["sha256"], seen, row["capture_id"], row["run_id"])
    division = Division(row["code"], row["name"], row["province"], row["prefecture"] or "")
    received_on = day_of(row["received_at"]) if row["received_at"] else None
    listed = (row["list_title"], row["list_date"], row["list_name"])
    return Stale(row["id"], source, Provenance(row["url"], division, *listed, received_on))
