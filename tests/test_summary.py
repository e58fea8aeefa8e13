"""What a night came to: the words, and whether somebody must look."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.outcomes import IncidentKind, VisitOutcome, ending, incident
from crawler.summary import Summary, conclude
from pipelines import ledger
from pipelines.captures import Capture, CaptureStore, Exchange
from pipelines.ledger import Night, Tally
from pipelines.receipts import Receipt, record_request
from tests.archives import two_portals

__all__ = ["two_portals"]

NIGHT = Night("registry.csv", None, "samples", "Gongkai/0", "1")
CODES = ["120117", "320813"]


@pytest.fixture
def db(two_portals: Database) -> Database:
    return two_portals


def night(db: Database, *visits: tuple[VisitOutcome, int]) -> int:
    """A night whose visits ended so, each with so many reports; portals left over are still open."""
    run_id = ledger.open_run(db, NIGHT, CODES)
    for code, (outcome, reports) in zip(CODES, visits, strict=False):
        ledger.end_visit(db, run_id, code, ending(outcome), Tally(reports=reports))
    return run_id


def judged(db: Database, run_id: int, *, stopped: bool = False) -> Summary:
    ledger.count_open_visits(db, run_id)
    summary = conclude(db, run_id, Path("night.log"), stopped=stopped)
    ledger.close_run(db, run_id, summary.state, summary.zh, summary.en)
    return summary


def test_a_night_over_no_portals_needs_a_human(db: Database) -> None:
    summary = judged(db, ledger.open_run(db, NIGHT, []))
    assert summary.state == "needs_human"
    assert summary.lines_en[-1] == "Not a single portal could be visited."


def test_a_good_night_is_complete(db: Database) -> None:
    summary = judged(db, night(db, (VisitOutcome.COMPLETE, 3), (VisitOutcome.PARTIAL, 2)))
    assert (summary.state, summary.troubles) == ("complete", 0)
    assert summary.lines_en == [
        "2 portals were to be visited.",
        "1: Visited; every listed report was obtained.",
        "1: Visited, but something that is listed could not be obtained.",
        "5 reports were read: 0 new, 0 changed, 5 unchanged; 0 documents were found not to be reports.",
        "0 requests were sent and 0.0 MB received.",
    ]
    assert len(summary.lines_zh) == len(summary.lines_en)


@pytest.mark.parametrize("outcome", [VisitOutcome.UNREACHABLE_FROM_HERE, VisitOutcome.DECLINES_PROGRAMS])
def test_a_night_in_which_every_portal_failed_needs_a_human(db: Database, outcome: VisitOutcome) -> None:
    assert judged(db, night(db, (outcome, 0), (outcome, 0))).state == "needs_human"


def test_one_portal_that_is_away_for_a_night_needs_nobody(db: Database) -> None:
    assert (
        judged(db, night(db, (VisitOutcome.COMPLETE, 3), (VisitOutcome.UNREACHABLE_FROM_HERE, 0))).state == "complete"
    )


@pytest.mark.parametrize(("reports", "state"), [(5, "complete"), (4, "needs_human"), (0, "needs_human")])
def test_less_than_half_the_reports_of_the_last_complete_night_needs_a_human(
    db: Database, reports: int, state: str
) -> None:
    judged(db, night(db, (VisitOutcome.COMPLETE, 6), (VisitOutcome.COMPLETE, 4)))
    summary = judged(db, night(db, (VisitOutcome.COMPLETE, reports), (VisitOutcome.COMPLETE, 0)))
    assert summary.state == state
    fell = f"The same portals gave 10 reports on the last complete night and only {reports} tonight."
    assert (fell in summary.lines_en) is (state == "needs_human")


def test_an_incident_of_ours_is_told_with_its_sentence(db: Database) -> None:
    run_id = night(db, (VisitOutcome.COMPLETE, 1), (VisitOutcome.COMPLETE, 1))
    ledger.record_incident(db, run_id, incident(IncidentKind.READER_FAILED, "http://a/", CODES[0], "KeyError: 1"))
    ledger.record_incident(db, run_id, incident(IncidentKind.TIMEOUT, "http://b/", CODES[0]))
    summary = judged(db, run_id)
    assert (summary.state, summary.troubles) == ("needs_human", 1)
    assert summary.lines_en[-1] == "1×: Our reading failed (KeyError: 1); the document is kept."


@pytest.mark.parametrize(
    ("stopped", "troubles", "words"), [(True, 0, "was asked to stop"), (False, 1, "ended unexpectedly")]
)
def test_a_night_that_is_not_done_says_how_to_go_on(db: Database, stopped: bool, troubles: int, words: str) -> None:
    summary = judged(db, night(db, (VisitOutcome.COMPLETE, 1)), stopped=stopped)
    assert (summary.state, summary.troubles) == ("interrupted", troubles)
    assert summary.lines_en[-1] == f"The crawl {words} with 1 portals to go; run again to continue (log night.log)."


def capture_of(db: Database, run_id: int, body: bytes, folder: Path) -> Capture:
    """What the second portal sent."""
    exchange = Exchange(run_id, CODES[1], "http://b.gov.cn/1.html", 200, [], "samples")
    return CaptureStore(db, folder / "captures.db").record(exchange, body)


def test_what_a_visit_asked_that_was_cut_short_counts_all_the_same(db: Database, tmp_path: Path) -> None:
    run_id = night(db, (VisitOutcome.COMPLETE, 3))
    record_request(db, Receipt(run_id, CODES[0], "a.gov.cn", "8.8.8.8", None, 900_000, 3, None))
    for gap in (None, 3.25):
        record_request(db, Receipt(run_id, CODES[1], "b.gov.cn", "8.8.8.8", None, 600_000, 3, gap))
    capture_of(db, run_id, b"0" * 1_200_000, tmp_path)
    assert "2 requests were sent and 1.2 MB received." in judged(db, run_id, stopped=True).lines_en
    counts = "SELECT requests, bytes, new_bodies FROM visit WHERE division_code = ?"
    assert list(db.query(counts, [CODES[1]])) == [{"requests": 2, "bytes": 1_200_000, "new_bodies": 1}]
    assert list(db.query("SELECT requests, bytes, shortest_gap FROM receipt WHERE host = 'b.gov.cn'")) == [
        {"requests": 2, "bytes": 1_200_000, "shortest_gap": 3.25}
    ]


def test_reports_of_a_visit_that_was_cut_short_are_reports_that_were_read(db: Database, tmp_path: Path) -> None:
    run_id = night(db, (VisitOutcome.COMPLETE, 3))
    capture = capture_of(db, run_id, b"", tmp_path)
    of_page = {"url": capture.url, "sha256": capture.sha256}
    db["body"].insert({"id": "b", "division_code": CODES[1], "name": "洪泽区教育局", "kind": "bureau"})
    report = {"id": "r", "body_id": "b", "report_year": 2022, "title": "年报", "status": "read", "fingerprint": "f"}
    db["report"].insert(report | of_page)
    version = {"report_id": "r", "version": 1, "run_id": run_id, "capture_id": capture.id, "cause": "first seen"}
    db["report_version"].insert(version | of_page | {"reader": "1", "read_at": capture.received_at})

    said = "4 reports were read: 1 new, 0 changed, 3 unchanged; 0 documents were found not to be reports."
    assert said in judged(db, run_id, stopped=True).lines_en
