"""The second night: what has not changed costs one small request and no new body; what has changed is seen."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from nights import COLUMN, Answer, Office, list_page, office, small_portal

from samples.fleet import Fleet, fleet

OLD = ("/zfxxgknb/202401/t20240130_100001.html", "宁河区2023年政府信息公开工作年度报告")
NEW = ("/zfxxgknb/202501/t20250130_100002.html", "宁河区2024年政府信息公开工作年度报告")


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("fleet")) as running:
        yield running


@pytest.fixture(scope="module")
def two_nights(portals: Fleet, tmp_path_factory: pytest.TempPathFactory) -> Office:
    one = Office(tmp_path_factory.mktemp("office"), portals.registry_csv)
    for _ in range(2):
        done = one.run()
        assert done.returncode == 0, done.stdout + done.stderr
    return one


def test_unchanged_pages_are_asked_for_once_and_answered_without_a_body(two_nights: Office) -> None:
    second = two_nights.rows("SELECT status, count(*), count(DISTINCT url) FROM capture WHERE run_id = 2 GROUP BY 1")
    assert [(status, count == addresses) for status, count, addresses in second] == [(304, True), (404, True)]
    assert two_nights.rows("SELECT sum(new_bodies) FROM visit WHERE run_id = 2") == [(0,)]
    ((revisits, unchanged),) = two_nights.rows(
        "SELECT sum(revisits), (SELECT count(*) FROM capture WHERE status = 304) FROM visit WHERE run_id = 2"
    )
    assert revisits == unchanged


def test_no_body_is_stored_again(two_nights: Office) -> None:
    with sqlite3.connect(two_nights.captures) as db:
        ((bodies,),) = db.execute("SELECT count(*) FROM body")
    assert two_nights.rows("SELECT count(DISTINCT sha256) FROM capture WHERE run_id = 1") == [(bodies,)]


def test_a_revisit_points_at_the_answer_it_confirms(two_nights: Office) -> None:
    strangers = two_nights.rows(
        """SELECT count(*) FROM capture JOIN capture AS confirmed ON confirmed.id = capture.revisit_of
           WHERE confirmed.url != capture.url OR confirmed.sha256 != capture.sha256 OR confirmed.status != 200"""
    )
    assert strangers == [(0,)]


def test_the_known_lists_are_used_and_the_home_page_is_not_asked_for(two_nights: Office, portals: Fleet) -> None:
    homes = {served.home_url for served in portals.portals}
    asked = {url for (url,) in two_nights.rows("SELECT url FROM capture WHERE run_id = 2")}
    lists = {url for (url,) in two_nights.rows("SELECT url FROM report_list")}
    assert asked.isdisjoint(homes)
    assert asked > lists


def test_the_same_reports_are_found_and_none_is_new(two_nights: Office) -> None:
    first, second = two_nights.rows("SELECT sum(reports), sum(refused) FROM visit GROUP BY run_id ORDER BY run_id")
    assert first == second
    assert two_nights.rows("SELECT DISTINCT run_id, version FROM report_version") == [(1, 1)]


def test_a_new_row_is_found_and_a_list_that_moved_is_searched_for_again(tmp_path: Path) -> None:
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page(OLD), OLD[0]: "<p>", NEW[0]: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
        portal.pages["/xxgknb/"] = portal.pages.pop("/zfxxgknb/")
        portal.pages["/xxgknb/"].body = list_page(OLD, NEW)
        portal.pages["/"].body = COLUMN.replace("/zfxxgknb/", "/xxgknb/")
        portal.asked.clear()
        one.run()
    assert portal.asked == ["/zfxxgknb/", "/", "/xxgknb/", OLD[0], NEW[0]]  # robots.txt is known for a day
    assert one.rows("SELECT outcome FROM visit ORDER BY run_id") == [("complete",), ("complete",)]
    assert one.rows("SELECT kind FROM incident WHERE run_id = 2 AND kind != 'not_a_report'") == [("not_found",)]


def test_a_list_whose_address_leads_home_is_searched_for_once(tmp_path: Path) -> None:
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page(OLD), OLD[0]: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
        portal.pages["/xxgknb/"] = portal.pages["/zfxxgknb/"]
        portal.pages["/zfxxgknb/"] = Answer("", 302, {"Location": "/"})
        portal.pages["/"] = Answer(COLUMN.replace("/zfxxgknb/", "/xxgknb/"))
        one.run()
        portal.asked.clear()
        one.run()
    assert portal.asked == ["/xxgknb/", OLD[0]]
    assert one.rows("SELECT outcome FROM visit ORDER BY run_id") == [("complete",), ("complete",), ("complete",)]


def test_a_list_that_lost_its_rows_is_noticed(tmp_path: Path) -> None:
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page(OLD), OLD[0]: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
        portal.pages["/zfxxgknb/"].body = list_page()
        done = one.run()
    assert one.rows("SELECT outcome FROM visit ORDER BY run_id") == [("complete",), ("list_empty",)]
    assert done.returncode == 1
    assert "1: The report list holds no report; check its address." in done.stdout
