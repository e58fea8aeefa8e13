"""The rows of one report in the tables of the form, and the figures read back from them as they were printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from pipelines.fulltext import spaced
from pipelines.matching import Key, Table
from pipelines.reading import Observation, Reading
from pipelines.tokens import Status
from pipelines.vocabulary import MONEY, metrics

Row = dict[str, Any]

PROVEN = frozenset({Status.INFERRED_ZERO, Status.DERIVED})


def replace_rows(db: Database, report_id: str, reading: Reading, received_on: str) -> None:
    """Write all rows of a report in place of those it had; the caller holds the transaction."""
    for table, rows in rows_of(reading, received_on).items():
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", [report_id])  # noqa: S608, our own tables
        insert(db, table, [{"report_id": report_id, **row} for row in rows])
    if brings_sections(reading):
        _replace_sections(db, report_id, reading)


def rows_of(reading: Reading, received_on: str) -> dict[str, Iterator[Row]]:
    """The rows of a reading by table, without the report's id; its sections stand apart."""
    observations = list(reading.observations.values())
    return {
        "disclosure": _disclosure(observations),
        "requests": _requests(observations),
        "disputes": _disputes(observations),
        "annex": _annex(observations),
        "cell": _cells(observations),
        "finding": _findings(reading),
        "narrative": _narrative(reading),
        "report_date": _dates(reading, received_on),
    }


def brings_sections(reading: Reading) -> bool:
    """False for an annex alone: it leaves the text of the page that it belongs to."""
    return bool(reading.sections) or reading.matches.keys() != {Table.ANNEX}


def insert(db: Database, table: str, rows: list[Row], otherwise: str = "ABORT") -> None:
    """Insert rows of the same columns; ``otherwise`` is what SQLite does with one that is there already.

    ``insert_all`` of sqlite-utils looks at the schema for every call and at every value of three hundred rows a report.
    """
    if rows:
        columns = list(rows[0])
        names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(f":{column}" for column in columns)
        db.conn.executemany(f"INSERT OR {otherwise} INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608, our own


def printed_figures(db: Database, report_id: str) -> dict[Key, str]:
    """Every figure of a stored report as it was printed, read back from its rows."""
    return {key: printed for key, (printed, _) in figures_as_read(db, report_id).items()}


def figures_as_read(db: Database, report_id: str) -> dict[Key, tuple[str, str]]:
    """Every figure of a stored report: as it was printed, and the number with its unit, or the status, it was read as.

    What the identities prove of a figure is no part of it: a proven blank is a blank.
    """
    rows = db.execute(
        """SELECT o.metric, o.applicant, o.value, o.unit, o.status, c.raw FROM observation AS o LEFT JOIN cell AS c
           ON c.report_id = o.report_id AND c.metric = o.metric AND c.applicant IS o.applicant
           WHERE o.report_id = ?""",
        [report_id],
    )
    return {
        (metric, who): (
            plain(value) if raw is None else raw,
            f"{plain(value)} {unit or ''}".strip() if value is not None else unproven(status),
        )
        for metric, who, value, unit, status, raw in rows
    }


def unproven(status: str) -> str:
    """What the cell itself says where the identities have proven a figure for it."""
    return Status.BLANK if status in PROVEN else status


def plain(value: float | None) -> str:
    """A number as a form prints it when it prints nothing else."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def _disclosure(observations: Iterable[Observation]) -> Iterator[Row]:
    row: Row = {}
    for observation in observations:
        if metrics()[observation.metric].form_table == "2":
            row[observation.metric] = observation.value
            if observation.metric in MONEY:
                row[f"{observation.metric}_unit"] = observation.unit
    if row:
        yield row


def _requests(observations: Iterable[Observation]) -> Iterator[Row]:
    rows: dict[str, Row] = defaultdict(dict)
    for observation in observations:
        if observation.applicant is not None:
            rows[observation.metric][observation.applicant] = observation.value
    return ({"outcome": metric, **row} for metric, row in rows.items())


def _disputes(observations: Iterable[Observation]) -> Iterator[Row]:
    rows: dict[str, Row] = defaultdict(dict)
    for observation in observations:
        if metrics()[observation.metric].form_table == "4":
            proceeding, result = observation.metric.rsplit("_", 1)
            rows[proceeding][result] = observation.value
    return ({"proceeding": proceeding, **row} for proceeding, row in rows.items())


def _annex(observations: Iterable[Observation]) -> Iterator[Row]:
    return (
        {"metric": o.metric, "value": o.value, "unit": o.unit}
        for o in observations
        if metrics()[o.metric].form_table == "annex"
    )


def _cells(observations: Iterable[Observation]) -> Iterator[Row]:
    """The cells that say more than the plain number does."""
    return (
        {"metric": o.metric, "applicant": o.applicant, "status": o.status, "raw": o.raw, "proven_value": o.proven}
        for o in observations
        if o.status is not Status.REPORTED or o.raw != plain(o.value)
    )


def _findings(reading: Reading) -> Iterator[Row]:
    return (
        {
            "rule": finding.rule,
            "subject": finding.subject,
            "outcome": finding.outcome,
            "severity": finding.severity,
            "expected": finding.expected,
            "actual": finding.actual,
            "difference": finding.difference,
            "message_zh": finding.message_zh,
            "message_en": finding.message_en,
            "fault": finding.fault,
            "explanation_zh": finding.explanation_zh,
            "explanation_en": finding.explanation_en,
        }
        for finding in reading.findings
    )


def _narrative(reading: Reading) -> Iterator[Row]:
    return (statement._asdict() for statement in dict.fromkeys(reading.narrative))


def _dates(reading: Reading, received_on: str) -> Iterator[Row]:
    for source, day in reading.identity.dates.items():
        yield {"source": source, "date": day.isoformat()}
    yield {"source": "first_seen", "date": received_on}


def _replace_sections(db: Database, report_id: str, reading: Reading) -> None:
    remove_sections(db, report_id)
    for section in reading.sections:
        values = [report_id, section.number, section.heading, section.text]
        (rowid,) = db.execute(
            "INSERT INTO section (report_id, number, heading, text) VALUES (?, ?, ?, ?) RETURNING id", values
        ).fetchone()
        indexed = [rowid, spaced(section.heading), spaced(section.text)]
        db.execute("INSERT INTO section_fts (rowid, heading, text) VALUES (?, ?, ?)", indexed)


def remove_sections(db: Database, report_id: str) -> None:
    """Remove the text of a report.

    The index is contentless: what leaves it must be given to it again, word for word.
    """
    for row in db.query("SELECT id, heading, text FROM section WHERE report_id = ?", [report_id]):
        values = [row["id"], spaced(row["heading"]), spaced(row["text"])]
        db.execute("INSERT INTO section_fts (section_fts, rowid, heading, text) VALUES ('delete', ?, ?, ?)", values)
    db.execute("DELETE FROM section WHERE report_id = ?", [report_id])
