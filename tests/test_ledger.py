"""The ledger: every selected portal has a row from the start, and every night ends somehow."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines import ledger
from pipelines.bodies import Division
from pipelines.captures import CaptureStore, Exchange
from pipelines.ledger import Ending, Incident, Night, Tally
from tests.archives import add_portal, two_portals

__all__ = ["two_portals"]

NIGHT = Night("registry.csv sha256:00", None, "samples", "Gongkai/0", "1")
COMPLETE = Ending("complete", "已访问", "Visited.")
INTERRUPTED = Ending("interrupted", "访问中断", "Interrupted.")
CODES = ["120117", "320813"]


@pytest.fixture
def db(two_portals: Database) -> Database:
    return two_portals


def test_a_night_over_no_portals_has_nothing_open(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, [])
    assert ledger.open_portals(db, run_id) == []
    assert ledger.outcomes(db, run_id) == {}
    assert ledger.incidents(db, run_id) == []
    assert ledger.last_run(db, ("complete",)) is None


def test_every_portal_is_in_the_ledger_before_it_is_visited(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    assert {row["division_code"] for row in ledger.open_portals(db, run_id)} == set(CODES)
    ledger.begin_visit(db, run_id, "120117")
    ledger.end_visit(db, run_id, "120117", COMPLETE, Tally(requests=3, lists=1, reports=1))
    assert [row["division_code"] for row in ledger.open_portals(db, run_id)] == ["320813"]
    assert ledger.outcomes(db, run_id) == {"complete": 1, None: 1}


def test_neighbours_are_visited_far_from_each_other(db: Database) -> None:
    codes = ["130102", "130103", "140102", "140103"]
    for code in codes:
        add_portal(db, Division(code, code, "河北省"), f"http://{code}.gov.cn/")
    run_id = ledger.open_run(db, NIGHT, codes)
    order = [row["division_code"] for row in ledger.open_portals(db, run_id)]
    assert order == ["130102", "140102", "130103", "140103"]


def test_a_night_that_died_is_continued_by_the_same_night_only(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    assert ledger.resumable_run(db, NIGHT) == run_id
    assert ledger.resumable_run(db, replace(NIGHT, registry="other.csv")) is None
    assert ledger.resumable_run(db, replace(NIGHT, selection="12")) is None
    assert ledger.resumable_run(db, replace(NIGHT, reader="2")) is None


def test_a_night_of_yesterday_is_not_continued(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    db.table("run").update(run_id, {"started_at": "2020-01-01T18:00:00+00:00"})
    assert ledger.resumable_run(db, NIGHT) is None


def test_a_night_that_came_to_its_end_is_not_continued(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    ledger.close_run(db, run_id, "complete", "好", "Good.")
    assert ledger.resumable_run(db, NIGHT) is None
    last = ledger.last_run(db, ("complete",))
    assert last is not None
    assert last["summary_en"] == "Good."


def test_a_refused_night_does_not_hide_one_that_died(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    ledger.refuse_run(db, NIGHT, "未能开始", "Not begun.")
    assert ledger.resumable_run(db, NIGHT) == run_id


@pytest.mark.parametrize("kind", ["import", "search"])
def test_an_import_or_a_search_is_no_night(db: Database, kind: str) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    imported = ledger.open_run(db, replace(NIGHT, kind=kind), [])
    ledger.close_run(db, imported, "complete", "好", "Good.")
    assert ledger.resumable_run(db, NIGHT) == run_id
    assert ledger.last_run(db, ("complete",)) is None


def test_a_continued_night_visits_again_what_could_not_be_stored(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    for code, outcome in zip(CODES, ("complete", "storage_failed"), strict=True):
        ledger.end_visit(db, run_id, code, Ending(outcome, "", ""), Tally())
    ledger.continue_run(db, run_id, ["storage_failed"])
    assert ledger.outcomes(db, run_id) == {"complete": 1, None: 1}


def test_an_abandoned_night_leaves_no_visit_open(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    ledger.abandon_unfinished(db, INTERRUPTED)
    assert ledger.outcomes(db, run_id) == {"interrupted": 2}
    assert db.table("run").get(run_id)["state"] == "abandoned"


def test_an_incident_is_noted_once(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    for code in ("120117", "120117", None):
        ledger.record_incident(db, run_id, Incident("timeout", "超时", "Too slow.", "http://a/", code))
    assert ledger.incidents(db, run_id) == [{"kind": "timeout", "number": 2, "zh": "超时", "en": "Too slow."}]


def test_processes_are_numbered_and_a_killed_one_stays_open(db: Database) -> None:
    run_id = ledger.open_run(db, NIGHT, CODES)
    ledger.begin_process(db, run_id, 11)
    ledger.end_process(db, run_id, ledger.begin_process(db, run_id, 12), "finished")
    rows = db.query("SELECT number, pid, ending FROM run_process ORDER BY number")
    assert [tuple(row.values()) for row in rows] == [(1, 11, None), (2, 12, "finished")]


def test_a_visit_counts_what_came_and_what_no_earlier_night_had(db: Database, tmp_path: Path) -> None:
    store = CaptureStore(db, tmp_path / "captures.db")
    first, second = (ledger.open_run(db, NIGHT, CODES) for _ in range(2))
    known = store.record(Exchange(first, "120117", "http://a/", 200, [], "samples"), b"known")
    store.record_revisit(Exchange(second, "120117", "http://a/", 304, [], "samples"), known)
    store.record(Exchange(second, "120117", "http://a/2", 200, [], "samples"), b"new")
    store.record(Exchange(second, "120117", "http://a/3", 200, [], "samples"), b"new")
    store.record(Exchange(second, "120117", "http://a/4", 200, [], "samples"), b"known")
    store.close()

    ledger.end_visit(db, second, "120117", COMPLETE, Tally(requests=5))

    row = db.table("visit").get((second, "120117"))
    assert {name: row[name] for name in ("requests", "bytes", "new_bodies", "revisits")} == {
        "requests": 5,
        "bytes": 3 + 3 + 5,
        "new_bodies": 1,
        "revisits": 1,
    }


def test_a_search_that_died_is_not_abandoned_by_a_night(db: Database) -> None:
    search = ledger.open_run(db, replace(NIGHT, kind="search"), [])
    ledger.abandon_unfinished(db, INTERRUPTED)
    assert ledger.resumable_run(db, replace(NIGHT, kind="search")) == search
