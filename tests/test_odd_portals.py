"""One night over portals that are odd in different ways: what each is asked, and how its visit ends."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, list_page, office, small_portal

from pipelines.divisions import divisions

HIT = "命中".encode().decode("latin-1")  # header bytes that are no ASCII
ROW = ("/zfxxgknb/202401/t20240130_100001.html", "宁河区2023年政府信息公开工作年度报告")


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
    "redirect to a script": {"/": Answer("", 302, {"Location": "javascript:alert(1)"})},
    "redirect to nowhere": {"/": Answer("", 302, {"Location": "http://[bad"})},
    "redirect to no port": {"/": Answer("", 302, {"Location": "http://127.0.0.1:99999999/"})},
    "refresh to nowhere": {"/": '<meta http-equiv="refresh" content="0;url=http://[bad">'},
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


@pytest.mark.parametrize("name", ["empty", "refresh to nowhere"])
def test_a_portal_with_an_empty_home_page_has_no_list(odd: Odd, name: str) -> None:
    assert odd.rows(name, f"SELECT outcome, requests, lists, reports, robots {VISIT}") == [
        ("no_list_found", 2, 0, 0, "none")
    ]
    assert "5: No report list was found from the home page; give its list_url in the registry." in odd.said
    assert odd.portals[name].asked == ["/robots.txt", "/"]


VISIT = "FROM visit WHERE division_code = ?"
INCIDENT = "FROM incident WHERE division_code = ?"
CAPTURE = "FROM capture WHERE division_code = ?"


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
        ("redirect to a script", "unreachable_from_here", "http_error"),
        ("redirect to nowhere", "unreachable_from_here", "http_error"),
        ("redirect to no port", "unreachable_from_here", "http_error"),
    ],
)
def test_a_home_page_that_is_none_ends_the_visit_with_its_outcome(odd: Odd, name: str, outcome: str, kind: str) -> None:
    assert odd.rows(name, f"SELECT outcome {VISIT}") == [(outcome,)]
    assert odd.rows(name, f"SELECT kind, url {INCIDENT}") == [(kind, "/")]
