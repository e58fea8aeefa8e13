"""Writes what the panel found: only the findings that differ from those that are there are touched."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlite_utils import Database

from pipelines.rules.messages import finding
from pipelines.rules.result import Result

Found = tuple[str, Result]
"""A report's id and a result for it."""

_COLUMNS = "report_id, rule, subject, outcome, severity, expected, actual, difference, message_zh, message_en"
_BATCH = 5_000
_MAKE = f"CREATE TEMP TABLE IF NOT EXISTS found ({_COLUMNS}, PRIMARY KEY (report_id, rule, subject)) WITHOUT ROWID"
_SAME_PLACE = "found.report_id = finding.report_id AND found.rule = finding.rule AND found.subject = finding.subject"
_SAME_WORDS = """found.outcome = finding.outcome AND found.severity = finding.severity
    AND found.expected IS finding.expected AND found.actual IS finding.actual
    AND found.message_zh = finding.message_zh AND found.message_en = finding.message_en"""
_DROP_GONE = f"""DELETE FROM finding WHERE rule IN ({{rules}})
    AND NOT EXISTS (SELECT 1 FROM found WHERE {_SAME_PLACE})"""  # noqa: S608, our own names
_DROP_CHANGED = f"""DELETE FROM finding WHERE rowid IN (
    SELECT finding.rowid FROM found JOIN finding ON {_SAME_PLACE} WHERE NOT ({_SAME_WORDS}))"""  # noqa: S608, our own names
_ADD_NEW = f"""INSERT INTO finding ({_COLUMNS}) SELECT {_COLUMNS} FROM found
    WHERE NOT EXISTS (SELECT 1 FROM finding WHERE {_SAME_PLACE})"""  # noqa: S608, our own names


def replace_findings(db: Database, rules: Iterable[str], found: Iterable[Found]) -> None:
    """Make the findings of ``rules`` those that were found, in one transaction.

    A finding of another rule is replaced where one was found for the same report and subject, and else left alone.
    """
    db.execute(_MAKE)
    names = sorted(rules)
    with db.atomic():
        _fill(db, found)
        db.execute(_DROP_GONE.format(rules=", ".join("?" * len(names))), names)
        db.execute(_DROP_CHANGED)
        db.execute(_ADD_NEW)
        db.execute("DELETE FROM found")


def _fill(db: Database, found: Iterable[Found]) -> None:
    db.execute("DELETE FROM found")
    rows = (_row(report_id, result) for report_id, result in found)
    marks = ", ".join("?" * len(_COLUMNS.split(",")))
    while batch := list(islice(rows, _BATCH)):
        db.conn.executemany(f"INSERT OR REPLACE INTO found VALUES ({marks})", batch)  # noqa: S608, our own names


def _row(report_id: str, result: Result) -> tuple[Any, ...]:
    said = finding(result)
    return (
        report_id,
        said.rule,
        said.subject,
        said.outcome,
        said.severity,
        said.expected,
        said.actual,
        said.difference,
        said.message_zh,
        said.message_en,
    )
