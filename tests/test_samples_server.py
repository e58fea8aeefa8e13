"""The servers of the sample portals: conditional requests, the log, the registry, a clean end."""

import csv
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from samples import expected
from samples.fleet import REGISTRY, Fleet, fixed_rows, fleet, write_registry
from samples.portal import portals
from samples.render import NOTICE, not_found, page
from samples.server import PortalServer, PortTakenError, Site


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Fleet]:
    with fleet(tmp_path) as served:
        yield served


def ask(url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request(method, parts.path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_an_untouched_fleet_has_an_empty_log(running: Fleet) -> None:
    assert running.log == []


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
    ended = subprocess.run(command, cwd=REGISTRY.parents[1], capture_output=True, text=True, timeout=30, check=False)
    told = f"Error: The registry {nowhere} cannot be written: No such file or directory.\n"
    assert (ended.returncode, ended.stderr) == (1, told)
