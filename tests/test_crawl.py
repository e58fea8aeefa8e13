"""Whole nights, as the operator runs them, against portals of our own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nights import COLUMN, Answer, Office, list_page, office, small_portal

from pipelines.text import squeeze
from samples import expected
from samples.fleet import Fleet, fleet
from samples.portal import portals
from samples.render import render

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
        "The PDF has no text layer of its own ",
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
    lists = night.office.rows("SELECT division_code, title FROM report_list WHERE NOT is_menu ORDER BY rowid")
    assert night.office.rows("SELECT division_code, title FROM report_list WHERE is_menu") == [
        ("120117", "政府信息公开年报")
    ]
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
