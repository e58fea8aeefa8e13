"""The simulator itself: that it keeps to loopback, answers as its families do, and prints figures that add up."""

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.simulator.dialect import Dialect, dialects
from samples.simulator.families import PROGRAMS, serve
from samples.simulator.portal import Column, Portal, Row
from samples.simulator.reports import figures
from samples.simulator.server import Simulator, running
from samples.simulator.walls import CookieWall, Jiasule
from samples.simulator.wire import Ask, Pages, Reply, html

ADDRESS = "127.4.0.1"
TITLE = "甲县人民政府2023年政府信息公开工作年度报告"


def portal(*rows: Row, dialect: Dialect) -> Portal:
    column = Column("政府信息公开年报", "/zfxxgk/zfxxgknb/", rows)
    return Portal("120117", "甲县人民政府", (column,), (column.name, column.path), dialect.hub)


def rows(number: int) -> list[Row]:
    return [Row(f"/zfxxgk/zfxxgknb/t{at}.html", TITLE, date(2024, 1, 30), "甲县人民政府", 2023) for at in range(number)]


def get(path: str, **headers: str) -> Ask:
    return Ask("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})


@contextmanager
def connection(reply: Reply) -> Iterator[http.client.HTTPConnection]:
    with (
        running(Simulator({ADDRESS: Pages({"/": lambda _: reply})})) as simulator,
        closing(http.client.HTTPConnection(ADDRESS, simulator.port, timeout=10)) as one,
    ):
        yield one


def test_a_simulator_without_portals_serves_nothing() -> None:
    with running(Simulator({})) as simulator:
        assert simulator.log == []


def test_it_keeps_to_this_machine() -> None:
    with pytest.raises(ValueError, match=r"on loopback only, not on 192\.0\.2\.1"):
        Simulator({"192.0.2.1": Pages({})})


def test_a_page_is_answered_and_confirmed_by_its_tag() -> None:
    with connection(html("<p>甲县")) as one:
        one.request("GET", "/")
        first = one.getresponse()
        assert (first.status, first.read().decode()) == (200, "<p>甲县")
        one.request("GET", "/", headers={"If-None-Match": first.headers["ETag"]})
        assert one.getresponse().status == 304


def test_a_body_that_is_cut_ends_its_connection() -> None:
    with connection(Reply(b"half", declared=8)) as one:
        one.request("GET", "/")
        with pytest.raises(http.client.IncompleteRead):
            one.getresponse().read()


def test_every_program_is_one_of_a_dialect() -> None:
    assert {dialect.program for dialect in dialects().values()} == set(PROGRAMS)


@pytest.mark.parametrize("name", dialects())
def test_an_empty_list_is_a_page_of_every_family(name: str) -> None:
    dialect = dialects()[name]
    site = serve(portal(dialect=dialect), dialect)
    assert [site.answer(get(path)).status for path in ("/", dialect.hub, "/there/is/none")] == [200, 200, 404]


def test_a_list_goes_over_as_many_pages_as_it_needs() -> None:
    dialect = dialects()["trs_static"].model_copy(update={"per_page": 2})
    site = serve(portal(*rows(3), dialect=dialect), dialect)
    pages = [site.answer(get(f"/zfxxgk/zfxxgknb/{name}")) for name in ("", "index_1.html", "index_2.html")]
    assert [(page.status, page.body.decode().count("<li>")) for page in pages] == [(200, 2), (200, 1), (404, 0)]


def test_a_wall_of_cookies_lets_in_who_keeps_them() -> None:
    wall = CookieWall(Pages({"/": lambda _: html("in")}))
    first = wall.answer(get("/"))
    assert (first.status, dict(first.headers)["Location"]) == (302, "/")
    assert wall.answer(get("/", cookie="CT6T=7a1b")).body == b"in"


def test_a_puzzle_comes_before_the_page() -> None:
    wall = Jiasule(Pages({"/": lambda _: html("in")}))
    cookies = ("", "__jsluid_s=9f1c", "__jsluid_s=9f1c; __jsl_clearance_s=1732.5|0|solved")
    assert [wall.answer(get("/", cookie=cookie)).status for cookie in cookies] == [521, 521, 200]


@given(st.text(max_size=8), st.integers(2019, 2030))
def test_figures_follow_from_their_seed_and_add_up(seed: str, year: int) -> None:
    found = figures(seed, year)
    assert found == figures(seed, year)
    table = {name: [int(number) for number in row] for name, row in found.requests.items()}
    for column in range(7):
        received, handled = table["requests_received"][column], table["requests_handled"][column]
        assert received + table["requests_carried_in"][column] == handled + table["requests_carried_out"][column]
        results = [row for name, row in table.items() if not name.startswith("requests_")]
        assert sum(row[column] for row in results) == handled
    assert all(row[6] == sum(row[:6]) for row in table.values())


def test_a_year_before_the_form_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no statutory form for 2018"):
        figures("甲县", 2018)
