"""How a report that is stored differs from a new reading of the same document, and what the difference comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from sqlite_utils import Database

from pipelines.panel import judged_by_panel
from pipelines.reading import Reading
from pipelines.rows import Row, brings_sections, rows_of, unproven
from pipelines.versions import Source, report_columns

_TOLD = ("edition", "title", "published_on", "published_source", "scope")
"""The columns of ``report`` that a reader fills in from the document itself."""
_READ = ("disclosure", "requests", "disputes", "annex", "cell", "narrative", "report_date")
_VERDICT = ("rule", "subject", "outcome", "fault")

_Line = frozenset[tuple[str, object]]


class Difference(StrEnum):
    """What differs. The first two are causes of a new version; ``WORDS`` are messages alone."""

    READER = "reader changed"
    RULE = "rule changed"
    WORDS = "words"
    NONE = "none"


def difference(db: Database, current: Row, reading: Reading, source: Source) -> Difference:
    """Compare the ``report`` row ``current`` and all its rows with a reading of the same document.

    Findings of the panel are left out, as are the fingerprint and the date of first sight.
    """
    columns = report_columns(reading, source)
    new: dict[str, list[Row]] = {table: list(rows) for table, rows in rows_of(reading, source.received_on).items()}
    old = {table: _stored(db, table, current["id"]) for table in new}
    if any(current[name] != columns[name] for name in _TOLD) or _sections_differ(db, current["id"], reading):
        return Difference.READER
    if any(_content(old[table]) != _content(new[table]) for table in _READ):
        return Difference.READER
    own = [row for row in old["finding"] if not judged_by_panel(row["rule"], current["published_source"])]
    found = [row for row in new["finding"] if not judged_by_panel(row["rule"], current["published_source"])]
    if _verdicts(own) != _verdicts(found) or _proofs(old["cell"]) != _proofs(new["cell"]):
        return Difference.RULE
    if _content(own) != _content(found) or any(current[name] != value for name, value in columns.items()):
        return Difference.WORDS
    return Difference.NONE


def _stored(db: Database, table: str, report_id: str) -> list[Row]:
    sql = f"SELECT * FROM {table} WHERE report_id = ?"  # noqa: S608, our own tables
    return [{name: value for name, value in row.items() if name != "report_id"} for row in db.query(sql, [report_id])]


def _content(rows: Iterable[Row]) -> Counter[_Line]:
    """What the rows say, in any order, without what the rules have proven of a cell."""
    return Counter(frozenset(_said(row)) for row in rows)


def _said(row: Row) -> Iterable[tuple[str, object]]:
    for name, value in row.items():
        if value is not None and name != "proven_value":
            yield name, unproven(value) if name == "status" else value


def _verdicts(findings: Iterable[Row]) -> Counter[_Line]:
    return Counter(frozenset((name, finding[name]) for name in _VERDICT) for finding in findings)


def _proofs(cells: Iterable[Row]) -> Counter[_Line]:
    return Counter(frozenset(cell.items()) for cell in cells)


def _sections_differ(db: Database, report_id: str, reading: Reading) -> bool:
    if not brings_sections(reading):
        return False
    stored = db.execute("SELECT number, heading, text FROM section WHERE report_id = ? ORDER BY number", [report_id])
    return stored.fetchall() != [(section.number, section.heading, section.text) for section in reading.sections]
