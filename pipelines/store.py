"""Storing a checked report: one transaction, the current version in the main tables, every change in ``revision``.

The same document read again changes nothing. A document whose words and figures are the same is the same version, even
where the page round them looks different. The newest publication is current; other sources of the same report are kept
in ``report_source`` with how they compare.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipelines.bodies import Body, body_of
from pipelines.clock import utc_now
from pipelines.dictionary import refresh
from pipelines.editions import prose
from pipelines.migrations import migrations
from pipelines.observations import ensure_observation_view
from pipelines.reading import READER, Reading
from pipelines.rows import printed_figures, replace_rows
from pipelines.storage import connect, explained

APPLICATION_ID = 0x474B4152  # "GKAR"


class Saved(StrEnum):
    """What storing a reading came to."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    OTHER_SOURCE = "other_source"


@dataclass(frozen=True, slots=True)
class Source:
    """The document a reading was made from. ``received_on`` is the ISO date of its capture."""

    url: str
    sha256: str
    received_on: str
    capture_id: int | None = None
    run_id: int | None = None


def open_archive(path: Path | str) -> Database:
    """Open ``archive.db``, made or migrated to today's schema, its dictionary tables filled from their source.

    Raises:
        StorageError: the file is locked, damaged, full, or not ours.
    """
    db = connect(path, APPLICATION_ID)
    with explained(path):
        migrations.apply(db)
        refresh(db)
        ensure_observation_view(db)
    return db


def save(db: Database, reading: Reading, source: Source) -> Saved:
    """Store a reading that is a report, all of it or nothing.

    Raises:
        ValueError: the reading is refused, or lacks its division, body or year.
        sqlite3.Error: the database cannot be written; nothing of the report is.
    """
    division, name = reading.provenance.division, reading.identity.body_name
    year = reading.identity.report_year
    if reading.refusal or division is None or name is None or year is None:
        raise ValueError(f"{source.url}: only a report with a division, a body and a year can be stored")
    body = body_of(name, division)
    report_id = f"{body.id}-{year}"
    with db.atomic():
        current = next(db.query("SELECT * FROM report WHERE id = ?", [report_id]), None)
        if current is None:
            return _first(db, report_id, body, reading, source)
        return _again(db, current, reading, source)


def fingerprint(reading: Reading) -> str:
    """A digest of what a document says: its title, date, figures as printed and sections.

    The opening and the last section are left out, because a page's counters and neighbours stand next to them.
    """
    said: list[Any] = [reading.identity.title, str(reading.identity.published_on), reading.edition]
    said += [[o.metric, o.applicant, o.raw] for o in reading.observations.values()]
    said += [[section.heading, section.text] for section in reading.sections[1:-1]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _first(db: Database, report_id: str, body: Body, reading: Reading, source: Source) -> Saved:
    db.table("body").insert(
        {"id": body.id, "division_code": body.division_code, "name": body.name, "kind": body.kind}, ignore=True
    )
    db.table("report").insert({"id": report_id, "body_id": body.id, "version": 1, **_report_columns(reading, source)})
    _add_version(db, report_id, 1, source, "first seen")
    replace_rows(db, report_id, reading, source.received_on)
    _set_role(db, report_id, source, "current")
    return Saved.NEW


def _again(db: Database, current: dict[str, Any], reading: Reading, source: Source) -> Saved:
    """A report that is already there: from the same address or another, changed or not, newer or not."""
    report_id, same_address = current["id"], current["url"] == source.url
    if current["fingerprint"] == fingerprint(reading):
        if not same_address:
            _set_role(db, report_id, source, "same figures")
        return Saved.UNCHANGED
    if _says_less(current, reading):
        return _replace(db, current, reading, source, "source revised" if same_address else "better source")
    if not same_address and not _supersedes(db, current, reading):
        _set_role(db, report_id, source, _comparison(db, report_id, reading))
        return Saved.OTHER_SOURCE
    return _replace(db, current, reading, source, "source revised")


def _says_less(current: dict[str, Any], reading: Reading) -> bool:
    """True for a current version that is unreadable, or is in words where this one has figures."""
    unreadable = current["status"] == "unreadable" and not reading.unreadable
    return unreadable or (current["edition"] == prose().id and bool(reading.observations))


def _supersedes(db: Database, current: dict[str, Any], reading: Reading) -> bool:
    """True for other figures that were published later than those now current."""
    published = str(reading.identity.published_on or "")
    later = bool(published) and published > (current["published_on"] or "")
    return later and bool(reading.observations) and _comparison(db, current["id"], reading) == "other figures"


def _comparison(db: Database, report_id: str, reading: Reading) -> str:
    if reading.unreadable:
        return "unreadable"
    if not reading.observations:
        return "superseded"
    printed = {key: observation.raw for key, observation in reading.observations.items()}
    return "same figures" if printed == printed_figures(db, report_id) else "other figures"


def _replace(db: Database, current: dict[str, Any], reading: Reading, source: Source, cause: str) -> Saved:
    report_id, version = current["id"], current["version"] + 1
    before = printed_figures(db, report_id)
    if current["url"] != source.url:
        db.table("report_source").update((report_id, current["url"]), {"role": "superseded"})
    db.table("report").update(report_id, {"version": version, **_report_columns(reading, source)})
    _add_version(db, report_id, version, source, cause)
    replace_rows(db, report_id, reading, source.received_on)
    _set_role(db, report_id, source, "current")
    after = printed_figures(db, report_id)
    db.table("revision").insert_all(
        {
            "report_id": report_id,
            "version": version,
            "metric": key[0],
            "applicant": key[1],
            "old": before.get(key),
            "new": after.get(key),
            "cause": cause,
            "seen_on": source.received_on,
        }
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    )
    return Saved.REVISED


def _report_columns(reading: Reading, source: Source) -> dict[str, Any]:
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


def _add_version(db: Database, report_id: str, version: int, source: Source, cause: str) -> None:
    db.table("report_version").insert(
        {
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
    )


def _set_role(db: Database, report_id: str, source: Source, role: str) -> None:
    row = {"sha256": source.sha256, "capture_id": source.capture_id, "role": role}
    db.table("report_source").upsert({"report_id": report_id, "url": source.url, **row}, pk=("report_id", "url"))
