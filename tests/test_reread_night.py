"""A night that meets a report of another reader: what our reader changed is never laid to the publisher."""

from collections.abc import Callable

import pytest
from rereading import ID, NINGHE, PENALTIES, REPORT, SCAN, Archive, archive, page_of, reading_of

from pipelines.captures import Exchange
from pipelines.reading import READER
from pipelines.stages import CapturedItem, Store
from pipelines.store import Regression

__all__ = ["archive"]


@pytest.fixture
def at_night(archive: Archive) -> Callable[[bytes], object]:
    """Store a page as a night does that receives it at the address of the report."""
    run = {"id": 1, "state": "running", "started_at": "", "registry": "", "vantage": "", "user_agent": ""}
    archive.db.table("run").insert({**run, "reader": READER, "portals": 1})
    attempts = iter(range(1, 9))

    def store(page: bytes) -> object:
        exchange = Exchange(1, None, f"http://x{REPORT.path}", 200, [], "samples", attempt=next(attempts))
        item = CapturedItem(
            capture_id=archive.captures.record(exchange, page).id,
            run_id=1,
            division_code=NINGHE.code,
            url=f"http://x{REPORT.path}",
            reading=reading_of(page, REPORT.path),
        )
        return Store(archive.db, archive.captures).process_item(item).saved

    return store


def revised(page: bytes) -> bytes:
    """The page with another number of penalties."""
    return page.replace(f">{PENALTIES}<".encode(), b">4202<")


def test_a_night_lays_to_the_publisher_only_what_the_publisher_changed(
    archive: Archive, at_night: Callable[[bytes], object]
):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE requests SET total = 9999 WHERE outcome = 'granted'")
    archive.grown_old()

    at_night(revised(page_of(REPORT)))

    granted = REPORT.printed["granted", "total"]
    assert archive.rows("SELECT metric, old, new, cause FROM revision") == [
        ("granted", "9999", granted, "reader changed"),
        ("penalty_decisions", PENALTIES, "4202", "source revised"),
    ]


def test_a_night_that_meets_the_same_page_with_a_new_reader_blames_nobody_else(
    archive: Archive, at_night: Callable[[bytes], object]
):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE report SET fingerprint = 'of another reader'")
    archive.db.execute("UPDATE disclosure SET penalty_decisions = 7")
    archive.grown_old()

    at_night(page_of(REPORT))

    assert archive.rows("SELECT cause FROM report_version") == [("first seen",), ("reader changed",)]


def test_a_night_whose_reader_may_have_lost_a_report_keeps_what_is_stored(
    archive: Archive, at_night: Callable[[bytes], object]
):
    archive.add(REPORT.path, kept=SCAN)
    archive.grown_old()
    before = archive.rows("SELECT * FROM report") + archive.rows("SELECT * FROM report_version")

    with pytest.raises(Regression, match=f"{ID} .* could be read before and no longer can"):
        at_night(SCAN)

    assert archive.rows("SELECT * FROM report") + archive.rows("SELECT * FROM report_version") == before


def test_a_night_without_the_old_body_cannot_tell_and_does_not_blame_the_publisher(
    archive: Archive, at_night: Callable[[bytes], object]
):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE report SET sha256 = 'lost'")
    archive.db.execute("UPDATE report_source SET sha256 = 'lost'")
    archive.grown_old()

    at_night(revised(page_of(REPORT)))

    assert archive.rows("SELECT metric, cause FROM revision") == [("penalty_decisions", "reader changed")]
