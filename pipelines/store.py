"""Storing a checked report: one transaction, the current version in the main tables, every change in ``revision``.

The same document read again changes nothing. A document whose words and figures are the same is the same version, even
where the page round them looks different. The newest publication is current; other sources of the same report are kept
in ``report_source`` with how they compare.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from pipelines.bodies import Body, body_of
from pipelines.clock import today
from pipelines.dictionary import refresh
from pipelines.differences import Difference, difference
from pipelines.editions import prose
from pipelines.migrations import migrations
from pipelines.observations import ensure_observation_view
from pipelines.reading import READER, Reading
from pipelines.rows import Row, printed_figures
from pipelines.storage import connect, explained
from pipelines.versions import Source, add_report, fingerprint, note_body, replace_report, rewrite, set_role

__all__ = ["Regression", "Saved", "Source", "fingerprint", "open_archive", "report_of", "save", "save_again"]

APPLICATION_ID = 0x474B4152  # "GKAR"
_SETTLE = (
    "see on the page which is right, then correct the reader, or if today's is: python -m pipelines reread --accept {}"
)


class Regression(Exception):
    """A stored report is more than today's code makes of its document; the message is one sentence."""


class Saved(StrEnum):
    """What storing a reading came to; the last three only where the same document was read again."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    OTHER_SOURCE = "other_source"
    READ_OTHERWISE = "read_otherwise"
    JUDGED_OTHERWISE = "judged_otherwise"
    WITHDRAWN = "withdrawn"


_AGAIN = {Difference.READER: Saved.READ_OTHERWISE, Difference.RULE: Saved.JUDGED_OTHERWISE}


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


def report_of(reading: Reading) -> tuple[Body, str]:
    """The body that a reading belongs to, and the id of its report.

    Raises:
        ValueError: the reading is refused, or lacks its division, body or year.
    """
    provenance, identity = reading.provenance, reading.identity
    if reading.refusal or not (provenance.division and identity.body_name and identity.report_year):
        raise ValueError(f"{provenance.url}: only a report with a division, a body and a year can be stored")
    body = body_of(identity.body_name, provenance.division)
    return body, f"{body.id}-{identity.report_year}"


def save(db: Database, reading: Reading, source: Source) -> Saved:
    """Store a reading that is a report, all of it or nothing.

    Raises:
        ValueError: see :func:`report_of`.
        Regression: less was read than is stored, and it may be our reader that fails.
        sqlite3.Error: the database cannot be written; nothing of the report is.
    """
    body, report_id = report_of(reading)
    with db.atomic():
        current = _current(db, report_id)
        if current is None:
            add_report(db, report_id, body, reading, source)
            return Saved.NEW
        return _again(db, current, reading, source)


def save_again(db: Database, report_id: str, reading: Reading, source: Source) -> Saved:
    """Store what today's code makes of the document that a stored report was read from.

    What differs is a change of ours. Where nothing does, only the reader that has read the document is noted.

    Raises:
        Regression: the document is no longer read as this report, or no longer at all; what is stored stays.
        sqlite3.Error: the database cannot be written; nothing of the report is.
    """
    with db.atomic():
        current = _current(db, report_id)
        assert current is not None
        if reading.refusal or _lost(db, current, reading):
            raise Regression(_regression(current, reading))
        body, found_id = report_of(reading)
        if found_id != report_id:
            raise Regression(_confusion(current, reading))
        note_body(db, body)
        found = difference(db, current, reading, source)
        if found in _AGAIN:
            replace_report(db, current, reading, source, found, today().isoformat())
        elif found is Difference.WORDS:
            rewrite(db, current, reading, source)
        else:
            set_role(db, report_id, reading, source, "current")
        return _AGAIN.get(found, Saved.UNCHANGED)


def _current(db: Database, report_id: str) -> Row | None:
    """The row of a report, with the reader that read its document last."""
    sql = """SELECT report.*, report_source.reader FROM report LEFT JOIN report_source
             ON report_source.report_id = report.id AND report_source.url = report.url WHERE id = ?"""
    return next(db.query(sql, [report_id]), None)


def _again(db: Database, current: Row, reading: Reading, source: Source) -> Saved:
    """A report that is already there: from the same address or another, changed or not, newer or not."""
    report_id, same_address = current["id"], current["url"] == source.url
    if current["fingerprint"] == fingerprint(reading):
        if not same_address:
            set_role(db, report_id, reading, source, "same figures")
        return Saved.UNCHANGED
    if not same_address and _says_less(current, reading):
        return _revise(db, current, reading, source, "better source")
    if not same_address and not _supersedes(db, current, reading):
        set_role(db, report_id, reading, source, _comparison(db, report_id, reading))
        return Saved.OTHER_SOURCE
    if current["reader"] == READER:
        return _revise(db, current, reading, source, "source revised")
    if _lost(db, current, reading):
        raise Regression(_regression(current, reading))
    return _revise(db, current, reading, source, Difference.READER)


def _revise(db: Database, current: Row, reading: Reading, source: Source, cause: str) -> Saved:
    replace_report(db, current, reading, source, cause, source.received_on)
    return Saved.REVISED


def _lost(db: Database, current: Row, reading: Reading) -> bool:
    """True for a reading without figures of a report that has some, or that could be read at all."""
    if reading.unreadable:
        return bool(current["status"] != "unreadable")
    return not reading.observations and bool(printed_figures(db, current["id"]))


def _regression(current: Row, reading: Reading) -> str:
    reason = reading.refusal or reading.unreadable
    why = f"{reason.zh} {reason.en}" if reason else "It has no figures any more."
    return (
        f"{current['id']} ({current['url']}) could be read before and no longer can: {why} "
        f"What is stored stays; {_SETTLE.format(current['id'])}"
    )


def _confusion(current: Row, reading: Reading) -> str:
    identity = reading.identity
    return (
        f"{current['id']} ({current['url']}) is now read as the report of {identity.body_name} for "
        f"{identity.report_year}: what is stored stays; {_SETTLE.format(current['id'])}"
    )


def _says_less(current: Row, reading: Reading) -> bool:
    """True for a current version that is unreadable, or is in words where this one has figures."""
    unreadable = current["status"] == "unreadable" and not reading.unreadable
    return unreadable or (current["edition"] == prose().id and bool(reading.observations))


def _supersedes(db: Database, current: Row, reading: Reading) -> bool:
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
