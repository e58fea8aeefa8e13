"""Whole nights, as the operator runs them, against portals of our own."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, list_page, office, small_portal

from pipelines.divisions import divisions
from pipelines.text import squeeze
from samples import expected
from samples.fleet import Fleet, fleet
from samples.portal import portals
from samples.render import render

HIT = "命中".encode().decode("latin-1")  # header bytes that are no ASCII
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


@dataclass(frozen=True)
class Odd:
    """One night over portals that are odd in different ways, each by its name."""

    office: Office
    portals: dict[str, SmallPortal]
    said: str

    def rows(self, name: str, query: str) -> list[tuple[object, ...]]:
        """Rows about one portal; the query ends in a condition on its division code. Addresses lose their host."""
        home_url = self.portals[name].home_url
        rows = self.office.rows(query, sorted(divisions())[list(ODD).index(name)])
        return [tuple(str(v).replace(home_url, "/") if isinstance(v, str) else v for v in row) for row in rows]


ODD: dict[str, dict[str, Answer | str]] = {
    "empty": {"/": "<html></html>"},
    "rules": {
        "/robots.txt": "User-agent: *\nDisallow: /zfxxgknb/202401/\n",
        "/": COLUMN,
        "/zfxxgknb/": list_page(ROW),
        ROW[0]: "<p>",
    },
    "closed": {"/robots.txt": "User-agent: *\nDisallow: /\n", "/": COLUMN},
    "redirects": {
        "/": Answer("", 302, {"Location": "/index.html"}),
        "/index.html": '<meta http-equiv="refresh" content="0;url=/home/">',
        "/home/": COLUMN,
        "/zfxxgknb/": Answer("", 302, {"Location": "http://127.0.0.99:9/zfxxgknb/"}),
    },
    "robots elsewhere": {"/robots.txt": Answer("", 302, {"Location": "http://169.254.169.254/"}), "/": "<p>"},
    "slow": {"/robots.txt": "User-agent: gongkai\nCrawl-delay: 0.5\n", "/": COLUMN, "/zfxxgknb/": list_page()},
    "busy": {"/": Answer("busy", 503)},
    "headers": {"/": Answer("<p>", headers={"Content-Type": "text/html", "X-Cache": HIT})},
    "challenge 412": {"/": Answer("<script>$_ts=window['$_ts']</script>", 412)},
    "challenge 200": {"/": Answer("<script>document.cookie='__jsl_clearance_s=1'</script>")},
    "forbidden": {"/": Answer("no", 403)},
    "gone": {"/": Answer("gone", 404)},
    "loop": {"/": Answer("", 302, {"Location": "/"})},
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    with ExitStack() as stack:
        portals = {
            name: stack.enter_context(small_portal(pages, f"127.0.0.{number}"))
            for number, (name, pages) in enumerate(ODD.items(), start=2)
        }
        homes = [portal.home_url for portal in portals.values()]
        one = office(tmp_path_factory.mktemp("odd"), *zip(sorted(divisions()), homes, strict=False))
        done = one.run()
        yield Odd(one, portals, done.stdout)


def test_a_portal_with_an_empty_home_page_has_no_list(odd: Odd) -> None:
    assert odd.rows("empty", f"SELECT outcome, requests, lists, reports, robots {VISIT}") == [
        ("no_list_found", 2, 0, 0, "none")
    ]
    assert "4: No report list was found from the home page; give its list_url in the registry." in odd.said
    assert odd.portals["empty"].asked == ["/robots.txt", "/"]


VISIT = "FROM visit WHERE division_code = ?"
INCIDENT = "FROM incident WHERE division_code = ?"
CAPTURE = "FROM capture WHERE division_code = ?"


def test_every_report_of_the_fleet_is_found_from_the_home_pages(night: Finished) -> None:
    wanted = {(report.division_code, report.path) for report in expected.all_reports()}
    found = night.office.rows("SELECT substr(body_id, 1, 6), url FROM report WHERE status != 'unreadable'")
    assert {(code, urlsplit(url).path) for code, url in found} == wanted


def test_a_report_that_is_only_a_picture_is_kept_and_waits(night: Finished) -> None:
    waiting = [report for portal in night.fleet.portals for report in expected.scans(portal.portal)]
    kept = night.office.rows("SELECT title, report_year, url FROM report WHERE status = 'unreadable'")
    assert [(title, year, urlsplit(url).path) for title, year, url in kept] == [
        (report.title, report.report_year, report.path) for report in waiting
    ]


def test_a_page_and_its_word_copy_are_one_report_with_the_same_figures(night: Finished) -> None:
    sources = night.office.rows(
        """SELECT url, role FROM report_source
           WHERE report_id IN (SELECT report_id FROM report_source WHERE role = 'same figures') ORDER BY role"""
    )
    copies = [two for portal in night.fleet.portals for two in expected.word_copies(portal.portal).items()]
    assert [(urlsplit(url).path, role) for url, role in sources] == [
        place for page, copy in copies for place in ((page, "current"), (copy, "same figures"))
    ]
    assert night.office.rows("SELECT sum(reports) FROM visit") == night.office.rows("SELECT count(*) FROM report")


def test_each_portal_has_one_outcome(night: Finished) -> None:
    assert night.office.rows("SELECT division_code, outcome, lists, refused, robots FROM visit ORDER BY 1") == [
        ("120117", "complete", 4, 0, "rules"),
        ("320813", "partial", 3, 1, "none"),
        ("350128", "complete", 1, 0, "html"),
    ]


def test_what_went_wrong_is_told_with_its_address(night: Finished) -> None:
    kinds = "SELECT kind, url, message_en FROM incident WHERE kind != 'row_passed_over' ORDER BY kind"
    incidents = night.office.rows(kinds)
    hongze = night.fleet.of("320813").portal
    assert [(kind, urlsplit(url).path) for kind, url, _ in incidents[:2]] == [
        ("not_a_report", *expected.refused(hongze)),
        ("not_found", *expected.broken(hongze)),
    ]
    assert [kind for kind, _, _ in incidents[2:]] == ["unreadable_format"]
    assert [message.partition(":")[0].partition("(")[0] for _, _, message in incidents] == [
        "Not an annual report",
        "The page does not exist ",
        "The PDF has no text layer ",
    ]


def test_rows_that_are_about_a_report_leave_a_trace(night: Finished) -> None:
    passed_over = night.office.rows("SELECT url, message_en FROM incident WHERE kind = 'row_passed_over'")
    titles = [entry.title for portal in portals() for _, entry in portal.entries if entry.is_a == "lookalike"]
    about = [title for title in titles if "信息公开工作年度报告" in title]
    told = " ".join(message for _, message in passed_over)
    assert len(passed_over) == len(about) == 3
    assert all(squeeze(title) in told for title in about)


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


def test_the_portal_is_told_who_asks_and_robots_txt_is_obeyed(odd: Odd) -> None:
    portal = odd.portals["rules"]
    assert portal.asked == ["/robots.txt", "/", "/zfxxgknb/"]
    assert {headers["User-Agent"] for headers in portal.headers} == {"Gongkai/0.1.0"}
    assert odd.rows("rules", f"SELECT outcome {VISIT}") == [("partial",)]
    assert odd.rows("rules", f"SELECT kind, url {INCIDENT}") == [("robots_disallow", ROW[0])]


def test_a_portal_that_disallows_everything_is_left_alone(odd: Odd) -> None:
    assert odd.portals["closed"].asked == ["/robots.txt"]
    assert odd.rows("closed", f"SELECT outcome, robots {VISIT}") == [("robots_disallow", "disallow")]


def test_redirects_are_followed_at_home_and_archived_hop_by_hop(odd: Odd) -> None:
    assert odd.rows("redirects", f"SELECT url, status {CAPTURE} ORDER BY id") == [
        ("/robots.txt", 404),
        ("/", 302),
        ("/index.html", 200),
        ("/home/", 200),
        ("/zfxxgknb/", 302),
    ]
    assert odd.rows("redirects", f"SELECT message_en {INCIDENT} AND kind = 'offsite'") == [
        ("The address does not belong to the portal and was not visited (http://127.0.0.99:9/zfxxgknb/).",)
    ]


def test_robots_txt_does_not_lead_away_from_the_portal(odd: Odd) -> None:
    assert odd.rows("robots elsewhere", f"SELECT url, status {CAPTURE} ORDER BY id") == [
        ("/robots.txt", 302),
        ("/", 200),
    ]


def test_a_longer_pause_that_robots_txt_asks_for_is_kept(odd: Odd) -> None:
    portal = odd.portals["slow"]
    assert portal.asked == ["/robots.txt", "/", "/zfxxgknb/"]
    assert min(later - earlier for earlier, later in pairwise(portal.moments)) > 0.45


def test_a_busy_portal_is_asked_again_and_every_attempt_is_kept(odd: Odd) -> None:
    assert odd.portals["busy"].asked == ["/robots.txt", "/", "/", "/"]
    assert odd.rows("busy", f"SELECT url, attempt, status {CAPTURE} AND status = 503 ORDER BY id") == [
        ("/", 1, 503),
        ("/", 2, 503),
        ("/", 3, 503),
    ]
    assert odd.rows("busy", f"SELECT outcome, requests {VISIT}") == [("unreachable_from_here", 4)]


def test_headers_are_kept_as_they_came(odd: Odd) -> None:
    ((kept,),) = odd.rows("headers", f"SELECT headers {CAPTURE} AND status = 200")
    assert ["X-Cache", HIT] in json.loads(str(kept))


@pytest.mark.parametrize(
    ("name", "outcome", "kind"),
    [
        ("challenge 412", "declines_programs", "declined"),
        ("challenge 200", "declines_programs", "declined"),
        ("forbidden", "declines_programs", "declined"),
        ("gone", "gone", "not_found"),
        ("loop", "unreachable_from_here", "redirect_loop"),
        ("busy", "unreachable_from_here", "http_error"),
    ],
)
def test_a_home_page_that_is_none_ends_the_visit_with_its_outcome(odd: Odd, name: str, outcome: str, kind: str) -> None:
    assert odd.rows(name, f"SELECT outcome {VISIT}") == [(outcome,)]
    assert odd.rows(name, f"SELECT kind, url {INCIDENT}") == [(kind, "/")]


def test_beside_a_readable_report_only_what_is_called_a_report_is_asked_for(tmp_path: Path) -> None:
    ninghe = portals()[0]
    report = render(ninghe)[expected.reports(ninghe)[0].path].body
    links = f'<a href="form.doc">信息公开申请表</a> <a href="copy.docx">{ROW[1]}</a>'
    pages = {"/": COLUMN, "/zfxxgknb/": list_page(ROW), ROW[0]: Answer(report + links.encode())}
    with small_portal(pages) as portal:
        office(tmp_path, ("120117", portal.home_url)).run()
    assert portal.asked == ["/robots.txt", "/", "/zfxxgknb/", ROW[0], "/zfxxgknb/202401/copy.docx"]


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
    assert min(later - earlier for earlier, later in pairwise(portal.moments)) > 0.35


def test_a_page_missing_from_the_middle_of_a_list_is_something_the_visit_lacks(tmp_path: Path):
    pager = '<script>createPageHTML(3, 0, "index", "html")</script>'
    first = list_page(
        ("t1_1.html", "宁河区2023年政府信息公开工作年度报告"), ("t1_2.html", "宁河区2022年政府信息公开工作年度报告")
    )
    last = list_page(("t1_3.html", "宁河区2021年政府信息公开工作年度报告"))
    pages = {"/": COLUMN, "/zfxxgknb/": first + pager, "/zfxxgknb/index_2.html": last + pager}
    with small_portal(pages) as portal:
        one = office(tmp_path / "office", ("120117", portal.home_url))
        one.run()

    assert "/zfxxgknb/t1_3.html" in portal.asked
    assert one.rows("SELECT outcome FROM visit WHERE division_code = ?", "120117") == [("partial",)]
