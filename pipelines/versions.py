"""The one way in which a stored report changes: its rows are replaced, a version is added, each change is recorded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipelines.bodies import Body
from pipelines.clock import utc_now
from pipelines.reading import READER, Reading
from pipelines.rows import Row, figures_as_read, insert, replace_rows

_SET_ROLE = """
INSERT INTO report_source (report_id, url, sha256, capture_id, role, list_name, list_title, list_date, reader)
VALUES (:report_id, :url, :sha256, :capture_id, :role, :list_name, :list_title, :list_date, :reader)
ON CONFLICT (report_id, url) DO UPDATE SET sha256 = excluded.sha256, capture_id = excluded.capture_id,
    role = excluded.role, list_name = excluded.list_name, list_title = excluded.list_title,
    list_date = excluded.list_date, reader = excluded.reader
"""


@dataclass(frozen=True, slots=True)
class Source:
    """The document a reading was made from. ``received_on`` is the ISO date of its capture."""

    url: str
    sha256: str
    received_on: str
    capture_id: int | None = None
    run_id: int | None = None


def fingerprint(reading: Reading) -> str:
    """A digest of what a document says: its title, date, figures as printed and sections.

    The opening and the last section are left out, because a page's counters and neighbours stand next to them.
    """
    said: list[Any] = [reading.identity.title, str(reading.identity.published_on), reading.edition]
    said += [[o.metric, o.applicant, o.raw] for o in reading.observations.values()]
    said += [[section.heading, section.text] for section in reading.sections[1:-1]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def report_columns(reading: Reading, source: Source) -> Row:
    """What the table ``report`` says of a reading, apart from the report's id, body and version."""
    identity, reason = reading.identity, reading.unreadable
    return {
        "report_year": identity.report_year,
        "edition": reading.edition,
        "title": identity.title or f"{identity.body_name}{identity.report_year}年政府信息公开工作年度报告",
        "published_on": identity.published_on and identity.published_on.isoformat(),
        "published_source": identity.published_source,
        "url": source.url,
        "status": reading.status,
        "status_reason_zh": reason and reason.zh,
        "status_reason_en": reason and reason.en,
        "scope": identity.scope,
        "sha256": source.sha256,
        "fingerprint": fingerprint(reading),
    }


def add_report(db: Database, report_id: str, body: Body, reading: Reading, source: Source) -> None:
    """Store the first version of a report, and its body where that is new."""
    note_body(db, body)
    insert(db, "report", [{"id": report_id, "body_id": body.id, "version": 1, **report_columns(reading, source)}])
    _add_version(db, report_id, 1, source, "first seen")
    replace_rows(db, report_id, reading, source.received_on)
    set_role(db, report_id, reading, source, "current")


def note_body(db: Database, body: Body) -> None:
    """Store a body where it is new; the kind is the one that today's reader tells by its name."""
    db.execute(
        """INSERT INTO body (id, division_code, name, kind) VALUES (?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET kind = excluded.kind WHERE kind <> excluded.kind""",
        [body.id, body.division_code, body.name, body.kind],
    )


def replace_report(db: Database, current: Row, reading: Reading, source: Source, cause: str, seen_on: str) -> None:
    """Make a reading the next version of the ``report`` row ``current``, every changed figure a ``revision``."""
    report_id, version = current["id"], current["version"] + 1
    before = figures_as_read(db, report_id)
    if current["url"] != source.url:
        db.table("report_source").update((report_id, current["url"]), {"role": "superseded"})
    _add_version(db, report_id, version, source, cause)
    rewrite(db, {**current, "version": version}, reading, source)
    after = figures_as_read(db, report_id)
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    insert(
        db,
        "revision",
        [
            {
                "report_id": report_id,
                "version": version,
                "metric": key[0],
                "applicant": key[1],
                "old": old,
                "new": new,
                "cause": cause,
                "seen_on": seen_on,
            }
            for key in changed
            for old, new in [_told_apart(before.get(key), after.get(key))]
        ],
    )


def rewrite(db: Database, current: Row, reading: Reading, source: Source) -> None:
    """Write the rows of a report anew within its version, and note today's reader."""
    db.table("report").update(current["id"], {"version": current["version"], **report_columns(reading, source)})
    replace_rows(db, current["id"], reading, source.received_on)
    set_role(db, current["id"], reading, source, "current")


def set_role(db: Database, report_id: str, reading: Reading, source: Source, role: str) -> None:
    """Note a source of a report, what its list said of it, and that today's reader has read it."""
    provenance = reading.provenance
    row = {
        "report_id": report_id,
        "url": source.url,
        "sha256": source.sha256,
        "capture_id": source.capture_id,
        "role": role,
        "list_name": provenance.column,
        "list_title": provenance.list_title,
        "list_date": provenance.list_date,
        "reader": READER,
    }
    db.execute(_SET_ROLE, row)


def _told_apart(old: tuple[str, str] | None, new: tuple[str, str] | None) -> tuple[str | None, str | None]:
    """A figure before and after, as printed; where the print is the same, with how it was read."""
    if old is None or new is None or old[0] != new[0]:
        return old and old[0], new and new[0]
    return f"{old[0]} ({old[1]})".strip(), f"{new[0]} ({new[1]})".strip()


def _add_version(db: Database, report_id: str, version: int, source: Source, cause: str) -> None:
    row = {
        "report_id": report_id,
        "version": version,
        "run_id": source.run_id,
        "capture_id": source.capture_id,
        "url": source.url,
        "sha256": source.sha256,
        "cause": cause,
        "reader": READER,
        "read_at": utc_now(),
    }
    insert(db, "report_version", [row])
