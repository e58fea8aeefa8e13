"""The clock: nights do not overlap, a missed one is caught up, and SIGTERM ends all of it within seconds."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, children, list_page, office, small_portal, wait_until

from crawler.clock import is_overdue
from pipelines import ledger
from pipelines.ledger import Night
from pipelines.store import open_archive

ROW = ("/zfxxgknb/202401/t20240130_100001.html", "宁河区2023年政府信息公开工作年度报告")
NIGHT = Night("registry.csv", None, "samples", "Gongkai/0", "1")
SECONDS_TO_END = 10


class Held:
    """A portal whose list page is not answered before it is told to."""

    def __init__(self, portal: SmallPortal, answer: Event) -> None:
        self.portal = portal
        self.answer = answer

    @property
    def is_visited(self) -> bool:
        return "/zfxxgknb/" in self.portal.asked


@pytest.fixture
def held() -> Iterator[Held]:
    answer = Event()
    slow = Answer(list_page(ROW), before=lambda: answer.wait(30))
    with small_portal({"/": COLUMN, "/zfxxgknb/": slow, ROW[0]: "<p>"}) as portal:
        yield Held(portal, answer)
        answer.set()


def test_status_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    one = office(tmp_path)
    done = one.tell("status")
    assert (done.returncode, done.stderr) == (
        2,
        f"{one.db} does not exist: run a night first, or name the database with --db.\n",
    )


def test_status_of_an_empty_ledger(tmp_path: Path) -> None:
    one = office(tmp_path)
    open_archive(one.db).close()
    done = one.tell("status")
    assert (done.returncode, done.stdout) == (0, "尚无采集记录 No night has been run yet.\n")


def test_status_is_that_of_the_nights_whatever_else_was_run(tmp_path: Path) -> None:
    one = office(tmp_path)
    db = open_archive(one.db)
    search = Night("portals find", None, "samples", None, "1", kind="search")
    ledger.close_run(db, ledger.open_run(db, search, []), "complete", "查找", "A search")
    db.close()
    done = one.tell("status")
    assert (done.returncode, done.stdout) == (0, "尚无采集记录 No night has been run yet.\n")


def test_a_second_night_is_refused_while_one_runs_and_status_tells_of_it(held: Held, tmp_path: Path) -> None:
    one = office(tmp_path, ("120117", held.portal.home_url))
    first = one.start()
    wait_until(lambda: held.is_visited, "the night was at work")

    second, status = one.run(), one.tell("status")
    held.answer.set()
    said, _ = first.communicate(timeout=30)

    assert second.returncode == 1
    assert second.stderr == f"A night is already running (pid {first.pid}): wait until it has ended.\n"
    assert status.returncode == 0
    assert "进行中 running  0/1 个网站 portals" in status.stdout
    assert first.returncode == 0, said
    assert one.rows("SELECT id, state FROM run") == [(1, "complete")]


def test_a_crawl_whose_parent_was_killed_still_holds_the_lock(held: Held, tmp_path: Path) -> None:
    one = office(tmp_path, ("120117", held.portal.home_url))
    first = one.start()
    wait_until(lambda: held.is_visited, "the night was at work")
    (crawl,) = children(first.pid)
    first.kill()
    first.communicate()

    second = one.run()
    held.answer.set()
    wait_until(lambda: not Path(f"/proc/{crawl}").exists(), "the crawl was done")
    third = one.run()

    assert (second.returncode, third.returncode) == (1, 0), third.stdout + third.stderr
    assert one.rows("SELECT id, state FROM run") == [(1, "complete")]
    assert held.portal.asked == ["/robots.txt", "/", "/zfxxgknb/", ROW[0]]


def test_status_says_that_a_night_was_killed_and_can_be_continued(held: Held, tmp_path: Path) -> None:
    one = office(tmp_path, ("120117", held.portal.home_url))
    first = one.start()
    wait_until(lambda: held.is_visited, "the night was at work")
    for pid in (*children(first.pid), first.pid):
        os.kill(pid, signal.SIGKILL)
    first.communicate()

    status = one.tell("status")

    assert "意外终止，再次运行即可继续 killed, run again to continue  0/1 个网站 portals" in status.stdout
    assert (status.returncode, "Needs a human: 1" in status.stdout) == (1, True)


def test_ctrl_c_at_any_early_moment_leaves_no_traceback(held: Held, tmp_path: Path) -> None:
    one = office(tmp_path, ("120117", held.portal.home_url))
    early = one.start()
    wait_until(lambda: _handles(early.pid, signal.SIGINT) is False, "Ctrl-C was not Python's any more")
    early.send_signal(signal.SIGINT)
    said, _ = early.communicate(timeout=30)
    assert (early.returncode, said) == (-signal.SIGINT, "")


def _handles(pid: int, number: signal.Signals) -> bool | None:
    """Whether a process catches a signal; None when it is not yet, or no longer, the program we started."""
    try:
        if b"scheduler.py" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            return None
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> (number - 1) & 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_night_that_is_told_to_stop_can_be_continued(held: Held, tmp_path: Path, number: signal.Signals) -> None:
    one = office(tmp_path, ("120117", held.portal.home_url))
    first = one.start()
    wait_until(lambda: held.is_visited, "the night was at work")

    asked_at = time.monotonic()
    first.send_signal(number)
    said, _ = first.communicate(timeout=30)

    assert time.monotonic() - asked_at < SECONDS_TO_END
    assert first.returncode == 0
    assert "The crawl was asked to stop with 1 portals to go; run again to continue" in said
    assert one.rows("SELECT state FROM run") == [("interrupted",)]
    assert one.rows("SELECT ending FROM run_process") == [("stopped",)]
    held.answer.set()
    assert one.run().returncode == 0
    assert one.rows("SELECT id, state FROM run") == [(1, "complete")]


def test_the_clock_catches_up_a_missed_night_and_ends_on_sigterm_in_the_middle_of_it(
    held: Held, tmp_path: Path
) -> None:
    one = office(tmp_path, ("120117", held.portal.home_url))
    clock = one.start("start")
    wait_until(lambda: held.is_visited, "the missed night was at work")

    asked_at = time.monotonic()
    clock.send_signal(signal.SIGTERM)
    said, _ = clock.communicate(timeout=30)

    assert time.monotonic() - asked_at < SECONDS_TO_END
    assert clock.returncode == 0, said
    assert "The last night was missed; running it now." in said
    assert "Traceback" not in said
    assert one.rows("SELECT state FROM run") == [("interrupted",)]
    with suppress(FileNotFoundError):
        assert children(clock.pid) == []


def test_the_clock_does_not_start_for_nights_that_would_be_refused(tmp_path: Path) -> None:
    one = Office(tmp_path, tmp_path / "nowhere.csv")
    clock = one.start("start")
    said, _ = clock.communicate(timeout=60)
    assert (clock.returncode, said) == (
        2,
        f"{one.registry} does not exist: check the path given with --registry.\n",
    )


def test_the_clock_waits_for_its_hour_when_no_night_was_missed(tmp_path: Path) -> None:
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page(ROW), ROW[0]: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
        clock = one.start("start")
        assert clock.stdout is not None
        line = clock.stdout.readline()
        clock.send_signal(signal.SIGTERM)
        clock.communicate(timeout=30)
    assert line == "每夜 2:00(北京时间)采集 A night begins at 2:00 Asia/Shanghai. Ctrl-C ends.\n"
    assert clock.returncode == 0
    assert one.rows("SELECT count(*) FROM run") == [(1,)]


@pytest.mark.parametrize(
    ("started_at", "state", "overdue"),
    [
        (None, "", True),
        ("2026-01-30T18:00:05+00:00", "complete", False),
        ("2026-01-30T18:00:05+00:00", "needs_human", False),
        ("2026-01-30T18:00:05+00:00", "interrupted", True),
        ("2026-01-30T17:59:00+00:00", "complete", True),
    ],
)
def test_a_night_is_overdue_when_its_hour_has_passed_without_it(
    tmp_path: Path, started_at: str | None, state: str, overdue: bool
) -> None:
    db = open_archive(tmp_path / "archive.db")
    if started_at:
        run_id = ledger.open_run(db, NIGHT, [])
        db.table("run").update(run_id, {"state": state, "started_at": started_at})
    db.close()
    noon_in_shanghai = datetime(2026, 1, 31, 4, tzinfo=UTC)
    assert is_overdue(tmp_path / "archive.db", 2, noon_in_shanghai) is overdue
