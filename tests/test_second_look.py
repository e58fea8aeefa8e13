"""Which reports a night asks for again: those that another list row, another reader or the time makes due."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, list_page, office, small_portal

from samples.simulator.reports import html

TITLE = "宁河区人民政府2023年政府信息公开工作年度报告"
ROW = ("/zfxxgknb/202401/t20240130_100001.html", TITLE)
REPORT = f"<html><title>{TITLE}</title><h1>{TITLE}</h1>{html('宁河区', 2023)}"
PAGES: dict[str, Answer | str] = {"/": COLUMN, "/zfxxgknb/": list_page(ROW), ROW[0]: REPORT}


def after_a_night(folder: Path, portal: SmallPortal) -> Office:
    made = office(folder, ("120117", portal.home_url))
    one = Office(made.folder, made.registry, second_look=30)
    one.run()
    assert one.rows("SELECT report_year, status FROM report") == [(2023, "read")]
    portal.asked.clear()
    return one


def age(one: Office, days: int) -> None:
    """Let all captures be so much older."""
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with closing(sqlite3.connect(one.db)) as db, db:
        db.execute("UPDATE capture SET received_at = ?", [then])


def reports_asked(one: Office, portal: SmallPortal, *options: str) -> int:
    one.run(*options)
    assert one.rows("SELECT outcome, reports FROM visit WHERE run_id = (SELECT max(id) FROM run)") == [("complete", 1)]
    return portal.asked.count(ROW[0])


@pytest.mark.parametrize("listing", [list_page(ROW), list_page(ROW).replace("2024-01-30", "")])
def test_a_report_that_was_looked_at_lately_is_found_without_being_asked_for(listing: str, tmp_path: Path) -> None:
    with small_portal({**PAGES, "/zfxxgknb/": listing}) as portal:
        assert reports_asked(after_a_night(tmp_path, portal), portal) == 0


def test_the_page_that_a_report_is_attached_to_is_not_asked_for_either(tmp_path: Path) -> None:
    cover = f'<h1>{TITLE}</h1><a href="/files/nb.doc">附件</a>'
    with small_portal({**PAGES, ROW[0]: cover, "/files/nb.doc": REPORT}) as portal:
        one = after_a_night(tmp_path, portal)
        assert reports_asked(one, portal) == 0
        assert portal.asked == ["/zfxxgknb/"]
        moved = "/nb/202401/t20240130_100001.html"  # the same row at an address that is new
        portal.pages |= {moved: Answer(cover), "/zfxxgknb/": Answer(list_page((moved, TITLE)))}
        one.run()
        assert portal.asked[1:] == ["/zfxxgknb/", moved]


@pytest.mark.parametrize(("days", "asked"), [(29, 0), (46, 1)])
def test_time_makes_a_report_due(tmp_path: Path, days: int, asked: int) -> None:
    with small_portal(PAGES) as portal:
        one = after_a_night(tmp_path, portal)
        age(one, days)
        assert reports_asked(one, portal) == asked


def test_a_look_that_failed_is_none(tmp_path: Path) -> None:
    with small_portal(PAGES) as portal:
        one = after_a_night(tmp_path, portal)
        age(one, 46)
        portal.pages[ROW[0]] = Answer("<p>没有这一页", 404)
        one.run()
        one.run()
    assert portal.asked.count(ROW[0]) == 2
    assert one.rows("SELECT outcome FROM visit ORDER BY run_id") == [("complete",), ("partial",), ("partial",)]


def test_a_row_that_says_something_else_makes_a_report_due(tmp_path: Path) -> None:
    with small_portal(PAGES) as portal:
        one = after_a_night(tmp_path, portal)
        portal.pages["/zfxxgknb/"] = Answer(list_page((ROW[0], f"{TITLE}(更正)")))
        assert reports_asked(one, portal) == 1


def test_another_reader_makes_a_report_due(tmp_path: Path) -> None:
    with small_portal(PAGES) as portal:
        one = after_a_night(tmp_path, portal)
        with closing(sqlite3.connect(one.db)) as db, db:
            db.execute("UPDATE report_source SET reader = 'another'")
        assert reports_asked(one, portal) == 1


def test_a_night_can_be_told_to_look_at_everything(tmp_path: Path) -> None:
    with small_portal(PAGES) as portal:
        assert reports_asked(after_a_night(tmp_path, portal), portal, "--second-look", "0") == 1
