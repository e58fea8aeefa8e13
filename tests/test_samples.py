"""The sample portals: what they serve, that it hangs together, and that the figures add up."""

import csv
import json
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from pydantic import ValidationError

from samples import expected, pdf
from samples.expected import ExpectedReport
from samples.figures import APPLICANTS, FOLDER, Edition, Figures
from samples.fleet import REGISTRY, Fleet, fixed_rows, fleet, write_registry
from samples.forms import fill
from samples.portal import Entry, Portal, load, portals
from samples.render import NOTICE, attachment_name, not_found, page, render
from samples.server import PortalServer, PortTakenError, Site

PUBLISHED = Path(__file__).parents[1].parent / "shared" / "samples" / "expected"
LINK = re.compile(r'(?:href|src)="([^"]+)"')


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Fleet]:
    with fleet(tmp_path) as served:
        yield served


@pytest.fixture(params=portals(), ids=lambda portal: portal.code)
def portal(request: pytest.FixtureRequest) -> Portal:
    chosen: Portal = request.param
    return chosen


@pytest.fixture(params=expected.all_reports(), ids=lambda report: report.title)
def report(request: pytest.FixtureRequest) -> ExpectedReport:
    chosen: ExpectedReport = request.param
    return chosen


@pytest.fixture
def published() -> Path:
    if not PUBLISHED.is_dir():
        pytest.skip("the published samples are not on this machine")
    return PUBLISHED


def ask(url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request(
        method, parts.path, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


# With nothing in it


def test_a_form_without_figures_prints_only_zeros() -> None:
    form = fill(Figures(source="invented", edition="t2021"))
    assert Counter(cell.text for cell in form.figures()) == {"0": 200}


def test_a_portal_without_rows_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("", "utf-8")
    with pytest.raises(ValueError, match=re.escape(str(empty))):
        load(empty)


def test_a_pdf_without_lines_is_still_a_pdf() -> None:
    assert pdf.document([]).startswith(b"%PDF-1.4")
    assert pdf.document([]).endswith(b"%%EOF\n")


def test_an_untouched_fleet_has_an_empty_log(running: Fleet) -> None:
    assert running.log == []


# The pages


def test_every_link_leads_somewhere_but_the_one_meant_to_be_broken(portal: Portal) -> None:
    pages = render(portal)
    leads_nowhere = {
        urljoin(path, link)
        for path, content in pages.items()
        if content.content_type.startswith("text/html")
        for link in LINK.findall(content.body.decode(errors="replace"))
        if urljoin(path, link) not in pages
    }
    assert leads_nowhere == set(expected.broken(portal))


def test_every_page_says_that_it_is_a_sample(portal: Portal) -> None:
    texts = [content for content in render(portal).values() if content.content_type.startswith("text/html")]
    silent = [content for content in (*texts, not_found(portal)) if NOTICE not in content.body.decode()]
    assert silent == []


def test_every_row_is_reached_from_the_home_page(portal: Portal) -> None:
    pages, seen, waiting = render(portal), set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in pages:
            continue
        seen.add(path)
        text = pages[path].body.decode(errors="replace")
        waiting += [urljoin(path, link) for link in LINK.findall(text)]
        if pager := re.search(r"createPageHTML\((\d+), |countPage: parseInt\('(\d+)'\)", text):
            count = int(pager[1] or pager[2])
            waiting += [urljoin(path, f"index_{number}.{portal.suffix}") for number in range(1, count)]
    unreached = {path for path in pages if not path.endswith(f"/index.{portal.suffix}")} - seen
    stubs = {f"{column.path}index_3.shtml" for column in portal.columns if portal.stub}
    assert unreached == stubs | ({"/robots.txt"} if portal.robots is not None else set())


def test_the_bytes_are_the_same_every_time(portal: Portal) -> None:
    assert render(portal) == render(portal)


def test_the_frozen_date_stands_on_every_page_of_one_portal() -> None:
    ninghe = portals()[0]
    texts = [one.body.decode() for one in render(ninghe).values() if one.content_type.startswith("text/html")]
    assert {text.count("2019年12月3日星期二") for text in texts} == {1, 2}


def test_a_page_beyond_the_end_is_a_stub() -> None:
    hongze = portals()[1]
    stub = render(hongze)["/zfxxgk/zfxxgknb/index_3.shtml"].body
    assert 300 <= len(stub) <= 400


def test_the_attached_report_is_a_pdf_whose_cross_references_hold() -> None:
    ((_, entry),) = [row for row in portals()[1].entries if row[1].is_a == "attachment"]
    body = render(portals()[1])[f"/zfxxgk/zfxxgknb/202203/{attachment_name(entry)}"].body
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", body)]
    assert [body[place : place + 7] for place in places] == [b"%d 0 obj" % n for n in range(1, 8)]
    assert entry.title.encode("utf-16-be").hex().encode() in body


# The figures


def test_reports_by_edition_and_kind() -> None:
    reports = expected.all_reports()
    assert Counter(one.edition for one in reports) == {"t2021": 15, "t2019": 8}
    assert {one.report_year for one in reports} == {2019, 2020, 2021, 2022, 2023, 2024, 2025}
    assert Counter(one.body_kind for one in reports) == {
        "district_government": 5,
        "district_office": 2,
        "bureau": 7,
        "vertical_branch": 1,
        "subdistrict": 1,
        "town": 3,
        "functional_zone": 3,
        "public_institution": 1,
    }


def test_every_kind_of_dirt_is_there_once_or_more() -> None:
    rows = Counter(entry.is_a for portal in portals() for _, entry in portal.entries)
    assert rows == {"report": 23, "lookalike": 5, "attachment": 1, "bulletin": 1, "broken": 1}


def number(report: ExpectedReport, metric: str, applicant: str | None = None) -> float:
    """The number with a blank or mark as zero, as the identities take it."""
    return report.values.get((metric, applicant)) or 0


def results(report: ExpectedReport) -> list[str]:
    rows = dict.fromkeys(metric for metric, applicant in report.values if applicant)
    outside = {"requests_received", "requests_carried_in", "requests_handled", "requests_carried_out"}
    return [metric for metric in rows if metric not in outside]


def test_requests_balance(report: ExpectedReport) -> None:
    for who in APPLICANTS:
        came = number(report, "requests_received", who) + number(report, "requests_carried_in", who)
        went = number(report, "requests_handled", who) + number(report, "requests_carried_out", who)
        assert came == went, who


def test_results_add_up_to_the_requests_handled(report: ExpectedReport) -> None:
    for who in APPLICANTS:
        if (
            report.printed["granted", who] or who != "total"
        ):  # Shanghai leaves the totals of its results blank
            added = sum(number(report, metric, who) for metric in results(report))
            assert added == number(report, "requests_handled", who), who


def test_applicants_add_up_to_the_printed_totals(report: ExpectedReport) -> None:
    for metric in dict.fromkeys(metric for metric, applicant in report.values if applicant):
        if report.printed[metric, "total"]:
            added = sum(number(report, metric, who) for who in APPLICANTS[:-1])
            assert added == number(report, metric, "total"), metric


def test_disputes_add_up_unless_the_publisher_erred(report: ExpectedReport) -> None:
    broken = tuple(
        proceeding
        for proceeding in ("review", "lawsuit_direct", "lawsuit_after_review")
        if sum(
            number(report, f"{proceeding}_{result}") for result in ("upheld", "corrected", "other", "pending")
        )
        != number(report, f"{proceeding}_total")
    )
    assert broken == report.broken_identities


def test_only_hongze_2023_holds_publishers_errors() -> None:
    erring = {one.title: one.broken_identities for one in expected.all_reports() if one.broken_identities}
    assert erring == {
        "淮安市洪泽区人民政府2023年政府信息公开工作年度报告": ("review", "lawsuit_after_review"),
    }


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ninghe-2022", "天津市宁河区人民政府2022年政府信息公开工作年度报告"),
        ("hongze-2023", "淮安市洪泽区人民政府2023年政府信息公开工作年度报告"),
        ("pingtan-2025", "平潭综合实验区2025年度政府信息公开工作年度报告"),
        ("shanghai-2019", "天津市宁河区人民政府办公室2019年政府信息公开工作年度报告"),
    ],
)
def test_published_figures_are_the_published_ones(published: Path, name: str, title: str) -> None:
    known = json.loads((published / f"{name}.json").read_text("utf-8"))
    (ours,) = [one for one in expected.all_reports() if one.title == title]
    rows = [(one["metric"], one["applicant"], one["value"], one["raw"]) for one in known["observations"]]
    assert [(*key, ours.values[key], text) for key, text in ours.printed.items()] == rows
    assert (ours.report_year, ours.edition) == (known["report_year"], known["edition"])


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("", None),
        ("/", None),
        ("-", None),
        ("0", 0),
        ("+19", 19),
        ("-8", -8),
        ("251000元", 251000),
        ("18.3万元", 18.3),
    ],
)
def test_what_a_cell_is_worth(printed: str, number: float | None) -> None:
    assert expected.value(printed) == number


def test_every_figure_file_is_shown_once() -> None:
    shown = Counter(entry.figures for portal in portals() for _, entry in portal.entries if entry.figures)
    assert shown == {file.stem: 1 for file in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize(("edition", "first"), [("t2021", 4), ("t2019", 5)])
def test_spans_fill_every_row_of_a_table(edition: Edition, first: int) -> None:
    form = fill(Figures(source="invented", edition=edition))
    for table, width in ((form.disclosure, first), (form.requests, 10), (form.disputes, 15)):
        taken = Counter[int]()
        for number, row in enumerate(table):
            for cell in row:
                taken.update({number + below: cell.cols for below in range(cell.rows)})
        assert taken == dict.fromkeys(range(len(table)), width)


def test_a_metric_of_another_edition_is_refused() -> None:
    slip = Figures(source="invented", edition="t2021", disclosure={"fee_items_change": "1"})
    with pytest.raises(ValueError, match="t2021 form has no place for fee_items_change"):
        fill(slip)


def test_a_report_without_figures_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs `body`"):
        Entry.model_validate(
            {
                "title": "某局2023年政府信息公开工作年度报告",
                "published_on": "2024-01-02",
                "url": "a.html",
                "source": "某局",
            }
        )


# The servers


def test_the_registry_names_every_portal_as_served(running: Fleet) -> None:
    lines = running.registry_csv.read_text("utf-8").splitlines()
    assert lines == [
        "code,name,home_url",
        *(f"{one.code},{one.name},{one.home_url}" for one in running.portals),
    ]
    assert [one.code for one in running.portals] == ["120117", "320813", "350128"]


def test_the_committed_registry_is_that_of_the_fixed_addresses(tmp_path: Path) -> None:
    write_registry(tmp_path / "registry.csv", fixed_rows())
    assert REGISTRY.read_bytes() == (tmp_path / "registry.csv").read_bytes()


def test_a_page_is_served_once_and_then_confirmed(running: Fleet) -> None:
    home = running.of("120117").home_url
    first, body = ask(home)
    by_tag, by_tag_body = ask(home, If_None_Match=first.headers["ETag"])
    by_date, by_date_body = ask(home, If_Modified_Since=first.headers["Last-Modified"])
    assert (first.status, body) == (200, running.of("120117").site.pages["/"].body)
    assert (by_tag.status, by_tag_body, by_date.status, by_date_body) == (304, b"", 304, b"")
    assert [(line.host, line.path, line.status) for line in running.log] == [
        (urlsplit(home).netloc, "/", 200),
        (urlsplit(home).netloc, "/", 304),
        (urlsplit(home).netloc, "/", 304),
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": '"another"'},
        {"If_Modified_Since": "Thu, 01 Jan 2015 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
    ],
)
def test_a_stale_or_unreadable_condition_gets_the_page(running: Fleet, headers: dict[str, str]) -> None:
    response, body = ask(running.of("320813").home_url, **headers)
    assert (response.status, bool(body)) == (200, True)


def test_a_replaced_page_is_sent_again(running: Fleet) -> None:
    served = running.of("350128")
    before, _ = ask(served.home_url)
    served.site.pages["/"] = page(b"<p>corrected</p>", "text/html", portals()[2].entries[0][1].published_on)
    after, body = ask(served.home_url, If_None_Match=before.headers["ETag"])
    assert (after.status, body) == (200, b"<p>corrected</p>")


def test_head_has_the_headers_and_no_body(running: Fleet) -> None:
    home = running.of("320813").home_url
    got, body = ask(home)
    head, nothing = ask(home, method="HEAD")
    assert (head.status, nothing, head.headers["Content-Length"]) == (200, b"", str(len(body)))
    assert head.headers["ETag"] == got.headers["ETag"]


def test_what_does_not_exist_is_a_404_page(running: Fleet) -> None:
    served = running.of("320813")
    (path,) = expected.broken(served.portal)
    response, body = ask(urljoin(served.home_url, path))
    assert (response.status, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert NOTICE in body.decode()


def test_three_kinds_of_robots(running: Fleet) -> None:
    answers = [ask(urljoin(one.home_url, "robots.txt"))[0] for one in running.portals]
    assert [(one.status, one.headers["Content-Type"].split(";")[0]) for one in answers] == [
        (200, "text/plain"),
        (404, "text/html"),
        (200, "text/html"),
    ]


def test_copies_stand_for_other_divisions_on_other_addresses(tmp_path: Path) -> None:
    with fleet(tmp_path, copies=2) as running:
        hosts = [urlsplit(one.home_url).hostname for one in running.portals]
        bodies = [ask(one.home_url)[1] for one in running.portals]
    assert len({one.code for one in running.portals}) == 9
    assert hosts[3:] == [f"127.0.1.{number}" for number in range(1, 7)]
    assert bodies[3:6] == bodies[6:] == bodies[:3]


def test_more_copies_than_divisions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can be copied 20 times, not 21"), fleet(tmp_path, copies=21):
        pass


def test_only_loopback_is_served() -> None:
    with pytest.raises(ValueError, match=r"loopback only, not on 0\.0\.0\.0"):
        PortalServer("0.0.0.0", 0, Site({}, not_found(portals()[0])), [])


def test_a_taken_port_is_named(running: Fleet) -> None:
    served = running.of("120117")
    port = int(urlsplit(served.home_url).netloc.removeprefix("127.0.0.11:"))
    with pytest.raises(PortTakenError, match=rf"on 127\.0\.0\.11:{port} \(Address already in use\)"):
        PortalServer("127.0.0.11", port, served.site, [])


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_what_it_serves_and_ends_cleanly(tmp_path: Path, end: signal.Signals) -> None:
    registry = tmp_path / "registry.csv"
    command = [sys.executable, "-u", "-m", "samples", "serve", "--ports", "free", "--registry", str(registry)]
    with subprocess.Popen(command, cwd=REGISTRY.parents[1], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(4)]
        process.send_signal(end)
        rest = process.stdout.read()
        assert process.wait(timeout=10) == 0
    with registry.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [line.split()[:2] for line in told[:3]] == [[row["home_url"], row["name"]] for row in rows]
    assert rest == "样例门户已停止 · sample portals have ended\n"


def test_a_registry_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "registry.csv"
    command = [sys.executable, "-m", "samples", "serve", "--ports", "free", "--registry", str(nowhere)]
    ended = subprocess.run(
        command, cwd=REGISTRY.parents[1], capture_output=True, text=True, timeout=30, check=False
    )
    told = f"Error: The registry {nowhere} cannot be written: No such file or directory.\n"
    assert (ended.returncode, ended.stderr) == (1, told)
