"""A night that is killed at any moment is continued by the next, and what they leave equals an undisturbed night."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from nights import Office, children, snapshot, wait_until

from samples.fleet import Fleet, fleet

MOMENTS = 20


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("fleet")) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(portals: Fleet, tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("undisturbed"), portals.registry_csv)
    night = office.run()
    assert night.returncode == 0, night.stdout + night.stderr
    return office


def test_an_undisturbed_night_is_one_process_and_complete(undisturbed: Office) -> None:
    assert undisturbed.rows("SELECT run_id, number, ending FROM run_process") == [(1, 1, "finished")]
    assert undisturbed.rows("SELECT id, state FROM run") == [(1, "complete")]
    assert undisturbed.rows("SELECT count(*) FROM visit WHERE outcome IN ('complete', 'partial')") == [(3,)]


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_night_continued_equals_an_undisturbed_one(
    moment: int, portals: Fleet, undisturbed: Office, tmp_path: Path
) -> None:
    office = Office(tmp_path, portals.registry_csv)
    ((requests,),) = undisturbed.rows("SELECT count(*) FROM capture")
    kill_after(office, portals, requests * moment // (MOMENTS - 1))
    state_when_killed = office.rows("SELECT id, state FROM run")

    night = office.run()

    assert night.returncode == 0, night.stdout + night.stderr
    assert state_when_killed in ([(1, "running")], [(1, "complete")])
    if state_when_killed == [(1, "complete")]:  # the kill came after the last word
        assert office.rows("SELECT id, state FROM run") == [(1, "complete"), (2, "complete")]
        return
    assert office.rows("SELECT number FROM run_process ORDER BY number") == [(1,), (2,)]
    assert snapshot(office) == snapshot(undisturbed)


def kill_after(office: Office, portals: Fleet, requests: int) -> None:
    """Start a night and kill all its processes once the portals have answered so many requests."""
    before = len(portals.log)
    night = office.start()
    wait_until(lambda: is_open(office), "a process was at work on the run")
    wait_until(lambda: len(portals.log) >= before + requests or night.poll() is not None, f"{requests} requests")
    crawl = children(night.pid) if night.poll() is None else []
    for pid in (night.pid, *crawl):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    night.communicate()
    wait_until(lambda: not any(Path(f"/proc/{pid}/stat").exists() for pid in crawl), "the crawl was gone")


def is_open(office: Office) -> bool:
    with suppress(sqlite3.OperationalError):
        return office.db.exists() and bool(office.rows("SELECT 1 FROM run_process"))
    return False
