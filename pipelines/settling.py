"""Settling a report of which today's reader makes something else: stored, or withdrawn, as a person has accepted."""

from __future__ import annotations

from sqlite_utils import Database

from pipelines.clock import today
from pipelines.differences import Difference
from pipelines.reading import READER, Reading
from pipelines.reasons import Sentence, reason
from pipelines.rows import Row, remove_sections
from pipelines.store import Saved, Source, report_of, save
from pipelines.versions import replace_report


def settle(db: Database, report_id: str, reading: Reading, source: Source) -> Saved:
    """Store what today's reader makes of the document of a stored report, though it be less, another's or nothing.

    A report that lost its figures keeps its place, with each of them as a revision of ours. One that is another
    body's or year's goes to that body, and one that is none is withdrawn; ``withdrawal`` says why.

    Raises:
        sqlite3.Error: the database cannot be written; nothing is.
    """
    with db.atomic():
        current = next(db.query("SELECT * FROM report WHERE id = ?", [report_id]))
        if reading.refusal is not None:
            _withdraw(db, current, reading.refusal)
            return Saved.WITHDRAWN
        body, now = report_of(reading)
        if now == report_id:
            replace_report(db, current, reading, source, Difference.READER, today().isoformat())
            return Saved.READ_OTHERWISE
        _withdraw(db, current, reason("moved", body=body.name, year=str(reading.identity.report_year), report=now))
        save(db, reading, source)
        return Saved.WITHDRAWN


def _withdraw(db: Database, current: Row, why: Sentence) -> None:
    """Take a report out of every table, and its body where that has no other, and note it."""
    report_id, body_id = current["id"], current["body_id"]
    remove_sections(db, report_id)
    for name in db.table_names():
        if name != "withdrawal" and "report_id" in db.table(name).columns_dict:
            db.execute(f'DELETE FROM "{name}" WHERE report_id = ?', [report_id])  # noqa: S608, our own tables
    db.execute("DELETE FROM report WHERE id = ?", [report_id])
    if not db.execute("SELECT 1 FROM report WHERE body_id = ?", [body_id]).fetchone():
        db.execute("DELETE FROM obligation WHERE body_id = ?", [body_id])
        db.execute("DELETE FROM body WHERE id = ?", [body_id])
    row = {"report_id": report_id, "url": current["url"], "sha256": current["sha256"], "title": current["title"]}
    told = {"reason_zh": why.zh, "reason_en": why.en, "reader": READER, "withdrawn_on": today().isoformat()}
    db.table("withdrawal").upsert({**row, **told}, pk=("report_id", "url", "withdrawn_on"))
