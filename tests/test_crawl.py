"""Whole nights, as the operator runs them, against portals of our own."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nights import COLUMN, Answer, Office, list_page, office, small_portal

from crawler.portals.divisions import divisions
from samples import expected
from samples.fleet import Fleet, fleet

ROW = ("/zfxxgknb/202401/t20240130_100001.html", "宁河区2023年政府信息公开工作年度报告")


@dataclass(frozen=True)
class Finished:
    """A night over the whole fleet that came to its end."""

    office: Office
    fleet: Fleet
    said: str
    status: int


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finished]:
    with fleet(tmp_path_factory.mktemp("fleet")) as running:
        one = Office(tmp_path_factory.mktemp("office"), running.registry_csv)
        done = one.run()
        yield Finished(one, running, done.stdout + done.stderr, done.returncode)


def test_a_portal_with_an_empty_home_page_has_no_list(tmp_path: Path) -> None:
    with small_portal({"/": "<html></html>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        done = one.run()
    assert done.returncode == 1
    assert one.rows("SELECT outcome, requests, lists, reports, robots FROM visit") == [
        ("no_list_found", 2, 0, 0, "none")
    ]
    assert one.rows("SELECT state FROM run") == [("needs_human",)]
    assert "1: No report list was found from the home page; give its list_url in the registry." in done.stdout
    assert portal.asked == ["/robots.txt", "/"]


def test_every_report_of_the_fleet_is_found_from_the_home_pages(night: Finished) -> None:
    wanted = {(report.division_code, report.path) for report in expected.all_reports()}
    found = night.office.rows("SELECT substr(body_id, 1, 6), url FROM report WHERE status != 'unreadable'")
    assert {(code, urlsplit(url).path) for code, url in found} == wanted


def test_a_report_in_an_attachment_is_kept_and_waits(night: Finished) -> None:
    waiting = [report for portal in night.fleet.portals for report in expected.attachments(portal.portal)]
    kept = night.office.rows("SELECT title, report_year FROM report WHERE status = 'unreadable'")
    assert kept == [(report.title, report.report_year) for report in waiting]


def test_each_portal_has_one_outcome(night: Finished) -> None:
    assert night.office.rows("SELECT division_code, outcome, lists, refused, robots FROM visit ORDER BY 1") == [
        ("120117", "complete", 4, 0, "rules"),
        ("320813", "partial", 3, 1, "none"),
        ("350128", "complete", 1, 0, "html"),
    ]


def test_what_went_wrong_is_told_with_its_address(night: Finished) -> None:
    incidents = night.office.rows("SELECT kind, url, message_en FROM incident ORDER BY kind")
    hongze = night.fleet.of("320813").portal
    assert [(kind, urlsplit(url).path) for kind, url, _ in incidents[:2]] == [
        ("not_a_report", *expected.refused(hongze)),
        ("not_found", *expected.broken(hongze)),
    ]
    assert [kind for kind, _, _ in incidents[2:]] == ["unreadable_format"]
    assert [message.partition(":")[0].partition("(")[0] for _, _, message in incidents] == [
        "Not an annual report",
        "The page does not exist ",
        "The document is of kind pdf, whose tables cannot be read yet; the original is kept.",
    ]


def test_look_alikes_are_not_even_asked_for(night: Finished) -> None:
    asked = {request.path for request in night.fleet.log}
    for portal in night.fleet.portals:
        assert asked.isdisjoint(expected.lookalikes(portal.portal))


def test_every_answer_is_in_the_archive_with_its_body(night: Finished) -> None:
    captured = night.office.rows("SELECT url, status FROM capture ORDER BY url")
    answered = sorted((request.path, request.status) for request in night.fleet.log)
    assert sorted((urlsplit(url).path, status) for url, status in captured) == answered
    assert night.office.rows("SELECT sum(requests) FROM visit") == [(len(captured),)]


def test_the_lists_are_remembered_by_their_column(night: Finished) -> None:
    lists = night.office.rows("SELECT division_code, title FROM report_list ORDER BY rowid")
    assert sorted(lists) == [
        ("120117", "区政府"),
        ("120117", "委办局"),
        ("120117", "街镇"),
        ("320813", "政府信息公开年报"),
        ("350128", "政府信息公开年报"),
    ]


def test_the_night_tells_what_it_came_to(night: Finished) -> None:
    assert night.status == 0
    assert "Visited 3 of 3 portals" in night.said
    assert "3 portals were to be visited." in night.said
    assert "下一步 Next: python scheduler.py status" in night.said
    assert night.office.rows("SELECT state, vantage, portals FROM run") == [("complete", "samples", 3)]


def test_the_portal_is_told_who_asks_and_robots_txt_is_obeyed(tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /zfxxgknb/202401/\n"
    pages = {"/robots.txt": rules, "/": COLUMN, "/zfxxgknb/": list_page(ROW), ROW[0]: "<p>"}
    with small_portal(pages) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked == ["/robots.txt", "/", "/zfxxgknb/"]
    assert {headers["User-Agent"] for headers in portal.headers} == {"Gongkai/0.1.0"}
    assert one.rows("SELECT outcome FROM visit") == [("partial",)]
    assert one.rows("SELECT kind, url FROM incident") == [("robots_disallow", portal.home_url.rstrip("/") + ROW[0])]


def test_a_portal_that_disallows_everything_is_left_alone(tmp_path: Path) -> None:
    with small_portal({"/robots.txt": "User-agent: *\nDisallow: /\n", "/": COLUMN}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked == ["/robots.txt"]
    assert one.rows("SELECT outcome, robots FROM visit") == [("robots_disallow", "disallow")]


def test_redirects_are_followed_at_home_and_archived_hop_by_hop(tmp_path: Path) -> None:
    pages = {
        "/": Answer("", 302, {"Location": "/index.html"}),
        "/index.html": '<meta http-equiv="refresh" content="0;url=/home/">',
        "/home/": COLUMN,
        "/zfxxgknb/": Answer("", 302, {"Location": "http://127.0.0.99:9/zfxxgknb/"}),
    }
    with small_portal(pages) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    hops = one.rows("SELECT replace(url, ?, '/'), status FROM capture ORDER BY id", portal.home_url)
    assert hops == [("/robots.txt", 404), ("/", 302), ("/index.html", 200), ("/home/", 200), ("/zfxxgknb/", 302)]
    assert one.rows("SELECT kind, message_en FROM incident WHERE kind = 'offsite'") == [
        ("offsite", "The address does not belong to the portal and was not visited (http://127.0.0.99:9/zfxxgknb/).")
    ]


def test_a_busy_portal_is_asked_again_and_every_attempt_is_kept(tmp_path: Path) -> None:
    with small_portal({"/": Answer("busy", 503)}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked.count("/") == 3
    assert one.rows("SELECT attempt, status FROM capture WHERE url = ? ORDER BY attempt", portal.home_url) == [
        (1, 503),
        (2, 503),
        (3, 503),
    ]
    assert one.rows("SELECT outcome, requests FROM visit") == [("unreachable", 4)]


NO_HOME = [
    (Answer("<script>$_ts=window['$_ts']</script>", 412), "declines_programs", "declined"),
    (Answer("<script>document.cookie='__jsl_clearance_s=1'</script>"), "declines_programs", "declined"),
    (Answer("no", 403), "declines_programs", "declined"),
    (Answer("gone", 404), "gone", "not_found"),
    (Answer("", 302, {"Location": "/"}), "unreachable", "redirect_loop"),
    (Answer("busy", 500), "unreachable", "http_error"),
]


def test_a_home_page_that_is_none_ends_the_visit_with_its_outcome(tmp_path: Path) -> None:
    codes = sorted(divisions())[: len(NO_HOME)]
    with ExitStack() as stack:
        portals = [
            stack.enter_context(small_portal({"/": answer}, f"127.0.0.{number}"))
            for number, (answer, _, _) in enumerate(NO_HOME, start=2)
        ]
        one = office(tmp_path, *zip(codes, (portal.home_url for portal in portals), strict=True))
        done = one.run()
    assert one.rows("SELECT outcome FROM visit ORDER BY division_code") == [(outcome,) for _, outcome, _ in NO_HOME]
    assert one.rows("SELECT kind FROM incident ORDER BY division_code") == [(kind,) for _, _, kind in NO_HOME]
    assert "Not a single portal could be visited." in done.stdout
    assert done.returncode == 1


def test_only_the_selected_portals_are_visited(tmp_path: Path) -> None:
    with small_portal({"/": "<p>"}) as first, small_portal({"/": "<p>"}, "127.0.0.2") as second:
        one = office(tmp_path, ("120117", first.home_url), ("320813", second.home_url))
        one.run("--portals", "32", "127.0.0.2")
    assert (first.asked, second.asked) == ([], ["/robots.txt", "/"])
    assert one.rows("SELECT selection, portals FROM run") == [("127.0.0.2 32", 1)]


def test_between_two_requests_to_a_host_lies_the_pause(tmp_path: Path) -> None:
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page()}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run("--pause", "0.4")
    assert portal.asked == ["/robots.txt", "/", "/zfxxgknb/"]
    assert all(later - earlier >= 0.39 for earlier, later in pairwise(portal.moments))


def test_headers_and_repeated_headers_are_kept(tmp_path: Path) -> None:
    headers = {"Content-Type": "text/html", "X-Cache": "命中".encode().decode("latin-1")}
    with small_portal({"/": Answer("<p>", headers=headers)}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    ((kept,),) = one.rows("SELECT headers FROM capture WHERE url = ?", portal.home_url)
    assert ["X-Cache", "命中".encode().decode("latin-1")] in json.loads(kept)
