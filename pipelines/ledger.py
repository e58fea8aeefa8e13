"""The ledger of the nights: which run, which processes, which portal's visit ended how, and what went wrong.

Everything is written when it happens, so that a night that dies leaves an honest account and can be continued.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipelines.clock import utc_now
from pipelines.lock import is_at_work

RESUMABLE_HOURS = 20  # the next night starts 24 hours later and must see the portals anew


@dataclass(frozen=True, slots=True)
class Night:
    """What makes two starts of the crawl the same night: the portals, the selection and where we crawl from.

    An import of captures made elsewhere is a run as well, of the kind ``import``; it has no user agent, for nobody was
    asked. So is a ``search`` for portals.
    """

    registry: str | None
    selection: str | None
    vantage: str
    user_agent: str | None
    reader: str
    kind: str = "night"


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that went wrong with one address, or with the whole night when ``division_code`` is None."""

    kind: str
    message_zh: str
    message_en: str
    url: str = ""
    division_code: str | None = None


@dataclass(slots=True)
class Tally:
    """What a visit counts: requests sent, list pages, reports read, documents refused."""

    requests: int = 0
    lists: int = 0
    reports: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """How a visit ended: exactly one outcome, and what to say about it."""

    outcome: str
    note_zh: str
    note_en: str


def open_run(db: Database, night: Night, codes: Iterable[str]) -> int:
    """Open a night over these portals: one ``run`` row, and one ``visit`` row a portal without an outcome."""
    divisions = list(codes)
    with db.atomic():
        run_id = _insert_run(db, night, "running", portals=len(divisions))
        db.table("visit").insert_all({"run_id": run_id, "division_code": code} for code in divisions)
    return run_id


def refuse_run(db: Database, night: Night, sentence_zh: str, sentence_en: str) -> int:
    """Note a night that was refused before it began, and why."""
    return _insert_run(db, night, "refused", ended_at=utc_now(), summary_zh=sentence_zh, summary_en=sentence_en)


def _insert_run(db: Database, night: Night, state: str, **more: Any) -> int:
    inserted = db.table("run").insert({**asdict(night), "state": state, "started_at": utc_now(), **more})
    assert isinstance(inserted.last_pk, int)
    return inserted.last_pk


def resumable_run(db: Database, night: Night) -> int | None:
    """The run that died on the way and that ``night`` continues, if there is one and it is young enough."""
    oldest = (datetime.now(UTC) - timedelta(hours=RESUMABLE_HOURS)).isoformat(timespec="seconds")
    row = db.execute(
        """SELECT id FROM run WHERE state IN ('running', 'interrupted') AND started_at >= ? AND vantage = ?
           AND registry IS ? AND selection IS ? AND reader = ?
           AND id = (SELECT max(id) FROM run WHERE state != 'refused' AND kind = ?)""",
        [oldest, night.vantage, night.registry, night.selection, night.reader, night.kind],
    ).fetchone()
    return None if row is None else int(row[0])


def continue_run(db: Database, run_id: int, unfit: Iterable[str]) -> None:
    """Note that a run which died or was stopped goes on. Visits that ended in an ``unfit`` way are open again."""
    with db.atomic():
        db.table("run").update(run_id, {"state": "running", "ended_at": None})
        for outcome in unfit:
            db.execute("UPDATE visit SET outcome = NULL WHERE run_id = ? AND outcome = ?", [run_id, outcome])


def abandon_unfinished(db: Database, sentence: Ending) -> None:
    """Close every night that nobody will continue; its open visits end as ``sentence`` says."""
    unfinished = "SELECT id FROM run WHERE state IN ('running', 'interrupted') AND kind != 'search'"
    for (run_id,) in db.execute(unfinished).fetchall():
        count_open_visits(db, run_id)
        end_open_visits(db, run_id, sentence)
        db.table("run").update(run_id, {"state": "abandoned", "ended_at": utc_now()})


def begin_process(db: Database, run_id: int, pid: int) -> int:
    """Note that a process works on the run from now; gives its ordinal."""
    with db.atomic():
        (number,) = db.execute("SELECT count(*) + 1 FROM run_process WHERE run_id = ?", [run_id]).fetchone()
        db.table("run_process").insert({"run_id": run_id, "number": number, "started_at": utc_now(), "pid": pid})
    return int(number)


def end_process(db: Database, run_id: int, number: int, ending: str) -> None:
    """Note how a process ended. One that was killed leaves its row open."""
    db.table("run_process").update((run_id, number), {"ended_at": utc_now(), "ending": ending})


def was_killed(db: sqlite3.Connection, path: Path, run_id: int) -> bool:
    """Whether nobody is at work any more on a run in the state ``running``, in the archive at this path."""
    query = "SELECT pid FROM run_process WHERE run_id = ? AND ended_at IS NULL ORDER BY number DESC LIMIT 1"
    row = db.execute(query, [run_id]).fetchone()
    return row is not None and not is_at_work(path, row[0])


def open_portals(db: Database, run_id: int) -> list[dict[str, Any]]:
    """The ``portal`` rows of the run's visits that have no outcome yet, neighbours far from each other.

    The counties of a prefecture often share one machine, and would wait for each other: the first of each comes first.
    """
    return list(
        db.query(
            """SELECT portal.* FROM visit JOIN portal USING (division_code)
               WHERE run_id = ? AND outcome IS NULL ORDER BY substr(division_code, 5), division_code""",
            [run_id],
        )
    )


def begin_visit(db: Database, run_id: int, code: str) -> None:
    """Note that a portal's visit starts now, or starts again."""
    _update_visit(db, run_id, code, {"started_at": utc_now()})


def end_visit(db: Database, run_id: int, code: str, ending: Ending, tally: Tally, **more: str | None) -> None:
    """Give a visit its outcome, its counts and ``more``. What was received is counted from the captures themselves."""
    received = next(db.query(RECEIVED, {"run": run_id, "code": code}))
    values = {**asdict(ending), **asdict(tally), **received, **more, "ended_at": utc_now()}
    _update_visit(db, run_id, code, values)


def _update_visit(db: Database, run_id: int, code: str, values: Mapping[str, object]) -> None:
    """Several times a portal: without the look at the table's layout that ``Table.update`` begins with."""
    changes = ", ".join(f"{name} = :{name}" for name in values)
    where = "run_id = :run AND division_code = :code"
    db.execute(f"UPDATE visit SET {changes} WHERE {where}", {**values, "run": run_id, "code": code})  # noqa: S608, our names


# A body counts as new when no earlier night had it: this does not depend on the order within the night.
RECEIVED = """
SELECT ifnull(sum(size) FILTER (WHERE revisit_of IS NULL), 0) AS bytes,
       count(revisit_of) AS revisits,
       count(DISTINCT sha256) FILTER (WHERE NOT EXISTS (
           SELECT 1 FROM capture AS earlier WHERE earlier.sha256 = capture.sha256 AND earlier.run_id < :run
       )) AS new_bodies
FROM capture WHERE run_id = :run AND division_code = :code
"""


# What a visit that was cut short has come to is known from its receipts and from what was stored.
SO_FAR = """
SELECT (SELECT ifnull(sum(requests), 0) FROM receipt WHERE run_id = :run AND division_code = :code) AS requests,
       (SELECT count(DISTINCT report_id) FROM report_version JOIN capture ON capture.id = capture_id
        WHERE report_version.run_id = :run AND division_code = :code) AS reports
"""


def count_open_visits(db: Database, run_id: int) -> None:
    """Write what the visits without an outcome have come to; one that is made again counts anew."""
    open_visits = "SELECT division_code FROM visit WHERE run_id = ? AND outcome IS NULL"
    for (code,) in db.execute(open_visits, [run_id]).fetchall():
        named = {"run": run_id, "code": code}
        counts = next(db.query(SO_FAR, named)) | next(db.query(RECEIVED, named))
        _update_visit(db, run_id, code, counts)


def end_open_visits(db: Database, run_id: int, ending: Ending) -> None:
    """Give every visit that still has none this outcome."""
    db.execute(
        """UPDATE visit SET outcome = ?, note_zh = ?, note_en = ?, ended_at = ?
           WHERE run_id = ? AND outcome IS NULL""",
        [ending.outcome, ending.note_zh, ending.note_en, utc_now(), run_id],
    )


def record_incident(db: Database, run_id: int, incident: Incident) -> None:
    """Note an incident once; the same kind at the same address in the same night is not noted twice."""
    db.table("incident").insert({"run_id": run_id, **asdict(incident), "seen_at": utc_now()}, ignore=True)


def close_run(db: Database, run_id: int, state: str, summary_zh: str, summary_en: str) -> None:
    """End a night with its state and its summary."""
    summary = {"summary_zh": summary_zh, "summary_en": summary_en}
    db.table("run").update(run_id, {"state": state, "ended_at": utc_now(), **summary})


def outcomes(db: Database, run_id: int) -> dict[str | None, int]:
    """How many visits ended with each outcome; None counts those that have not ended."""
    rows = db.execute("SELECT outcome, count(*) FROM visit WHERE run_id = ? GROUP BY outcome", [run_id])
    return dict(rows.fetchall())


def incidents(db: Database, run_id: int) -> list[dict[str, Any]]:
    """The kinds of incident a night had, the most frequent first: ``kind``, ``number``, and one of their sentences."""
    return list(
        db.query(
            """SELECT kind, count(*) AS number, min(message_zh) AS zh, min(message_en) AS en
               FROM incident WHERE run_id = ? GROUP BY kind ORDER BY number DESC, kind""",
            [run_id],
        )
    )


def last_run(db: Database, states: tuple[str, ...]) -> dict[str, Any] | None:
    """The newest night in one of these states; an import is none."""
    marks = ", ".join("?" for _ in states)
    query = f"SELECT * FROM run WHERE state IN ({marks}) AND kind = 'night' ORDER BY id DESC LIMIT 1"  # noqa: S608, marks only
    return next(iter(db.query(query, list(states))), None)
